// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

House commenting(const std::string &route = {})
{
    return House{.route = "comment_s = 5\n" + route};
}

int commentsIn(const std::string &bytes)
{
    int count = 0;
    for (auto at = bytes.find(": waiting\n\n"); at != std::string::npos;
         at = bytes.find(": waiting\n\n", at + 1)) {
        ++count;
    }
    return count;
}

} // namespace

/// Goal: a client that waits for the first content hears from us meanwhile, where its route says so,
/// and everything else is as it was, but for what the head cannot say any more.
class TestComments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoWaitsHearsOfIt();
    void anAnswerInTimeIsAsItWas();
    void failoverStaysUnseen();
    void whatFailsAfterwardsIsToldInTheStream_data();
    void whatFailsAfterwardsIsToldInTheStream();
    void wholeAnswersHaveNone();
};

void TestComments::whoWaitsHearsOfIt()
{
    VirtualGateway world(commenting().toml());
    world.script("a/x: 200 slow");
    const auto id = world.ask({.stream = true});
    world.runUntil(Seconds(4));
    QCOMPARE(world.reply(id).status, 0);
    world.runUntil(Seconds(6));
    QCOMPARE(world.reply(id).bytes, std::string(": waiting\n\n"));
    QCOMPARE(world.reply(id).header("content-type"),
             std::string("text/event-stream; charset=utf-8"));
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string());
    QCOMPARE(world.reply(id).header("x-signalbox-attempts"), std::string());
    QVERIFY(!world.reply(id).header("x-request-id").empty());
    world.run();
    QCOMPARE(commentsIn(world.reply(id).bytes), 4); // at 5, 10, 15 and 20 s
    QCOMPARE(streamedText(world.reply(id).bytes), std::string("hello"));
    QVERIFY(world.reply(id).bytes.ends_with("data: [DONE]\n\n"));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestComments::anAnswerInTimeIsAsItWas()
{
    VirtualGateway world(commenting().toml());
    const auto id = world.ask({.stream = true});
    world.run();
    QCOMPARE(commentsIn(world.reply(id).bytes), 0);
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("a/x"));
}

void TestComments::failoverStaysUnseen()
{
    VirtualGateway world(commenting().toml());
    world.script("a/x: stall before content; b/y: 200");
    const auto id = world.ask({.stream = true});
    world.run();
    QCOMPARE(streamedText(world.reply(id).bytes), std::string("hello"));
    QCOMPARE(commentsIn(world.reply(id).bytes), 6);
    QCOMPARE(world.record(id).target.name(), std::string("b/y"));
}

void TestComments::whatFailsAfterwardsIsToldInTheStream_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("chat") << "/v1/chat/completions"
                          << "upstream_timeout";
    QTest::newRow("messages") << "/v1/messages"
                              << "event: error";
    QTest::newRow("responses") << "/v1/responses"
                               << "upstream_timeout";
}

void TestComments::whatFailsAfterwardsIsToldInTheStream()
{
    QFETCH(const QString, path);
    QFETCH(const QString, wanted);
    VirtualGateway world(commenting().toml());
    world.script("a/x: hang; b/y: hang");
    Ask ask;
    ask.path = path.toStdString();
    ask.body = R"({"model":"chat","stream":true,"max_tokens":9,)";
    ask.body += path.endsWith(QLatin1String("responses"))
                    ? R"("input":"hi"})"
                    : R"("messages":[{"role":"user","content":"hi"}]})";
    const auto id = world.ask(ask);
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QVERIFY(world.reply(id).ended && world.reply(id).streamed);
    QVERIFY2(world.reply(id).bytes.find(wanted.toStdString()) != std::string::npos,
             world.reply(id).bytes.c_str());
    QVERIFY(world.reply(id).bytes.find("[DONE]") == std::string::npos);
    QCOMPARE(world.record(id).status, 200);
    QCOMPARE(world.record(id).errorCode, std::string("upstream_timeout"));
}

void TestComments::wholeAnswersHaveNone()
{
    VirtualGateway world(commenting().toml());
    world.script("a/x: 200 slow");
    const auto id = world.ask();
    world.run();
    QVERIFY(!world.reply(id).streamed);
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("a/x"));
}

QTEST_GUILESS_MAIN(TestComments)
#include "tst_comments.moc"

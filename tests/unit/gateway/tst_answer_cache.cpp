// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

House caching(const std::string &more = {}, const std::string &mode = "exact")
{
    return House{.more = "[cache]\nmode = \"" + mode + "\"\n" + more};
}

std::string chatBody(const std::string &question, const std::string &more = {})
{
    return R"({"model":"chat",)" + more + R"("messages":[{"role":"user","content":")" + question
           + R"("}]})";
}

Ask asking(const std::string &question, const std::string &more = {})
{
    return {.body = chatBody(question, more)};
}

const Reply &answered(VirtualGateway &world, const Ask &ask)
{
    const auto id = world.ask(ask);
    world.run();
    return world.reply(id);
}

bool has(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

const CacheNote &noteOf(const Reply &reply)
{
    return *reply.record->decision.cache;
}

} // namespace

/// Goal: the same request is answered from what is kept, in the client's own format, at no cost; what
/// is not the same, not whole or not wanted is not.
class TestAnswerCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutACacheNothingIsSaidOfIt();
    void theSameRequestIsAnsweredWithoutACall();
    void everyDialectGetsIt_data();
    void everyDialectGetsIt();
    void longAnswersComeInNaturalPieces();
    void whatIsNotCachedSaysWhy_data();
    void whatIsNotCachedSaysWhy();
    void aRouteSaysItself();
    void onlyWholeAnswersAreKept_data();
    void onlyWholeAnswersAreKept();
    void clientsDoNotSeeEachOthersAnswers();
    void answersLapse();
    void aTargetThatLeftTheRouteAnswersNoMore();
    void aHitTakesNoBudgetAndNoTarget();
    void aStreamThatBeganElsewhereIsKeptWhole();
};

void TestAnswerCache::withoutACacheNothingIsSaidOfIt()
{
    VirtualGateway world(House().toml());
    for (int i = 0; i < 2; ++i) {
        const Reply &reply = answered(world, {});
        QCOMPARE(reply.header("x-signalbox-cache"), std::string("off"));
        QVERIFY(!reply.record->decision.cache);
    }
    QCOMPARE(world.calls().size(), std::size_t(2));
    QCOMPARE(world.gateway().cacheView({}, world.now()).entryCount, std::size_t(0));
}

void TestAnswerCache::theSameRequestIsAnsweredWithoutACall()
{
    VirtualGateway world(caching().toml());
    const Reply first = answered(world, {});
    QCOMPARE(first.header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(first.header("age"), std::string());
    world.runUntil(Seconds(60));
    const Reply &second = answered(world, {});
    QCOMPARE(world.calls().size(), std::size_t(1));
    QCOMPARE(second.status, 200);
    QCOMPARE(second.header("x-signalbox-cache"), std::string("exact"));
    QCOMPARE(second.header("x-signalbox-target"), std::string("a/x"));
    QCOMPARE(second.header("x-signalbox-route"), std::string("chat"));
    QCOMPARE(second.header("x-signalbox-attempts"), std::string("0"));
    QCOMPARE(second.header("x-signalbox-cost-usd"), std::string("0.00"));
    QCOMPARE(second.header("age"), std::string("59"));
    QVERIFY2(has(second.bytes, R"("content":"hello")"), second.bytes.c_str());
    QVERIFY(has(second.bytes, R"("prompt_tokens":10)"));
    const RequestRecord &record = *second.record;
    QCOMPARE(record.cache, std::string("exact"));
    QVERIFY(record.attempts.empty());
    QCOMPARE(record.usage.promptTokens, 10);
    QCOMPARE(record.cost.amount->nanos(), 0);
    QCOMPARE(record.target.name(), std::string("a/x"));
    QCOMPARE(noteOf(second).from, first.record->id);
    QVERIFY(noteOf(second).saved == first.record->cost);
    QCOMPARE(noteOf(second).saved->amount->nanos(), 18'000);
    QVERIFY(noteOf(second).waitSaved == first.record->total);
    QVERIFY(!has(second.bytes, first.record->id));
    QVERIFY(has(second.bytes, record.id)); // an answer of its own
}

void TestAnswerCache::everyDialectGetsIt_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("stream");
    for (const char *path : {"/v1/chat/completions", "/v1/messages", "/v1/responses"}) {
        for (const bool stream : {false, true}) {
            QTest::addRow("%s%s", path, stream ? " streamed" : "")
                << QString::fromLatin1(path) << stream;
        }
    }
}

void TestAnswerCache::everyDialectGetsIt()
{
    QFETCH(const QString, path);
    QFETCH(const bool, stream);
    VirtualGateway world(caching().toml());
    answered(world, asking("hi", R"("max_tokens":9,)"));
    Ask ask;
    ask.path = path.toStdString();
    ask.body = R"({"model":"chat",)" + std::string(stream ? R"("stream":true,)" : "");
    ask.body += path.endsWith(QLatin1String("responses"))
                    ? R"("max_output_tokens":9,"input":"hi"})"
                    : R"("max_tokens":9,"messages":[{"role":"user","content":"hi"}]})";
    const Reply &reply = answered(world, ask);
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("exact"));
    QCOMPARE(world.calls().size(), std::size_t(1));
    QCOMPARE(reply.streamed, stream);
    QVERIFY(reply.ended);
    QVERIFY2(has(reply.bytes, "hello"), reply.bytes.c_str());
    const char *end = path.endsWith(QLatin1String("completions")) ? "data: [DONE]\n\n"
                      : path.endsWith(QLatin1String("messages"))  ? "message_stop"
                                                                  : "response.completed";
    QVERIFY2(!stream || has(reply.bytes, end), reply.bytes.c_str());
    QVERIFY(!stream || reply.record->firstToken);
    QVERIFY2(!has(world.log().c_str(), "FAULT"), world.log().c_str());
}

void TestAnswerCache::longAnswersComeInNaturalPieces()
{
    VirtualGateway world(caching().toml());
    std::string text;
    for (int i = 0; i < 40; ++i) {
        text += "word" + std::to_string(i) + (i % 7 == 0 ? ",\\n" : " ");
    }
    text += "没有空格的中文也不会在一个字的中间被切开因为那样就不是文字了还要再长一些才行";
    world.answerBy([&](const gateway::CallUpstream &) {
        ScriptedAnswer answer;
        answer.pieces = {text};
        return answer;
    });
    const Reply whole = answered(world, asking("hi"));
    Ask streamed = asking("hi", R"("stream":true,"stream_options":{"include_usage":true},)");
    const Reply &reply = answered(world, streamed);
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("exact"));
    QVERIFY(has(whole.bytes, text));
    std::string expected = text;
    for (auto at = expected.find("\\n"); at != std::string::npos; at = expected.find("\\n")) {
        expected.replace(at, 2, "\n");
    }
    QCOMPARE(streamedText(reply.bytes), expected);
    const auto events = QByteArray::fromStdString(reply.bytes).count("data: ");
    QVERIFY2(events > 8 && events < 20, qPrintable(QString::number(events)));
    QVERIFY(has(reply.bytes, R"("prompt_tokens":10)"));
}

void TestAnswerCache::whatIsNotCachedSaysWhy_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("reason");
    QTest::newRow("temperature") << R"("temperature":1.2,)"
                                 << "temperature";
    QTest::newRow("tools") << R"("tools":[{"type":"function","function":{"name":"f"}}],)"
                           << "tools";
    QTest::newRow("stored") << R"("store":true,)"
                            << "stored";
}

void TestAnswerCache::whatIsNotCachedSaysWhy()
{
    QFETCH(const QString, more);
    QFETCH(const QString, reason);
    VirtualGateway world(caching().toml());
    for (int i = 0; i < 2; ++i) {
        const Reply &reply = answered(world, asking("hi", more.toStdString()));
        QCOMPARE(reply.header("x-signalbox-cache"), std::string("off"));
        QCOMPARE(noteOf(reply).reason, reason.toStdString());
    }
    Ask around = asking("hi");
    around.headers = {{"x-signalbox-cache", "Bypass"}};
    for (int i = 0; i < 2; ++i) {
        const Reply &reply = answered(world, around);
        QCOMPARE(reply.header("x-signalbox-cache"), std::string("bypass"));
        QCOMPARE(noteOf(reply).reason, std::string("bypass"));
    }
    QCOMPARE(world.calls().size(), std::size_t(4));
    const CacheTotals totals = world.gateway().cacheView({}, world.now()).totals;
    QCOMPARE(totals.notCacheable, std::uint64_t(4));
    QCOMPARE(totals.lookups, std::uint64_t(0));
}

void TestAnswerCache::aRouteSaysItself()
{
    House house = caching();
    house.route = "cache = \"off\"\n";
    VirtualGateway off(house.toml());
    answered(off, {});
    QCOMPARE(answered(off, {}).header("x-signalbox-cache"), std::string("off"));
    VirtualGateway on(House{.route = "cache = \"exact\"\n"}.toml());
    answered(on, {});
    QCOMPARE(answered(on, {}).header("x-signalbox-cache"), std::string("exact"));
    // A target that is asked for by its name is another place, and has no route.
    Ask direct = {.model = "a/x"};
    QCOMPARE(answered(on, direct).header("x-signalbox-cache"), std::string("off"));
    Ask pinned;
    pinned.headers = {{"x-signalbox-target", "b/y"}};
    QCOMPARE(answered(on, pinned).header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(answered(on, pinned).header("x-signalbox-target"), std::string("b/y"));
    QCOMPARE(answered(on, {}).header("x-signalbox-target"), std::string("a/x"));
}

void TestAnswerCache::onlyWholeAnswersAreKept_data()
{
    QTest::addColumn<QString>("behaviour");
    QTest::addColumn<bool>("stream");
    QTest::newRow("an error") << "400 context" << false;
    QTest::newRow("a tool call") << "200 call" << false;
    QTest::newRow("cut") << "cut after content" << true;
    QTest::newRow("an error in the stream") << "error after content" << true;
}

void TestAnswerCache::onlyWholeAnswersAreKept()
{
    QFETCH(const QString, behaviour);
    QFETCH(const bool, stream);
    VirtualGateway world(caching().toml());
    world.script("a/x: " + behaviour.toStdString());
    const std::string more = stream ? R"("stream":true,)" : "";
    answered(world, asking("hi", more));
    const std::size_t before = world.calls().size();
    QCOMPARE(answered(world, asking("hi", more)).header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(world.calls().size(), before + 1);
    QCOMPARE(answered(world, asking("hi", more)).header("x-signalbox-cache"), std::string("exact"));
}

void TestAnswerCache::clientsDoNotSeeEachOthersAnswers()
{
    const std::string clients = "[[client]]\nid = \"one\"\nkey = \"env:ONE\"\n[[client]]\nid = "
                                "\"two\"\nkey = \"env:TWO\"\n";
    const auto as = [](const char *key) {
        return Ask{.headers = {{"authorization", std::string("Bearer ") + key}}};
    };
    for (const bool share : {false, true}) {
        VirtualGateway world(caching((share ? "share_clients = true\n" : "") + clients).toml());
        answered(world, as("ONE-secret"));
        QCOMPARE(answered(world, as("TWO-secret")).header("x-signalbox-cache"),
                 std::string(share ? "exact" : "miss"));
        QCOMPARE(answered(world, as("ONE-secret")).header("x-signalbox-cache"),
                 std::string("exact"));
        QCOMPARE(world.calls().size(), std::size_t(share ? 1 : 2));
    }
}

void TestAnswerCache::answersLapse()
{
    VirtualGateway world(caching("ttl_s = 100\n").toml());
    answered(world, {});
    world.runUntil(Seconds(99));
    QCOMPARE(answered(world, {}).header("x-signalbox-cache"), std::string("exact"));
    world.runUntil(Seconds(101));
    QCOMPARE(answered(world, {}).header("x-signalbox-cache"), std::string("miss"));
}

void TestAnswerCache::aTargetThatLeftTheRouteAnswersNoMore()
{
    House house = caching();
    VirtualGateway world(house.toml());
    answered(world, {});
    house.targets = R"([{ target = "b/y" }])";
    world.reload(house.toml());
    const Reply &reply = answered(world, {});
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(reply.header("x-signalbox-target"), std::string("b/y"));
    QCOMPARE(answered(world, {}).header("x-signalbox-cache"), std::string("exact"));
}

void TestAnswerCache::aHitTakesNoBudgetAndNoTarget()
{
    const std::string client = "[[client]]\nid = \"team\"\nkey = \"env:TEAM\"\n"
                               "budget_usd_per_day = 0.01\nrequests_per_minute = 3\n";
    VirtualGateway world(caching(client).toml());
    const Ask ask{.headers = {{"authorization", "Bearer TEAM-secret"}}};
    answered(world, ask);
    const Money spent = world.snapshot()->budgets.front().spent;
    world.operate(gateway::Act::Trip, "a/x"); // nobody is there to ask
    world.operate(gateway::Act::Trip, "b/y");
    QCOMPARE(answered(world, ask).header("x-signalbox-cache"), std::string("exact"));
    QVERIFY(world.snapshot()->budgets.front().spent == spent);
    QCOMPARE(answered(world, ask).status, 200);
    QCOMPARE(answered(world, ask).status, 429); // its requests a minute are counted all the same
}

void TestAnswerCache::aStreamThatBeganElsewhereIsKeptWhole()
{
    VirtualGateway world(caching().toml());
    world.script("a/x: cut before content");
    answered(world, {.stream = true});
    const Reply &reply = answered(world, {});
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("exact"));
    QCOMPARE(reply.header("x-signalbox-target"), std::string("b/y"));
    QVERIFY2(has(reply.bytes, R"("content":"hello")"), reply.bytes.c_str());
}

QTEST_GUILESS_MAIN(TestAnswerCache)
#include "tst_answer_cache.moc"

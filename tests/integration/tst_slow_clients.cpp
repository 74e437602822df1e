// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"

#include <QTest>

using namespace signalbox::tests;

namespace {

constexpr const char *kHead = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                              "content-length: 40000\r\n\r\n";

} // namespace

/// *Goal*: a body must bring 1 KB/s over any ten seconds, whatever trickle keeps it alive; one that
/// does may take its time. *Method*: three clients at once, each at a speed of its own.
class TestSlowClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTrickleIsEndedAndASteadyBodyIsNot();
    void anErrorThatNeverEndsIsJudgedByItsStatus();
};

void TestSlowClients::aTrickleIsEndedAndASteadyBodyIsNot()
{
    const RunningDaemon daemon("[server]\nheader_s = 1\n");
    HttpConnection silent(daemon.port());
    HttpConnection trickling(daemon.port());
    HttpConnection steady(daemon.port());
    QVERIFY(silent.tcp().send(kHead) && trickling.tcp().send(kHead) && steady.tcp().send(kHead));
    const auto start = Clock::now();
    std::size_t steadyBytes = 0;
    auto nextPiece = start;
    while (since(start) < milliseconds(13'000)) {
        QVERIFY(steady.tcp().send(std::string(750, ' ')));
        steadyBytes += 750;
        if (since(start) < milliseconds(9'000)) {
            QVERIFY(trickling.tcp().send(" "));
        }
        nextPiece += milliseconds(500);
        QVERIFY(eventually([&] { return Clock::now() >= nextPiece; }));
    }
    for (HttpConnection *slow : {&silent, &trickling}) {
        const HttpReply reply = slow->receive(milliseconds(500));
        QCOMPARE(reply.status, 408);
        QCOMPARE(reply.error()["code"].get<std::string>(), std::string("request_timeout"));
        QCOMPARE(slow->tcp().receiveAll(milliseconds(500)), std::string());
        QVERIFY(slow->tcp().ended());
    }
    const std::string body = chatRequest("nothing").body;
    QVERIFY(steady.tcp().send(std::string(40'000 - steadyBytes - body.size(), ' ') + body));
    QCOMPARE(steady.receive().status, 404);
}

/// An upstream's error whose body hangs must not hold the request until total_s.
void TestSlowClients::anErrorThatNeverEndsIsJudgedByItsStatus()
{
    const FakeUpstream upstream({{ReadRequest{},
                                  SendBytes{"HTTP/1.1 422 No\r\ncontent-length: 1000\r\n\r\n{"},
                                  AwaitEnd{}}});
    const RunningDaemon daemon(
        "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \"" + upstream.baseUrl()
        + "\"\n[[provider.model]]\nname = \"m\"\n");
    const auto start = Clock::now();
    QCOMPARE(daemon.chat("p/m").status, 422);
    QVERIFY(since(start) >= milliseconds(4500));
    QVERIFY(eventually([&] { return upstream.leftAt(0).has_value(); }));
}

QTEST_GUILESS_MAIN(TestSlowClients)
#include "tst_slow_clients.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"

#include <QTest>

#include <algorithm>
#include <sys/resource.h>

using namespace signalbox::tests;

namespace {

constexpr int kReaders = 1000;

/// More than all buffers between a model and its reader hold, several times over.
constexpr std::size_t kStreamBytes = 24U * 1024 * 1024;

} // namespace

/// *Goal*: clients that ask for long streams and do not read them cost a bounded amount of memory
/// each, the same after a while as at once, and hold up nobody. *Method*: a thousand of them with
/// small windows before a model that floods; memory is read when the gateway has come to rest, and
/// again later.
class TestSlowReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandCostABoundedAmount();
};

void TestSlowReaders::aThousandCostABoundedAmount()
{
    if (!kMemoryIsMeasurable) {
        QSKIP("a sanitizer keeps freed memory back");
    }
    rlimit files{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
    const FakeUpstream upstream(
        {{ReadRequest{},
          SendBytes{streamHead()},
          Flood{streamPiece(deltaEvent(std::string(16'000, 'x'))), kStreamBytes},
          SendBytes{streamPiece(deltaEvent("", "stop") + "data: [DONE]\n\n") + streamEnd()}}});
    const RunningDaemon daemon("[server]\n" + std::string(kAdminServer)
                               + "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
                                 "base_url = \""
                               + upstream.baseUrl() + "\"\n[[provider.model]]\nname = \"m\"\n");
    QVERIFY(daemon.port() > 0);
    const std::size_t before = daemon.residentBytes();
    std::vector<std::unique_ptr<HttpConnection>> readers;
    for (int i = 0; i < kReaders; ++i) {
        readers.push_back(
            std::make_unique<HttpConnection>(daemon.port(), TcpClient::Options{4096}));
        QVERIFY(readers.back()->tcp().isConnected());
        QVERIFY(readers.back()->send(chatRequest("p/m", true)));
    }
    QVERIFY(eventually([&] { return daemon.target("p/m").value("in_flight", 0) == kReaders; },
                       milliseconds(30'000)));
    // At rest: no upstream gets a byte away any more.
    std::size_t flooded = 0;
    auto restsSince = Clock::now();
    QVERIFY(eventually(
        [&] {
            restsSince = upstream.flooded() == flooded ? restsSince : Clock::now();
            flooded = upstream.flooded();
            return since(restsSince) > milliseconds(1000);
        },
        milliseconds(60'000)));
    const std::size_t last = daemon.residentBytes();
    QVERIFY(flooded < kReaders * kStreamBytes / 4);
    const std::size_t each = (last - before) / kReaders;
    qInfo("%zu KB for each of %d readers, whose upstreams wrote %zu KB each",
          each / 1024,
          kReaders,
          flooded / kReaders / 1024);
    QVERIFY(each < 192U * 1024);
    // It answers others meanwhile, and does not grow.
    const auto start = Clock::now();
    while (since(start) < milliseconds(3000)) {
        QCOMPARE(daemon.get("/healthz").status, 200);
    }
    const std::size_t later = daemon.residentBytes();
    QVERIFY2(later < last + 4U * 1024 * 1024, std::to_string(later - last).c_str());
    QVERIFY(daemon.target("p/m").value("in_flight", 0) == kReaders);
    // Who reads on gets all of it.
    const HttpReply whole = readers.front()->receive(milliseconds(30'000));
    QVERIFY(whole.complete);
    QCOMPARE(whole.events().back(), std::string("[DONE]"));
    readers.clear();
    QVERIFY(eventually([&] { return daemon.target("p/m").value("in_flight", -1) == 0; },
                       milliseconds(30'000)));
}

QTEST_GUILESS_MAIN(TestSlowReaders)
#include "tst_slow_readers.moc"

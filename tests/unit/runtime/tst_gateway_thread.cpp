// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.h"

#include "core/runtime/console_link.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;

namespace {

/// moc takes `//` in a raw string for a comment, so the address is put in later.
constexpr const char *kConfiguration = R"(
[[provider]]
id = "p"
kind = "openai-compatible"
base_url = "@URL@/v1"
breaker = { failures = 1000 }
[[provider.model]]
name = "m"
)";

/// Nothing listens at port 1: every attempt is refused at once.
std::string configuration()
{
    std::string text = kConfiguration;
    return text.replace(text.find("@URL@"), 5, "http://127.0.0.1:1");
}

/// A gateway on its own thread and this thread's end of the doors.
struct House
{
    House()
    {
        auto ready = readConfigurationText(configuration(), "test.toml", secrets);
        ServiceOptions options;
        options.stateDir = home.path().toStdString();
        options.listen = "127.0.0.1:0";
        auto made = Service::create(std::move(options), std::move(*ready), secrets);
        service = std::move(*made);
        listening = service->listen().ok();
        link = std::make_unique<ConsoleLink>(*service);
        thread = std::make_unique<GatewayThread>(*service);
    }

    [[nodiscard]] int port() const
    {
        const std::string url = service->url();
        return std::stoi(url.substr(url.rfind(':') + 1));
    }

    QTemporaryDir home;
    SystemSecretStore secrets;
    std::unique_ptr<Service> service;
    bool listening = false;
    std::unique_ptr<ConsoleLink> link;
    std::unique_ptr<GatewayThread> thread; // ends first
};

tests::HttpRequest chat()
{
    return {.path = "/v1/chat/completions",
            .body = R"({"model":"p/m","messages":[{"role":"user","content":"hi"}]})",
            .headers = {}};
}

} // namespace

class TestGatewayThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAndSnapshotsCrossOver();
    void snapshotsAreMadeForWhoTakesThem();
    void actsAreAnsweredAcross();
    void endsWithRequestsInTheAir();
};

void TestGatewayThread::recordsAndSnapshotsCrossOver()
{
    constexpr std::size_t requests = 50;
    const House house;
    QVERIFY(house.listening);
    // Heard on this thread, as the console does; a QSignalSpy would count on the gateway's.
    int rings = 0;
    QObject listener;
    connect(house.link.get(), &ConsoleLink::doorbell, &listener, [&rings] { ++rings; });
    tests::HttpConnection client(house.port());
    std::set<std::string> ids;
    for (std::size_t i = 0; i < requests; ++i) {
        QCOMPARE(client.exchange(chat()).status, 503);
        for (const auto &record : house.link->takeFinished().items) {
            QVERIFY(ids.insert(record->id).second);
        }
    }
    QTRY_VERIFY([&] {
        for (const auto &record : house.link->takeFinished().items) {
            ids.insert(record->id);
        }
        return ids.size() == requests;
    }());
    QTRY_VERIFY(house.link->snapshot() && house.link->snapshot()->totals.requests == requests);
    QTRY_VERIFY(rings > 0);
}

void TestGatewayThread::snapshotsAreMadeForWhoTakesThem()
{
    const House house;
    int rings = 0;
    QObject listener;
    connect(house.link.get(), &ConsoleLink::doorbell, &listener, [&rings] { ++rings; });
    QTRY_COMPARE(rings, 1);
    const auto first = house.link->snapshot();
    QVERIFY(first);
    QTest::qWait(350); // three times in which there would be another one
    QCOMPARE(house.link->snapshot(), first);
    QCOMPARE(rings, 1);

    (void)house.link->takeFinished();
    QTRY_COMPARE(rings, 2);
    QCOMPARE(house.link->snapshot()->sequence, first->sequence + 1);
}

void TestGatewayThread::actsAreAnsweredAcross()
{
    const House house;
    house.link->operate(1, gateway::Gateway::Act::Trip, TargetId("p", "m"), "drill", {});
    house.link->operate(2, gateway::Gateway::Act::Trip, TargetId("p", "unheard-of"), "drill", {});
    std::map<std::uint64_t, std::string> problems;
    QTRY_VERIFY([&] {
        for (const auto &result : house.link->takeResults().items) {
            problems[result.id] = result.problem;
        }
        return problems.size() == 2;
    }());
    QCOMPARE(problems[1], std::string());
    QVERIFY(!problems[2].empty());
    QTRY_VERIFY(house.link->snapshot()
                && house.link->snapshot()->providers.front().targets.front().breaker.forced
                       == telemetry::ForcedState::Open);
}

void TestGatewayThread::endsWithRequestsInTheAir()
{
    House house;
    std::vector<std::unique_ptr<tests::HttpConnection>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<tests::HttpConnection>(house.port()));
        QVERIFY(clients.back()->send(chat()));
    }
    house.thread.reset();
    for (const auto &client : clients) {
        const int status = client->receive().status;
        QVERIFY2(status == 503 || status == 0, qPrintable(QString::number(status)));
    }
}

QTEST_GUILESS_MAIN(TestGatewayThread)
#include "tst_gateway_thread.moc"

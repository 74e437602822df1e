// SPDX-License-Identifier: GPL-3.0-or-later
// A console over HTTP beside one in the gateway's process: the same values; and all that can happen
// on the way.
#include "app/console/gateway_source.h"
#include "app/console/remote/remote_source.h"
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"
#include "tests/support/http_client.h"
#include "tests/support/tls_upstream.h"
#include "tests/ui/support/fake_gateway.h"
#include "tests/ui/support/fake_keychain.h"

#include "core/runtime/admin/state_json.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/ledger/record_json.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;
using State = ui::Connection::State;

namespace {

constexpr int kPatienceMs = 20'000;
constexpr std::chrono::milliseconds kSoon{60};
const std::string kToken = "operator-token-0123456789";
const std::string kViewerToken = "viewer-token-9876543210";

/// A gateway on a thread of its own, with a console inside.
struct House
{
    House(const std::string &upstream, const std::string &folder, const std::string &listen)
    {
        qputenv("FAR_TOKEN", kToken.c_str());
        qputenv("FAR_VIEWER", kViewerToken.c_str());
        const std::string text = "[[operator]]\nid = \"ann\"\ntoken = \"env:FAR_TOKEN\"\n"
                                 "role = \"operator\"\n"
                                 "[[operator]]\nid = \"eve\"\ntoken = \"env:FAR_VIEWER\"\n"
                                 "role = \"viewer\"\n"
                                 "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
                                 "base_url = \""
                                 + upstream
                                 + "\"\n[[provider.model]]\nname = \"m\"\n"
                                   "[[provider]]\nid = \"gone\"\nkind = \"openai-compatible\"\n"
                                   "base_url = \"http://127.0.0.1:1/v1\"\n"
                                   "[[provider.model]]\nname = \"x/y\"\n"
                                   "[[route]]\nname = \"r\"\nstrategy = \"priority\"\n"
                                   "targets = [{ target = \"gone/x/y\" }, { target = \"p/m\" }]\n";
        auto ready = runtime::readConfigurationText(text, "test.toml", secrets);
        runtime::ServiceOptions options;
        options.stateDir = folder;
        options.listen = listen;
        options.version = "1.2.3";
        auto made = runtime::Service::create(std::move(options), std::move(*ready), secrets);
        if (!made) {
            return;
        }
        service = std::move(*made);
        listening = service->listen().ok();
        inside = std::make_unique<GatewaySource>(*service);
        thread = std::make_unique<runtime::GatewayThread>(*service);
    }

    [[nodiscard]] QUrl url() const { return QUrl(QString::fromStdString(service->url())); }
    [[nodiscard]] int chat(const std::string &model) const
    {
        return tests::fetch(url().port(),
                            {.path = "/v1/chat/completions",
                             .body = R"({"model":")" + model
                                     + R"(","messages":[{"role":"user","content":"hi"}]})",
                             .headers = {}})
            .status;
    }

    runtime::SystemSecretStore secrets;
    std::unique_ptr<runtime::Service> service;
    bool listening = false;
    std::unique_ptr<GatewaySource> inside;
    std::unique_ptr<runtime::GatewayThread> thread; // ends first
};

tests::FakeUpstream upstream()
{
    return tests::FakeUpstream({{tests::ReadRequest{}, tests::SendBytes{tests::chatAnswer("ok")}}});
}

RemoteOptions quick(const QUrl &address)
{
    RemoteOptions options;
    options.address = address;
    options.firstWait = Millis(200);
    options.longestWait = Millis(400);
    return options;
}

/// A console on another machine, as far as it knows.
struct Far
{
    explicit Far(const RemoteOptions &options, const std::string &token = kToken)
        : source(options, Secret(token), keychain)
    {}
    explicit Far(const QUrl &address, const std::string &token = kToken)
        : Far(quick(address), token)
    {}

    [[nodiscard]] bool reaches(State state)
    {
        return QTest::qWaitFor([&] { return source.connection().state == state; }, kPatienceMs);
    }
    /// All records that came so far, as the list of `GET requests` has them, by id.
    std::map<std::string, std::string> &records()
    {
        for (const auto &record : source.takeFinished().records) {
            all[record->id] = runtime::toText(*record, runtime::Detail::Row);
        }
        return all;
    }
    [[nodiscard]] QString problem() const { return source.connection().problem; }

    FakeKeychain backend;
    Keychain keychain{backend, kSoon};
    RemoteSource source;
    std::map<std::string, std::string> all;
};

ui::BreakerCommand command(quint64 id, ui::BreakerAction action, const char *target)
{
    return {.id = id,
            .action = action,
            .target = TargetId(target),
            .reason = "a test",
            .duration = std::nullopt};
}

/// What of a snapshot does not change while nobody asks for anything.
std::string lasting(const telemetry::Snapshot &snapshot)
{
    telemetry::Snapshot still = snapshot;
    still.sequence = 0;
    still.at = {};
    const auto calm = [](auto &view) {
        view.requestsPerSecond = 0;
        view.failureShare = telemetry::kNoData;
        view.costPerHour = 0;
        view.unknownPriceLastMinute = 0;
        view.latency = {};
        view.firstToken = {};
    };
    calm(still.totals);
    for (telemetry::ProviderView &provider : still.providers) {
        calm(provider);
        for (telemetry::TargetView &target : provider.targets) {
            target.attemptsLastMinute = target.failuresLastMinute = 0;
            target.latency = target.firstToken = {};
        }
    }
    for (telemetry::RouteView &route : still.routes) {
        route.requestsPerSecond = 0;
        for (telemetry::RouteShare &share : route.shares) {
            share.actual = telemetry::kNoData;
            share.attempts = 0;
        }
    }
    return runtime::toText(runtime::toJson(still));
}

bool sameFigure(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || a == b;
}

/// The buckets that both have, told apart by their time; how many of them are alike and not empty.
int alike(const telemetry::Series &a, const telemetry::Series &b)
{
    int busy = 0;
    for (std::size_t i = 0; i < a.points.size(); ++i) {
        const auto at = (a.firstBucket + a.bucket * static_cast<std::int64_t>(i) - b.firstBucket)
                        / b.bucket;
        if (at < 0 || at >= static_cast<std::int64_t>(b.points.size())) {
            continue;
        }
        const telemetry::SeriesPoint &mine = a.points[i];
        const telemetry::SeriesPoint &other = b.points[static_cast<std::size_t>(at)];
        if (mine.attempts != other.attempts || mine.failures != other.failures
            || mine.cost != other.cost || !sameFigure(mine.p50Ms, other.p50Ms)
            || !sameFigure(mine.p95Ms, other.p95Ms) || mine.known != other.known) {
            return -1;
        }
        busy += mine.attempts > 0 ? 1 : 0;
    }
    return busy;
}

std::int64_t attemptsIn(const std::shared_ptr<const telemetry::Snapshot> &snapshot)
{
    std::int64_t sum = 0;
    if (snapshot != nullptr && snapshot->seconds != nullptr) {
        for (const telemetry::SeriesPoint &point : snapshot->seconds->total.points) {
            sum += point.known ? point.attempts : 0;
        }
    }
    return sum;
}

std::int64_t gapsIn(const std::shared_ptr<const telemetry::Snapshot> &snapshot)
{
    if (snapshot == nullptr || snapshot->seconds == nullptr) {
        return 0;
    }
    return std::ranges::count(snapshot->seconds->total.points,
                              false,
                              &telemetry::SeriesPoint::known);
}

} // namespace

class TestRemote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheConsoleInsideShows();
    void tellsWithinASecond();
    void actsOnTargets();
    void aViewerMayNot();
    void asksForATokenAndKeepsIt();
    void everyKindOfRefusalAsksForAToken_data();
    void everyKindOfRefusalAsksForAToken();
    void findsItsTokenInTheKeychain();
    void aGatewayThatGoesAwayLeavesAGap();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void sendsTheTokenNowhereElse();
    void noticesSilence();
    void doesNotTrustAnybody();
    void holdsNoMoreThanItShould();
    void waitsLongerEachTime();
    void readsAddresses();
};

/// Goal: the pages cannot tell the two sources apart.
void TestRemote::showsWhatTheConsoleInsideShows()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    QVERIFY(house.listening);
    for (int i = 0; i < 5; ++i) { // some ended before anybody looked
        QCOMPARE(house.chat(i % 2 == 0 ? "r" : "p/m"), 200);
    }
    Far far(house.url());
    QVERIFY2(far.reaches(State::Connected), qPrintable(far.problem()));
    QCOMPARE(far.source.connection().person, u"ann"_s);
    QCOMPARE(far.source.connection().version, u"1.2.3"_s);
    QVERIFY(!far.source.connection().viewer);
    QCOMPARE(far.source.whyNoCommands(), QString());
    QCOMPARE(far.source.connection().caution, QString()); // loopback needs no TLS
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(house.chat("r"), 200);
    }
    std::map<std::string, std::string> inside;
    const auto collect = [&] {
        for (const auto &record : house.inside->takeFinished().records) {
            inside[record->id] = runtime::toText(*record, runtime::Detail::Row);
        }
        return inside;
    };
    QTRY_COMPARE_WITH_TIMEOUT(collect().size(), std::size_t(10), kPatienceMs);
    const auto difference = [&] {
        for (const auto &[id, text] : inside) {
            if (far.records()[id] != text) {
                return text + "\n" + far.all[id];
            }
        }
        return std::string();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(difference().empty(), difference().c_str(), kPatienceMs);
    QCOMPARE(far.records().size(), inside.size());
    const auto newestInside = [&] {
        collect(); // one that is not taken is the last
        return house.inside->snapshot();
    };
    QTRY_COMPARE_WITH_TIMEOUT(lasting(*far.source.snapshot()),
                              lasting(*newestInside()),
                              kPatienceMs);
    const auto attempts = attemptsIn(house.inside->snapshot());
    QTRY_COMPARE_WITH_TIMEOUT(attemptsIn(far.source.snapshot()), attempts, kPatienceMs);
    const auto here = house.inside->snapshot();
    const auto there = far.source.snapshot();
    QVERIFY(alike(here->seconds->total, there->seconds->total) > 0);
    QCOMPARE(there->seconds->byProvider.size(), std::size_t(2));
    QVERIFY(alike(here->seconds->byProvider[0], there->seconds->byProvider[0]) > 0);
    QVERIFY(there->tens != nullptr && there->minutes != nullptr && there->hours != nullptr);
    QCOMPARE(there->hours->total.bucket, Seconds(3600));
}

void TestRemote::tellsWithinASecond()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    Far far(house.url());
    QVERIFY(far.reaches(State::Connected));
    QTest::qWait(200); // the past has been read
    far.records();
    QElapsedTimer took;
    took.start();
    QCOMPARE(house.chat("p/m"), 200);
    QTRY_COMPARE_WITH_TIMEOUT(far.records().size(), std::size_t(1), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(far.source.snapshot()->totals.requests, std::int64_t(1), kPatienceMs);
    QVERIFY2(took.elapsed() < 1000, qPrintable(QString::number(took.elapsed())));
}

void TestRemote::actsOnTargets()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    Far far(house.url());
    QVERIFY(far.reaches(State::Connected));
    QSignalSpy finished(&far.source, &ui::ConsoleSource::commandFinished);
    const auto breaker = [&] { return far.source.snapshot()->providers[1].targets[0].breaker; };
    far.source.send({.id = 7,
                     .action = ui::BreakerAction::Trip,
                     .target = TargetId("gone/x/y"), // the slash is its own
                     .reason = "night work",
                     .duration = Seconds(600)});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QCOMPARE(finished[0], (QVariantList{quint64(7), true, QString()}));
    QTRY_COMPARE_WITH_TIMEOUT(breaker().forced, telemetry::ForcedState::Open, kPatienceMs);
    QCOMPARE(breaker().forcedReason, std::string("night work"));
    QVERIFY(breaker().forcedUntil.has_value());
    for (const auto action : {ui::BreakerAction::Hold,
                              ui::BreakerAction::Reset,
                              ui::BreakerAction::Drain,
                              ui::BreakerAction::Undrain}) {
        far.source.send(command(8, action, "p/m"));
    }
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 5, kPatienceMs);
    for (const QVariantList &one : finished) {
        QVERIFY2(one[1].toBool(), qPrintable(one[2].toString()));
    }
    far.source.send(command(9, ui::BreakerAction::Reset, "no/body"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 6, kPatienceMs);
    QVERIFY(!finished[5][1].toBool());
    QVERIFY2(!finished[5][2].toString().isEmpty(), "it says why");
}

void TestRemote::aViewerMayNot()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    Far far(house.url(), kViewerToken);
    QVERIFY(far.reaches(State::Connected));
    QVERIFY(far.source.connection().viewer);
    QCOMPARE(far.source.connection().person, u"eve"_s);
    QVERIFY(far.source.whyNoCommands().contains(u"viewer may not"_s));
    // Should the window let one through, the gateway does not.
    QSignalSpy finished(&far.source, &ui::ConsoleSource::commandFinished);
    far.source.send(command(1, ui::BreakerAction::Drain, "p/m"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QVERIFY(!finished[0][1].toBool());
    QVERIFY2(finished[0][2].toString().contains(u"viewer"_s),
             qPrintable(finished[0][2].toString()));
    QCOMPARE(far.source.snapshot()->providers[0].targets[0].breaker.drained, false);
}

void TestRemote::asksForATokenAndKeepsIt()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    Far far(house.url(), "not-the-token");
    QVERIFY(far.reaches(State::TokenNeeded));
    QVERIFY2(far.problem().contains(u"does not know this token"_s), qPrintable(far.problem()));
    QVERIFY(!far.problem().contains(u"not-the-token"_s));
    QVERIFY(far.source.whyNoCommands().contains(u"does not answer"_s));
    far.source.useToken(Secret(std::string("still-wrong")), true);
    QTest::qWait(300);
    QVERIFY(far.reaches(State::TokenNeeded));
    QVERIFY2(far.backend.entries().isEmpty(), "only one that works is kept");
    far.source.useToken(Secret(kToken), true);
    QVERIFY(far.reaches(State::Connected));
    const QString entry = RemoteToken::entryFor(house.url());
    QTRY_VERIFY_WITH_TIMEOUT(far.backend.entries().contains(entry), kPatienceMs);
    QVERIFY(far.backend.entries()[entry].matches(kToken));
    QTRY_COMPARE(far.source.connection().tokenPlace, u"typed in, and kept in the keychain"_s);
}

void TestRemote::everyKindOfRefusalAsksForAToken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("bare") << FakeGateway::whole({}, 401);
    QTest::newRow("a proxy's") << FakeGateway::whole("<html>",
                                                     401,
                                                     "WWW-Authenticate: Basic realm=\"x\"\r\n");
}

void TestRemote::everyKindOfRefusalAsksForAToken()
{
    QFETCH(QByteArray, answer);
    FakeGateway gateway;
    gateway.answer(u"state"_s, answer);
    Far far(gateway.url());
    QVERIFY2(far.reaches(State::TokenNeeded), qPrintable(far.problem()));
    // It is not asked again with a token that is known to be wrong.
    const auto asked = gateway.heads().size();
    far.source.retry();
    QTest::qWait(600);
    QCOMPARE(gateway.heads().size(), asked);
}

void TestRemote::findsItsTokenInTheKeychain()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    House house(answering.baseUrl(), folder.path().toStdString(), "127.0.0.1:0");
    FakeKeychain backend;
    backend.entries()[RemoteToken::entryFor(house.url())] = Secret(kToken);
    Keychain keychain(backend, kSoon);
    RemoteSource source(quick(house.url()), {}, keychain);
    QTRY_COMPARE_WITH_TIMEOUT(source.connection().state, State::Connected, kPatienceMs);
    QCOMPARE(source.connection().tokenPlace, u"from the keychain"_s);

    FakeKeychain gone;
    gone.setMood(FakeKeychain::Mood::Gone);
    Keychain without(gone, kSoon);
    RemoteSource asking(quick(house.url()), {}, without);
    QTRY_COMPARE_WITH_TIMEOUT(asking.connection().state, State::TokenNeeded, kPatienceMs);
    QVERIFY2(asking.connection().problem.contains(u"keychain is unavailable"_s),
             qPrintable(asking.connection().problem));
    QVERIFY(!asking.connection().canKeep);
    asking.useToken(Secret(kToken), false);
    QTRY_COMPARE_WITH_TIMEOUT(asking.connection().state, State::Connected, kPatienceMs);
}

/// Goal: statement 8 of the console's list, with a gateway that really ends and comes back.
void TestRemote::aGatewayThatGoesAwayLeavesAGap()
{
    const tests::FakeUpstream answering = upstream();
    const QTemporaryDir folder;
    const std::string place = folder.path().toStdString();
    auto house = std::make_unique<House>(answering.baseUrl(), place, "127.0.0.1:0");
    const QUrl url = house->url();
    Far far(url);
    QVERIFY(far.reaches(State::Connected));
    QCOMPARE(house->chat("p/m"), 200);
    QTRY_VERIFY_WITH_TIMEOUT(attemptsIn(far.source.snapshot()) == 1, kPatienceMs);
    QCOMPARE(gapsIn(far.source.snapshot()), std::int64_t(0));

    house.reset();
    QElapsedTimer since;
    since.start();
    QVERIFY(far.reaches(State::Away));
    QVERIFY2(since.elapsed() < 2000, qPrintable(QString::number(since.elapsed())));
    QVERIFY(far.source.connection().retryAt.has_value());
    QVERIFY(!far.problem().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(gapsIn(far.source.snapshot()) >= 2, kPatienceMs);
    QCOMPARE(attemptsIn(far.source.snapshot()), std::int64_t(1)); // what was known is still shown
    QSignalSpy finished(&far.source, &ui::ConsoleSource::commandFinished);
    far.source.send(command(3, ui::BreakerAction::Reset, "p/m"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatienceMs);
    QVERIFY(!finished[0][1].toBool());

    const std::string listen = "127.0.0.1:" + std::to_string(url.port());
    house = std::make_unique<House>(answering.baseUrl(), place, listen);
    QVERIFY(house->listening);
    far.source.retry();
    QVERIFY2(far.reaches(State::Connected), qPrintable(far.problem()));
    QCOMPARE(house->chat("p/m"), 200);
    QTRY_COMPARE_WITH_TIMEOUT(attemptsIn(far.source.snapshot()), std::int64_t(2), kPatienceMs);
    const auto snapshot = far.source.snapshot();
    QVERIFY(gapsIn(snapshot) >= 1);
    const auto &points = snapshot->seconds->total.points;
    QVERIFY(points.back().known);
    // Both requests are in the list, the first of them once.
    QTRY_COMPARE_WITH_TIMEOUT(far.records().size(), std::size_t(2), kPatienceMs);
}

void TestRemote::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QString>("words");
    const QByteArray stream = FakeGateway::streamHead();
    const auto row = [](const char *name,
                        const QByteArray &state,
                        const QByteArray &events,
                        const QString &words) { QTest::newRow(name) << state << events << words; };
    const auto whole = &FakeGateway::whole;
    const QByteArray sound = whole(FakeGateway::state(), 200, {});
    row("a web page", whole("<html>hello</html>", 200, {}), stream, u"not as a Signalbox"_s);
    row("another's JSON", whole(R"({"ok":true})", 200, {}), stream, u"not as a Signalbox"_s);
    row("a web page is missing", whole("<html>404</html>", 404, {}), stream, u"status 404"_s);
    row("a proxy in trouble", whole("<html>502</html>", 502, {}), stream, u"status 502"_s);
    row("no operators",
        whole(R"({"error":{"message":"no","code":"not_found","origin":"client"}})", 404, {}),
        stream,
        u"no door for operators"_s);
    row("its own words",
        whole(R"({"error":{"message":"Foreign host.","origin":"gateway"}})", 403, {}),
        stream,
        u"Foreign host."_s);
    row("elsewhere",
        whole({}, 302, "Location: http://127.0.0.2:1/\r\n"),
        stream,
        u"leads elsewhere"_s);
    row("too old", whole(FakeGateway::state(0), 200, {}), stream, u"too old"_s);
    row("too new", whole(FakeGateway::state(2), 200, {}), stream, u"version, 9.9.9"_s);
    row("half a state", whole(R"({"api":1,"targets":[]})", 200, {}), stream, u"makes no sense"_s);
    row("half an answer", sound.left(sound.size() - 20), stream, u"closed the connection"_s);
    row("nothing", {}, stream, u"does not answer"_s);
    row("not HTTP", "220 smtp.example ready\r\n", stream, u"127.0.0.1"_s);
    row("no stream", sound, whole("<html>gone</html>", 503, {}), u"status 503"_s);
    row("a stream that ends", sound, whole({}, 200, {}), u"ended the connection"_s);
    row("garbage in the stream",
        sound,
        stream + FakeGateway::event("snapshot", "{\"at\":"),
        u"makes no sense"_s);
    row("a stream without a word", sound, stream, u"does not answer"_s);
}

/// Goal: the operator reads what is wrong, in the window, and it is tried again.
void TestRemote::saysWhatIsWrong()
{
    QFETCH(QByteArray, state);
    QFETCH(QByteArray, events);
    QFETCH(QString, words);
    FakeGateway gateway;
    gateway.answer(u"state"_s, state);
    gateway.answer(u"events"_s, events);
    RemoteOptions options = quick(gateway.url());
    options.answerWithin = Millis(400);
    Far far(options);
    QVERIFY(far.reaches(State::Away));
    QVERIFY2(far.problem().contains(words), qPrintable(far.problem()));
    QVERIFY(!far.problem().contains(QString::fromStdString(kToken)));
    const auto asked = gateway.asked("/admin/v1/state");
    QTRY_VERIFY_WITH_TIMEOUT(gateway.asked("/admin/v1/state") > asked, kPatienceMs);
    // Once it is what it should be, all is well.
    gateway.answer(u"state"_s, FakeGateway::whole(FakeGateway::state()));
    gateway.answer(u"events"_s,
                   FakeGateway::streamHead()
                       + FakeGateway::event("snapshot", FakeGateway::state()));
    QVERIFY2(far.reaches(State::Connected), qPrintable(far.problem()));
}

void TestRemote::sendsTheTokenNowhereElse()
{
    FakeGateway elsewhere;
    FakeGateway gateway;
    gateway.answer(u"state"_s,
                   FakeGateway::whole({},
                                      307,
                                      "Location: " + elsewhere.url().toEncoded()
                                          + "/admin/v1/state\r\n"
                                            "Set-Cookie: a=b\r\n"));
    Far far(gateway.url());
    QVERIFY(far.reaches(State::Away));
    QTRY_VERIFY_WITH_TIMEOUT(gateway.heads().size() >= 2, kPatienceMs);
    QVERIFY(elsewhere.heads().isEmpty());
    for (const QByteArray &head : gateway.heads()) {
        QVERIFY(head.contains("Authorization: Bearer " + QByteArray::fromStdString(kToken)));
        QVERIFY(!head.contains("Cookie:"));
        QVERIFY(!head.left(head.indexOf('\r')).contains(kToken.c_str()));
    }
}

void TestRemote::noticesSilence()
{
    FakeGateway gateway;
    RemoteOptions options = quick(gateway.url());
    options.silentAfter = Millis(300);
    options.hangUpAfter = Millis(600);
    Far far(options);
    QVERIFY(far.reaches(State::Connected));
    QVERIFY(far.reaches(State::Away));
    QVERIFY2(far.problem().contains(u"fallen silent"_s), qPrintable(far.problem()));
    QCOMPARE(gateway.asked("/admin/v1/state"), qsizetype(1)); // the line still stands
    QCOMPARE(gateway.stream(FakeGateway::event("snapshot", FakeGateway::state())), 1);
    QVERIFY(far.reaches(State::Connected));
    QCOMPARE(gateway.asked("/admin/v1/state"), qsizetype(1));
    // For longer, it is hung up and asked anew.
    QTRY_VERIFY_WITH_TIMEOUT(gateway.asked("/admin/v1/state") > 1, kPatienceMs);
}

void TestRemote::doesNotTrustAnybody()
{
    const QTemporaryDir folder;
    const auto authority = tests::makeAuthority(folder.path().toStdString(), "far", "IP:127.0.0.1");
    if (authority.certificate.empty()) {
        QFAIL("the openssl program is needed");
    }
    const std::string refusal =
        "HTTP/1.1 404 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";
    const tests::TlsUpstream gateway(authority, refusal);
    const QUrl url(u"https://127.0.0.1:%1"_s.arg(gateway.port()));
    Far stranger(url);
    QVERIFY(stranger.reaches(State::Away));
    QVERIFY2(stranger.problem().contains(u"is not trusted"_s)
                 && stranger.problem().contains(u"--ca-file"_s),
             qPrintable(stranger.problem()));
    QCOMPARE(gateway.answered(), 0); // the token was not sent
    RemoteOptions options = quick(url);
    options.tls.addCaCertificates(
        QSslCertificate::fromPath(QString::fromStdString(authority.certificate)));
    Far friendly(options);
    QVERIFY(friendly.reaches(State::Away));
    QVERIFY2(friendly.problem().contains(u"status 404"_s), qPrintable(friendly.problem()));
    QVERIFY(gateway.answered() > 0);
}

/// Goal: whoever is at the other end, memory stays what it was.
void TestRemote::holdsNoMoreThanItShould()
{
    FakeGateway gateway;
    Far far(gateway.url());
    QVERIFY(far.reaches(State::Connected));
    // An event without an end is given up.
    const QByteArray flood = "data: " + QByteArray(1024 * 1024, 'x');
    QTRY_VERIFY_WITH_TIMEOUT((gateway.stream(flood), far.problem().contains(u"too long"_s)),
                             kPatienceMs);
    QVERIFY(far.reaches(State::Connected));
    // Records that nobody takes are counted, not kept.
    QTRY_VERIFY_WITH_TIMEOUT(gateway.asked("/admin/v1/requests") >= 2, kPatienceMs);
    QByteArray many;
    constexpr int kSent = 7000;
    for (int i = 0; i < kSent; ++i) {
        many += FakeGateway::event("request",
                                   R"({"id":"r)" + QByteArray::number(i)
                                       + R"(","time":"2026-11-22T14:00:00Z","outcome":"success"})");
    }
    QCOMPARE(gateway.stream(many + FakeGateway::event("snapshot", FakeGateway::state())), 1);
    std::size_t kept = 0;
    std::int64_t lost = 0;
    QTest::qWait(500);
    const auto take = [&] {
        const ui::FinishedBatch batch = far.source.takeFinished();
        kept += batch.records.size();
        lost += batch.lost;
        return static_cast<std::int64_t>(kept) + lost;
    };
    QTRY_COMPARE_WITH_TIMEOUT(take(), std::int64_t(kSent), kPatienceMs);
    // An answer without an end as well.
    gateway.answer(u"state"_s,
                   "HTTP/1.1 200 X\r\nConnection: close\r\n\r\n"
                       + QByteArray(static_cast<qsizetype>(RemoteHttp::kAnswerBytesMax) + 1, 'y'));
    gateway.answer(u"events"_s, {});
    gateway.stream(FakeGateway::event("snapshot", "nonsense"));
    QTRY_VERIFY_WITH_TIMEOUT(far.problem().contains(u"too long"_s), kPatienceMs);
}

void TestRemote::waitsLongerEachTime()
{
    RemoteOptions options;
    Random random(7);
    for (int failures = 1; failures < 40; ++failures) {
        const Millis whole = failures > 5 ? Millis(30'000) : Millis(1000 << (failures - 1));
        for (int i = 0; i < 50; ++i) {
            const Millis wait = reconnectDelay(options, failures, random);
            QVERIFY(wait >= whole / 2 && wait <= whole);
        }
    }
    QVERIFY(reconnectDelay(options, 6, random) != reconnectDelay(options, 6, random));
}

void TestRemote::readsAddresses()
{
    const auto problem = [](const char *text) {
        return readAddress(QString::fromUtf8(text)).problem;
    };
    QCOMPARE(problem("https://gateway.example:8787"), QString());
    QCOMPARE(problem("http://[::1]:8787/signalbox/"), QString());
    for (const char *text : {"", "gateway:8787", "ftp://x", "https://", "http://a b", "//x"}) {
        QVERIFY2(problem(text).contains(u"needs a URL"_s), text);
    }
    QVERIFY(problem("https://ann:secret@x").contains(u"SIGNALBOX_TOKEN"_s));
    QVERIFY(!problem("https://ann:secret@x").contains(u"secret@"_s));
    QVERIFY(problem("https://x/?a=b").contains(u"without ?"_s));
    QVERIFY(cautionFor(QUrl(u"http://gateway.example:8787"_s)).contains(u"not encrypted"_s));
    for (const QString &safe : {u"https://gateway.example"_s,
                                u"http://127.0.0.1:1"_s,
                                u"http://[::1]:1"_s,
                                u"http://localhost:1"_s}) {
        QCOMPARE(cautionFor(QUrl(safe)), QString());
    }
}

QTEST_GUILESS_MAIN(TestRemote)
#include "tst_remote.moc"

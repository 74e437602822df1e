// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

std::string seconds(Micros time)
{
    const auto millis = std::chrono::duration_cast<Millis>(time).count();
    return std::to_string(millis / 1000) + "." + std::to_string(1000 + millis % 1000).substr(1);
}

/// `10+2 tokens 0.000018`, an estimate with `~`, an unknown price with `?`.
std::string billText(const std::optional<Usage> &usage, const Cost &cost)
{
    std::string text = " ";
    if (usage) {
        text += (usage->estimated ? "~" : "") + std::to_string(usage->promptTokens) + "+"
                + std::to_string(usage->completionTokens) + " tokens ";
    }
    return text + (cost.estimated ? "~" : "") + (cost.amount ? cost.amount->toDecimal() : "?");
}

std::string attemptText(const AttemptRecord &attempt)
{
    std::string text = " · " + attempt.target.name() + " " + std::string(toString(attempt.outcome));
    text += attempt.httpStatus == 0 ? "" : " " + std::to_string(attempt.httpStatus);
    text += " at " + seconds(attempt.startedAfter);
    text += attempt.backoffBefore == Micros(0) ? "" : " waited " + seconds(attempt.backoffBefore);
    text += attempt.connected ? " connected " + seconds(*attempt.connected) : "";
    text += attempt.firstToken ? " first " + seconds(*attempt.firstToken) : "";
    text += " total " + seconds(attempt.total);
    text += attempt.hint ? " hint " + seconds(attempt.hint->wait) : "";
    text += attempt.counted ? " counted" : "";
    text += attempt.probe ? " probe" : "";
    text += attempt.contentSent ? " sent" : "";
    return text + billText(attempt.usage, attempt.cost);
}

/// The whole record on one line but for what chance and the clock put in.
QString textOf(const RequestRecord &record)
{
    std::string text = std::to_string(record.status) + " " + std::string(toString(record.outcome));
    text += record.errorCode.empty() ? "" : " " + record.errorCode;
    text += record.abandoned ? " abandoned" : "";
    text += record.target.isEmpty() ? "" : " by " + record.target.name();
    text += record.firstToken ? " first " + seconds(*record.firstToken) : "";
    text += " total " + seconds(record.total) + billText(record.usage, record.cost);
    for (const AttemptRecord &attempt : record.attempts) {
        text += attemptText(attempt);
    }
    return QString::fromStdString(text);
}

/// What every record must keep to, whatever happened.
QString brokenPromise(VirtualGateway &world, const RequestRecord &record)
{
    Money sum;
    bool known = true;
    for (const AttemptRecord &attempt : record.attempts) {
        known = known && attempt.cost.amount.has_value();
        sum += attempt.cost.amount.value_or(Money());
    }
    if (known ? record.cost.amount != sum : record.cost.amount.has_value()) {
        return QStringLiteral("the attempts' costs are not the request's");
    }
    const auto snapshot = world.snapshot();
    if (snapshot->totals.requests != 1 || snapshot->totals.inFlight != 0) {
        return QStringLiteral("telemetry saw other than one request that ended");
    }
    if (snapshot->totals.abandoned != (record.abandoned ? 1 : 0)) {
        return QStringLiteral("telemetry disagrees on who left");
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        if (provider.inFlight != 0) {
            return QStringLiteral("a permit was not returned");
        }
    }
    return {};
}

#define COMPARE_RECORD(world, id, expected) \
    do { \
        const QString is = textOf((world).record(id)); \
        const QString should = (expected); \
        QVERIFY2(is == should, \
                 qPrintable(QStringLiteral("\nis:     ") + is + QStringLiteral("\nshould: ") \
                            + should)); \
        QCOMPARE(brokenPromise(world, (world).record(id)), QString()); \
    } while (false)

void row(const char *name, const House &house, const char *script, bool stream, const char *record)
{
    QTest::newRow(name) << QString::fromStdString(house.toml()) << QString::fromUtf8(script)
                        << stream << QString::fromUtf8(record);
}

const char *const kAlone = R"([{ target = "a/x" }])";

} // namespace

class TestRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEndIsRecordedInFull_data();
    void everyEndIsRecordedInFull();
    void aClientThatLeftIsBookedForWhatWasUsed_data();
    void aClientThatLeftIsBookedForWhatWasUsed();
    void aShutDownIsRecorded();
    void refusedRequestsAreRecordedWithoutAttempts_data();
    void refusedRequestsAreRecordedWithoutAttempts();
    void strangersFillNoLedger();
    void theDecisionIsKeptWithDrawAndSeed();
    void theSameSeedDecidesTheSame();
    void idsAreUniqueAndSortByTime();
    void aProbeIsMarked();
};

void TestRecords::everyEndIsRecordedInFull_data()
{
    QTest::addColumn<QString>("toml");
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("record");
    row("an answer",
        {},
        "a/x: 200",
        false,
        "200 success by a/x total 0.100 10+2 tokens 0.000018 · "
        "a/x success 200 at 0.000 connected 0.000 total 0.100 counted 10+2 tokens 0.000018");
    row("a stream",
        {},
        "a/x: 200",
        true,
        "200 success by a/x first 0.200 total 0.400 10+2 tokens 0.000018 · "
        "a/x success 200 at 0.000 connected 0.000 first 0.200 total 0.400 counted sent 10+2 tokens "
        "0.000018");
    row("a stream of the second target",
        {},
        "a/x: cut before content",
        true,
        "200 success by b/y first 0.400 total 0.600 10+2 tokens ~0.000045 · "
        "a/x connection_reset 200 at 0.000 connected 0.000 total 0.200 counted ~9+0 tokens "
        "~0.000009 · "
        "b/y success 200 at 0.200 connected 0.000 first 0.200 total 0.400 counted sent 10+2 tokens "
        "0.000036");
    row("anthropic's usage",
        {.targets = R"([{ target = "c/z" }])"},
        "c/z: 200",
        true,
        "200 success by c/z first 0.200 total 0.400 10+2 tokens 0.00006 · "
        "c/z success 200 at 0.000 connected 0.000 first 0.200 total 0.400 counted sent 10+2 tokens "
        "0.00006");
    row("no usage given",
        {},
        "a/x: 200 unmetered",
        false,
        "200 success by a/x total 0.100 ~9+1 tokens ~0.000013 · "
        "a/x success 200 at 0.000 connected 0.000 total 0.100 counted ~9+1 tokens ~0.000013");
    row("no usage given, streamed",
        {},
        "a/x: 200 unmetered",
        true,
        "200 success by a/x first 0.200 total 0.400 ~9+2 tokens ~0.000017 · "
        "a/x success 200 at 0.000 connected 0.000 first 0.200 total 0.400 counted sent ~9+2 tokens "
        "~0.000017");
    row("no price known",
        {.priceOfX = ""},
        "a/x: 200",
        false,
        "200 success by a/x total 0.100 10+2 tokens ? · "
        "a/x success 200 at 0.000 connected 0.000 total 0.100 counted 10+2 tokens ?");
    row("no price for the first of two",
        {.priceOfX = ""},
        "a/x: hang",
        true,
        "200 success by b/y first 30.200 total 30.400 10+2 tokens ? · "
        "a/x first_token_timeout at 0.000 connected 0.000 total 30.000 counted ~9+0 tokens ~? · "
        "b/y success 200 at 30.000 connected 0.000 first 0.200 total 0.400 counted sent 10+2 "
        "tokens 0.000036");
    row("a refusal costs nothing, priced or not",
        {.priceOfX = ""},
        "a/x: 503",
        false,
        "200 success by b/y total 0.200 10+2 tokens 0.000036 · "
        "a/x overloaded 503 at 0.000 connected 0.000 total 0.100 counted 0.00 · "
        "b/y success 200 at 0.100 connected 0.000 total 0.100 counted 10+2 tokens 0.000036");
    row("the provider's own figure",
        {.kindOfA = "openrouter"},
        "a/x: 200 stated",
        false,
        "200 success by a/x total 0.100 10+2 tokens 0.000123456 · "
        "a/x success 200 at 0.000 connected 0.000 total 0.100 counted 10+2 tokens 0.000123456");
    row("broken after content",
        {},
        "a/x: cut after content",
        true,
        "200 connection_reset upstream_stream_broken by a/x first 0.200 total 0.300 ~9+1 tokens "
        "~0.000013 · "
        "a/x connection_reset 200 at 0.000 connected 0.000 first 0.200 total 0.300 counted sent "
        "~9+1 tokens ~0.000013");
    row("silent after content",
        {},
        "a/x: stall after content",
        true,
        "200 idle_timeout upstream_timeout by a/x first 0.200 total 30.200 ~9+1 tokens ~0.000013 · "
        "a/x idle_timeout 200 at 0.000 connected 0.000 first 0.200 total 30.200 counted sent ~9+1 "
        "tokens ~0.000013");
    row("backoff",
        {.route = "retry = { same_target = 1 }"},
        "a/x: 503",
        false,
        "200 success by a/x total 0.311 10+2 tokens 0.000018 · "
        "a/x overloaded 503 at 0.000 connected 0.000 total 0.100 counted 0.00 · "
        "a/x success 200 at 0.211 waited 0.111 connected 0.000 total 0.100 counted 10+2 tokens "
        "0.000018");
    row("a hint waited for",
        {.targets = kAlone},
        "a/x: 429 hint 2s",
        false,
        "200 success by a/x total 2.200 10+2 tokens 0.000018 · "
        "a/x rate_limited 429 at 0.000 connected 0.000 total 0.100 hint 2.000 0.00 · "
        "a/x success 200 at 2.100 waited 2.000 connected 0.000 total 0.100 counted 10+2 tokens "
        "0.000018");
    row("a hint not waited for",
        {.targets = kAlone},
        "a/x: 429 hint 100s",
        false,
        "429 rate_limited rate_limited total 0.100 0+0 tokens 0.00 · "
        "a/x rate_limited 429 at 0.000 connected 0.000 total 0.100 hint 100.000 0.00");
    row("the deadline",
        {.targets = kAlone, .route = "deadline_s = 7"},
        "a/x: hang",
        false,
        "504 deadline_reached upstream_timeout total 7.000 ~9+0 tokens ~0.000009 · "
        "a/x deadline_reached at 0.000 connected 0.000 total 7.000 ~9+0 tokens ~0.000009");
    row("no connection",
        {.targets = kAlone},
        "a/x: refused",
        false,
        "503 connection_refused no_target_available total 0.100 0+0 tokens 0.00 · "
        "a/x connection_refused at 0.000 total 0.100 counted 0.00");
    row("the request refused",
        {},
        "a/x: 400",
        false,
        "400 invalid_request wrong_value total 0.100 0+0 tokens 0.00 · "
        "a/x invalid_request 400 at 0.000 connected 0.000 total 0.100 0.00");
    row("a key refused",
        {},
        "a/x: 401; b/y: 403",
        false,
        "502 auth_failed upstream_auth total 0.200 0+0 tokens 0.00 · "
        "a/x auth_failed 401 at 0.000 connected 0.000 total 0.100 0.00 · "
        "b/y auth_failed 403 at 0.100 connected 0.000 total 0.100 0.00");
}

void TestRecords::everyEndIsRecordedInFull()
{
    QFETCH(QString, toml);
    QFETCH(QString, script);
    QFETCH(bool, stream);
    QFETCH(QString, record);
    VirtualGateway world(toml.toStdString());
    world.script(script.toStdString());
    const auto id = world.ask({.stream = stream});
    world.run();
    COMPARE_RECORD(world, id, record);
}

void TestRecords::aClientThatLeftIsBookedForWhatWasUsed_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("record");
    QTest::newRow("before the connection")
        << QString::fromUtf8("a/x: connect-hang")
        << QString::fromUtf8("499 client_gone client_gone abandoned total 2.000 0+0 tokens 0.00 · "
                             "a/x client_gone at 0.000 total 2.000 0.00");
    QTest::newRow("before the head")
        << QString::fromUtf8("a/x: hang")
        << QString::fromUtf8(
               "499 client_gone client_gone abandoned total 2.000 ~9+0 tokens ~0.000009 · "
               "a/x client_gone at 0.000 connected 0.000 total 2.000 ~9+0 tokens ~0.000009");
    QTest::newRow("before content")
        << QString::fromUtf8("a/x: stall before content")
        << QString::fromUtf8(
               "499 client_gone client_gone abandoned total 2.000 ~9+0 tokens ~0.000009 · "
               "a/x client_gone 200 at 0.000 connected 0.000 total 2.000 ~9+0 tokens ~0.000009");
    QTest::newRow("after content")
        << QString::fromUtf8("a/x: stall after content")
        << QString::fromUtf8("200 client_gone client_gone abandoned by a/x first 0.200 total 2.000 "
                             "~9+1 tokens ~0.000013 · "
                             "a/x client_gone 200 at 0.000 connected 0.000 first 0.200 total 2.000 "
                             "sent ~9+1 tokens ~0.000013");
    QTest::newRow("in the wait")
        << QString::fromUtf8("a/x: 429 hint 9s")
        << QString::fromUtf8(
               "499 client_gone client_gone abandoned total 2.000 0+0 tokens 0.00 · "
               "a/x rate_limited 429 at 0.000 connected 0.000 total 0.100 hint 9.000 0.00");
}

void TestRecords::aClientThatLeftIsBookedForWhatWasUsed()
{
    QFETCH(QString, script);
    QFETCH(QString, record);
    VirtualGateway world(House{.targets = kAlone}.toml());
    world.script(script.toStdString());
    const auto id = world.ask({.stream = true});
    world.at(Seconds(2), [&] { world.leave(id); });
    world.run();
    COMPARE_RECORD(world, id, record);
}

void TestRecords::aShutDownIsRecorded()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: stall after content");
    const auto id = world.ask({.stream = true});
    world.at(Seconds(2), [&] { world.shutDown(); });
    world.run();
    COMPARE_RECORD(world,
                   id,
                   QString::fromUtf8("200 shut_down upstream_stream_broken by a/x first 0.200 "
                                     "total 2.000 ~9+1 tokens ~0.000013 · "
                                     "a/x shut_down 200 at 0.000 connected 0.000 first 0.200 total "
                                     "2.000 sent ~9+1 tokens ~0.000013"));
}

void TestRecords::refusedRequestsAreRecordedWithoutAttempts_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("record");
    QTest::newRow("unknown model")
        << QString::fromUtf8("chad") << QString()
        << QString::fromUtf8("404 model_not_found model_not_found total 0.000 0+0 tokens 0.00");
    QTest::newRow("no JSON")
        << QString() << QString::fromUtf8("{")
        << QString::fromUtf8("400 invalid_request invalid_request total 0.000 0+0 tokens 0.00");
    QTest::newRow("no target free")
        << QString::fromUtf8("a/x") << QString()
        << QString::fromUtf8("503 server_error no_target_available total 0.000 0+0 tokens 0.00");
}

void TestRecords::refusedRequestsAreRecordedWithoutAttempts()
{
    QFETCH(QString, model);
    QFETCH(QString, body);
    QFETCH(QString, record);
    VirtualGateway world(House{}.toml());
    world.operate(gateway::Act::Trip, "a/x");
    const auto id = world.ask({.model = model.toStdString(), .body = body.toStdString()});
    world.run();
    COMPARE_RECORD(world, id, record);
    QVERIFY(world.calls().empty());
}

void TestRecords::strangersFillNoLedger()
{
    VirtualGateway world(House{.more = "[[client]]\nid = \"bot\"\nkey = \"env:BOT\"\n"}.toml());
    const auto id = world.ask({.headers = {{"authorization", "Bearer wrong"}}});
    world.run();
    QVERIFY(world.reply(id).record == nullptr);
    QCOMPARE(world.reply(id).status, 401);
    QCOMPARE(world.snapshot()->totals.requests, 1);
}

void TestRecords::theDecisionIsKeptWithDrawAndSeed()
{
    const House house{
        .targets =
            R"([{ target = "a/x", weight = 70 }, { target = "b/y", weight = 30 }, { target = "c/z", weight = 0 }])",
        .strategy = "weighted"};
    VirtualGateway world(house.toml());
    world.operate(gateway::Act::Drain, "a/x2");
    const auto id = world.ask();
    world.run();
    const RequestRecord &record = world.record(id);
    const Decision &decision = record.decision;
    QCOMPARE(decision.route, std::string("chat"));
    QVERIFY(decision.strategy == Strategy::Weighted);
    QVERIFY(decision.draw.has_value());
    QVERIFY(*decision.draw >= 0 && *decision.draw < 1);
    QVERIFY(decision.seed != 0);
    QCOMPARE(decision.candidates.size(), std::size_t(3));
    QVERIFY(decision.candidates.front().target == TargetId(*decision.draw < 0.7 ? "a/x" : "b/y"));
    QVERIFY(decision.candidates.back().target == TargetId("c/z"));
    QVERIFY(record.target == decision.candidates.front().target);
    QCOMPARE(record.configRevision, std::string("0123456789ab"));
    QCOMPARE(record.modelAsked, std::string("chat"));
    QVERIFY(record.facts.promptTokens > 0);
}

void TestRecords::theSameSeedDecidesTheSame()
{
    const House house{.targets = R"([{ target = "a/x" }, { target = "b/y" }])",
                      .strategy = "weighted"};
    const auto choices = [&](std::uint64_t seed) {
        VirtualGateway world(house.toml(), seed);
        std::string text;
        for (int i = 0; i < 20; ++i) {
            const auto id = world.ask();
            world.run();
            text += world.record(id).target.provider();
        }
        return text;
    };
    QCOMPARE(choices(1), choices(1));
    QVERIFY(choices(1) != choices(2));
    QVERIFY(choices(1).find('a') != std::string::npos && choices(1).find('b') != std::string::npos);
}

void TestRecords::idsAreUniqueAndSortByTime()
{
    VirtualGateway world(House{}.toml());
    std::string last;
    for (int i = 0; i < 50; ++i) {
        const auto id = world.ask();
        world.run();
        QVERIFY(world.record(id).id > last);
        last = world.record(id).id;
    }
}

void TestRecords::aProbeIsMarked()
{
    VirtualGateway world(
        House{.targets = kAlone, .provider = "breaker = { failures = 1, open_s = 30 }"}.toml());
    world.script("a/x: 503");
    world.ask();
    world.runUntil(Seconds(31));
    const auto id = world.ask();
    world.run();
    QVERIFY(world.record(id).attempts.front().probe);
    QVERIFY(world.record(id).attempts.front().counted);
    QVERIFY(!world.record(1).attempts.front().probe);
}

QTEST_APPLESS_MAIN(TestRecords)

#include "tst_records.moc"

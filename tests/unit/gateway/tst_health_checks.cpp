// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace signalbox;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

const char *const kBreaker = "breaker = { failures = 3, window_s = 60, open_s = 100 }\n";

/// Provider a alone is checked, and has one model.
std::string checkedHouse(const std::string &check, const std::string &more = {})
{
    return "[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = [\"env:A1\"]\nhealth_check = { "
           + check + " }\n" + kBreaker + more
           + "[[provider.model]]\nname = \"x\"\nprice = { input = 1.0, output = 4.0 }\n"
             "[[provider]]\nid = \"b\"\nkind = \"openai\"\nkeys = [\"env:B1\"]\n"
             "[[provider.model]]\nname = \"y\"\nprice = { input = 2.0, output = 8.0 }\n"
             "[[route]]\nname = \"chat\"\n"
             "targets = [{ target = \"a/x\" }, { target = \"b/y\" }]\n";
}

const std::string kAnswer = R"(every_s = 10, timeout_s = 5, ask = "answer")";
const std::string kModels = R"(every_s = 10, timeout_s = 5, ask = "models")";

std::string repeated(const std::string &target, const std::string &behaviour, int times)
{
    std::string script = target + ": ";
    for (int i = 0; i < times; ++i) {
        script += (i == 0 ? "" : ", ") + behaviour;
    }
    return script;
}

telemetry::BreakerView breakerOf(VirtualGateway &world, const char *target)
{
    const auto snapshot = world.snapshot();
    for (const auto &provider : snapshot->providers) {
        for (const auto &view : provider.targets) {
            if (view.target == TargetId(std::string(target))) {
                return view.breaker;
            }
        }
    }
    return {};
}

QStringList transitionsOf(VirtualGateway &world)
{
    QStringList texts;
    const auto snapshot = world.snapshot();
    for (const auto &transition : snapshot->transitions) {
        texts << QString::fromStdString(transition.cause);
    }
    return texts;
}

int ownCalls(const VirtualGateway &world)
{
    return static_cast<int>(
        std::ranges::count(world.calls(), 0U, &gateway::CallUpstream::exchange));
}

} // namespace

/// Goal: a target that nobody asks is asked now and then, and what comes of it is what a client's call
/// would have taught; no client is affected, and nothing is asked without need.
/// Method: the table in health_checks.h, row by row, on a virtual clock.
class TestHealthChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areOffUnlessAskedFor();
    void comeEveryNowAndThen();
    void askForTheListOfModels();
    void askForOneToken();
    void costIsBookedApart();
    void trafficIsProofEnough();
    void failuresOpenTheBreaker();
    void theProbeIsTheirs();
    void aListTeachesNothingGood();
    void aRefusedQuestionTeachesNothing();
    void aRefusedKeyIsDisabled();
    void silenceEnds();
    void leaveRoomForClients();
    void areNotManyAtATime();
    void aReloadEndsThem();
    void aStopEndsThem();
    void lateAnswersHaveNoConsequences();
    void changeNothingThatAClientGets();
};

void TestHealthChecks::areOffUnlessAskedFor()
{
    VirtualGateway world(House{}.toml());
    world.runUntil(Seconds(3600));
    QVERIFY(world.calls().empty());
    QVERIFY(!world.gateway().nextDeadline());
}

/// Jittered by a tenth, and not in step with each other.
void TestHealthChecks::comeEveryNowAndThen()
{
    std::string models;
    for (const char *name : {"x2", "x3"}) {
        models += std::string("[[provider.model]]\nname = \"") + name + "\"\n";
    }
    std::string toml = checkedHouse(kAnswer);
    toml.insert(toml.find("[[provider]]\nid = \"b\""), models);
    VirtualGateway world(toml);
    std::map<TargetId, std::vector<Millis>> asked;
    std::size_t seen = 0;
    for (int tenth = 1; tenth <= 1000; ++tenth) {
        world.runUntil(Millis(100) * tenth);
        for (; seen < world.calls().size(); ++seen) {
            const auto body = QJsonDocument::fromJson(
                                  QByteArray::fromStdString(world.calls()[seen].call.body))
                                  .object();
            asked[TargetId("a", body[u"model"_s].toString().toStdString())].push_back(Millis(100)
                                                                                      * tenth);
        }
    }
    QCOMPARE(asked.size(), 3U);
    std::set<Millis> firsts;
    for (const auto &[target, times] : asked) {
        QVERIFY(times.front() <= Seconds(10) && times.size() >= 9 && times.size() <= 11);
        firsts.insert(times.front());
        for (std::size_t i = 1; i < times.size(); ++i) {
            const Millis between = times[i] - times[i - 1];
            QVERIFY(between >= Millis(8900) && between <= Millis(11'100));
        }
    }
    QCOMPARE(firsts.size(), 3U);
}

void TestHealthChecks::askForTheListOfModels()
{
    VirtualGateway world(checkedHouse(kModels));
    world.runUntil(Seconds(12));
    const gateway::CallUpstream &call = world.calls().front();
    QCOMPARE(call.call.method, std::string("GET"));
    QCOMPARE(call.call.path, std::string("/models"));
    QVERIFY(call.call.body.empty());
    QCOMPARE(call.call.auth.header, std::string("authorization"));
    QCOMPARE(std::string(call.key.expose()), std::string("A1-secret"));
    QVERIFY(world.ownRecords().empty()); // nobody bills a list
    const std::string metrics = world.gateway().metrics(world.now());
    QVERIFY(metrics.find("signalbox_health_checks_total{provider=\"a\",target=\"a/x\","
                         "outcome=\"success\"} 1")
            != std::string::npos);
}

void TestHealthChecks::askForOneToken()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.runUntil(Seconds(12));
    const gateway::CallUpstream &call = world.calls().front();
    QCOMPARE(call.call.path, std::string("/chat/completions"));
    const auto body = QJsonDocument::fromJson(QByteArray::fromStdString(call.call.body)).object();
    QCOMPARE(body[u"max_tokens"_s].toInt(), 1);
    QCOMPARE(body[u"model"_s].toString(), u"x"_s);
    QVERIFY(!body[u"stream"_s].toBool());
}

/// In a record and a sum of its own, and in the provider's budget: it is money.
void TestHealthChecks::costIsBookedApart()
{
    VirtualGateway world(checkedHouse(kAnswer, "budget_usd_per_day = 1.0\n"));
    world.runUntil(Seconds(12));
    QCOMPARE(world.ownRecords().size(), 1U);
    const RequestRecord &record = *world.ownRecords().front();
    QVERIFY(record.isOwn());
    QCOMPARE(record.operation, std::string(kHealthCheckOperation));
    QCOMPARE(record.target.name(), std::string("a/x"));
    QCOMPARE(record.attempts.size(), 1U);
    QCOMPARE(record.cost.amount->nanos(), 18'000); // 10 tokens in, 2 out
    const auto snapshot = world.snapshot();
    QCOMPARE(snapshot->providers.front().budget->spent.nanos(), 18'000);
    const std::string metrics = world.gateway().metrics(world.now());
    QVERIFY(metrics.find("signalbox_health_check_cost_usd_total{provider=\"a\",target=\"a/x\"} "
                         "0.000018")
            != std::string::npos);
    QVERIFY(metrics.find("signalbox_cost_usd_total{provider=\"a\",target=\"a/x\"} 0.00\n")
            != std::string::npos);
    QVERIFY(metrics.find("signalbox_attempts_total{provider=\"a\"") == std::string::npos);
}

void TestHealthChecks::trafficIsProofEnough()
{
    VirtualGateway world(checkedHouse(kAnswer));
    for (int i = 0; i < 40; ++i) {
        world.at(Seconds(5) * i, [&world] { world.ask(); });
    }
    world.runUntil(Seconds(200));
    QCOMPARE(ownCalls(world), 0);
    world.runUntil(Seconds(240));
    QVERIFY(ownCalls(world) >= 2);
}

void TestHealthChecks::failuresOpenTheBreaker()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.script(repeated("a/x", "503", 3));
    world.runUntil(Seconds(40));
    QVERIFY2(breakerOf(world, "a/x").state == telemetry::BreakerState::Open,
             qPrintable(logOf(world)));
    const QString text = transitionsOf(world).join(u" "_s);
    QVERIFY2(text.contains(u"(health check)"_s), qPrintable(text));
    const auto id = world.ask();
    world.runUntil(Seconds(41));
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("b/y"));
    QCOMPARE(world.reply(id).header("x-signalbox-attempts"), std::string("1"));
}

/// While it is open nobody asks; once it is half-open the check does, before a client has to.
void TestHealthChecks::theProbeIsTheirs()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.script(repeated("a/x", "503", 3));
    world.runUntil(Seconds(40));
    const int before = ownCalls(world);
    QCOMPARE(before, 3);
    world.runUntil(Seconds(115));
    QCOMPARE(ownCalls(world), before);
    world.runUntil(Seconds(150));
    QVERIFY(breakerOf(world, "a/x").state == telemetry::BreakerState::Closed);
    const QStringList texts = transitionsOf(world);
    QVERIFY2(texts.contains(u"probe succeeded (health check)"_s), qPrintable(texts.join(u"; "_s)));
}

void TestHealthChecks::aListTeachesNothingGood()
{
    VirtualGateway world(checkedHouse(kModels));
    world.script("a/models: 503, 503, 200, 503");
    world.runUntil(Seconds(45)); // the good one in between forgets nothing
    QVERIFY(breakerOf(world, "a/x").state == telemetry::BreakerState::Open);
    world.runUntil(Seconds(200));
    QVERIFY(breakerOf(world, "a/x").state == telemetry::BreakerState::HalfOpen);
    QCOMPARE(breakerOf(world, "a/x").probesOut, 0);
}

void TestHealthChecks::aRefusedQuestionTeachesNothing()
{
    for (const char *refusal : {"404", "400"}) {
        VirtualGateway world(checkedHouse(kModels));
        world.script(repeated("a/models", refusal, 9));
        world.runUntil(Seconds(100));
        const QString log = logOf(world);
        QVERIFY2(!log.contains(u"misconfigured"_s) && !log.contains(u"failures"_s),
                 qPrintable(log));
        QVERIFY(ownCalls(world) >= 8);
    }
}

void TestHealthChecks::aRefusedKeyIsDisabled()
{
    VirtualGateway world(checkedHouse(kModels));
    world.script("a/models: 401");
    world.runUntil(Seconds(60));
    QVERIFY(logOf(world).contains(u"env:A1 disabled, auth_failed"_s));
    QCOMPARE(ownCalls(world), 1); // without a key nobody asks
}

void TestHealthChecks::silenceEnds()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.script(repeated("a/x", "hang", 3));
    world.runUntil(Seconds(50));
    QVERIFY(breakerOf(world, "a/x").state == telemetry::BreakerState::Open);
    QCOMPARE(breakerOf(world, "a/x").cause.substr(0, 13), std::string("total_timeout"));
    QVERIFY(logOf(world).contains(u"own a/x: cut off"_s));
}

void TestHealthChecks::leaveRoomForClients()
{
    VirtualGateway alone(checkedHouse(kAnswer, "limits = { concurrent = 1 }\n"));
    alone.runUntil(Seconds(100));
    QCOMPARE(ownCalls(alone), 0); // the last place is a client's
    VirtualGateway busy(checkedHouse(kAnswer, "limits = { concurrent = 2 }\n"));
    busy.script("a/x: head-hang");
    const auto id = busy.ask();
    busy.runUntil(Seconds(100));
    QCOMPARE(ownCalls(busy), 0);
    busy.leave(id);
    busy.runUntil(Seconds(200));
    QVERIFY(ownCalls(busy) > 5);
    VirtualGateway bucket(checkedHouse(kAnswer, "limits = { requests_per_minute = 2 }\n"));
    bucket.runUntil(Seconds(20));
    QVERIFY(ownCalls(bucket) <= 1); // half of what a minute brings is left
}

void TestHealthChecks::areNotManyAtATime()
{
    std::string models;
    for (int i = 0; i < 40; ++i) {
        models += "[[provider.model]]\nname = \"m" + std::to_string(i) + "\"\n";
    }
    std::string toml = checkedHouse(R"(every_s = 2, timeout_s = 60, ask = "models")");
    toml.insert(toml.find("[[provider]]\nid = \"b\""), models);
    VirtualGateway world(toml);
    world.script(repeated("a/models", "hang", 100));
    world.runUntil(Seconds(30));
    QCOMPARE(ownCalls(world), 16);
}

void TestHealthChecks::aReloadEndsThem()
{
    VirtualGateway world(checkedHouse(kAnswer, "budget_usd_per_day = 1.0\n"));
    world.script("a/x: hang");
    world.runUntil(Seconds(11));
    QCOMPARE(ownCalls(world), 1);
    std::string without = checkedHouse(kAnswer);
    without.erase(without.find("health_check"),
                  without.find('\n', without.find("health_check")) - without.find("health_check"));
    world.reload(without);
    world.run(); // to its end: nothing is asked any more, and nothing is left in the air
    const QString log = logOf(world);
    QVERIFY2(log.contains(u"own a/x: cut off"_s) && !log.contains(u"FAULT"_s), qPrintable(log));
    QCOMPARE(ownCalls(world), 1);
    QCOMPARE(breakerOf(world, "a/x").failures, 0);
}

void TestHealthChecks::aStopEndsThem()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.script("a/x: hang");
    world.runUntil(Seconds(11));
    world.shutDown();
    world.run();
    const QString log = logOf(world);
    QVERIFY2(log.contains(u"own a/x: cut off"_s) && !log.contains(u"FAULT"_s), qPrintable(log));
    QCOMPARE(ownCalls(world), 1);
}

void TestHealthChecks::lateAnswersHaveNoConsequences()
{
    VirtualGateway world(checkedHouse(kAnswer));
    world.deliverLateEvents();
    world.script("a/x: hang");
    world.runUntil(Seconds(11));
    const auto attempt = world.calls().front().attempt;
    world.runUntil(Seconds(16)); // it was given up
    QCOMPARE(breakerOf(world, "a/x").failures, 1);
    world.tell(attempt, gateway::UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
    QCOMPARE(breakerOf(world, "a/x").failures, 1);
}

void TestHealthChecks::changeNothingThatAClientGets()
{
    const auto play = [](const std::string &toml) {
        VirtualGateway world(toml);
        std::string bytes;
        std::vector<gateway::ExchangeId> ids;
        for (int i = 1; i <= 20; ++i) {
            world.at(Seconds(25) * i,
                     [&world, &ids, i] { ids.push_back(world.ask({.stream = i % 2 == 0})); });
        }
        world.runUntil(Seconds(600));
        for (const auto id : ids) {
            for (const http::Header header : world.reply(id).headers) {
                bytes += std::string(header.name) + ": " + std::string(header.value) + "\n";
            }
            bytes += world.reply(id).bytes;
        }
        return bytes;
    };
    std::string without = checkedHouse(kAnswer);
    without.erase(without.find("health_check"),
                  without.find('\n', without.find("health_check")) - without.find("health_check"));
    const std::string with = play(checkedHouse(kAnswer));
    QVERIFY(with.size() > 5000);
    QVERIFY(with == play(without));
}

QTEST_GUILESS_MAIN(TestHealthChecks)
#include "tst_health_checks.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

#include "core/gateway/likeness.h"

#include <algorithm>
#include <cmath>

using namespace signalbox;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

const char *const kAlone = R"([{ target = "a/x" }])";

House shadowed(const std::string &share = "1", const std::string &target = "b/y")
{
    return House{.targets = kAlone,
                 .route = "shadow = { target = \"" + target + "\", share = " + share + " }"};
}

House plain()
{
    return House{.targets = kAlone};
}

/// What happens to clients and to targets: the log without the shadows' calls and the times at which
/// nothing else happened.
QString withoutOwn(const VirtualGateway &world)
{
    QStringList kept;
    QString time;
    for (QString line : logOf(world).split(u" · "_s)) {
        if (line.startsWith(u"t="_s)) {
            time = line.section(u' ', 0, 0);
            line = line.section(u' ', 1);
        }
        if (!line.startsWith(u"own "_s)) {
            kept << time + u' ' + line;
        }
    }
    return kept.join(u'\n');
}

int ownCalls(const VirtualGateway &world)
{
    return static_cast<int>(
        std::ranges::count(world.calls(), 0U, &gateway::CallUpstream::exchange));
}

bool isIn(const std::string &metrics, const std::string &line)
{
    return metrics.find(line) != std::string::npos;
}

} // namespace

/// Goal: another target is asked what a client has been answered, and is graded; no client, share,
/// breaker, key or limit is any different for it.
/// Method: the table in shadows.h, row by row, on a virtual clock.
class TestShadows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClientComesFirst();
    void theAnswerIsGraded();
    void textsAreCompared_data();
    void textsAreCompared();
    void theShareIsDrawnBySeed();
    void noClientIsAffected_data();
    void noClientIsAffected();
    void countForNoRoute();
    void moneyIsBookedApart();
    void onlyWholeAnswersHaveOne();
    void someRequestsHaveNone();
    void aTargetInTroubleIsLeftAlone();
    void roomIsLeftForClients();
    void halfTheMoneyIsLeft();
    void areNotManyAtATime();
    void silenceEnds();
    void anEndlessAnswerEnds();
    void aReloadLetsThemGoOn();
    void aStopEndsThem();
    void lateAnswersHaveNoConsequences();
};

void TestShadows::theClientComesFirst()
{
    VirtualGateway world(shadowed().toml());
    world.ask({.stream = true});
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.4 a/x: 200 · client: 200 stream \"hello\" target=a/x "
                    "attempts=1 · own b/y: call · t=0.8 own b/y: 200"));
}

void TestShadows::theAnswerIsGraded()
{
    VirtualGateway world(shadowed().toml());
    world.answerBy([](const gateway::CallUpstream &call) {
        ScriptedAnswer answer;
        answer.pieces = call.exchange == 0 ? std::vector<std::string>{"Hello", " there"}
                                           : std::vector<std::string>{"hello"};
        return answer;
    });
    const auto id = world.ask();
    world.run();
    QCOMPARE(world.ownRecords().size(), 1U);
    const RequestRecord &record = *world.ownRecords().front();
    const RequestRecord &asked = world.record(id);
    QCOMPARE(record.operation, std::string(kShadowOperation));
    QVERIFY(record.isOwn() && !asked.isOwn() && record.id != asked.id);
    QCOMPARE(record.route, std::string("chat"));
    QCOMPARE(record.target.name(), std::string("b/y"));
    QCOMPARE(record.attempts.size(), 1U);
    QVERIFY(record.shadow.has_value());
    QCOMPARE(record.shadow->of, asked.id);
    QCOMPARE(record.shadow->answered.name(), std::string("a/x"));
    QCOMPARE(record.shadow->bytes, 11);
    QCOMPARE(record.shadow->bytesAnswered, 5);
    QVERIFY(std::abs(*record.shadow->similarity - 0.625) < 1e-9); // 5 of 5 and of 11 runs
    QCOMPARE(record.cost.amount->nanos(), 36'000);
    QCOMPARE(record.shadow->costAnswered.amount->nanos(), 18'000);
    QVERIFY(record.total == Millis(100) && record.shadow->answeredIn == Millis(100));
}

void TestShadows::textsAreCompared_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<double>("alike");
    QTest::newRow("none") << QString() << QString() << 1.0;
    QTest::newRow("one alone") << u"x"_s << QString() << 0.0;
    QTest::newRow("equal") << u"A cat sat."_s << u"A cat sat."_s << 1.0;
    QTest::newRow("case and blanks") << u" a  CAT\nsat. "_s << u"A cat sat."_s << 1.0;
    QTest::newRow("nothing common") << u"abc"_s << u"xyz"_s << 0.0;
    QTest::newRow("a letter") << u"a"_s << u"a"_s << 1.0;
    QTest::newRow("half") << u"ab"_s << u"abc"_s << 0.4; // " ab" of 2 and 3 runs
    QTest::newRow("Chinese") << u"今天天气好"_s << u"今天天气好"_s << 1.0;
    QTest::newRow("Chinese, in part") << u"今天好"_s << u"今天坏"_s << 1.0 / 3;
    QTest::newRow("as often as it stands") << u"ababab"_s << u"ab"_s << 0.5; // " ab", "ab "
}

void TestShadows::textsAreCompared()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(double, alike);
    const auto like = [](const QString &x, const QString &y) {
        return gateway::likeness(x.toStdString(), y.toStdString());
    };
    QVERIFY2(std::abs(like(a, b) - alike) < 1e-9, qPrintable(QString::number(like(a, b))));
    QCOMPARE(like(a, b), like(b, a));
}

/// 0.3 of 2000 within 4 sigma; the same ones with the same seed.
void TestShadows::theShareIsDrawnBySeed()
{
    const auto drawn = [](std::uint64_t seed) {
        VirtualGateway world(shadowed("0.3").toml(), seed);
        for (int i = 0; i < 2000; ++i) {
            world.at(Seconds(i), [&world] { world.ask(); });
        }
        world.run();
        std::vector<SystemTime> times;
        for (const auto &record : world.ownRecords()) {
            times.push_back(record->arrived);
        }
        return times;
    };
    const auto first = drawn(7);
    const double sigma = std::sqrt(2000 * 0.3 * 0.7);
    QVERIFY2(std::abs(static_cast<double>(first.size()) - 600) < 4 * sigma,
             qPrintable(QString::number(first.size())));
    QVERIFY(first == drawn(7));
    QVERIFY(first != drawn(8));
}

void TestShadows::noClientIsAffected_data()
{
    QTest::addColumn<QString>("behaviour");
    for (const char *behaviour : {"200",
                                  "503",
                                  "401",
                                  "429",
                                  "404",
                                  "400 billing",
                                  "refused",
                                  "hang",
                                  "head-hang",
                                  "connect-hang",
                                  "200 html",
                                  "garbage after content",
                                  "cut after content",
                                  "stall after content",
                                  "drip",
                                  "comments"}) {
        QTest::newRow(behaviour) << QString::fromUtf8(behaviour);
    }
}

/// Clients' bytes, headers and times, breakers and keys, with and without shadows at a target that
/// clients need too: it is the second of another route.
void TestShadows::noClientIsAffected()
{
    QFETCH(QString, behaviour);
    const auto play = [&behaviour](House house, std::string &bytes) {
        house.more = "[[route]]\nname = \"other\"\ntargets = [{ target = \"a/x2\" }, "
                     "{ target = \"b/y\" }]\n";
        VirtualGateway world(house.toml());
        const bool shadows = !house.route.empty();
        if (shadows) {
            std::string script = "b/y: ";
            for (int i = 0; i < 10; ++i) {
                script += (i == 0 ? "" : ", ") + behaviour.toStdString();
            }
            world.script(script);
        }
        std::vector<gateway::ExchangeId> ids;
        for (int i = 0; i < 10; ++i) {
            world.at(Seconds(i), [&, i] { ids.push_back(world.ask({.stream = i % 2 == 0})); });
        }
        world.at(Seconds(2000), [&] { // after the last timer
            world.script("a/x2: 503; b/y: 200");
            ids.push_back(world.ask({.model = "other"}));
        });
        world.run();
        for (const auto id : ids) {
            for (const http::Header header : world.reply(id).headers) {
                bytes += std::string(header.name) + ": " + std::string(header.value) + "\n";
            }
            bytes += world.reply(id).bytes + "\n";
        }
        return withoutOwn(world);
    };
    std::string with;
    std::string without;
    const QString log = play(shadowed(), with);
    COMPARE_LOG(log, play(plain(), without));
    QVERIFY(!log.contains(u"FAULT"_s));
    QVERIFY(with.size() > 3000);
    QVERIFY(with == without);
}

void TestShadows::countForNoRoute()
{
    VirtualGateway world(shadowed().toml());
    for (int i = 0; i < 5; ++i) {
        world.ask();
    }
    world.run();
    QCOMPARE(world.ownRecords().size(), 5U);
    const std::string metrics = world.gateway().metrics(world.now());
    QVERIFY(isIn(metrics,
                 "signalbox_requests_total{route=\"chat\",status=\"200\",outcome=\"success\"} 5"));
    QVERIFY(!isIn(metrics, "signalbox_attempts_total{provider=\"b\""));
    QVERIFY(isIn(metrics,
                 "signalbox_shadows_total{provider=\"b\",target=\"b/y\",outcome=\"success\"} 5"));
    QVERIFY(isIn(metrics, "signalbox_cost_usd_total{provider=\"b\",target=\"b/y\"} 0.00\n"));
    QVERIFY(
        isIn(metrics, "signalbox_shadow_cost_usd_total{provider=\"b\",target=\"b/y\"} 0.00018\n"));
}

void TestShadows::moneyIsBookedApart()
{
    House house = shadowed();
    house.provider = "budget_usd_per_day = 1.0";
    house.more = "[[client]]\nid = \"bot\"\nkey = \"env:BOT\"\nbudget_usd_per_day = 1.0\n";
    VirtualGateway world(house.toml());
    world.ask({.headers = {{"authorization", "Bearer BOT-secret"}}});
    world.run();
    QCOMPARE(world.ownRecords().size(), 1U);
    const auto snapshot = world.snapshot();
    QCOMPARE(snapshot->budgets.front().spent.nanos(), 18'000); // the client's own alone
    QCOMPARE(snapshot->providers[0].budget->spent.nanos(), 18'000);
    QCOMPARE(snapshot->providers[1].budget->spent.nanos(), 36'000);
    QCOMPARE(snapshot->providers[1].budget->reserved.nanos(), 0);
}

void TestShadows::onlyWholeAnswersHaveOne()
{
    VirtualGateway world(shadowed().toml());
    world.script("a/x: 503, 400, cut after content, 200 slow");
    for (int i = 0; i < 3; ++i) {
        world.at(Seconds(i), [&world] { world.ask({.stream = true}); });
    }
    world.at(Seconds(3), [&world] {
        const auto id = world.ask({.stream = true});
        world.at(Seconds(5), [&world, id] { world.leave(id); });
    });
    world.run();
    QCOMPARE(ownCalls(world), 0);
}

void TestShadows::someRequestsHaveNone()
{
    VirtualGateway world(shadowed().toml());
    world.ask({.headers = {{"x-signalbox-target", "a/x"}}}); // pinned: it is no request of a route
    Ask image;
    image.body = R"({"model":"chat","messages":[{"role":"user","content":[{"type":"image_url",)"
                 R"("image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}]})";
    world.ask(image);
    Ask large;
    large.body = R"({"model":"chat","messages":[{"role":"user","content":")"
                 + std::string(300'000, 'x') + R"("}]})";
    world.ask(large);
    world.run();
    QCOMPARE(ownCalls(world), 0);
    VirtualGateway same(shadowed("1", "a/x").toml());
    same.ask();
    same.run();
    QCOMPARE(ownCalls(same), 0); // it has answered already
}

void TestShadows::aTargetInTroubleIsLeftAlone()
{
    VirtualGateway world(shadowed().toml());
    world.operate(gateway::Act::Trip, "b/y");
    world.ask();
    world.run();
    world.operate(gateway::Act::Reset, "b/y");
    world.operate(gateway::Act::Drain, "b/y");
    world.ask();
    world.run();
    QCOMPARE(ownCalls(world), 0);
    QVERIFY(isIn(world.gateway().metrics(world.now()),
                 "signalbox_shadows_left_out_total{provider=\"b\",target=\"b/y\"} 2"));
}

void TestShadows::roomIsLeftForClients()
{
    for (const auto &[limits, calls] : {std::pair("concurrent = 1", 0),
                                        std::pair("concurrent = 2", 1),
                                        std::pair("concurrent = 4", 3),
                                        std::pair("requests_per_minute = 4", 2),
                                        std::pair("tokens_per_minute = 10", 0)}) {
        House house = shadowed();
        house.provider = std::string("limits = { ") + limits + " }";
        house.limitsOfA = {};
        std::string toml = house.toml();
        // Provider a has no limits.
        const auto at = toml.find("limits = ");
        toml.erase(at, toml.find('\n', at) - at);
        VirtualGateway world(toml);
        world.script("b/y: hang, hang, hang, hang, hang, hang");
        for (int i = 0; i < 6; ++i) {
            world.ask();
        }
        world.run();
        QVERIFY2(ownCalls(world) == calls, limits);
    }
}

void TestShadows::halfTheMoneyIsLeft()
{
    House house = shadowed();
    house.provider = "budget_usd_per_day = 0.0005";
    VirtualGateway world(house.toml());
    for (int i = 0; i < 12; ++i) {
        world.at(Seconds(i), [&world] {
            Ask ask;
            ask.body = R"({"model":"chat","max_tokens":5,)"
                       R"("messages":[{"role":"user","content":"say hello"}]})";
            world.ask(ask);
        });
    }
    world.run();
    const auto snapshot = world.snapshot();
    const std::int64_t spent = snapshot->providers[1].budget->spent.nanos();
    QVERIFY2(spent > 100'000 && spent <= 250'000, qPrintable(QString::number(spent)));
}

void TestShadows::areNotManyAtATime()
{
    VirtualGateway world(shadowed().toml());
    std::string script = "b/y: hang";
    for (int i = 1; i < 40; ++i) {
        script += ", hang";
    }
    world.script(script);
    for (int i = 0; i < 40; ++i) {
        world.ask();
    }
    world.runUntil(Seconds(10));
    QCOMPARE(ownCalls(world), 16);
    QVERIFY(isIn(world.gateway().metrics(world.now()),
                 "signalbox_shadows_left_out_total{provider=\"b\",target=\"b/y\"} 24"));
    world.run();
    QVERIFY(!logOf(world).contains(u"FAULT"_s));
}

void TestShadows::silenceEnds()
{
    VirtualGateway world(shadowed().toml());
    world.script("b/y: hang");
    world.ask({.stream = true});
    world.run();
    QVERIFY(logOf(world).contains(u"t=30.4 own b/y: cut off"_s));
    const RequestRecord &record = *world.ownRecords().front();
    QVERIFY(record.outcome == OutcomeClass::FirstTokenTimeout);
    QVERIFY(record.target.isEmpty() && !record.shadow->similarity);
}

void TestShadows::anEndlessAnswerEnds()
{
    VirtualGateway world(shadowed().toml());
    world.answerBy([](const gateway::CallUpstream &call) {
        ScriptedAnswer answer;
        if (call.exchange == 0) {
            answer.pieces = {std::string(200'000, 'x'), std::string(200'000, 'y'), "z"};
        }
        return answer;
    });
    world.ask({.stream = true});
    world.run();
    QVERIFY(logOf(world).contains(u"own b/y: "_s));
    const RequestRecord &record = *world.ownRecords().front();
    QVERIFY(record.outcome == OutcomeClass::Unparseable);
    QCOMPARE(record.attempts.front().reason, std::string("longer than a shadow is followed"));
    QCOMPARE(world.ownRecords().size(), 1U);
}

void TestShadows::aReloadLetsThemGoOn()
{
    VirtualGateway world(shadowed().toml());
    world.script("b/y: 200 slow");
    world.ask();
    world.runUntil(Seconds(5));
    world.reload(plain().toml());
    world.ask();
    world.run();
    QCOMPARE(world.ownRecords().size(), 1U);
    QVERIFY(world.ownRecords().front()->outcome == OutcomeClass::Success);
    QVERIFY(!logOf(world).contains(u"FAULT"_s));
}

void TestShadows::aStopEndsThem()
{
    VirtualGateway world(shadowed().toml());
    world.script("b/y: hang; a/x: 200, 200 slow");
    world.ask();
    world.runUntil(Seconds(1));
    const auto id = world.ask();
    world.runUntil(Seconds(2));
    gateway::Actions actions;
    world.gateway().endOwnCalls(world.now(), actions);
    QCOMPARE(std::ranges::count_if(actions,
                                   [](const gateway::Action &action) {
                                       return std::holds_alternative<gateway::CancelUpstream>(
                                           action);
                                   }),
             1);
    const auto finished = std::ranges::find_if(actions, [](const gateway::Action &action) {
        return std::holds_alternative<gateway::Finished>(action);
    });
    QVERIFY(finished != actions.end());
    QVERIFY(std::get<gateway::Finished>(*finished).record->outcome == OutcomeClass::ShutDown);
    world.runUntil(Seconds(60)); // clients are waited for, and have no shadows any more
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(ownCalls(world), 1);
}

void TestShadows::lateAnswersHaveNoConsequences()
{
    VirtualGateway world(shadowed().toml());
    world.deliverLateEvents();
    world.script("b/y: hang");
    world.ask({.stream = true});
    world.run();
    const auto attempt = world.calls().back().attempt;
    world.tell(attempt, gateway::UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
    QCOMPARE(world.ownRecords().size(), 1U);
}

QTEST_GUILESS_MAIN(TestShadows)
#include "tst_shadows.moc"

// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/routing/experience.h"
#include "core/routing/look_ahead.h"
#include "core/routing/router.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <map>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

/// A target of a simulated market: what it really costs and takes, with noise around it.
struct Vendor
{
    const char *name;
    double usdPerMillionOut = 1;
    double firstTokenS = 0.5;
    double tokensPerS = 50;
    double outputTokens = 200;
    double failures = 0;
};

/// Requests routed by what was learned from those before them.
class Market
{
public:
    Market(Strategy strategy, std::vector<Vendor> vendors, std::uint64_t seed)
        : m_vendors(std::move(vendors))
        , m_random(seed)
        , m_draws(seed)
    {
        m_route.name = "chat";
        m_route.strategy = strategy;
        for (const Vendor &vendor : m_vendors) {
            m_route.targets.push_back({.target = TargetId(vendor.name)});
        }
    }

    /// The target that one request is sent to first, and what came of it is learned.
    std::string step()
    {
        const AvailabilityLookup free = [](const TargetId &, FeatureSet) { return Availability{}; };
        const Decision decision = decide({m_route, m_facts, {}, free, m_random.next(), forecast()},
                                         m_draws);
        m_explored += decision.explored ? 1 : 0;
        const Vendor &vendor = find(decision.candidates.front().target);
        Observation seen;
        seen.failed = m_random.unit() < vendor.failures;
        seen.promptTokens = 500;
        seen.outputTokens = std::llround(vendor.outputTokens * noise());
        seen.firstToken = micros(vendor.firstTokenS * noise());
        seen.total = *seen.firstToken
                     + micros(static_cast<double>(seen.outputTokens) / vendor.tokensPerS * noise());
        m_experience.observe(TargetId(vendor.name), "", seen, m_now);
        m_now += std::chrono::milliseconds(500);
        return vendor.name;
    }

    Vendor &vendor(const char *name) { return const_cast<Vendor &>(find(TargetId(name))); }
    [[nodiscard]] int explored() const { return m_explored; }

private:
    [[nodiscard]] double noise() { return std::exp(0.5 * (m_random.unit() + m_random.unit() - 1)); }
    static Micros micros(double seconds) { return Micros(std::llround(seconds * 1e6)); }
    [[nodiscard]] const Vendor &find(const TargetId &target) const
    {
        return *std::ranges::find_if(m_vendors,
                                     [&](const Vendor &v) { return target.name() == v.name; });
    }
    [[nodiscard]] ForecastLookup forecast() const
    {
        return [this](const TargetId &target) {
            const Expectation expected = m_experience.expect(target, "", {}, m_now);
            const double usd = expected.outputTokens * find(target).usdPerMillionOut / 1e6;
            return Forecast{Money::fromNanos(std::llround(usd * 1e9)),
                            expected.time,
                            expected.failureShare,
                            std::llround(expected.outputTokens),
                            expected.observations};
        };
    }

    std::vector<Vendor> m_vendors;
    RouteSettings m_route;
    RequestFacts m_facts;
    Experience m_experience;
    Random m_random;
    DrawState m_draws;
    SteadyTime m_now = kStart;
    int m_explored = 0;
};

std::vector<Vendor> fourVendors()
{
    return {{.name = "a/x", .usdPerMillionOut = 4, .firstTokenS = 0.9, .tokensPerS = 40},
            {.name = "b/x", .usdPerMillionOut = 3, .firstTokenS = 0.3, .tokensPerS = 90},
            {.name = "c/x",
             .usdPerMillionOut = 1,
             .outputTokens = 1500}, // cheap a token, but wordy
            {.name = "d/x", .usdPerMillionOut = 2, .firstTokenS = 2, .tokensPerS = 30}};
}

Candidate candidate(const char *name,
                    std::optional<std::int64_t> nanos,
                    std::optional<int> ms,
                    double failures = 0,
                    Veto veto = Veto::None)
{
    Candidate made;
    made.target = TargetId(name);
    made.veto = veto;
    made.forecast = Forecast{nanos ? std::optional(Money::fromNanos(*nanos)) : std::nullopt,
                             ms ? std::optional(Micros(*ms * 1000)) : std::nullopt,
                             failures,
                             100,
                             50};
    return made;
}

QString namesOf(const std::vector<Candidate> &candidates)
{
    QStringList names;
    for (const Candidate &each : candidates) {
        names << QString::fromStdString(each.target.name());
    }
    return names.join(u' ');
}

Observation answer(double firstTokenS, double totalS, std::int64_t tokens)
{
    Observation seen;
    seen.firstToken = Micros(std::llround(firstTokenS * 1e6));
    seen.total = Micros(std::llround(totalS * 1e6));
    seen.outputTokens = tokens;
    seen.promptTokens = 1000;
    return seen;
}

} // namespace

/// Goal: cheapest, fastest and balanced send requests where they say, learn from what happened, and
/// spend little on finding out.
class TestLookAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersByScore_data();
    void ordersByScore();
    void weighsBalanced();
    void findsTheBestOnANoisyMarket_data();
    void findsTheBestOnANoisyMarket();
    void followsAChangeWithinAMinute_data();
    void followsAChangeWithinAMinute();
    void exploresWithinItsBound();
    void neverExploresWithoutAChoice();
    void decidesTheSameUnderTheSameSeed();
    void expectsWhatWasSeen();
    void forgetsWhatIsOld();
    void learnsEachTasksLength();
    void isBounded();
};

void TestLookAhead::ordersByScore_data()
{
    QTest::addColumn<int>("strategy");
    QTest::addColumn<QString>("order");
    QTest::newRow("cheapest") << int(Strategy::Cheapest) << "c/x b/x a/x d/x free/x v/x";
    QTest::newRow("fastest") << int(Strategy::Fastest) << "d/x a/x free/x b/x c/x v/x";
    QTest::newRow("balanced") << int(Strategy::Balanced) << "b/x a/x c/x d/x free/x v/x";
}

void TestLookAhead::ordersByScore()
{
    QFETCH(int, strategy);
    QFETCH(QString, order);
    std::vector<Candidate> candidates{candidate("v/x", 1, 1, 0, Veto::BreakerOpen),
                                      candidate("a/x", 300, 500),
                                      candidate("b/x", 200, 600),
                                      candidate("c/x", 100, 2600),
                                      candidate("d/x", std::nullopt, 400),
                                      candidate("free/x", std::nullopt, 500)};
    if (Strategy(strategy) == Strategy::Balanced) {
        candidates[4] = candidate("d/x", 900, 400);
    } else if (Strategy(strategy) == Strategy::Cheapest) {
        candidates[4] = candidate("d/x", 300, 400); // as dear as a/x, which stands before it
    }
    orderByScore(Strategy(strategy), candidates);
    QCOMPARE(namesOf(candidates), order);
    QVERIFY(!candidates.back().score);
}

void TestLookAhead::weighsBalanced()
{
    std::vector<Candidate> candidates{candidate("a/x", 100, 200, 0.5), candidate("b/x", 200, 100)};
    orderByScore(Strategy::Balanced, candidates);
    QCOMPARE(namesOf(candidates), QStringLiteral("b/x a/x"));
    QCOMPARE(*candidates[0].score, 0.4 * 2 + 0.4 * 1);
    QCOMPARE(*candidates[1].score, 0.4 * 1 + 0.4 * 2 + 0.2 * 10 * 0.5);
}

void TestLookAhead::findsTheBestOnANoisyMarket_data()
{
    QTest::addColumn<int>("strategy");
    QTest::addColumn<QString>("best");
    QTest::newRow("cheapest") << int(Strategy::Cheapest) << "d/x";
    QTest::newRow("fastest") << int(Strategy::Fastest) << "b/x";
}

/// Method: 100 markets; after 50 requests, of the choices that are no exploration at least 95 of 100
/// are the true best.
void TestLookAhead::findsTheBestOnANoisyMarket()
{
    QFETCH(int, strategy);
    QFETCH(QString, best);
    int right = 0;
    int choices = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Market market(Strategy(strategy), fourVendors(), seed);
        for (int i = 0; i < 50; ++i) {
            market.step();
        }
        for (int i = 0; i < 20; ++i) {
            const int explored = market.explored();
            const std::string chosen = market.step();
            if (market.explored() == explored) {
                ++choices;
                right += chosen == best.toStdString() ? 1 : 0;
            }
        }
    }
    QVERIFY2(right >= choices * 95 / 100,
             qPrintable(QStringLiteral("%1 of %2").arg(right).arg(choices)));
}

void TestLookAhead::followsAChangeWithinAMinute_data()
{
    QTest::addColumn<int>("strategy");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("speed") << int(Strategy::Fastest) << "b/x"
                           << "a/x";
    QTest::newRow("length") << int(Strategy::Cheapest) << "d/x"
                            << "b/x";
    QTest::newRow("price") << int(Strategy::Cheapest) << "d/x"
                           << "b/x";
}

/// Method: the best becomes the worst; after 60 s of traffic, two requests a second, it leads no more.
void TestLookAhead::followsAChangeWithinAMinute()
{
    QFETCH(int, strategy);
    QFETCH(QString, from);
    QFETCH(QString, to);
    int right = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Market market(Strategy(strategy), fourVendors(), seed);
        for (int i = 0; i < 400; ++i) {
            market.step();
        }
        Vendor &best = market.vendor(from.toUtf8().constData());
        if (QByteArray(QTest::currentDataTag()) == "price") {
            best.usdPerMillionOut *= 10;
        } else {
            best.firstTokenS = 20;
            best.outputTokens = 3000;
        }
        for (int i = 0; i < 120; ++i) {
            market.step();
        }
        std::map<std::string, int> chosen;
        for (int i = 0; i < 20; ++i) {
            ++chosen[market.step()];
        }
        right += chosen[to.toStdString()] >= 15 ? 1 : 0;
    }
    QVERIFY2(right >= 48, qPrintable(QString::number(right)));
}

void TestLookAhead::exploresWithinItsBound()
{
    Market market(Strategy::Fastest, fourVendors(), 3);
    for (int i = 0; i < 1000; ++i) {
        market.step();
    }
    // Answers are recent for ten minutes, 1200 requests: three targets have to be seen ten times.
    QVERIFY2(market.explored() >= 27 && market.explored() <= 60,
             qPrintable(QString::number(market.explored())));
}

void TestLookAhead::neverExploresWithoutAChoice()
{
    std::vector<Candidate> candidates{candidate("a/x", 1, 1),
                                      candidate("b/x", 1, 1, 0, Veto::Drained)};
    candidates[0].forecast->observations = 0;
    QVERIFY(!explorable(candidates));
    candidates[1].veto = Veto::None;
    QVERIFY(explorable(candidates));
    QVERIFY(!explore(candidates, 0)); // the least known leads already
    candidates[0].forecast->observations = 100;
    QVERIFY(!explore(candidates, 0.9));
    QCOMPARE(explore(candidates, 0.01), std::optional(TargetId("b/x")));
    QCOMPARE(namesOf(candidates), QStringLiteral("b/x a/x"));
}

void TestLookAhead::decidesTheSameUnderTheSameSeed()
{
    Market one(Strategy::Balanced, fourVendors(), 11);
    Market other(Strategy::Balanced, fourVendors(), 11);
    for (int i = 0; i < 300; ++i) {
        QCOMPARE(one.step(), other.step());
    }
}

void TestLookAhead::expectsWhatWasSeen()
{
    Experience experience;
    const TargetId target("a/x");
    QVERIFY(!experience.expect(target, "", {}, kStart).time);
    for (int i = 0; i < 5; ++i) {
        experience.observe(target, "", answer(0.5, 2.5, 100), kStart); // 20 ms a token
    }
    const Expectation expected = experience.expect(target, "", {}, kStart);
    QCOMPARE(expected.observations, 5);
    QCOMPARE(expected.outputTokens, 100.0);
    QCOMPARE(*expected.time, Micros(2'500'000));
    QCOMPARE(*experience.expect(target, "", 50, kStart).time, Micros(1'500'000));
    Observation failure;
    failure.failed = true;
    experience.observe(target, "", failure, kStart);
    QCOMPARE(experience.expect(target, "", {}, kStart).failureShare, 1.0 / 6);
    Observation whole = answer(0, 4, 100);
    whole.firstToken.reset();
    Experience wholes;
    wholes.observe(target, "", whole, kStart);
    QCOMPARE(*wholes.expect(target, "", 50, kStart).time, Micros(2'000'000));
}

void TestLookAhead::forgetsWhatIsOld()
{
    Experience experience;
    const TargetId target("a/x");
    experience.observe(target, "", answer(0.5, 2.5, 100), kStart);
    const auto later = experience.expect(target, "", {}, kStart + Experience::kRecent);
    QCOMPARE(later.observations, 0);
    QVERIFY(!later.time);
    QCOMPARE(later.outputTokens, 100.0); // lengths do not age
    experience.keepOnly([](const TargetId &) { return false; });
    QCOMPARE(experience.expect(target, "", {}, kStart).observations, 0);
}

void TestLookAhead::learnsEachTasksLength()
{
    Experience experience;
    const TargetId target("a/x");
    experience.observe(target, "summary", answer(0.5, 1, 60), kStart);
    experience.observe(target, "code", answer(0.5, 1, 900), kStart);
    QCOMPARE(experience.expect(target, "summary", {}, kStart).outputTokens, 60.0);
    QCOMPARE(experience.expect(target, "code", {}, kStart).outputTokens, 900.0);
    QCOMPARE(experience.expect(target, "chat", {}, kStart).outputTokens, 480.0);
}

void TestLookAhead::isBounded()
{
    Experience experience;
    const TargetId target("a/x");
    for (int i = 0; i < 1000; ++i) {
        experience.observe(target, "task" + std::to_string(i), answer(0.5, 1, 60 + i), kStart);
    }
    QCOMPARE(experience.expect(target, "", {}, kStart).observations, int(Experience::kKept));
    const double known = experience.expect(target, "task3", {}, kStart).outputTokens;
    QCOMPARE(known, 63.0);
    const double late = experience.expect(target, "task999", {}, kStart).outputTokens;
    QVERIFY(late > 1000); // the target's own mean, not a mean of that task
}

QTEST_APPLESS_MAIN(TestLookAhead)
#include "tst_look_ahead.moc"

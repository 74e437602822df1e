// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

#include <array>

using namespace signalbox;
using namespace signalbox::tests;
using gateway::Act;

namespace {

constexpr int kRuns = 200;
constexpr int kRequests = 25;
constexpr int kActs = 12;

constexpr std::array kBehaviours = {
    "200",
    "200",
    "200 slow",
    "200 late",
    "200 unmetered",
    "200 empty",
    "200 html",
    "200 error",
    "500",
    "529",
    "503 hint 3s",
    "429",
    "429 hint 4s",
    "401",
    "402",
    "404",
    "400",
    "refused",
    "dns",
    "reset",
    "connect-hang",
    "hang",
    "head-hang",
    "cut before content",
    "cut after content",
    "garbage before content",
    "error after content",
    "stall before content",
    "stall after content",
    "throttled before content",
    "key after content",
    "comments",
    "drip",
};

template <typename List>
const auto &oneOf(const List &list, Random &random)
{
    return list[random.below(list.size())];
}

std::string someHouse(Random &random)
{
    const std::array<std::string, 4> targets = {
        R"([{ target = "a/x" }, { target = "b/y" }])",
        R"([{ target = "a/x" }, { target = "a/x2" }, { target = "c/z", tier = 2 }])",
        R"([{ target = "b/y" }, { target = "c/z" }, { target = "a/x", weight = 0 }])",
        R"([{ target = "a/x" }])",
    };
    const std::array<std::string, 4> keys = {R"(["env:A1"])",
                                             R"(["env:A1", "env:A2"])",
                                             R"(["env:A2", "env:A9"])",
                                             R"(["env:GONE"])"};
    const std::array<std::string, 3> places = {"https://a.example/v1",
                                               "https://a.example/v1",
                                               "https://elsewhere.example/v1"};
    House house;
    house.targets = oneOf(targets, random);
    house.strategy = random.below(2) == 0 ? "priority" : "weighted";
    house.route = "retry = { attempts = 5, same_target = " + std::to_string(random.below(3))
                  + " }\n" + "deadline_s = " + std::to_string(20 + random.below(60)) + "\n"
                  + (random.below(3) == 0 ? "on_stream_break = \"fail\"\n" : "");
    house.provider = "breaker = { failures = " + std::to_string(1 + random.below(3))
                     + ", open_s = 15, probes = " + std::to_string(1 + random.below(2)) + " }\n";
    house.keysOfA = oneOf(keys, random);
    house.baseUrlOfA = oneOf(places, random);
    house.limitsOfA = random.below(2) == 0 ? "{ concurrent = 2, requests_per_minute = 20 }" : "";
    return house.toml();
}

std::string someScript(Random &random)
{
    std::string script;
    for (const char *target : {"a/x", "a/x2", "b/y", "c/z"}) {
        script += std::string(script.empty() ? "" : "; ") + target + ": 200";
        for (int i = 0; i < 30; ++i) {
            script += std::string(", ") + oneOf(kBehaviours, random);
        }
    }
    return script;
}

void actSomehow(VirtualGateway &world, Random &random)
{
    constexpr std::array acts = {Act::Trip, Act::Hold, Act::Reset, Act::Drain, Act::Undrain};
    const auto id = 1 + random.below(kRequests);
    switch (random.below(5)) {
    case 0:
        world.reload(someHouse(random));
        return;
    case 1:
        world.operate(oneOf(acts, random), "b/y", Seconds(random.below(30)));
        return;
    case 2:
        world.leaveIfThere(id);
        return;
    default:
        world.setSlow(id, random.below(2) == 0);
        return;
    }
}

/// One day in the life of a gateway; its log.
std::string play(std::uint64_t seed)
{
    Random random(seed);
    VirtualGateway world(someHouse(random), seed);
    if (random.below(4) == 0) {
        world.deliverLateEvents();
    }
    world.script(someScript(random));
    const auto someTime = [&] { return Millis(random.below(90'000)); };
    for (int i = 0; i < kRequests; ++i) {
        world.at(someTime(), [&] { world.ask({.stream = random.below(2) == 0}); });
    }
    for (int i = 0; i < kActs; ++i) {
        world.at(someTime(), [&] { actSomehow(world, random); });
    }
    if (random.below(4) == 0) {
        world.at(Millis(80'000), [&] { world.shutDown(); });
    }
    world.run();
    const auto snapshot = world.snapshot();
    if (snapshot->totals.requests != kRequests) {
        return "FAULT: telemetry saw " + std::to_string(snapshot->totals.requests) + " requests";
    }
    return world.log();
}

} // namespace

/// Goal: whatever upstreams, clients, operators and configurations do together, each request ends
/// once, no permit is lost and nothing is sent out of turn.
/// Method: random histories from seeds; the harness watches the ports. Then the marks: the histories
/// must have reached what they are about.
class TestChaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHistoryEndsInOrder();
    void aHistoryCanBeRepeated();
};

void TestChaos::everyHistoryEndsInOrder()
{
    std::string all;
    for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
        const std::string log = play(seed);
        QVERIFY2(log.find("FAULT") == std::string::npos,
                 ("seed " + std::to_string(seed) + ": " + log).c_str());
        all += log;
    }
    for (const char *mark : {"half_open",
                             "closed",
                             "cut off",
                             "leaves",
                             "reload",
                             "shut down",
                             "reads again",
                             "drained",
                             "forced open",
                             "held",
                             "disabled",
                             "cools until",
                             "upstream_stream_broken",
                             "upstream_timeout",
                             "rate_limited (upstream)",
                             "rate_limited (gateway)",
                             "upstream_auth",
                             "no_target_available (gateway)",
                             "model_not_found",
                             "attempts=5"}) {
        QVERIFY2(all.find(mark) != std::string::npos, mark);
    }
}

void TestChaos::aHistoryCanBeRepeated()
{
    QCOMPARE(play(7), play(7));
    QVERIFY(play(7) != play(8));
}

QTEST_APPLESS_MAIN(TestChaos)

#include "tst_chaos.moc"

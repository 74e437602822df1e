// SPDX-License-Identifier: Apache-2.0
// What a decision costs: ten rules of which the last matches, twelve targets, a prompt of 4 KB.
#include "tests/bench/cpu_time.h"

#include "core/domain/record.h"
#include "core/routing/facts.h"
#include "core/routing/router.h"
#include "core/tokens/estimate.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace signalbox;

namespace {

constexpr int kRules = 10;
constexpr int kTargets = 12;
constexpr double kWholeMost = 15; // microseconds
constexpr double kReadyMost = 2;

RouteSettings routeOf(Strategy strategy)
{
    RouteSettings route;
    route.name = "chat";
    route.strategy = strategy;
    for (int i = 0; i < kTargets; ++i) {
        const std::string name = "provider-" + std::to_string(i % 4) + "/model-"
                                 + std::to_string(i);
        route.targets.push_back({.target = TargetId(name), .weight = 1.0 + i, .tier = 1 + i / 8});
    }
    using Op = Comparison::Operator;
    for (int i = 0; i < kRules; ++i) {
        RuleSettings rule;
        rule.name = "rule " + std::to_string(i);
        rule.strategy = strategy;
        rule.targets = {route.targets[static_cast<std::size_t>(i) % 3]};
        const bool last = i + 1 == kRules;
        rule.when = {{Fact::PromptTokens, {}, Comparison{Op::Greater, 10}},
                     {Fact::HasTools, {}, Literal(false)},
                     {Fact::CjkShare, {}, Comparison{last ? Op::Less : Op::Greater, 0.5}}};
        route.rules.push_back(std::move(rule));
    }
    return route;
}

ChatRequest promptOf(std::size_t bytes)
{
    constexpr std::string_view kText =
        "Please look at the report of the last week and tell me which of the services were slow, "
        "why that may be, and what to do about it. The table has 12 rows; p99 is in the 3rd "
        "column, e.g. `checkout-api` took 840 ms on Tuesday.\n";
    ChatRequest request;
    request.model = "chat";
    ChatMessage system;
    system.role = Role::System;
    system.parts.push_back({ChatMessage::PartKind::Text, "You are an engineer on call."});
    ChatMessage user;
    std::string text;
    while (text.size() < bytes) {
        text += kText;
    }
    user.parts.push_back({ChatMessage::PartKind::Text, text.substr(0, bytes)});
    request.messages = {std::move(system), std::move(user)};
    return request;
}

/// Prints a line; whether the time is within \p most microseconds.
bool report(const char *what, bench::Timing timing, double most)
{
    std::printf("%-52s %7.2f us (best %.2f)", what, timing.median, timing.best);
    if (most > 0) {
        std::printf("   at most %.0f: %s", most, timing.median <= most ? "yes" : "NO");
    }
    std::printf("\n");
    return most <= 0 || timing.median <= most;
}

RequestFacts readFacts(const ChatRequest &request)
{
    routing::FactContext context;
    context.hour = 12;
    context.client = "support-bot";
    context.metadata = {{"team", "blue"}};
    context.promptTokens = tokens::estimatePrompt(request, TokenFamily::O200k);
    return routing::factsOf(request, context);
}

bool measure(const char *name, Strategy strategy, const ChatRequest &request)
{
    const RouteSettings route = routeOf(strategy);
    const routing::AvailabilityLookup available = [](const TargetId &, FeatureSet) {
        return routing::Availability();
    };
    const routing::ForecastLookup forecast = [](const TargetId &target) -> Forecast {
        Forecast expected;
        expected.cost = Money::fromNanos(static_cast<std::int64_t>(target.name().size()) * 1000);
        expected.observations = 100;
        return expected;
    };
    routing::DrawState draws(7);
    const auto decide = [&](const RequestFacts &facts, int seed) {
        return routing::decide({route, facts, {}, available, std::uint64_t(seed), forecast}, draws);
    };
    const RequestFacts ready = readFacts(request);
    std::size_t kept = 0;
    const auto readyTime = bench::timeOf(25, 4000, [&](int i) {
        kept += decide(ready, i).candidates.size();
    });
    const auto wholeTime = bench::timeOf(25, 2000, [&](int i) {
        RequestRecord record;
        record.id = "0123456789abcdef0123456789";
        record.modelAsked = request.model;
        record.facts = readFacts(request);
        record.decision = decide(record.facts, i);
        record.rule = record.decision.rule;
        kept += record.decision.candidates.size();
    });
    std::printf("%s\n", name);
    const bool quick = report("  decision, the facts ready", readyTime, kReadyMost);
    const bool whole = report("  facts of 4 KB, decision, record", wholeTime, kWholeMost);
    return kept > 0 && quick && whole;
}

} // namespace

int main()
{
    const ChatRequest request = promptOf(4096);
    std::printf("ten rules, the last of which matches; twelve targets in two tiers\n");
    report("token estimate of 4 KB",
           bench::timeOf(25,
                         4000,
                         [&](int) { (void)tokens::estimatePrompt(request, TokenFamily::O200k); }),
           0);
    report("facts of 4 KB, token estimate included",
           bench::timeOf(25, 2000, [&](int) { (void)readFacts(request); }),
           0);
    bool within = measure("priority", Strategy::Priority, request);
    within = measure("weighted", Strategy::Weighted, request) && within;
    within = measure("cheapest", Strategy::Cheapest, request) && within;
    return within ? EXIT_SUCCESS : EXIT_FAILURE;
}

// SPDX-License-Identifier: Apache-2.0
#include "core/replay/hedges.h"

#include "core/gateway/shadows.h"
#include "core/replay/effects.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {
namespace {

constexpr double kBegunBy = 0.95;
constexpr Millis kHedgeMin{100};

/// The requests of one route that a run answered.
struct RouteSums
{
    std::vector<std::int64_t> totals;
    std::vector<std::int64_t> begun;
    double costNanos = 0;
    std::int64_t calls = 0;
};

std::vector<RouteSums> byRoute(const Traffic &traffic, const Run &run)
{
    std::vector<RouteSums> sums(traffic.routes().size());
    for (const RequestEnd &end : run.ends) {
        const std::uint32_t route = traffic.requests()[end.request].route;
        if (route == Names::kNone) {
            continue;
        }
        sums[route].costNanos += static_cast<double>(end.costNanos);
        sums[route].calls += end.calls;
        if (end.ending == Ending::Answered) {
            sums[route].totals.push_back(end.totalMicros);
            sums[route].begun.push_back(end.firstTokenMicros >= 0 ? end.firstTokenMicros
                                                                  : end.totalMicros);
        }
    }
    return sums;
}

double change(double before, double after)
{
    return before > 0 ? after / before - 1 : 0;
}

} // namespace

std::optional<std::vector<HedgeEffect>> hedgesFor(const Traffic &traffic,
                                                  const Outcomes &outcomes,
                                                  const std::shared_ptr<const Configuration> &draft,
                                                  const Run &without,
                                                  const ReplayOptions &options)
{
    std::vector<RouteSums> before = byRoute(traffic, without);
    auto hedged = std::make_shared<Configuration>(*draft);
    std::vector<HedgeEffect> effects;
    for (RouteSettings &route : hedged->routes) {
        const std::uint32_t number = traffic.routes().find(route.name);
        if (route.hedgeAfter || route.targets.size() < 2 || number == Names::kNone) {
            continue;
        }
        const auto begun = quantile(before[number].begun, kBegunBy);
        if (begun) {
            const Millis after = std::max(kHedgeMin, std::chrono::ceil<Millis>(*begun));
            route.hedgeAfter = after;
            effects.push_back({route.name, after, 0, 0, 0});
        }
    }
    if (effects.empty()) {
        return effects;
    }
    const auto with = Replayer(traffic, outcomes, hedged, options).run();
    if (!with) {
        return std::nullopt;
    }
    std::vector<RouteSums> after = byRoute(traffic, *with);
    for (HedgeEffect &effect : effects) {
        RouteSums &a = before[traffic.routes().find(effect.route)];
        RouteSums &b = after[traffic.routes().find(effect.route)];
        const auto slow = quantile(a.totals, 0.99);
        const auto slowAfter = quantile(b.totals, 0.99);
        if (slow && slowAfter) {
            effect.p99Change = change(static_cast<double>(slow->count()),
                                      static_cast<double>(slowAfter->count()));
        }
        effect.costChange = change(a.costNanos, b.costNanos);
        effect.hedged = std::max<std::int64_t>(b.calls - a.calls, 0);
    }
    return effects;
}

std::vector<ShadowEffect> shadowsOf(const Traffic &traffic,
                                    const Outcomes &outcomes,
                                    const Configuration &draft,
                                    const Prices &prices,
                                    const Run &run)
{
    std::vector<ShadowEffect> effects;
    for (const RouteSettings &route : draft.routes) {
        const std::uint32_t number = traffic.routes().find(route.name);
        if (!route.shadow || number == Names::kNone) {
            continue;
        }
        const std::uint32_t target = run.targets.find(route.shadow->target.name());
        ShadowEffect effect{route.name, route.shadow->target, route.shadow->share, Money()};
        for (const RequestEnd &end : run.ends) {
            const RecordedRequest &request = traffic.requests()[end.request];
            if (request.route != number || end.ending != Ending::Answered || end.target == target
                || !gateway::isShadowed(request.seed, route.shadow->share)) {
                continue;
            }
            const auto drawn = outcomes.draw(target, request, request.arrived, request.seed);
            const RecordedCall *call = drawn ? &traffic.calls()[drawn->call] : nullptr;
            const Cost cost = call == nullptr   ? Cost{}
                              : !call->hasUsage ? Cost{Money(), false}
                                                : prices.costOf(outcomes.usageFor(request, *call),
                                                                target,
                                                                call->model,
                                                                request.arrived);
            if (!cost.amount) {
                effect.cost.reset();
                break;
            }
            *effect.cost += *cost.amount;
        }
        effects.push_back(std::move(effect));
    }
    return effects;
}

} // namespace signalbox::replay

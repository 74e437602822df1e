// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/breaker_text.h"

#include <array>

namespace signalbox::telemetry {
namespace {

using Type = MetricsText::Type;

constexpr std::array kStates = {BreakerState::Closed, BreakerState::HalfOpen, BreakerState::Open};

template <typename Visit>
void forEachTarget(const Counters &counters, const Visit &visit)
{
    for (const ProviderCounters &provider : counters.providers) {
        for (const TargetCounters &target : provider.targets) {
            visit(target);
        }
    }
}

BreakerView breakerOf(const LiveState &live, const TargetId &target)
{
    const auto found = live.targets.find(target);
    return found == live.targets.end() ? BreakerView() : found->second.breaker;
}

void writeState(MetricsText &out, const TargetId &target, BreakerState current)
{
    for (const BreakerState state : kStates) {
        out.sample({{"target", target.name()}, {"state", toString(state)}},
                   std::int64_t{state == current});
    }
}

void writeForced(MetricsText &out, const TargetId &target, ForcedState forced)
{
    out.sample({{"target", target.name()}, {"state", "closed"}},
               std::int64_t{forced == ForcedState::Closed});
    out.sample({{"target", target.name()}, {"state", "open"}},
               std::int64_t{forced == ForcedState::Open});
}

void writeTransitions(MetricsText &out, const TargetCounters &target)
{
    for (const BreakerState state : kStates) {
        out.sample({{"target", target.target.name()}, {"to", toString(state)}},
                   target.transitions[static_cast<std::size_t>(state)]);
    }
}

} // namespace

void writeBreakers(MetricsText &out, const Counters &counters, const LiveState &live)
{
    out.family("signalbox_breaker_state",
               Type::Gauge,
               "1 for the state the breaker is in by its own counting, 0 for the others.");
    forEachTarget(counters, [&](const TargetCounters &target) {
        writeState(out, target.target, breakerOf(live, target.target).state);
    });
    out.family("signalbox_breaker_transitions_total",
               Type::Counter,
               "Changes of a breaker's state by its own counting, by the state entered.");
    forEachTarget(counters, [&](const TargetCounters &target) { writeTransitions(out, target); });
    out.family("signalbox_breaker_forced",
               Type::Gauge,
               "1 while an operator forces the breaker into this state.");
    forEachTarget(counters, [&](const TargetCounters &target) {
        writeForced(out, target.target, breakerOf(live, target.target).forced);
    });
}

} // namespace signalbox::telemetry

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/state_strip.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr Seconds kCell{1800};
constexpr std::size_t kRemembered = 200;

StripState stateOf(telemetry::BreakerState state, telemetry::ForcedState forced)
{
    switch (forced) {
    case telemetry::ForcedState::Open:
        return StripState::Open;
    case telemetry::ForcedState::Closed:
        return StripState::Closed;
    case telemetry::ForcedState::None:
        break;
    }
    switch (state) {
    case telemetry::BreakerState::Closed:
        return StripState::Closed;
    case telemetry::BreakerState::HalfOpen:
        return StripState::HalfOpen;
    case telemetry::BreakerState::Open:
        return StripState::Open;
    }
    return StripState::Unknown;
}

void mark(StateStrip &strip, SystemTime begin, SystemTime from, SystemTime to, StripState state)
{
    if (to < begin || to < from) {
        return;
    }
    const auto cell = [begin](SystemTime at) {
        return std::clamp<std::int64_t>((at - begin) / kCell, 0, kStripCells - 1);
    };
    for (std::int64_t i = cell(from); i <= cell(to); ++i) {
        StripState &worst = strip[static_cast<std::size_t>(i)];
        worst = std::max(worst, state);
    }
}

} // namespace

StateStrip stateStrip(const telemetry::Snapshot &snapshot,
                      const telemetry::TargetView &target,
                      SystemTime now)
{
    StateStrip strip{};
    const SystemTime begin = now - kCell * kStripCells;
    // Backwards: each change says what was before it.
    SystemTime to = now;
    StripState state = stateOf(target.breaker.state, target.breaker.forced);
    for (auto change = snapshot.transitions.rbegin(); change != snapshot.transitions.rend();
         ++change) {
        if (change->target == target.target && change->at <= to) {
            mark(strip, begin, change->at, to, state);
            to = change->at;
            state = stateOf(change->from, telemetry::ForcedState::None);
        }
    }
    const bool forgot = snapshot.transitions.size() >= kRemembered;
    const SystemTime known = forgot ? std::max(snapshot.startedAt, snapshot.transitions.front().at)
                                    : snapshot.startedAt;
    mark(strip, begin, std::max(known, begin), to, state);
    return strip;
}

} // namespace signalbox::ui

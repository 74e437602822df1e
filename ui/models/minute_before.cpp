// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/minute_before.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace signalbox::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kPeriod = 60s;
constexpr auto kKept = 2 * kPeriod + 5s;
/// How far from a minute ago is still a minute ago.
constexpr auto kSlack = 1500ms;

std::optional<double> growth(std::optional<double> before, std::optional<double> now)
{
    if (!before || !now || *before <= 0 || std::isnan(*now)) {
        return std::nullopt;
    }
    return *now / *before - 1;
}

} // namespace

void MinuteBefore::take(const telemetry::Snapshot &snapshot)
{
    const SystemTime at = snapshot.at.system;
    if (snapshot.startedAt != m_startedAt || (!m_past.empty() && at < m_past.back().at)) {
        m_past.clear(); // another start, or the clock was set back
        m_startedAt = snapshot.startedAt;
    }
    if (!m_past.empty() && at - m_past.back().at < 1s) {
        return;
    }
    m_past.push_back({at, snapshot.totals});
    while (at - m_past.front().at > kKept) {
        m_past.pop_front();
    }
}

const MinuteBefore::Past *MinuteBefore::near(SystemTime at) const
{
    const auto after =
        std::lower_bound(m_past.begin(), m_past.end(), at, [](const Past &past, SystemTime time) {
            return past.at < time;
        });
    const Past *best = nullptr;
    const auto consider = [&](const Past &past) {
        const auto off = [at](const Past &one) { return std::chrono::abs(one.at - at); };
        if (off(past) <= kSlack && (best == nullptr || off(past) < off(*best))) {
            best = &past;
        }
    };
    if (after != m_past.end()) {
        consider(*after);
    }
    if (after != m_past.begin()) {
        consider(*std::prev(after));
    }
    return best;
}

MinuteChange MinuteBefore::changeOf(const telemetry::Snapshot &snapshot) const
{
    const Past *then = near(snapshot.at.system - kPeriod);
    const bool whole = then != nullptr && then->at - m_startedAt >= kPeriod - kSlack;
    if (!whole || snapshot.startedAt != m_startedAt) {
        return {};
    }
    const telemetry::Totals &now = snapshot.totals;
    const telemetry::Totals &was = then->totals;
    MinuteChange change;
    if (const Past *twoAgo = near(snapshot.at.system - 2 * kPeriod)) {
        change.requests = growth(static_cast<double>(was.requests - twoAgo->totals.requests),
                                 static_cast<double>(now.requests - was.requests));
    }
    change.p95 = growth(was.latency.p95Ms, now.latency.p95Ms);
    change.firstToken = growth(was.firstToken.p50Ms, now.firstToken.p50Ms);
    if (now.unknownPriceLastMinute == 0 && was.unknownPriceLastMinute == 0) {
        change.cost = growth(was.costPerHour, now.costPerHour);
    }
    if (!std::isnan(now.failureShare) && !std::isnan(was.failureShare)) {
        change.failures = now.failureShare - was.failureShare;
    }
    return change;
}

} // namespace signalbox::ui

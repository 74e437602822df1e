// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/follow_ups.h"

#include "core/gateway/effect_sample.h"

#include <algorithm>
#include <utility>

namespace signalbox::runtime {

namespace {

constexpr Seconds kTickEvery{1};
constexpr int kLooksPerSpan = 10; ///< after ten hours the next look is an hour away

/// The figures while they are added up: all of them, since the newest come first.
struct Sum
{
    EffectFigures figures;
    std::vector<Micros> times;
    std::int64_t nanos = 0;
    std::int64_t priced = 0;

    void add(const gateway::Effect &effect)
    {
        ++figures.requests;
        figures.failed += effect.failed ? 1 : 0;
        figures.unknownPrice += effect.cost ? 0 : 1;
        nanos += effect.cost ? effect.cost->nanos() : 0;
        priced += effect.cost ? 1 : 0;
        if (effect.total) {
            times.push_back(*effect.total);
        }
    }

    [[nodiscard]] EffectFigures close()
    {
        if (!times.empty()) {
            const auto rank = static_cast<std::ptrdiff_t>(times.size() * 95 / 100);
            std::ranges::nth_element(times, times.begin() + rank);
            figures.p95 = times[static_cast<std::size_t>(rank)];
        }
        if (priced > 0) {
            figures.costPerRequest = Money::fromNanos(nanos / priced);
        }
        return figures;
    }
};

bool shareRoute(const Revision &a, const Revision &b)
{
    return std::ranges::any_of(a.routes, [&b](const std::string &route) {
        return std::ranges::find(b.routes, route) != b.routes.end();
    });
}

} // namespace

Result<std::optional<EffectFigures>, LedgerError> figuresOf(LedgerReader &reader,
                                                            const FollowUpQuestion &question,
                                                            const std::function<bool()> &goOn)
{
    Sum sum;
    std::int64_t read = 0;
    for (const std::string &route : question.routes) {
        RequestFilter filter;
        filter.since = question.since;
        filter.until = question.until;
        filter.route = route;
        filter.limit = bounds::kPageRowsMax;
        for (bool more = true; more && read < kReadMax;) {
            if (!goOn()) {
                return std::optional<EffectFigures>();
            }
            const auto page = reader.requests(filter);
            if (!page) {
                return Failure{page.error()};
            }
            for (const RequestRecord &record : page->requests) {
                const auto &served = question.revisions;
                const auto effect = gateway::effectOf(record);
                if (effect && std::ranges::find(served, record.configRevision) != served.end()) {
                    sum.add(*effect);
                }
            }
            read += static_cast<std::int64_t>(page->requests.size());
            more = page->next.has_value();
            filter.cursor = page->next.value_or(std::string());
        }
    }
    return std::optional(sum.close());
}

SystemTime followedUntil(const std::vector<Revision> &past, std::size_t index)
{
    SystemTime until = past[index].time + FollowUps::kLongest;
    for (std::size_t later = 0; later < index; ++later) {
        if (shareRoute(past[later], past[index])) {
            until = std::min(until, past[later].time);
        }
    }
    return until;
}

void FollowUps::tick(SystemTime now)
{
    if (m_asking || now < m_tickAt) {
        return;
    }
    m_tickAt = now + kTickEvery;
    const auto state = m_doors.state();
    for (std::size_t i = 0; i < state->past.size() && !m_asking; ++i) {
        const Revision &revision = state->past[i];
        if (!revision.followUp || revision.followUp->final) {
            m_lookAt.erase(revision.number);
            continue;
        }
        const SystemTime at =
            m_lookAt.try_emplace(revision.number, revision.time + kLookFirst).first->second;
        if (now >= at) {
            look(state->past, i, now);
        }
    }
}

void FollowUps::look(const std::vector<Revision> &past, std::size_t index, SystemTime now)
{
    const Revision &revision = past[index];
    const SystemTime end = followedUntil(past, index);
    FollowUpQuestion question{revision.routes, {}, revision.time, std::min(now, end)};
    for (std::size_t i = 0; i <= index; ++i) {
        if (past[i].time < end || i == index) { // others may have changed other routes since
            question.revisions.push_back(past[i].revision);
        }
    }
    const bool over = now >= end + kInTheAir;
    const Seconds age = std::chrono::duration_cast<Seconds>(now - revision.time);
    // The end is not missed for lack of looks.
    SystemTime next = now + std::max(kLookFirst, age / kLooksPerSpan);
    next = over ? now + kLookFirst : std::min(next, std::max(end + kInTheAir, now + kLookFirst));
    m_lookAt[revision.number] = next;
    const SystemTime until = question.until;
    const auto found = [this, number = revision.number, was = *revision.followUp, until, over, age](
                           const std::optional<EffectFigures> &figures) {
        m_asking = false;
        if (!figures || (!over && age < kEnoughTime && figures->requests < kEnoughRequests)) {
            return;
        }
        FollowUp followUp = was;
        followUp.happened = *figures;
        followUp.until = until;
        followUp.final = over;
        m_doors.keep(number, followUp);
    };
    m_asking = true;
    if (!m_doors.read(std::move(question), found)) {
        m_asking = false;
    }
}

} // namespace signalbox::runtime

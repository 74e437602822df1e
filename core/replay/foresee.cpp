// SPDX-License-Identifier: Apache-2.0
#include "core/replay/foresee.h"

#include "core/domain/changed_routes.h"
#include "core/replay/bands.h"
#include "core/replay/changed.h"
#include "core/replay/effects.h"
#include "core/replay/hedges.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {
namespace {

/// The part of the work that each step is, for the progress.
constexpr double kNowDone = 0.35;
constexpr double kAfterDone = 0.7;

bool hasAny(const EffectRow &row)
{
    return row.now.requests > 0 || row.after.requests > 0 || row.now.calls > 0
           || row.after.calls > 0;
}

std::vector<EffectRow> targetRows(const Run &now, const Run &after, const Banded &bands)
{
    const auto before = effectsByTarget(now);
    const auto then = effectsByTarget(after);
    std::vector<EffectRow> rows;
    for (std::uint32_t i = 0; i < then.size(); ++i) {
        EffectRow row{after.targets.name(i), {}, then[i], bands.targets.at(i)};
        const std::uint32_t same = now.targets.find(row.name);
        row.now = same < before.size() ? before[same] : Effect{};
        if (hasAny(row)) {
            rows.push_back(std::move(row));
        }
    }
    std::ranges::sort(rows, {}, &EffectRow::name);
    return rows;
}

std::map<std::string, std::vector<std::uint32_t>> membersByProvider(const Run &run)
{
    std::map<std::string, std::vector<std::uint32_t>> members;
    for (std::uint32_t i = 0; i < run.tallies.size(); ++i) {
        members[std::string(TargetId(run.targets.name(i)).provider())].push_back(i);
    }
    return members;
}

std::vector<EffectRow> providerRows(const Run &now, const Run &after)
{
    const auto before = membersByProvider(now);
    std::vector<EffectRow> rows;
    for (const auto &[provider, members] : membersByProvider(after)) {
        EffectRow row{provider, {}, effectOfTargets(after, members)};
        if (const auto same = before.find(provider); same != before.end()) {
            row.now = effectOfTargets(now, same->second);
        }
        if (hasAny(row)) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

std::vector<EffectRow> hourRows(const Traffic &traffic, const Run &now, const Run &after)
{
    auto before = effectsByHour(traffic, now);
    auto then = effectsByHour(traffic, after);
    then.resize(std::max(before.size(), then.size()));
    before.resize(then.size());
    std::vector<EffectRow> rows;
    for (std::size_t i = 0; i < then.size(); ++i) {
        rows.push_back({toIso8601(hourAt(traffic, i)), before[i], then[i]});
    }
    return rows;
}

std::vector<RuleCatch> ruleRows(const Configuration &draft, const Run &now, const Run &after)
{
    std::vector<RuleCatch> rows;
    for (const RouteSettings &route : draft.routes) {
        for (const RuleSettings &rule : route.rules) {
            const auto tallyOf = [&](const Run &run) {
                const auto found = run.rules.find({route.name, rule.name});
                return found == run.rules.end() ? RuleTally{} : found->second;
            };
            const RuleTally then = tallyOf(after);
            rows.push_back({route.name, rule.name, tallyOf(now).caught, then.caught, then.blind});
        }
    }
    return rows;
}

std::vector<NoDataFor> noDataRows(const Traffic &traffic, const Run &run)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> counts;
    for (const RequestEnd &end : run.ends) {
        if (end.ending == Ending::Unknown) {
            ++counts[{end.target, traffic.requests()[end.request].task}];
        }
    }
    std::vector<NoDataFor> rows;
    for (const auto &[key, count] : counts) {
        rows.push_back(
            {TargetId(run.targets.name(key.first)), traffic.tasks().name(key.second), count});
    }
    return rows;
}

} // namespace

Foreseer::Foreseer(std::shared_ptr<const Traffic> traffic,
                   std::shared_ptr<const Configuration> inForce)
    : m_traffic(std::move(traffic))
    , m_inForce(std::move(inForce))
    , m_outcomes(*m_traffic)
{}

std::optional<Run> Foreseer::replay(const std::shared_ptr<const Configuration> &configuration,
                                    const ForeseeOptions &options,
                                    double from,
                                    double to) const
{
    ReplayOptions how;
    how.seed = options.seed;
    how.blocks = options.blocks;
    how.dayEnd = options.dayEnd;
    if (options.goOn) {
        how.goOn = [&](double done) { return options.goOn(from + (to - from) * done); };
    }
    return Replayer(*m_traffic, m_outcomes, configuration, std::move(how)).run();
}

std::optional<Foresight> Foreseer::foresee(const std::shared_ptr<const Configuration> &draft,
                                           const ForeseeOptions &options)
{
    auto now = m_now.find(options.blocks);
    const double begun = now == m_now.end() ? kNowDone : 0;
    if (now == m_now.end()) {
        auto run = replay(m_inForce, options, 0, kNowDone);
        if (!run) {
            return std::nullopt;
        }
        now = m_now.emplace(options.blocks, *std::move(run)).first;
    }
    auto after = replay(draft, options, begun, kAfterDone);
    if (!after) {
        return std::nullopt;
    }
    Foresight foresight = compared(now->second, *after, *draft, options);
    if (options.whatIfs) {
        ReplayOptions how;
        how.seed = options.seed;
        how.blocks = options.blocks;
        how.dayEnd = options.dayEnd;
        if (options.goOn) {
            how.goOn = [&](double done) {
                return options.goOn(kAfterDone + (1 - kAfterDone) * done);
            };
        }
        auto hedges = hedgesFor(*m_traffic, m_outcomes, draft, *after, how);
        if (!hedges) {
            return std::nullopt;
        }
        foresight.hedges = *std::move(hedges);
        const Prices prices(*draft, after->targets, m_traffic->models());
        foresight.shadows = shadowsOf(*m_traffic, m_outcomes, *draft, prices, *after);
    }
    return foresight;
}

Foresight Foreseer::compared(const Run &now,
                             const Run &after,
                             const Configuration &draft,
                             const ForeseeOptions &options) const
{
    Foresight foresight;
    const auto &requests = m_traffic->requests();
    foresight.recorded = static_cast<std::int64_t>(requests.size());
    foresight.replayed = static_cast<std::int64_t>(after.ends.size());
    if (requests.empty()) {
        return foresight;
    }
    foresight.since = requests.front().arrived;
    foresight.until = requests.back().arrived;
    foresight.drawn = static_cast<std::int64_t>(after.drawn.size());
    const Prices prices(draft, after.targets, m_traffic->models());
    Random random(options.seed);
    const Banded bands = bandsOf({*m_traffic, m_outcomes, prices, after}, random);
    foresight.all = {{}, effectOfAll(now), effectOfAll(after), bands.all};
    foresight.changedRoutes = signalbox::changedRoutes(*m_inForce, draft);
    foresight.changed = changedRow({*m_traffic, m_outcomes, prices, after},
                                   now,
                                   foresight.changedRoutes,
                                   !foresight.isSample(),
                                   random);
    foresight.targets = targetRows(now, after, bands);
    foresight.providers = providerRows(now, after);
    foresight.hours = hourRows(*m_traffic, now, after);
    foresight.rules = ruleRows(draft, now, after);
    foresight.noData = noDataRows(*m_traffic, after);
    return foresight;
}

} // namespace signalbox::replay

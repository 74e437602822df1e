// SPDX-License-Identifier: Apache-2.0
#include "core/routing/outliers.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace signalbox::routing {
namespace {

struct Paced
{
    TargetId target;
    double seconds = 0;
};

double medianOfOthers(std::span<const Paced> all, const TargetId &without)
{
    std::vector<double> others;
    for (const Paced &each : all) {
        if (each.target != without) {
            others.push_back(each.seconds);
        }
    }
    std::ranges::sort(others);
    const std::size_t half = others.size() / 2;
    return others.size() % 2 == 1 ? others[half] : (others[half - 1] + others[half]) / 2;
}

/// How many of \p count may stand aside.
std::size_t most(const EjectSettings &settings, std::size_t count)
{
    const auto share = static_cast<std::size_t>(
        std::floor(settings.shareMax * static_cast<double>(count)));
    return count < 2 ? 0 : std::clamp<std::size_t>(share, 1, count - 1);
}

} // namespace

void Outliers::look(const RouteSettings &route, const Experience &experience, SteadyTime now)
{
    if (!route.ejectSlow) {
        return;
    }
    Route &known = m_routes[route.name];
    if (known.lookedAt != SteadyTime::min() && now - known.lookedAt < kEvery) {
        return;
    }
    known.lookedAt = now;
    known.settings = *route.ejectSlow;
    std::size_t out = 0;
    std::vector<Paced> serving;
    for (const TargetChoice &choice : route.targets) {
        const auto before = known.ejections.find(choice.target);
        if (before != known.ejections.end() && before->second.until > now) {
            ++out;
            continue;
        }
        const SteadyTime since = before == known.ejections.end() ? SteadyTime::min()
                                                                 : before->second.until;
        if (const auto pace = experience.pace(choice.target, since, kAnswersNeeded, now)) {
            serving.push_back({choice.target, static_cast<double>(pace->count()) / 1e6});
        }
    }
    // The slowest first, each against those that still serve.
    std::ranges::sort(serving, std::ranges::greater(), &Paced::seconds);
    while (serving.size() > 1 && out < most(known.settings, route.targets.size())) {
        const Paced slowest = serving.front();
        const double usual = medianOfOthers(serving, slowest.target);
        const bool minds = slowest.seconds - usual > static_cast<double>(kTimeMin.count()) / 1e6;
        if (!minds || slowest.seconds <= known.settings.factor * usual) {
            break;
        }
        known.ejections[slowest.target] = {slowest.target,
                                           now + known.settings.duration,
                                           slowest.seconds / std::max(usual, 1e-6)};
        serving.erase(serving.begin());
        ++out;
    }
}

std::optional<Ejection> Outliers::ejected(std::string_view route,
                                          const TargetId &target,
                                          SteadyTime now) const
{
    const auto known = m_routes.find(route);
    if (known == m_routes.end()) {
        return std::nullopt;
    }
    const auto found = known->second.ejections.find(target);
    return found != known->second.ejections.end() && found->second.until > now
               ? std::optional(found->second)
               : std::nullopt;
}

std::vector<std::pair<std::string, Ejection>> Outliers::all(SteadyTime now) const
{
    std::vector<std::pair<std::string, Ejection>> ejections;
    for (const auto &[name, route] : m_routes) {
        for (const auto &[target, ejection] : route.ejections) {
            if (ejection.until > now) {
                ejections.emplace_back(name, ejection);
            }
        }
    }
    return ejections;
}

void Outliers::configure(const std::vector<RouteSettings> &routes)
{
    std::erase_if(m_routes, [&](const auto &entry) {
        const auto found = std::ranges::find(routes, entry.first, &RouteSettings::name);
        return found == routes.end() || found->ejectSlow != entry.second.settings;
    });
    for (auto &[name, route] : m_routes) {
        const auto &targets = std::ranges::find(routes, name, &RouteSettings::name)->targets;
        std::erase_if(route.ejections, [&](const auto &entry) {
            return std::ranges::find(targets, entry.first, &TargetChoice::target) == targets.end();
        });
    }
}

} // namespace signalbox::routing

// SPDX-License-Identifier: Apache-2.0
// Targets that are much slower than their peers stand aside for a while.
#pragma once

#include "core/base/time.h"
#include "core/domain/ids.h"
#include "core/domain/settings.h"
#include "core/routing/experience.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::routing {

/// A target that stands aside.
struct Ejection
{
    TargetId target;
    SteadyTime until{};
    double timesSlower = 0; ///< than the median of its peers

    friend bool operator==(const Ejection &, const Ejection &) = default;
};

/// Looks at the targets of each route that asks for it (`eject_slow`). A target stands aside when its
/// usual time is so many times its peers' median; never more of them than the route's share, or one,
/// and never all. When its time is over it serves like the others, and is judged anew by what it
/// does from then on.
class Outliers
{
public:
    /// Answers without which nobody is judged.
    static constexpr std::size_t kAnswersNeeded = 10;
    /// Differences that nobody minds, whatever the factor.
    static constexpr Micros kTimeMin{250'000};
    /// How often a route is looked at.
    static constexpr Nanos kEvery = std::chrono::seconds(1);

    void look(const RouteSettings &route, const Experience &experience, SteadyTime now);
    /// Nothing when \p target serves in \p route.
    [[nodiscard]] std::optional<Ejection> ejected(std::string_view route,
                                                  const TargetId &target,
                                                  SteadyTime now) const;
    /// All that stand aside, with their route.
    [[nodiscard]] std::vector<std::pair<std::string, Ejection>> all(SteadyTime now) const;
    /// Forgets routes that are gone, are judged no more or by other rules.
    void configure(const std::vector<RouteSettings> &routes);

private:
    struct Route
    {
        EjectSettings settings;
        SteadyTime lookedAt = SteadyTime::min();
        std::map<TargetId, Ejection> ejections; ///< those over too: judged by what came after
    };

    std::map<std::string, Route, std::less<>> m_routes;
};

} // namespace signalbox::routing

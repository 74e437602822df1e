// SPDX-License-Identifier: Apache-2.0
// Routes that take a share of the traffic first, beside those in force: who gets them, and whether
// they turn out worse.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/domain/trial.h"
#include "core/gateway/effect_sample.h"
#include "core/resilience/evidence.h"
#include "core/routing/smooth_weights.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::gateway {

/// The names of the routes that \p draft changes; or, in a sentence, why it cannot take a share: only
/// routes that are there before and after can be two things at once.
[[nodiscard]] Result<std::vector<std::string>, std::string> routesOnTrial(
    const Configuration &present, const Configuration &draft);

/// A state machine on plain values: requests go in with the time, an end comes out. It is worse when
/// two things are out of doubt, each for itself: it does worse than was expected of it, and worse
/// than what serves the others at the same time. So a change whose price was foretold is none, and
/// neither is an outage that hits both.
class Trial
{
public:
    /// Each of the three is doubted so far that a trial that is not worse is taken for worse twice in
    /// a hundred, all of the time and all three together.
    static constexpr double kFalseAlarms = 0.02;
    /// Beyond the band by so much it is called worse: bands do not hold the world's own drift.
    static constexpr double kFailureSlack = 0.0025; ///< of 1
    static constexpr double kTimeSlack = 1.10;
    static constexpr double kCostSlack = 1.05;
    /// Seen of it before it can take over.
    static constexpr std::int64_t kRequestsMin = 100;
    /// Costs count at most so many times what was expected: one long request must not decide alone.
    static constexpr double kCostCap = 10;

    /// \p before: what the changed routes came to before it, for a band where none is given.
    Trial(std::shared_ptr<const Configuration> draft,
          std::vector<std::string> routes,
          std::string base,
          TrialTerms terms,
          const std::vector<Effect> &before,
          std::uint64_t seed,
          Now now);

    /// The route that a request called \p id for \p route takes, where it is one of the share; null:
    /// it is not. What continues a conversation goes where that went.
    [[nodiscard]] std::shared_ptr<const RouteSettings> routeFor(std::string_view route,
                                                                const ChatRequest &request,
                                                                std::string_view client,
                                                                std::string_view id) const;
    [[nodiscard]] const std::string &revision() const { return m_draft->revision; }
    [[nodiscard]] const std::string &base() const { return m_base; }
    [[nodiscard]] routing::DrawState &draws() { return m_draws; }

    /// A request has ended.
    void observe(const RequestRecord &record);
    /// What became of it by now; nothing: it goes on. Once said it stays.
    [[nodiscard]] std::optional<TrialEnd> verdict(SteadyTime now);
    /// Figures, doubts and bands; the rest is whoever's began it.
    [[nodiscard]] TrialView view() const;

private:
    struct Watch
    {
        resilience::Evidence overBand; ///< that it is worse than expected
        resilience::Evidence overOthers; ///< that it is worse than the others

        [[nodiscard]] double doubt() const;
    };

    [[nodiscard]] bool concerns(std::string_view route) const;
    void weigh(const Effect &effect, bool onTrial);
    static void weigh(
        Watch &watch, double value, double claimed, double cap, bool onTrial, double share);

    std::shared_ptr<const Configuration> m_draft;
    std::vector<std::string> m_routes;
    std::string m_base;
    TrialTerms m_terms;
    Now m_began;
    std::uint64_t m_seed;
    routing::DrawState m_draws;
    std::optional<ExpectedEffect> m_expected;
    EffectSample m_onTrial;
    EffectSample m_others;
    Watch m_failures;
    Watch m_time;
    Watch m_cost;
    std::optional<TrialEnd> m_end;
};

} // namespace signalbox::gateway

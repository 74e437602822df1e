// SPDX-License-Identifier: Apache-2.0
// A call that no client asked for: of a health check, or of a shadow.
#pragma once

#include "core/gateway/attempt.h"
#include "core/gateway/budgets.h"
#include "core/gateway/ports.h"
#include "core/gateway/upstreams.h"

#include <memory>
#include <optional>

namespace signalbox::telemetry {
class Telemetry;
}

namespace signalbox::gateway {

/// What the gateway's own calls share with those of clients; outlives them.
struct OwnShared
{
    Upstreams &upstreams;
    Budgets &budgets;
    telemetry::Telemetry &telemetry;
    AttemptId &lastAttempt;
};

/// Belongs to no exchange: its call says 0. Settled exactly once.
class OwnCall
{
public:
    struct Plan
    {
        Grant grant;
        providers::HttpCall call;
        std::shared_ptr<const Configuration> configuration; ///< has the target
        TimeoutSettings timeouts;
        std::unique_ptr<providers::ReplyDecoder> decoder;
        bool stream = false;
        std::int64_t promptTokens = 0;
        Money expected; ///< kept back of the provider's budget meanwhile
    };

    /// Begins it.
    OwnCall(Plan plan, OwnShared shared, Now now, Actions &out);

    [[nodiscard]] AttemptId id() const { return m_attempt.id(); }
    [[nodiscard]] const TargetId &target() const { return m_attempt.target(); }
    [[nodiscard]] SteadyTime deadline() const { return m_attempt.deadline(); }
    [[nodiscard]] const Configuration &configuration() const { return *m_configuration; }

    /// What \p event brought; at its end the connection is given back or closed.
    Attempt::Progress on(const UpstreamEvent &event, Now now, Actions &out);
    /// Its end by a timer, if one has run out: it is cut off then.
    std::optional<Outcome> expired(Now now, Actions &out);
    void cutOff(Actions &out);
    /// It is over: permit, breaker and key as \p lesson says, and the provider's budget.
    AttemptRecord settle(const Outcome &outcome, Lesson lesson, Now now);

private:
    std::shared_ptr<const Configuration> m_configuration;
    OwnShared m_shared;
    Attempt m_attempt;
    Money m_reserved;
};

} // namespace signalbox::gateway

// SPDX-License-Identifier: Apache-2.0
// Asks targets that have nothing to do, so that an outage is known before a client meets it, and its
// end before a client is risked.
#pragma once

#include "core/base/random.h"
#include "core/gateway/own_call.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace signalbox::gateway {

/// | event | between checks | being asked |
/// |---|---|---|
/// | its time; a client's call has said how it is within `every_s` | the next time | - |
/// | its time; the breaker lets it pass, and there is room to spare | it is asked | - |
/// | its time; it is open, drained, without a key or room, or too many are being asked | the next time | - |
/// | a failure of the target, its provider or its key; `timeout_s` | - | as any call's: it counts, or the key rests |
/// | a good answer of one token | - | as any call's: a half-open breaker closes, failures are forgotten |
/// | a list of models; a refusal of the question | - | somebody is there: nothing is learned, a probe is given back |
/// | a reload; the gateway stops | begins anew; ends | cut off, nothing is learned |
///
/// What costs something is finished as a record with the operation `health_check`.
///
/// Targets without `health_check` are not asked. The time between checks is `every_s` and up to a
/// tenth more or less; the first comes within one.
class HealthChecks
{
public:
    /// \p seed: of what chance decides, apart from all else that does.
    HealthChecks(OwnShared shared, std::uint64_t seed);

    /// Calls of an earlier configuration are cut off by the next advance(), which is due at once.
    void configure(std::shared_ptr<const Configuration> configuration, SteadyTime now);
    /// False: \p attempt is none of its calls.
    bool onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out);
    void advance(Now now, Actions &out);
    void stop(Now now, Actions &out);

    /// When advance() is to be called; nothing where nothing is checked.
    [[nodiscard]] std::optional<SteadyTime> deadline() const { return m_deadline; }
    /// Checks being asked.
    [[nodiscard]] std::size_t inFlight() const;

private:
    struct Check
    {
        TargetId target;
        HealthCheckSettings settings;
        SteadyTime at{};
        std::unique_ptr<OwnCall> call = {}; ///< null between checks
    };

    void wait(Check &check, SteadyTime now);
    void ask(Check &check, Now now, Actions &out);
    void ended(Check &check, const Outcome &outcome, Now now, Actions &out);
    void drop(std::unique_ptr<OwnCall> call, Now now, Actions &out);
    void book(AttemptRecord attempt, Now now, Actions &out);
    void schedule();

    OwnShared m_shared;
    Random m_random;
    std::shared_ptr<const Configuration> m_configuration;
    std::vector<Check> m_checks;
    std::vector<std::unique_ptr<OwnCall>> m_dropped; ///< of an earlier configuration
    std::optional<SteadyTime> m_deadline;
};

} // namespace signalbox::gateway

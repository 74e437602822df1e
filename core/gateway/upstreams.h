// SPDX-License-Identifier: Apache-2.0
// The live state of every target and provider: breakers, keys, limits, what is in the air.
#pragma once

#include "core/base/secret.h"
#include "core/domain/decision.h"
#include "core/domain/outcome.h"
#include "core/domain/settings.h"
#include "core/gateway/ports.h"
#include "core/limits/fair_line.h"
#include "core/limits/key_pool.h"
#include "core/limits/provider_limits.h"
#include "core/limits/told_room.h"
#include "core/providers/head_room.h"
#include "core/resilience/circuit_breaker.h"
#include "core/routing/router.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::gateway {

struct ProviderState
{
    ProviderState(const ProviderSettings &settings, std::vector<Secret> secrets);

    /// All keys but those that could not be read: neither disabled nor resting.
    void enableKeys();

    std::string id;
    ProviderKind kind;
    std::string baseUrl;
    LimitSettings limitSettings;
    std::vector<std::string> keyNames; ///< where each key is kept, for display
    std::vector<Secret> secrets;
    limits::KeyPool keys;
    limits::ProviderLimits limits;
    std::optional<OutcomeClass> keysLostTo; ///< why its keys rest or are out: the last refusal
    bool disabled = false; ///< no key could be read
    providers::HeadRoom headRoom;
    std::optional<SystemTime> headRoomAt;
};

struct TargetState : std::enable_shared_from_this<TargetState>
{
    TargetState(TargetId target,
                std::shared_ptr<ProviderState> owner,
                const BreakerSettings &settings);

    TargetId id;
    std::shared_ptr<ProviderState> provider;
    resilience::CircuitBreaker breaker;
    int inFlight = 0;
    bool misconfigured = false;
    std::vector<limits::ToldRooms> told; ///< what its provider last said is left, by key
    std::optional<SteadyTime> provedAt; ///< a client's call last said how it is
};

/// What the end of a call teaches.
enum class Lesson : std::uint8_t {
    Client, ///< all that its outcome says
    HealthCheck, ///< the same, said as a health check's
    None ///< breaker and keys stay as they were
};

/// What a call of our own leaves to others.
struct SpareRoom
{
    int places = 1; ///< in the air
    int quarters = 2; ///< of each minute's worth
};

/// Leave to call a target once: settled exactly once. Keeps what it belongs to alive, so that a
/// target taken out of the configuration meanwhile is still there to settle with.
struct Grant
{
    TargetId target;
    resilience::Ticket ticket;
    int keyIndex = limits::KeyPool::kNoKey;
    std::shared_ptr<TargetState> state;
    std::shared_ptr<ProviderState>
        provider; ///< whose key and permit these are; outlives the permits
    std::optional<limits::Permit> permit;
    std::optional<limits::KeyUse> keyUse; ///< of the key's own limits
};

/// Room in a provider's limits, taken ahead of its time. Becomes a grant or is given back.
struct Place
{
    TargetId target;
    SteadyTime from{}; ///< it may be called then, not before
    std::shared_ptr<TargetState> state;
    std::shared_ptr<ProviderState> provider; ///< outlives the permits
    limits::Permit permit;
    limits::KeyUse keyUse;
};

class Upstreams
{
public:
    /// Targets that stay keep their breaker, permits and keys' rests; new settings apply to them. A
    /// provider of another kind or address is another one, whatever its name.
    void configure(const Configuration &configuration,
                   const Credentials &credentials,
                   SteadyTime now);

    [[nodiscard]] routing::Availability availability(const TargetId &target,
                                                     std::int64_t tokens,
                                                     SteadyTime now) const;
    /// Whether \p target is still to be found where \p settings say.
    [[nodiscard]] bool isServedBy(const TargetId &target, const ProviderSettings &settings) const;
    /// When a key of its provider can be used; nothing when all are disabled.
    [[nodiscard]] std::optional<SteadyTime> keyUsableAt(const TargetId &target,
                                                        SteadyTime now) const;
    /// The earliest time at which one of the decision's candidates may be free again.
    [[nodiscard]] std::optional<SteadyTime> earliestRecovery(const Decision &decision,
                                                             SteadyTime now) const;

    [[nodiscard]] std::optional<Grant> admit(const TargetId &target,
                                             std::int64_t tokens,
                                             SteadyTime now);
    /// For a call of our own: only where it takes nothing that a client may need. What \p left says
    /// is left, and nobody waits in line.
    [[nodiscard]] std::optional<Grant> admitSpare(const TargetId &target,
                                                  std::int64_t tokens,
                                                  SteadyTime now,
                                                  SpareRoom left = {});
    /// When a target that only lacks room in our limits, or a key that rests, can be called;
    /// nothing when something else is in the way, or when another request must end first.
    [[nodiscard]] std::optional<SteadyTime> roomAt(const TargetId &target,
                                                   std::int64_t tokens,
                                                   SteadyTime now) const;
    /// \pre roomAt() gave a time
    [[nodiscard]] Place reserve(const TargetId &target, std::int64_t tokens, SteadyTime now);
    /// The time has come. Nothing, and the room given back, when the target cannot be called.
    [[nodiscard]] std::optional<Grant> admit(Place place, SteadyTime now);
    static void giveBack(Place place, SteadyTime now);

    /// Waits for another request of the provider to end; clients take turns, the oldest exchange of
    /// each comes first. False when that is not what \p target lacks. configure() ends all lines.
    bool joinLine(const TargetId &target,
                  std::string_view client,
                  ExchangeId waiting,
                  SteadyTime now);
    void leaveLines(ExchangeId waiting);
    /// Takes out of all lines the next one for whom there is a place now.
    [[nodiscard]] std::optional<ExchangeId> nextInLine(SteadyTime now);

    [[nodiscard]] Secret key(const Grant &grant) const;
    /// The attempt is over. True when the breaker learned from it.
    bool settle(Grant &grant,
                const Outcome &outcome,
                std::int64_t usedTokens,
                SteadyTime now,
                Lesson lesson = Lesson::Client);
    /// What the provider said is left of its limits for the key of \p grant: kept to from now on.
    static void noteHeadRoom(const Grant &grant, const providers::HeadRoom &room, Now now);

    /// What operators do; false when there is no such target.
    bool trip(const TargetId &target,
              SteadyTime now,
              std::optional<Millis> duration,
              std::string reason);
    bool hold(const TargetId &target,
              SteadyTime now,
              std::optional<Millis> duration,
              std::string reason);
    bool reset(const TargetId &target, SteadyTime now, std::string reason);
    bool drain(const TargetId &target, SteadyTime now, std::string reason);
    bool undrain(const TargetId &target, SteadyTime now, std::string reason);

    /// In the configuration's order.
    [[nodiscard]] const std::vector<std::shared_ptr<TargetState>> &targets() const
    {
        return m_targets;
    }
    [[nodiscard]] const std::vector<std::shared_ptr<ProviderState>> &providers() const
    {
        return m_providers;
    }
    [[nodiscard]] TargetState *find(const TargetId &target) const;
    [[nodiscard]] ProviderState *findProvider(std::string_view id) const;

private:
    [[nodiscard]] static routing::Availability reachable(const TargetState &state, SteadyTime now);
    [[nodiscard]] static bool lacksPlace(const ProviderState &provider, SteadyTime now);
    void countElsewhere(const TargetState &failed, OutcomeClass outcome, SteadyTime now);

    std::vector<std::shared_ptr<TargetState>> m_targets;
    std::vector<std::shared_ptr<ProviderState>> m_providers;
    std::map<TargetId, TargetState *> m_byName;
    /// Exchanges are numbered as they arrive. An empty line is not kept.
    std::map<ProviderState *, limits::FairLine> m_lines;
};

} // namespace signalbox::gateway

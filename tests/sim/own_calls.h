// SPDX-License-Identifier: Apache-2.0
// The gateway's own calls as the world sees them, and the books that are kept of them.
#pragma once

#include "tests/sim/client.h"

#include "core/gateway/ports.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::sim {

enum class OwnKind : std::uint8_t {
    ModelList, ///< a health check that asks for no answer
    Answer, ///< a health check that does
    Shadow
};

/// Of a call that belongs to no exchange.
[[nodiscard]] OwnKind ownKindOf(const gateway::CallUpstream &action);

struct OwnCallSeen
{
    OwnKind kind{};
    bool dropped = false; ///< its configuration is gone: it is not wanted any more
    CallSeen seen;
    std::shared_ptr<const Configuration> configuration;

    /// Whether a breaker learns from an end by \p outcome.
    [[nodiscard]] bool teaches(OutcomeClass outcome) const
    {
        const bool list = kind == OwnKind::ModelList && outcome == OutcomeClass::Success;
        return kind != OwnKind::Shadow && !dropped && !list;
    }
    /// A record of it must follow its end.
    [[nodiscard]] bool isBooked() const
    {
        return kind == OwnKind::Shadow
               || (kind == OwnKind::Answer && seen.outcome == OutcomeClass::Success);
    }
};

/// What is wrong with \p record, which came right behind \p call's end.
std::optional<std::string> faultInOwnRecord(const OwnCallSeen &call, const RequestRecord &record);

/// By target, as long as it is configured.
class OwnBooks
{
public:
    /// What telemetry counts of targets that are gone is gone.
    void configure(const Configuration &configuration);
    void ended(const OwnCallSeen &call);
    void add(const RequestRecord &record);
    /// The first difference from the text of \p metrics.
    [[nodiscard]] std::optional<std::string> differenceTo(std::string_view metrics) const;

private:
    struct Sums
    {
        std::int64_t checks = 0;
        std::int64_t shadows = 0;
        Money checkCost;
        Money shadowCost;
    };

    std::map<std::string, Sums> m_targets;
};

} // namespace signalbox::sim

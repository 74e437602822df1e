// SPDX-License-Identifier: Apache-2.0
// One call that has a target make points of texts, and what came of it.
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/cache/embedding.h"
#include "core/gateway/own_call.h"
#include "core/gateway/ports.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::gateway {

using PointPtr = std::shared_ptr<const cache::Embedding>;

/// Why a target is not asked for points now.
enum class NoCall : std::uint8_t {
    OutOfService, ///< it is not configured, or its breaker is not closed
    NoMoney, ///< its day's is spent
    Refused, ///< its provider has no embeddings
    NoRoom ///< there may be some in a moment
};

/// Begun at its making and settled exactly once. It belongs to no exchange and teaches nothing.
class EmbedderCall
{
public:
    struct Order
    {
        std::shared_ptr<const Configuration> configuration;
        TargetId target;
        std::vector<std::string> texts; ///< at most textsMax() of them
        Millis timeout{0}; ///< at most so long
        SpareRoom spare; ///< that it leaves
    };

    /// How many texts one call to \p target may have; at least 1.
    [[nodiscard]] static std::size_t textsMax(const Configuration &configuration,
                                              const TargetId &target);
    static Result<std::unique_ptr<EmbedderCall>, NoCall> begin(Order order,
                                                               OwnShared shared,
                                                               Now now,
                                                               Actions &out);

    [[nodiscard]] AttemptId id() const { return m_call.id(); }
    [[nodiscard]] SteadyTime deadline() const { return m_call.deadline(); }

    /// How it ended, if \p event is its end.
    std::optional<Outcome> on(const UpstreamEvent &event, Now now, Actions &out);
    /// The same, if its time is over: it is cut off then.
    std::optional<Outcome> expired(Now now, Actions &out) { return m_call.expired(now, out); }
    /// The gateway stops.
    Outcome cutOff(Actions &out);
    /// Books it; its record is in \p out, under an id of \p random. A point for each text, in their
    /// order, or none at all.
    std::vector<PointPtr> settle(const Outcome &outcome, Random &random, Now now, Actions &out);

private:
    EmbedderCall(OwnCall::Plan plan, OwnShared shared, std::size_t texts, Now now, Actions &out);

    OwnShared m_shared;
    std::size_t m_texts;
    OwnCall m_call;
    std::string m_answer;
};

} // namespace signalbox::gateway

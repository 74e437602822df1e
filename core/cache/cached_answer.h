// SPDX-License-Identifier: Apache-2.0
// An answer that may be given again.
#pragma once

#include "core/base/time.h"
#include "core/cache/digest.h"
#include "core/cache/embedding.h"
#include "core/domain/chat_event.h"
#include "core/domain/ids.h"

#include <optional>
#include <string>

namespace signalbox::cache {

struct CachedAnswer
{
    std::string requestId; ///< of the request that it was made for
    TargetId target; ///< that made it
    ChatChunk whole; ///< the answer in one piece
    Usage usage; ///< of the attempt that answered
    Cost cost; ///< what a hit saves; unknown when the attempt's is
    Micros took{0}; ///< from the request's arrival to the end of its answer; what a hit saves too
    SystemTime made{};
    // ---- of its request, for people and for what asks the same
    std::string route = {};
    std::string client = {}; ///< empty: kept for all clients
    std::string question = {}; ///< the last user message, or the beginning of one that is too long
    /// CacheKey::context, where another question may be compared with this one.
    std::optional<Digest> context = {};
    std::string embedder = {}; ///< the target that made \a point; empty: the built-in one
    Embedding point = {}; ///< of the question, where making it again would cost a call

    /// Bytes in memory, near enough to bound it.
    [[nodiscard]] std::size_t bytes() const
    {
        std::size_t sum = sizeof *this + requestId.size() + target.name().size() + whole.id.size()
                          + whole.model.size() + whole.usageJson.size() + whole.wholeJson.size()
                          + whole.systemFingerprintJson.size() + whole.serviceTierJson.size()
                          + route.size() + client.size() + question.size() + embedder.size()
                          + point.steps.size();
        for (const ChoiceDelta &choice : whole.choices) {
            sum += sizeof choice + choice.content.value_or("").size()
                   + choice.reasoning.value_or("").size() + choice.refusal.value_or("").size()
                   + choice.logprobsJson.size() + choice.reasoningDetailsJson.size();
            for (const ToolCallDelta &call : choice.toolCalls) {
                sum += sizeof call + call.id.size() + call.name.size() + call.arguments.size();
            }
        }
        return sum;
    }
    friend bool operator==(const CachedAnswer &, const CachedAnswer &) = default;
};

} // namespace signalbox::cache

// SPDX-License-Identifier: Apache-2.0
// The part of a streamed answer that its client has, for another target to go on with.
#pragma once

#include "core/domain/chat_event.h"
#include "core/domain/chat_request.h"
#include "core/domain/record.h"
#include "core/providers/dialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::gateway {

/// | event | whole | broken: the rest is to come |
/// |---|---|---|
/// | content | it is kept | after the seam is told, and without white space that the client has already, it is kept |
/// | the stream breaks off | broken, if it can be continued | the same, with all that was kept |
/// | the model ended the answer, then the stream breaks off | nothing is missing: it is complete | the same |
/// | more than plain text, or more than is kept | it cannot be continued any more | the same |
class Continuation
{
public:
    /// \p wanted: the route of \p request says `continue`.
    Continuation(const ChatRequest &request, bool wanted);

    /// The route says `continue`.
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    /// It is wanted, and nothing that was asked or answered so far is in its way.
    [[nodiscard]] bool isPossible() const { return m_wanted && m_obstacle.empty(); }
    /// Why it cannot go on from here, whatever target would; empty if it can.
    [[nodiscard]] std::string_view obstacle() const;
    /// The model ended the answer, and it is plain text: nothing but its stream's end can be missing.
    [[nodiscard]] bool isComplete() const { return isPossible() && m_finished; }
    /// Its stream broke off and it goes on.
    [[nodiscard]] bool isBroken() const { return m_brokenAt.has_value(); }
    /// How much of its text the client has.
    [[nodiscard]] std::size_t bytes() const { return m_text.size(); }
    /// What the calls used that are over; their answers are parts of the client's.
    [[nodiscard]] const Usage &usage() const { return m_usage; }
    /// Those and \p last, as one answer's.
    [[nodiscard]] Usage usageWith(const std::optional<Usage> &last) const;

    /// The client has \p chunk.
    void add(const ChatChunk &chunk);
    /// The call \p broken, of which the client has content, is over, and another one is wanted.
    /// \pre obstacle() is empty, and !isComplete()
    void breakOff(const AttemptRecord &broken);
    /// What is to be asked for the rest. \pre isBroken()
    [[nodiscard]] ChatRequest rest(const ChatRequest &asked) const;
    /// Makes the rest's \p chunk one that follows what the client has: plain text, nothing twice.
    void join(ChatChunk &chunk);
    /// What is to be told before \p chunk, which is \p to's; nothing when it was, or when \p chunk
    /// says nothing.
    [[nodiscard]] std::optional<providers::Seam> seamBefore(const ChatChunk &chunk,
                                                            const TargetId &to);

private:
    [[nodiscard]] std::optional<std::int64_t> tokensLeft(const ChatRequest &asked) const;

    bool m_wanted;
    std::string m_obstacle;
    std::string m_text; ///< kept while it can be continued
    bool m_finished = false;
    std::optional<TargetId> m_brokenAt; ///< the last target that broke off
    bool m_seamTold = true;
    std::string m_doubled; ///< white space at the text's end that a target was not told of
    Usage m_usage;
};

} // namespace signalbox::gateway

// SPDX-License-Identifier: Apache-2.0
// What one client gets: nothing before the first content, then one answer, whole or in pieces.
#pragma once

#include "core/domain/chat_event.h"
#include "core/gateway/error_answer.h"
#include "core/gateway/ports.h"
#include "core/providers/chat_accumulator.h"
#include "core/providers/chat_encoder.h"

#include <string>
#include <vector>

namespace signalbox::gateway {

/// Holds an attempt's chunks until the first content event, so that an attempt that fails before
/// it can be forgotten and another one tried without the client knowing.
class ClientReply
{
public:
    struct Wish
    {
        bool stream = false;
        bool includeUsage = false;
    };

    ClientReply(ExchangeId exchange, Wish wish);

    /// Drops what is held and starts over with the next attempt's; \p defaults stand in for what
    /// its answer lacks. \pre !hasSent()
    void restart(providers::AnswerDefaults defaults);
    /// Whether \p chunk brings the first content of a stream: then begin() comes before add().
    [[nodiscard]] bool beginsWith(const ChatChunk &chunk) const;
    /// The head of a streamed answer and what was held, in one piece. \pre !hasSent()
    void begin(http::Headers headers, Actions &out);
    void add(ChatChunk chunk, Actions &out);
    /// The answer is complete.
    void complete(http::Headers headers, Actions &out);
    /// An error in place of the answer. \pre !hasSent()
    void refuse(const ErrorAnswer &error,
                const std::vector<AttemptRecord> &attempts,
                http::Headers headers,
                Actions &out);
    /// An error in the middle of the stream: one event and an end without `[DONE]`. \pre hasSent()
    void breakOff(const ErrorAnswer &error,
                  const std::vector<AttemptRecord> &attempts,
                  Actions &out);

    /// The head of a streamed answer is out.
    [[nodiscard]] bool hasSent() const { return m_sent; }

private:
    void send(std::string bytes, Actions &out) const;

    ExchangeId m_exchange;
    Wish m_wish;
    bool m_sent = false;
    providers::AnswerDefaults m_defaults;
    std::vector<ChatChunk> m_held;
    providers::ChatAccumulator m_whole; ///< for a client who wants one answer
    std::string m_passedOn; ///< in place of m_whole, when not empty
    providers::ChatEncoder m_encoder;
};

} // namespace signalbox::gateway

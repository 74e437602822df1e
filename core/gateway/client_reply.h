// SPDX-License-Identifier: Apache-2.0
// What one client gets: nothing before the first content, then one answer, whole or in pieces.
#pragma once

#include "core/domain/chat_event.h"
#include "core/gateway/error_answer.h"
#include "core/gateway/ports.h"
#include "core/providers/chat_accumulator.h"
#include "core/providers/dialect.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::gateway {

/// Holds an attempt's chunks until the first content event, so that an attempt that fails before
/// it can be forgotten and another one tried without the client knowing.
class ClientReply
{
public:
    /// The answer to \p request, which came in \p dialect.
    ClientReply(ExchangeId exchange, const providers::Dialect &dialect, const ChatRequest &request);

    /// Drops what is held and starts over with the next attempt's; \p defaults stand in for what
    /// its answer lacks. \pre !hasContent()
    void restart(providers::AnswerDefaults defaults);
    /// Whether \p chunk brings the first content of a stream: then begin() comes before add().
    [[nodiscard]] bool beginsWith(const ChatChunk &chunk) const;
    /// The head of a streamed answer, if it is not out yet, and what was held, in one piece.
    /// \pre !hasContent()
    void begin(http::Headers headers, Actions &out);
    void add(ChatChunk chunk, Actions &out);
    /// The answer is complete. \p usage as it was counted or estimated.
    void complete(http::Headers headers, const std::optional<Usage> &usage, Actions &out);
    /// What follows is another target's.
    void seam(const providers::Seam &seam, Actions &out) const;
    /// A comment for a client that waits, which servers and libraries on the way take for a sign of
    /// life and programs do not see; the head with \p headers before the first one.
    /// \pre the answer is streamed
    void comment(http::Headers headers, Actions &out);
    /// An error in place of the answer. \pre !hasBegun()
    void refuse(const ErrorAnswer &error,
                const std::vector<AttemptRecord> &attempts,
                http::Headers headers,
                Actions &out);
    /// An error in the middle of the stream: one event and nothing that looks like an end.
    /// \pre hasBegun()
    void breakOff(const ErrorAnswer &error,
                  const std::vector<AttemptRecord> &attempts,
                  Actions &out);

    /// The head of a streamed answer is out.
    [[nodiscard]] bool hasBegun() const { return m_begun; }
    /// Content of it is out: it cannot be another target's answer any more.
    [[nodiscard]] bool hasContent() const { return m_content; }

private:
    void sendHead(http::Headers headers, Actions &out);
    void send(std::string bytes, Actions &out) const;

    ExchangeId m_exchange;
    const providers::Dialect &m_dialect;
    bool m_stream;
    bool m_begun = false;
    bool m_content = false;
    std::vector<ChatChunk> m_held;
    providers::ChatAccumulator m_whole; ///< for a client who wants one answer
    std::string m_passedOn; ///< in place of m_whole, when not empty
    std::unique_ptr<providers::ReplyWriter> m_writer;
};

} // namespace signalbox::gateway

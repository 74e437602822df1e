// SPDX-License-Identifier: Apache-2.0
// The formats in which clients may ask: what each must be able to do.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_event.h"
#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/http/headers.h"
#include "core/providers/client_api.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// Stands in where the upstream's answer lacks something.
struct AnswerDefaults
{
    std::string id; ///< unique; also replaces ids that upstreams repeat
    std::string model;
    std::int64_t created = 0; ///< seconds since 1970
};

/// Where a stream goes on with another target's words.
struct Seam
{
    std::string from; ///< the target that broke off
    std::string to;
    std::size_t bytes = 0; ///< of the answer's text before it

    friend bool operator==(const Seam &, const Seam &) = default;
};

/// Writes one answer to one client, whole or as a stream, from the chunks of whichever attempt
/// answers.
class ReplyWriter
{
public:
    ReplyWriter() = default;
    ReplyWriter(const ReplyWriter &) = delete;
    ReplyWriter &operator=(const ReplyWriter &) = delete;
    virtual ~ReplyWriter() = default;

    /// Another attempt begins; nothing of the one before was sent.
    virtual void restart(AnswerDefaults defaults) = 0;
    /// A JSON answer. \p usage as it was counted or estimated, where \p whole has none.
    [[nodiscard]] virtual std::string whole(const ChatChunk &whole,
                                            const std::optional<Usage> &usage) const = 0;
    /// Appends the events that \p chunk makes; none when it has nothing to say.
    virtual void addChunk(const ChatChunk &chunk, std::string &out) = 0;
    /// Appends what tells programs that care of \p seam, and others nothing. Between chunks of content.
    virtual void addSeam(const Seam &seam, std::string &out) = 0;
    /// Appends the regular end of the stream. \p usage as it was counted or estimated.
    virtual void addEnd(const std::optional<Usage> &usage, std::string &out) = 0;
    /// Appends the end of a stream that broke: it never looks complete.
    virtual void addError(const ApiError &error, std::string &out) = 0;
};

/// Stateless; any thread.
class Dialect
{
public:
    Dialect() = default;
    Dialect(const Dialect &) = delete;
    Dialect &operator=(const Dialect &) = delete;
    virtual ~Dialect() = default;

    /// As records have it.
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// What the ids of answers begin with, where we make them.
    [[nodiscard]] virtual std::string_view idPrefix() const = 0;
    /// The header in which clients look for the id of their request, beside `x-request-id`; empty:
    /// there alone.
    [[nodiscard]] virtual std::string_view requestIdHeader() const { return {}; }
    /// Answers of \p kind are in this very format and passed on as they come.
    [[nodiscard]] virtual bool isNativeTo(ProviderKind kind) const = 0;
    /// Reads a request; \p headers beside its body.
    [[nodiscard]] virtual Result<ChatRequest, BadRequest> decode(
        std::string_view body, const http::Headers &headers) const = 0;
    /// For the answer to \p request, which need not outlive the call.
    [[nodiscard]] virtual std::unique_ptr<ReplyWriter> writer(const ChatRequest &request) const = 0;
    [[nodiscard]] virtual std::string encodeError(const ApiError &error) const = 0;
};

/// OpenAI's Chat Completions. Lives for the whole program, as the others.
[[nodiscard]] const Dialect &chatDialect();
/// Anthropic's Messages.
[[nodiscard]] const Dialect &messagesDialect();
/// OpenAI's Responses, without anything kept between requests.
[[nodiscard]] const Dialect &responsesDialect();

/// Reads what `/v1/messages/count_tokens` takes: a Messages request that needs no `max_tokens`.
[[nodiscard]] Result<ChatRequest, BadRequest> decodeForCount(std::string_view body);
/// Its answer.
[[nodiscard]] std::string encodeCount(std::int64_t tokens);

} // namespace signalbox::providers

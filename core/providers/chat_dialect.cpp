// SPDX-License-Identifier: Apache-2.0
// OpenAI's Chat Completions as one of the dialects.
#include "core/providers/chat_encoder.h"
#include "core/providers/dialect.h"

#include <utility>

namespace signalbox::providers {
namespace {

class ChatReplyWriter final : public ReplyWriter
{
public:
    explicit ChatReplyWriter(bool includeUsage)
        : m_includeUsage(includeUsage)
        , m_encoder({}, includeUsage)
    {}

    void restart(AnswerDefaults defaults) override
    {
        m_encoder = ChatEncoder(defaults, m_includeUsage);
        m_defaults = std::move(defaults);
    }

    [[nodiscard]] std::string whole(const ChatChunk &whole,
                                    const std::optional<Usage> & /*usage*/) const override
    {
        return encodeCompletion(whole, m_defaults);
    }

    void addChunk(const ChatChunk &chunk, std::string &out) override
    {
        m_encoder.encodeChunk(chunk, out);
    }

    void addSeam(const Seam &seam, std::string &out) override { m_encoder.encodeSeam(seam, out); }

    void addEnd(const std::optional<Usage> & /*usage*/, std::string &out) override
    {
        m_encoder.encodeDone(out);
    }

    void addError(const ApiError &error, std::string &out) override
    {
        ChatEncoder::encodeError(error, out);
    }

private:
    bool m_includeUsage;
    AnswerDefaults m_defaults;
    ChatEncoder m_encoder;
};

class ChatDialect final : public Dialect
{
public:
    [[nodiscard]] std::string_view name() const override { return "openai"; }
    [[nodiscard]] std::string_view idPrefix() const override { return "chatcmpl-"; }

    /// The form is spoken in too many ways to be passed on unread.
    [[nodiscard]] bool isNativeTo(ProviderKind /*kind*/) const override { return false; }

    [[nodiscard]] Result<ChatRequest, BadRequest> decode(
        std::string_view body, const http::Headers & /*headers*/) const override
    {
        return decodeChat(body);
    }

    [[nodiscard]] std::unique_ptr<ReplyWriter> writer(const ChatRequest &request) const override
    {
        return std::make_unique<ChatReplyWriter>(request.includeUsage);
    }

    [[nodiscard]] std::string encodeError(const ApiError &error) const override
    {
        return providers::encodeError(error);
    }
};

} // namespace

const Dialect &chatDialect()
{
    static const ChatDialect dialect;
    return dialect;
}

} // namespace signalbox::providers

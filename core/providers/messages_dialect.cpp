// SPDX-License-Identifier: Apache-2.0
// Anthropic's Messages as one of the dialects.
#include "core/providers/dialect.h"
#include "core/providers/messages_request.h"
#include "core/providers/messages_writer.h"

namespace signalbox::providers {
namespace {

class MessagesDialect final : public Dialect
{
public:
    [[nodiscard]] std::string_view name() const override { return "anthropic"; }
    [[nodiscard]] std::string_view idPrefix() const override { return "msg_"; }
    [[nodiscard]] std::string_view requestIdHeader() const override { return "request-id"; }

    [[nodiscard]] bool isNativeTo(ProviderKind kind) const override
    {
        return kind == ProviderKind::Anthropic;
    }

    [[nodiscard]] Result<ChatRequest, BadRequest> decode(
        std::string_view body, const http::Headers &headers) const override
    {
        return decodeMessages(body, headers.find("anthropic-beta").value_or(""));
    }

    [[nodiscard]] std::unique_ptr<ReplyWriter> writer(
        const ChatRequest & /*request*/) const override
    {
        return std::make_unique<MessagesWriter>();
    }

    [[nodiscard]] std::string encodeError(const ApiError &error) const override
    {
        return encodeMessagesError(error);
    }
};

} // namespace

const Dialect &messagesDialect()
{
    static const MessagesDialect dialect;
    return dialect;
}

std::string encodeCount(std::int64_t tokens)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("input_tokens").integer(tokens).endObject();
    return out;
}

} // namespace signalbox::providers

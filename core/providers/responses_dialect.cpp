// SPDX-License-Identifier: Apache-2.0
// OpenAI's Responses as one of the dialects.
#include "core/providers/dialect.h"
#include "core/providers/responses_request.h"
#include "core/providers/responses_writer.h"

namespace signalbox::providers {
namespace {

class ResponsesDialect final : public Dialect
{
public:
    [[nodiscard]] std::string_view name() const override { return "openai-responses"; }
    [[nodiscard]] std::string_view idPrefix() const override { return "resp_"; }

    /// Providers are asked in the chat form, which all of them have.
    [[nodiscard]] bool isNativeTo(ProviderKind /*kind*/) const override { return false; }

    [[nodiscard]] Result<ChatRequest, BadRequest> decode(
        std::string_view body, const http::Headers & /*headers*/) const override
    {
        return decodeResponses(body);
    }

    [[nodiscard]] std::unique_ptr<ReplyWriter> writer(const ChatRequest &request) const override
    {
        return std::make_unique<ResponsesWriter>(request.echoed);
    }

    [[nodiscard]] std::string encodeError(const ApiError &error) const override
    {
        return providers::encodeError(error);
    }
};

} // namespace

const Dialect &responsesDialect()
{
    static const ResponsesDialect dialect;
    return dialect;
}

} // namespace signalbox::providers

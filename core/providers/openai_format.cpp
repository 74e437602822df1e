// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_format.h"

#include "core/base/text.h"
#include "core/providers/request_fields.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

constexpr std::string_view kJsonWish = "Answer with one JSON object and nothing else.";

bool speaksOfJson(const ChatRequest &request)
{
    return std::ranges::any_of(request.messages, [](const ChatMessage &message) {
        return toLowerAscii(message.text()).find("json") != std::string::npos;
    });
}

} // namespace

AnswerFormat planFormat(ProviderKind provider,
                        const OpenAiKind &kind,
                        const ChatRequest &request,
                        std::string_view model,
                        EncodedBody &notes)
{
    AnswerFormat format;
    if (!request.wantsJson) {
        return format;
    }
    const bool schema = request.needs.contains(Feature::JsonSchema);
    if (schema && !takesJsonSchema(provider, model)) {
        format.schemaInWords = true;
        const std::string given = answerSchema(request);
        format.instruction = kJsonWish;
        if (!given.empty()) {
            format.instruction += " It must be valid against this JSON Schema: " + given;
        }
        notes.drop("response_format.json_schema");
        notes.note("told the schema in a system message: the model only takes json_object");
    } else if (!schema && kind.jsonWord && !speaksOfJson(request)) {
        format.instruction = kJsonWish;
        notes.note("asked for JSON in a system message: the provider demands the word");
    }
    return format;
}

} // namespace signalbox::providers

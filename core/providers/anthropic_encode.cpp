// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_encode.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/anthropic_native.h"
#include "core/providers/anthropic_schema.h"
#include "core/providers/anthropic_thinking.h"
#include "core/providers/anthropic_tools.h"
#include "core/providers/anthropic_turns.h"
#include "core/providers/request_fields.h"

#include <array>
#include <charconv>
#include <limits>

namespace signalbox::providers {
namespace {

/// What is translated below or in the files beside; all else is dropped.
constexpr std::array<std::string_view, 18> kHandled = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
    "stop",
    "temperature",
    "top_p",
    "top_k",
    "user",
    "n",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "reasoning_effort",
    "functions",
};

/// Said for `json_object`, which the format does not have.
constexpr std::string_view kJsonWish = "Answer with one JSON object and nothing else.";

/// Anthropic names no limit.
constexpr std::size_t kStopsMax = std::numeric_limits<std::size_t>::max();

/// A stop sequence of nothing but white space is refused.
bool saysSomething(std::string_view stop)
{
    return stop.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

/// A request as far as it can be refused.
struct Translation
{
    AnthropicModel model;
    AnthropicConversation conversation;
    AnthropicTools tools;
    std::string format; ///< of the answer, raw; empty without a schema
    EncodedBody notes;
};

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

Result<Translation, Refusal> translate(const ChatRequest &request, std::string_view upstreamModel)
{
    Translation translation;
    translation.model = anthropicModel(upstreamModel);
    if (request.choices > 1) {
        return refused("Anthropic gives one answer to a request, not n = "
                       + std::to_string(request.choices));
    }
    auto conversation = arrangeTurns(request, translation.notes);
    if (!conversation) {
        return Failure{conversation.error()};
    }
    if (conversation->endsWithAssistant() && !translation.model.takesPrefill) {
        return refused("the model takes no conversation that ends with the assistant's words");
    }
    auto tools = translateTools(request, translation.model, *conversation, translation.notes);
    if (!tools) {
        return Failure{tools.error()};
    }
    auto format = translateSchema(request, translation.model, translation.notes);
    if (!format) {
        return Failure{format.error()};
    }
    translation.conversation = *std::move(conversation);
    translation.tools = *std::move(tools);
    translation.format = *std::move(format);
    return translation;
}

class MessagesBody
{
public:
    MessagesBody(const ChatRequest &request,
                 std::string_view upstreamModel,
                 const ModelSettings &settings,
                 Translation translation)
        : m_request(request)
        , m_name(upstreamModel)
        , m_settings(settings)
        , m_translation(std::move(translation))
        , m_encoded(std::move(m_translation.notes))
        , m_json(m_encoded.body)
    {}

    EncodedBody encode()
    {
        const std::int64_t limit = maxTokens();
        m_thinking = planThinking(m_request,
                                  m_translation.model,
                                  {limit, obstacle(), m_translation.tools.forcesTool},
                                  m_encoded);
        wishForJson();
        m_json.beginObject();
        m_json.key("model").string(m_name);
        m_json.key("max_tokens").integer(limit);
        writeConversation(m_json, m_translation.conversation, m_thinking.isOn());
        writeTools();
        writeSampling();
        writeStops(m_json, "stop_sequences", m_request.stop, saysSomething, kStopsMax, m_encoded);
        m_thinking.write(m_json);
        writeOutputConfig();
        if (!m_request.user.empty()) {
            m_json.key("metadata").beginObject();
            m_json.key("user_id").string(m_request.user).endObject();
        }
        if (m_request.stream) {
            m_json.key("stream").boolean(true);
        }
        m_json.endObject();
        dropUnhandled(m_request, kHandled, m_encoded);
        return std::move(m_encoded);
    }

private:
    std::int64_t maxTokens()
    {
        const auto most = m_settings.maxOutputTokens;
        // Thinking counts as output; unasked for, the answer keeps its room beside it.
        const std::int64_t room = kAnthropicMaxTokens
                                  + thinkingBudget(m_request, m_translation.model);
        const std::int64_t wanted = m_request.maxOutputTokens.value_or(most.value_or(room));
        if (most && wanted > *most) {
            m_encoded.note("lowered max_tokens to the model's " + std::to_string(*most));
            return *most;
        }
        return wanted;
    }

    [[nodiscard]] std::string_view obstacle() const
    {
        if (m_translation.conversation.lacksThinking()) {
            return "thinking is off: the tool calls came without the thinking that led to them";
        }
        return m_translation.conversation.endsWithAssistant()
                   ? "thinking is off: the conversation ends with the assistant's words"
                   : "";
    }

    void wishForJson()
    {
        if (m_request.wantsJson && m_translation.format.empty()) {
            m_encoded.drop("response_format");
            m_encoded.note("asked for a JSON object in the system text instead");
            m_translation.conversation.system.push_back(
                {.kind = AnthropicBlock::Kind::Text, .text = kJsonWish});
        }
    }

    void writeTools()
    {
        if (!m_translation.tools.tools.empty()) {
            m_json.key("tools").raw(m_translation.tools.tools);
        }
        if (!m_translation.tools.choice.empty()) {
            m_json.key("tool_choice").raw(m_translation.tools.choice);
        }
    }

    void writeOutputConfig()
    {
        if (m_thinking.effort.empty() && m_translation.format.empty()) {
            return;
        }
        m_json.key("output_config").beginObject();
        if (!m_thinking.effort.empty()) {
            m_json.key("effort").string(m_thinking.effort);
        }
        if (!m_translation.format.empty()) {
            m_json.key("format").raw(m_translation.format);
        }
        m_json.endObject();
    }

    void writeSampling()
    {
        const RawField *topK = m_request.field("top_k");
        const bool hasTopK = topK != nullptr && topK->json != "null";
        if (!m_translation.model.takesSampling || m_thinking.isOn()) {
            dropSampling(m_request.temperature.has_value(), m_request.topP.has_value(), hasTopK);
            return;
        }
        if (m_request.temperature) {
            writeTemperature(*m_request.temperature);
        } else if (m_request.topP) {
            m_json.key("top_p").raw(*m_request.topP);
        }
        const bool topKFits = hasTopK && parseInteger(topK->json).has_value();
        if (topKFits) {
            m_json.key("top_k").raw(topK->json);
        }
        const bool both = m_request.temperature && m_request.topP; // refused together
        dropSampling(false, both, hasTopK && !topKFits);
    }

    void dropSampling(bool temperature, bool topP, bool topK)
    {
        if (temperature) {
            m_encoded.drop("temperature");
        }
        if (topP) {
            m_encoded.drop("top_p");
        }
        if (topK) {
            m_encoded.drop("top_k");
        }
    }

    void writeTemperature(const std::string &lexeme)
    {
        double value = 0;
        std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), value);
        if (value >= 0 && value <= 1) {
            m_json.key("temperature").raw(lexeme);
            return;
        }
        const std::string_view clamped = value < 0 ? "0" : "1";
        m_encoded.note("clamped temperature " + lexeme + " to " + std::string(clamped));
        m_json.key("temperature").raw(clamped);
    }

    const ChatRequest &m_request;
    std::string_view m_name;
    const ModelSettings &m_settings;
    Translation m_translation;
    AnthropicThinking m_thinking;
    EncodedBody m_encoded;
    JsonWriter m_json;
};

} // namespace

Result<EncodedBody, Refusal> encodeAnthropicChat(const ChatRequest &request,
                                                 std::string_view upstreamModel,
                                                 const ModelSettings &model)
{
    if (request.native) {
        if (auto refusal = refuseNativeMessages(request, upstreamModel)) {
            return Failure{std::move(*refusal)};
        }
        return encodeNativeMessages(request, upstreamModel, model);
    }
    auto translation = translate(request, upstreamModel);
    if (!translation) {
        return Failure{translation.error()};
    }
    return MessagesBody(request, upstreamModel, model, *std::move(translation)).encode();
}

std::optional<Refusal> refuseAnthropicChat(const ChatRequest &request,
                                           std::string_view upstreamModel)
{
    if (request.native) {
        return refuseNativeMessages(request, upstreamModel);
    }
    const auto translation = translate(request, upstreamModel);
    return translation ? std::nullopt : std::optional(translation.error());
}

} // namespace signalbox::providers

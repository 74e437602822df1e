// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_encode.h"

#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"
#include "core/providers/openai_format.h"
#include "core/providers/openai_kinds.h"
#include "core/providers/openai_messages.h"
#include "core/providers/openai_thinking.h"
#include "core/providers/openai_tools.h"
#include "core/providers/request_fields.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool saysWhetherToThink(const ChatRequest &request)
{
    return givenField(request, "reasoning_effort") != nullptr
           || givenField(request, "enable_thinking") != nullptr
           || givenField(request, "thinking") != nullptr;
}

bool isOutputLimit(std::string_view name)
{
    return name == "max_tokens" || name == "max_completion_tokens";
}

class ChatBody
{
public:
    ChatBody(ProviderKind kind, const ChatRequest &request, std::string_view model)
        : m_provider(kind)
        , m_kind(openAiKind(kind))
        , m_request(request)
        , m_model(model)
        , m_limitField(outputLimitField(kind, model))
        , m_streams(request.stream || mustStream(m_kind, request, model))
        , m_json(m_encoded.body)
    {}

    EncodedBody encode()
    {
        reserve();
        m_format = planFormat(m_provider, m_kind, m_request, m_model, m_encoded);
        m_json.beginObject();
        for (const RawField &field : m_request.fields) {
            writeField(field);
        }
        if (m_streams && !m_request.stream) {
            m_encoded.note("streamed from the provider: a model that thinks takes nothing else");
            m_json.key("stream").boolean(true);
        }
        if (m_request.begun && !saysWhetherToThink(m_request)) {
            writeNoThinking(m_json, m_kind.thinking);
        }
        if (m_streams && m_kind.includeUsage && !m_wroteStreamOptions) {
            m_json.key("stream_options").raw(R"({"include_usage":true})");
        }
        m_json.endObject();
        return std::move(m_encoded);
    }

private:
    void reserve()
    {
        std::size_t bytes = 64 + m_model.size();
        for (const RawField &field : m_request.fields) {
            bytes += field.name.size() + field.json.size() + 4;
        }
        m_encoded.body.reserve(bytes);
    }

    void writeField(const RawField &field)
    {
        const std::string_view name = field.name;
        const std::string_view json = field.json;
        const bool given = json != "null";
        if (name == "model") {
            m_json.key("model").string(m_model);
        } else if (name == "messages") {
            m_json.key("messages");
            writeOpenAiMessages(m_json, m_kind, m_request, m_format.instruction, m_encoded);
        } else if (name == "stream" && m_streams != m_request.stream) {
            return; // said at the end
        } else if (name == "stream_options" && m_request.stream) {
            writeStreamOptions(field);
        } else if (isOutputLimit(name) && !m_limitField.empty() && given) {
            writeOutputLimit(field);
        } else if (name == "reasoning_effort" && given) {
            writeThinking(m_json, m_kind.thinking, field.json, m_model, m_encoded);
        } else if (name == "tools" && given) {
            m_json.key("tools");
            writeOpenAiTools(m_json, m_kind, field.json, m_encoded);
        } else if (name == "tool_choice" && json == R"("required")") {
            m_json.key("tool_choice").string(m_kind.required);
        } else if (name == "response_format" && m_format.schemaInWords) {
            m_json.key("response_format").raw(R"({"type":"json_object"})");
        } else {
            writeOther(field);
        }
    }

    void writeOther(const RawField &field)
    {
        const auto rename = std::ranges::find(m_kind.renames, field.name, &FieldRename::from);
        const bool renamed = rename != m_kind.renames.end();
        const std::string_view name = renamed ? rename->to : std::string_view(field.name);
        const bool strict = !m_kind.takes.empty();
        if (strict && field.json == "null") {
            return; // says nothing, and would be refused
        }
        if (contains(m_kind.drops, name) || (strict && !contains(m_kind.takes, name))) {
            dropSpeaking(field);
            return;
        }
        if (m_kind.thinking == ThinkingSwitch::OpenAi
            && refusedWhileThinking(m_request, m_model, field)) {
            m_encoded.drop(field.name);
            return;
        }
        if (renamed) {
            m_encoded.note("renamed " + field.name + " to " + std::string(name));
        }
        m_json.anyKey(name).raw(field.json);
    }

    /// A member that is off, or says what holds anyway, is no loss.
    void dropSpeaking(const RawField &field)
    {
        const bool parallel = field.name == "parallel_tool_calls";
        const bool usual = parallel
                               ? field.json == "true"
                               : saysNothing(field) || (field.name == "n" && field.json == "1");
        if (!usual) {
            m_encoded.drop(field.name);
        }
    }

    void writeOutputLimit(const RawField &field)
    {
        if (m_wroteOutputLimit) {
            return; // both were given, and max_completion_tokens was written
        }
        m_wroteOutputLimit = true;
        if (field.name != m_limitField) {
            m_encoded.note("renamed " + field.name + " to " + std::string(m_limitField));
        }
        m_json.anyKey(m_limitField).integer(m_request.maxOutputTokens.value_or(0));
    }

    void writeStreamOptions(const RawField &field)
    {
        if (!m_kind.includeUsage) {
            return; // its streams carry usage unasked
        }
        m_wroteStreamOptions = true;
        m_json.key("stream_options").beginObject();
        thread_local JsonReader reader;
        if (auto options = reader.open(field.json)) {
            forEachMember(*options, [this](std::string_view name, JsonValue &value) {
                if (name != "include_usage") {
                    m_json.anyKey(name).raw(rawJson(value));
                }
            });
        }
        m_json.key("include_usage").boolean(true).endObject();
    }

    ProviderKind m_provider;
    const OpenAiKind &m_kind;
    const ChatRequest &m_request;
    std::string_view m_model;
    std::string_view m_limitField;
    bool m_streams; ///< the upstream's answer
    AnswerFormat m_format;
    EncodedBody m_encoded;
    JsonWriter m_json;
    bool m_wroteStreamOptions = false;
    bool m_wroteOutputLimit = false;
};

} // namespace

EncodedBody encodeOpenAiChat(ProviderKind kind,
                             const ChatRequest &request,
                             std::string_view upstreamModel)
{
    return ChatBody(kind, request, upstreamModel).encode();
}

} // namespace signalbox::providers

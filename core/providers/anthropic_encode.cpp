// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_encode.h"

#include "core/base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace signalbox::providers {
namespace {

/// What is written by hand below; `n` asks for nothing more when it is 1.
constexpr std::array<std::string_view, 11> kHandled = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
    "stop",
    "temperature",
    "top_p",
    "user",
    "n",
};

/// Families that refuse temperature, top_p and top_k altogether.
constexpr std::array<std::string_view, 4> kWithoutSampling = {
    "claude-opus-4-7",
    "claude-opus-4-8",
    "claude-opus-5",
    "claude-sonnet-5",
};

/// Texts of one turn; the format alternates between user and assistant.
struct Turn
{
    Role role = Role::User;
    std::vector<std::string_view> texts;
};

std::string_view withoutTrailingSpace(std::string_view text)
{
    const auto last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::vector<std::string_view> textsOf(const ChatMessage &message)
{
    std::vector<std::string_view> texts;
    for (const ChatMessage::Part &part : message.parts) {
        const bool text = part.kind == ChatMessage::PartKind::Text;
        if (text && !withoutTrailingSpace(part.text).empty()) {
            texts.emplace_back(part.text); // an empty block would be refused
        }
    }
    return texts;
}

bool isSystem(Role role)
{
    return role == Role::System || role == Role::Developer;
}

class MessagesBody
{
public:
    MessagesBody(const ChatRequest &request,
                 std::string_view upstreamModel,
                 const ModelSettings &model)
        : m_request(request)
        , m_model(upstreamModel)
        , m_settings(model)
        , m_json(m_encoded.body)
    {}

    EncodedBody encode()
    {
        sortMessages();
        m_json.beginObject();
        m_json.key("model").string(m_model);
        m_json.key("max_tokens").integer(maxTokens());
        writeSystem();
        writeTurns();
        writeSampling();
        writeStop();
        if (!m_request.user.empty()) {
            m_json.key("metadata").beginObject();
            m_json.key("user_id").string(m_request.user).endObject();
        }
        if (m_request.stream) {
            m_json.key("stream").boolean(true);
        }
        m_json.endObject();
        noteDropped();
        return std::move(m_encoded);
    }

private:
    void sortMessages()
    {
        for (const ChatMessage &message : m_request.messages) {
            const auto texts = textsOf(message);
            if (isSystem(message.role)) {
                m_system.insert(m_system.end(), texts.begin(), texts.end());
            } else if (!texts.empty()) {
                addTurn(message.role, texts);
            }
        }
        trimPrefill();
        if (m_turns.empty() && !m_system.empty()) {
            m_encoded.note("sent the last system text as the user's: there was no other message");
            m_turns.push_back({Role::User, {m_system.back()}});
            m_system.pop_back();
        }
    }

    void addTurn(Role role, const std::vector<std::string_view> &texts)
    {
        if (m_turns.empty() || m_turns.back().role != role) {
            m_turns.push_back({role, {}});
        }
        auto &turn = m_turns.back().texts;
        turn.insert(turn.end(), texts.begin(), texts.end());
    }

    /// White space at the end of a final assistant text would be refused.
    void trimPrefill()
    {
        if (m_turns.empty() || m_turns.back().role != Role::Assistant) {
            return;
        }
        std::string_view &last = m_turns.back().texts.back();
        last = withoutTrailingSpace(last);
    }

    std::int64_t maxTokens()
    {
        const auto most = m_settings.maxOutputTokens;
        const std::int64_t wanted = m_request.maxOutputTokens.value_or(
            most.value_or(kAnthropicMaxTokens));
        if (most && wanted > *most) {
            m_encoded.note("lowered max_tokens to the model's " + std::to_string(*most));
            return *most;
        }
        return wanted;
    }

    void writeTexts(const std::vector<std::string_view> &texts)
    {
        m_json.beginArray();
        for (const std::string_view text : texts) {
            m_json.beginObject().key("type").string("text").key("text").string(text).endObject();
        }
        m_json.endArray();
    }

    void writeSystem()
    {
        if (!m_system.empty()) {
            m_json.key("system");
            writeTexts(m_system);
        }
    }

    void writeTurns()
    {
        m_json.key("messages").beginArray();
        for (const Turn &turn : m_turns) {
            m_json.beginObject().key("role").string(toString(turn.role)).key("content");
            writeTexts(turn.texts);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void writeSampling()
    {
        const bool refused = std::ranges::any_of(kWithoutSampling, [this](std::string_view family) {
            return m_model.starts_with(family);
        });
        if (refused) {
            dropSampling(m_request.temperature.has_value(), m_request.topP.has_value());
            return;
        }
        if (m_request.temperature) {
            writeTemperature(*m_request.temperature);
            dropSampling(false, m_request.topP.has_value()); // not both
        } else if (m_request.topP) {
            m_json.key("top_p").raw(*m_request.topP);
        }
    }

    void dropSampling(bool temperature, bool topP)
    {
        if (temperature) {
            m_encoded.drop("temperature");
        }
        if (topP) {
            m_encoded.drop("top_p");
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

    void writeStop()
    {
        if (m_request.stop.empty()) {
            return;
        }
        m_json.key("stop_sequences").beginArray();
        for (const std::string &stop : m_request.stop) {
            m_json.string(stop);
        }
        m_json.endArray();
    }

    void noteDropped()
    {
        for (const RawField &field : m_request.fields) {
            const bool handled = std::ranges::find(kHandled, field.name) != kHandled.end();
            const bool several = field.name == "n" && m_request.choices > 1;
            if ((!handled && field.json != "null") || several) {
                m_encoded.drop(field.name);
            }
        }
    }

    const ChatRequest &m_request;
    std::string_view m_model;
    const ModelSettings &m_settings;
    std::vector<std::string_view> m_system;
    std::vector<Turn> m_turns;
    EncodedBody m_encoded;
    JsonWriter m_json;
};

} // namespace

EncodedBody encodeAnthropicChat(const ChatRequest &request,
                                std::string_view upstreamModel,
                                const ModelSettings &model)
{
    return MessagesBody(request, upstreamModel, model).encode();
}

} // namespace signalbox::providers

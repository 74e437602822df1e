// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_encode.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/gemini_models.h"
#include "core/providers/gemini_schema.h"
#include "core/providers/gemini_thinking.h"
#include "core/providers/gemini_tools.h"
#include "core/providers/gemini_turns.h"
#include "core/providers/request_fields.h"

#include <array>
#include <charconv>
#include <limits>
#include <set>

namespace signalbox::providers {
namespace {

/// What is translated below or in the files beside; all else is dropped.
constexpr std::array<std::string_view, 22> kHandled = {
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
    "n",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "logprobs",
    "top_logprobs",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "reasoning_effort",
    "functions",
};

/// Said for `json_object` where the model takes no JSON beside tools.
constexpr std::string_view kJsonWish =
    R"({"text":"Answer with one JSON object and nothing else."})";

/// ai.google.dev, GenerationConfig: "up to 5".
constexpr std::size_t kStopsMax = 5;

bool isAny(std::string_view stop)
{
    return !stop.empty();
}

/// A request as far as it can be refused.
struct Translation
{
    GeminiModel model;
    GeminiConversation conversation;
    GeminiTools tools;
    std::optional<GeminiSchema> schema; ///< of the answer
    EncodedBody notes;
};

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

/// Why the answer's schema cannot be sent; nothing where there is none.
std::optional<Refusal> translateSchema(const ChatRequest &request, Translation &translation)
{
    if (!request.needs.contains(Feature::JsonSchema)) {
        return std::nullopt;
    }
    const std::string schema = answerSchema(request);
    if (schema.empty()) {
        return Refusal{std::nullopt, "response_format.json_schema.schema must be an object"};
    }
    if (translation.tools.mayCall && !translation.model.takesToolsBesideJson) {
        return Refusal{std::nullopt, "the model takes no tools beside a schema of its answer"};
    }
    std::set<std::string> moved;
    translation.schema = translateGeminiSchema(schema, moved);
    translation.notes.noteMoved(moved);
    return std::nullopt;
}

Result<Translation, Refusal> translate(const ChatRequest &request, std::string_view upstreamModel)
{
    Translation translation;
    translation.model = geminiModel(upstreamModel);
    if (request.choices > kGeminiCandidatesMax) {
        return refused("Gemini gives at most " + std::to_string(kGeminiCandidatesMax)
                       + " answers to a request, not n = " + std::to_string(request.choices));
    }
    auto conversation = arrangeGeminiTurns(request, translation.model, translation.notes);
    if (!conversation) {
        return Failure{conversation.error()};
    }
    auto tools = translateGeminiTools(request, translation.notes);
    if (!tools) {
        return Failure{tools.error()};
    }
    translation.conversation = *std::move(conversation);
    translation.tools = *std::move(tools);
    if (auto refusal = translateSchema(request, translation)) {
        return Failure{std::move(*refusal)};
    }
    return translation;
}

double valueOf(const std::string &lexeme)
{
    double value = 0;
    std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), value);
    return value;
}

class ContentBody
{
public:
    ContentBody(const ChatRequest &request, const ModelSettings &settings, Translation translation)
        : m_request(request)
        , m_settings(settings)
        , m_translation(std::move(translation))
        , m_encoded(std::move(m_translation.notes))
        , m_config(m_configText)
    {}

    EncodedBody encode()
    {
        writeConfig();
        JsonWriter json(m_encoded.body);
        json.beginObject();
        writeGeminiConversation(json, m_translation.conversation);
        if (!m_translation.tools.tools.empty()) {
            json.key("tools").raw(m_translation.tools.tools);
        }
        if (!m_translation.tools.config.empty()) {
            json.key("toolConfig").raw(m_translation.tools.config);
        }
        if (m_configText != "{}") {
            json.key("generationConfig").raw(m_configText);
        }
        json.endObject();
        dropUnhandled(m_request, kHandled, m_encoded);
        return std::move(m_encoded);
    }

private:
    void writeConfig()
    {
        m_config.beginObject();
        writeSampling();
        if (m_request.choices > 1) {
            m_config.key("candidateCount").integer(m_request.choices);
        }
        writeLimit();
        writeStops(m_config, "stopSequences", m_request.stop, isAny, kStopsMax, m_encoded);
        writeSeed();
        writePenalty("presence_penalty", "presencePenalty");
        writePenalty("frequency_penalty", "frequencyPenalty");
        writeLogprobs();
        writeFormat();
        const std::string thinking = geminiThinking(m_request, m_translation.model, m_encoded);
        if (!thinking.empty()) {
            m_config.key("thinkingConfig").raw(thinking);
        }
        m_config.endObject();
    }

    void writeSampling()
    {
        if (m_request.temperature) {
            constexpr double kHottest = 2;
            const double value = valueOf(*m_request.temperature);
            if (value >= 0 && value <= kHottest) {
                m_config.key("temperature").raw(*m_request.temperature);
            } else {
                const std::string_view clamped = value < 0 ? "0" : "2";
                m_encoded.note("clamped temperature " + *m_request.temperature + " to "
                               + std::string(clamped));
                m_config.key("temperature").raw(clamped);
            }
        }
        if (m_request.topP) {
            m_config.key("topP").raw(*m_request.topP);
        }
        if (const std::string *topK = givenField(m_request, "top_k")) {
            if (parseInteger(*topK)) {
                m_config.key("topK").raw(*topK);
            } else {
                m_encoded.drop("top_k");
            }
        }
    }

    void writeLimit()
    {
        if (!m_request.maxOutputTokens) {
            return;
        }
        std::int64_t limit = *m_request.maxOutputTokens;
        if (m_settings.maxOutputTokens && limit > *m_settings.maxOutputTokens) {
            limit = *m_settings.maxOutputTokens;
            m_encoded.note("lowered max_tokens to the model's " + std::to_string(limit));
        }
        m_config.key("maxOutputTokens").integer(limit);
    }

    void writeSeed()
    {
        const std::string *seed = givenField(m_request, "seed");
        if (seed == nullptr) {
            return;
        }
        std::int64_t value = 0;
        const char *end = seed->data() + seed->size();
        const auto read = std::from_chars(seed->data(), end, value);
        const bool whole = read.ec == std::errc() && read.ptr == end;
        using Limits = std::numeric_limits<std::int32_t>;
        if (whole && value >= Limits::min() && value <= Limits::max()) {
            m_config.key("seed").integer(value);
        } else {
            m_encoded.drop("seed"); // beyond 32 bits it is refused
        }
    }

    void writePenalty(const char *name, JsonName key)
    {
        const RawField *field = m_request.field(name);
        if (field == nullptr || saysNothing(*field)) {
            return;
        }
        if (m_translation.model.takesPenalties) {
            m_config.key(key).raw(field->json);
        } else {
            m_encoded.drop(name);
        }
    }

    void writeLogprobs()
    {
        const std::string *asked = givenField(m_request, "logprobs");
        const std::string *top = givenField(m_request, "top_logprobs");
        const bool wanted = asked != nullptr && *asked == "true";
        if (!wanted) {
            return;
        }
        if (!m_translation.model.takesLogprobs) {
            m_encoded.drop("logprobs");
            return;
        }
        m_config.key("responseLogprobs").boolean(true);
        if (top != nullptr && parseInteger(*top).value_or(0) > 0) {
            m_config.key("logprobs").raw(*top);
        }
    }

    void writeFormat()
    {
        if (!m_request.wantsJson) {
            return;
        }
        const auto &schema = m_translation.schema;
        const bool clash = m_translation.tools.mayCall && !m_translation.model.takesToolsBesideJson;
        if (!schema && clash) {
            m_encoded.drop("response_format");
            m_encoded.note("asked for a JSON object in the system text instead: the model takes no "
                           "tools beside a JSON answer");
            m_translation.conversation.system.emplace_back(kJsonWish);
            return;
        }
        m_config.key("responseMimeType").string("application/json");
        if (schema) {
            m_config.anyKey(schema->isJsonSchema ? "responseJsonSchema" : "responseSchema");
            m_config.raw(schema->json);
        }
    }

    const ChatRequest &m_request;
    const ModelSettings &m_settings;
    Translation m_translation;
    EncodedBody m_encoded;
    std::string m_configText;
    JsonWriter m_config;
};

} // namespace

Result<EncodedBody, Refusal> encodeGeminiChat(const ChatRequest &request,
                                              std::string_view upstreamModel,
                                              const ModelSettings &model)
{
    auto translation = translate(request, upstreamModel);
    if (!translation) {
        return Failure{translation.error()};
    }
    return ContentBody(request, model, *std::move(translation)).encode();
}

std::optional<Refusal> refuseGeminiChat(const ChatRequest &request, std::string_view upstreamModel)
{
    const auto translation = translate(request, upstreamModel);
    return translation ? std::nullopt : std::optional(translation.error());
}

} // namespace signalbox::providers

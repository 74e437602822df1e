// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_native.h"

#include "core/base/json_writer.h"
#include "core/providers/anthropic_models.h"
#include "core/providers/anthropic_thinking.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fields.h"

namespace signalbox::providers {
namespace {

/// `type` of an object's raw JSON; empty without one.
std::string typeIn(std::string_view raw)
{
    std::string type;
    thread_local JsonReader reader;
    if (auto root = reader.open(raw)) {
        forEachMember(*root, [&type](std::string_view name, JsonValue &value) {
            if (name == "type") {
                type = stringOrEmpty(value);
            }
        });
    }
    return type;
}

/// A tool use since the user's last own words came without the thinking that led to it, because
/// another provider made it: refused while thinking by a budget is on.
bool lacksThinking(const ChatRequest &request)
{
    for (auto message = request.messages.rbegin(); message != request.messages.rend(); ++message) {
        if (message->role == Role::User) {
            return false;
        }
        if (!message->toolCalls.empty()
            && replayedThinking(message->reasoningDetailsJson).empty()) {
            return true;
        }
    }
    return false;
}

class NativeBody
{
public:
    NativeBody(const ChatRequest &request, std::string_view name, const ModelSettings &settings)
        : m_request(request)
        , m_name(name)
        , m_model(anthropicModel(name))
        , m_settings(settings)
        , m_json(m_encoded.body)
    {}

    EncodedBody encode()
    {
        m_json.beginObject();
        for (const RawField &field : m_request.native->fields) {
            writeField(field);
        }
        m_json.endObject();
        return std::move(m_encoded);
    }

private:
    void writeField(const RawField &field)
    {
        const bool sampling = field.name == "temperature" || field.name == "top_p"
                              || field.name == "top_k";
        if (field.name == "model") {
            m_json.key("model").string(m_name);
        } else if (field.name == "max_tokens") {
            m_json.key("max_tokens").integer(limit());
        } else if (sampling && !m_model.takesSampling) {
            m_encoded.drop(field.name);
        } else if (field.name == "thinking" && field.json != "null") {
            writeThinking(field.json);
        } else {
            m_json.anyKey(field.name).raw(field.json);
        }
    }

    std::int64_t limit()
    {
        const std::int64_t wanted = m_request.maxOutputTokens.value_or(0);
        const auto most = m_settings.maxOutputTokens;
        if (!most || wanted <= *most) {
            return wanted;
        }
        if (!m_limited) {
            m_encoded.note("lowered max_tokens to the model's " + std::to_string(*most));
            m_limited = true;
        }
        return *most;
    }

    void writeThinking(const std::string &asked)
    {
        const std::string type = typeIn(asked);
        const bool budget = type == "enabled";
        if (type == "disabled" && !m_model.mayNotThink) {
            m_encoded.drop("thinking");
            m_encoded.note("the model always thinks");
        } else if (budget && m_model.takesSampling && lacksThinking(m_request)) {
            m_encoded.drop("thinking");
            m_encoded.note(
                "thinking is off: the tool calls came without the thinking that led to them");
        } else if ((budget && !m_model.takesSampling)
                   || (type == "adaptive" && !m_model.thinksAdaptively)) {
            writeTheModelsThinking();
        } else {
            m_json.key("thinking").raw(asked);
        }
    }

    /// A budget for a model that has efforts alone, or the other way round.
    void writeTheModelsThinking()
    {
        const std::string *choice = givenField(m_request, "tool_choice");
        const bool forces = choice != nullptr && *choice != R"("auto")" && *choice != R"("none")";
        const std::string_view obstacle = lacksThinking(m_request)
                                              ? "the tool calls came without their thinking"
                                              : "";
        const AnthropicThinking thinking =
            planThinking(m_request, m_model, {limit(), obstacle, forces}, m_encoded);
        thinking.write(m_json);
        m_encoded.note("asked for thinking in the model's own way");
    }

    const ChatRequest &m_request;
    std::string_view m_name;
    AnthropicModel m_model;
    const ModelSettings &m_settings;
    EncodedBody m_encoded;
    JsonWriter m_json;
    bool m_limited = false;
};

} // namespace

EncodedBody encodeNativeMessages(const ChatRequest &request,
                                 std::string_view upstreamModel,
                                 const ModelSettings &model)
{
    return NativeBody(request, upstreamModel, model).encode();
}

std::optional<Refusal> refuseNativeMessages(const ChatRequest &request,
                                            std::string_view upstreamModel)
{
    const AnthropicModel model = anthropicModel(upstreamModel);
    if (request.needs.contains(Feature::JsonSchema) && !model.takesSchemas) {
        return Refusal{Feature::JsonSchema, "the model has no structured output"};
    }
    const bool prefill = !request.messages.empty()
                         && request.messages.back().role == Role::Assistant;
    if (prefill && !model.takesPrefill) {
        return Refusal{std::nullopt,
                       "the model takes no conversation that ends with the assistant's words"};
    }
    return std::nullopt;
}

} // namespace signalbox::providers

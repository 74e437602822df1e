// SPDX-License-Identifier: Apache-2.0
// OpenAI's Responses requests, checked and translated (platform.openai.com, Responses API).
#include "core/providers/responses_request.h"

#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"
#include "core/providers/responses_input.h"
#include "core/providers/responses_tools.h"

#include <algorithm>
#include <array>
#include <limits>

namespace signalbox::providers {
namespace {

/// What the answer repeats of the request.
constexpr std::array<std::string_view, 13> kEchoed = {"instructions",
                                                      "max_output_tokens",
                                                      "max_tool_calls",
                                                      "metadata",
                                                      "parallel_tool_calls",
                                                      "reasoning",
                                                      "temperature",
                                                      "text",
                                                      "tool_choice",
                                                      "tools",
                                                      "top_p",
                                                      "truncation",
                                                      "user"};

class ResponsesReader
{
public:
    ResponsesReader()
        : m_input(m_faults)
    {}

    Result<ChatRequest, BadRequest> read(JsonValue &root)
    {
        const bool object = forEachMember(root, [this](std::string_view name, JsonValue &value) {
            readMember(name, value);
        });
        if (!object) {
            return Failure{badBody({JsonFaultKind::Scalar, 0})};
        }
        for (const std::string_view name : {"model", "input"}) {
            if (!m_seen.contains(std::string(name))) {
                m_faults.note(name, "is missing");
            }
        }
        if (m_faults.any()) {
            return Failure{m_faults.fault()};
        }
        auto request = decodeChat(chatBody());
        if (!request) {
            return request;
        }
        for (const auto &[place, details] : m_input.details()) {
            request->messages[place].reasoningDetailsJson = details;
        }
        request->untold.assign(m_untold.begin(), m_untold.end());
        request->echoed = std::move(m_echoed);
        return request;
    }

private:
    using Read = void (ResponsesReader::*)(JsonValue &);
    struct Known
    {
        std::string_view name;
        Read read;
    };

    static const std::array<Known, 25> kKnown;

    void readMember(std::string_view name, JsonValue &value)
    {
        if (!m_seen.emplace(name).second) {
            m_faults.note(name, "appears twice");
            return;
        }
        if (isNull(value) && name != "model" && name != "input") {
            return;
        }
        m_name = name;
        m_raw = rawJson(value);
        if (std::ranges::find(kEchoed, name) != kEchoed.end()) {
            m_echoed.push_back({std::string(name), m_raw});
        }
        const auto known = std::ranges::find(kKnown, name, &Known::name);
        if (known == kKnown.end()) {
            m_untold.emplace(name);
        } else {
            (this->*known->read)(value);
        }
    }

    void add(const char *name, std::string json) { m_chat.push_back({name, std::move(json)}); }

    void readModel(JsonValue &value)
    {
        if (stringOrEmpty(value).empty()) {
            m_faults.note("model", "must be a string and not empty");
        }
        add("model", m_raw);
    }

    void readInput(JsonValue &value) { m_input.read(value); }
    void readInstructions(JsonValue &value) { m_input.readInstructions(value); }

    /// Members that are called alike in the chat form, which checks them.
    void pass(JsonValue & /*value*/) { m_chat.push_back({m_name, m_raw}); }

    void readMaxOutputTokens(JsonValue &value)
    {
        const std::int64_t limit = asInteger(value).value_or(0);
        if (limit < 1 || limit > std::numeric_limits<std::int32_t>::max()) {
            m_faults.note(m_name, "must be a whole number of at least 1");
        }
        add("max_completion_tokens", m_raw);
    }

    void readTools(JsonValue &value)
    {
        std::string tools = readResponsesTools(value, m_faults);
        if (tools != "[]") {
            add("tools", std::move(tools));
        }
    }

    void readToolChoice(JsonValue &value)
    {
        add("tool_choice", readResponsesToolChoice(value, m_faults));
    }

    void readReasoning(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            if (name == "effort" && !isNull(member)) {
                if (!asString(member)) {
                    m_faults.note("reasoning.effort", "must be a string");
                }
                add("reasoning_effort", std::string(rawJson(member)));
            }
        });
        if (!object) {
            m_faults.note("reasoning", "must be an object");
        }
    }

    void readText(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            if (isNull(member)) {
                return;
            }
            if (name == "format") {
                readFormat(member);
            } else if (name == "verbosity") {
                add("verbosity", std::string(rawJson(member)));
            } else {
                m_untold.insert("text." + std::string(name));
            }
        });
        if (!object) {
            m_faults.note("text", "must be an object");
        }
    }

    /// The chat form keeps what describes a schema in an object of its own.
    void readFormat(JsonValue &value)
    {
        std::string type;
        std::string schema;
        JsonWriter json(schema);
        json.beginObject();
        const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
            if (name == "type") {
                type = stringOrEmpty(member);
            } else {
                json.anyKey(name).raw(rawJson(member));
            }
        });
        json.endObject();
        if (!object) {
            m_faults.note("text.format", "must be an object");
        } else if (type == "json_schema") {
            add("response_format", R"({"type":"json_schema","json_schema":)" + schema + "}");
        } else if (type == "json_object") {
            add("response_format", R"({"type":"json_object"})");
        } else if (type != "text") {
            m_faults.note("text.format.type", "must be one of text, json_object, json_schema");
        }
    }

    /// By default nothing is said, and OpenAI would store; here nothing is stored, and the answer
    /// says so.
    void readStore(JsonValue &value)
    {
        const auto store = asBool(value);
        if (!store) {
            m_faults.note("store", "must be true or false");
        } else if (*store) {
            m_faults.note("store", "must be false or left out: answers are not kept here");
        }
    }

    void readBackground(JsonValue &value)
    {
        if (asBool(value) != false) {
            m_faults.note("background", "must be false or left out: answers are not kept here");
        }
    }

    void refuseState(JsonValue & /*value*/)
    {
        m_faults.note(m_name,
                      "is not offered here: nothing is kept between requests. Send the earlier "
                      "turns in `input`");
    }

    void readInclude(JsonValue &value)
    {
        const bool array = forEachElement(value, [this](JsonValue &element) {
            const std::string what = stringOrEmpty(element);
            if (what != "reasoning.encrypted_content") { // which comes anyway
                m_untold.insert("include[" + what + "]");
            }
        });
        if (!array) {
            m_faults.note("include", "must be an array");
        }
    }

    void readTruncation(JsonValue &value)
    {
        if (asString(value) != "disabled") {
            m_untold.emplace("truncation");
        }
    }

    /// Only shapes the stream's bytes.
    void ignore(JsonValue & /*value*/) {}

    [[nodiscard]] std::string chatBody()
    {
        std::string out;
        JsonWriter json(out);
        json.beginObject();
        for (const RawField &field : m_chat) {
            json.anyKey(field.name).raw(field.json);
        }
        json.key("messages").raw(m_input.chat());
        json.endObject();
        return out;
    }

    FaultKeeper m_faults;
    std::set<std::string> m_untold;
    ResponsesInput m_input;
    std::vector<RawField> m_chat; ///< members of the chat form
    std::vector<RawField> m_echoed;
    std::set<std::string> m_seen;
    std::string m_name; ///< of the member being read
    std::string m_raw; ///< its text
};

constinit const std::array<ResponsesReader::Known, 25> ResponsesReader::kKnown = {{
    {"model", &ResponsesReader::readModel},
    {"input", &ResponsesReader::readInput},
    {"instructions", &ResponsesReader::readInstructions},
    {"stream", &ResponsesReader::pass},
    {"temperature", &ResponsesReader::pass},
    {"top_p", &ResponsesReader::pass},
    {"user", &ResponsesReader::pass},
    {"metadata", &ResponsesReader::pass},
    {"parallel_tool_calls", &ResponsesReader::pass},
    {"prompt_cache_key", &ResponsesReader::pass},
    {"safety_identifier", &ResponsesReader::pass},
    {"service_tier", &ResponsesReader::pass},
    {"max_output_tokens", &ResponsesReader::readMaxOutputTokens},
    {"tools", &ResponsesReader::readTools},
    {"tool_choice", &ResponsesReader::readToolChoice},
    {"reasoning", &ResponsesReader::readReasoning},
    {"text", &ResponsesReader::readText},
    {"store", &ResponsesReader::readStore},
    {"background", &ResponsesReader::readBackground},
    {"previous_response_id", &ResponsesReader::refuseState},
    {"conversation", &ResponsesReader::refuseState},
    {"prompt", &ResponsesReader::refuseState},
    {"include", &ResponsesReader::readInclude},
    {"truncation", &ResponsesReader::readTruncation},
    {"stream_options", &ResponsesReader::ignore},
}};

} // namespace

Result<ChatRequest, BadRequest> decodeResponses(std::string_view body)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        return Failure{badBody(root.error())};
    }
    return ResponsesReader().read(*root);
}

} // namespace signalbox::providers

// SPDX-License-Identifier: Apache-2.0
// Anthropic's Messages requests: checked, translated into the chat form and kept as they are for
// targets that speak the format (platform.claude.com, Messages API).
#include "core/providers/messages_request.h"

#include "core/providers/dialect.h"
#include "core/providers/json_reader.h"
#include "core/providers/messages_tools.h"
#include "core/providers/messages_turns.h"
#include "core/providers/request_fault.h"

#include <algorithm>
#include <array>
#include <limits>

namespace signalbox::providers {
namespace {

class MessagesReader
{
public:
    explicit MessagesReader(bool needsLimit)
        : m_needsLimit(needsLimit)
        , m_turns(m_faults, m_untold)
    {}

    Result<ChatRequest, BadRequest> read(JsonValue &root)
    {
        const bool object = forEachMember(root, [this](std::string_view name, JsonValue &value) {
            readMember(name, value);
        });
        if (!object) {
            return Failure{badBody({JsonFaultKind::Scalar, 0})};
        }
        for (const std::string_view name : {"model", "max_tokens", "messages"}) {
            if (!m_seen.contains(std::string(name)) && (m_needsLimit || name != "max_tokens")) {
                m_faults.note(name, "is missing");
            }
        }
        if (m_faults.any()) {
            return Failure{m_faults.fault()};
        }
        auto request = decodeChat(chatBody());
        if (request) {
            for (auto &[place, details] : m_turns.details()) {
                request->messages[place].reasoningDetailsJson = details;
            }
            request->untold.assign(m_untold.begin(), m_untold.end());
            request->native = std::move(m_native);
        }
        return request;
    }

private:
    using Read = void (MessagesReader::*)(JsonValue &);
    struct Known
    {
        std::string_view name;
        Read read;
    };

    static const std::array<Known, 18> kKnown;

    void readMember(std::string_view name, JsonValue &value)
    {
        if (!m_seen.emplace(name).second) {
            m_faults.note(name, "appears twice");
            return;
        }
        const std::string raw(rawJson(value));
        const auto known = std::ranges::find(kKnown, name, &Known::name);
        const bool required = name == "model" || name == "messages" || name == "max_tokens";
        if (known == kKnown.end()) {
            if (raw != "null") {
                m_untold.emplace(name);
            }
        } else if (required || !isNull(value)) {
            m_name = known->name;
            m_raw = raw;
            (this->*known->read)(value);
        }
        m_native.fields.push_back({std::string(name), name == "messages" ? m_turns.native() : raw});
    }

    void add(const char *name, std::string json) { m_chat.push_back({name, std::move(json)}); }

    void readModel(JsonValue &value)
    {
        if (stringOrEmpty(value).empty()) {
            m_faults.note("model", "must be a string and not empty");
        }
        add("model", m_raw);
    }

    void readMessages(JsonValue &value) { m_turns.readMessages(value); }
    void readSystem(JsonValue &value) { m_turns.readSystem(value); }

    void readMaxTokens(JsonValue &value)
    {
        const auto number = asInteger(value);
        if (!number || *number < 1 || *number > std::numeric_limits<std::int32_t>::max()) {
            m_faults.note("max_tokens", "must be a whole number of at least 1");
        }
        add("max_tokens", m_raw);
    }

    void readStream(JsonValue &value)
    {
        if (!asBool(value)) {
            m_faults.note("stream", "must be true or false");
        }
        add("stream", m_raw);
    }

    void readTemperature(JsonValue &value) { readNumber("temperature", value); }
    void readTopP(JsonValue &value) { readNumber("top_p", value); }

    void readNumber(const char *name, JsonValue &value)
    {
        if (!asLexeme(value)) {
            m_faults.note(name, "must be a number");
        }
        add(name, m_raw);
    }

    void readTopK(JsonValue &value)
    {
        if (!asInteger(value)) {
            m_faults.note("top_k", "must be a whole number");
        }
        add("top_k", m_raw);
    }

    void readStop(JsonValue &value)
    {
        std::size_t index = 0;
        const bool array = forEachElement(value, [&](JsonValue &element) {
            if (!asString(element)) {
                m_faults.note(elementPath("stop_sequences", index), "must be a string");
            }
            ++index;
        });
        if (!array) {
            m_faults.note("stop_sequences", "must be an array of strings");
        }
        if (index > 0) {
            add("stop", m_raw);
        }
    }

    void readMetadata(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            if (isNull(member)) {
                return;
            }
            if (name != "user_id") {
                m_untold.insert("metadata." + std::string(name));
            } else if (asString(member)) {
                add("user", std::string(rawJson(member)));
            } else {
                m_faults.note("metadata.user_id", "must be a string");
            }
        });
        if (!object) {
            m_faults.note("metadata", "must be an object");
        }
    }

    void readTools(JsonValue &value)
    {
        std::string tools = readMessagesTools(value, m_faults, m_untold);
        if (tools != "[]") {
            add("tools", std::move(tools));
        }
    }

    void readToolChoice(JsonValue &value)
    {
        MessagesToolChoice choice = readMessagesToolChoice(value, m_faults);
        add("tool_choice", std::move(choice.choice));
        if (choice.single) {
            add("parallel_tool_calls", "false");
        }
    }

    void readThinking(JsonValue &value)
    {
        std::string type;
        std::optional<std::int64_t> budget;
        const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
            if (name == "type") {
                type = stringOrEmpty(member);
            } else if (name == "budget_tokens") {
                budget = asInteger(member);
            }
        });
        if (!object) {
            m_faults.note("thinking", "must be an object");
        } else if (type == "enabled") {
            constexpr std::int64_t kBudgetMin = 1024;
            if (budget.value_or(0) < kBudgetMin) {
                m_faults.note("thinking.budget_tokens", "must be a whole number of at least 1024");
            }
            m_effort = effortOf(budget.value_or(0));
        } else if (type == "adaptive") {
            m_effort = "high"; // as Anthropic's default
        } else if (type == "disabled") {
            m_thinks = false;
        } else {
            m_faults.note("thinking.type", "must be one of enabled, adaptive, disabled");
        }
    }

    /// Where our own translation of an effort into a budget has its steps.
    static std::string_view effortOf(std::int64_t budget)
    {
        constexpr std::int64_t kMedium = 4096;
        constexpr std::int64_t kHigh = 16'384;
        return budget < kMedium ? "low" : budget < kHigh ? "medium" : "high";
    }

    void readOutputConfig(JsonValue &value)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            if (isNull(member)) {
                return;
            }
            if (name == "effort") {
                readEffort(member);
            } else if (name == "format") {
                readFormat(member);
            } else {
                m_untold.insert("output_config." + std::string(name));
            }
        });
        if (!object) {
            m_faults.note("output_config", "must be an object");
        }
    }

    void readEffort(JsonValue &value)
    {
        constexpr std::array<std::string_view, 5> kEfforts = {"low",
                                                              "medium",
                                                              "high",
                                                              "xhigh",
                                                              "max"};
        const std::string effort = stringOrEmpty(value);
        if (std::ranges::find(kEfforts, effort) == kEfforts.end()) {
            m_faults.note("output_config.effort", "must be one of low, medium, high, xhigh, max");
        }
        // What all others know.
        m_statedEffort = effort == "xhigh" || effort == "max" ? "high" : effort;
    }

    void readFormat(JsonValue &value)
    {
        std::string type;
        std::string schema;
        forEachMember(value, [&](std::string_view name, JsonValue &member) {
            if (name == "type") {
                type = stringOrEmpty(member);
            } else if (name == "schema" && typeOf(member) == JsonType::object) {
                schema = rawJson(member);
            }
        });
        if (type != "json_schema") {
            m_faults.note("output_config.format.type", "must be json_schema");
        } else if (schema.empty()) {
            m_faults.note("output_config.format.schema", "must be an object");
        }
        add("response_format",
            R"({"type":"json_schema","json_schema":{"name":"answer","schema":)" + schema + "}}");
    }

    /// What Anthropic itself would run or keep between requests.
    void refuseServerSide(JsonValue & /*value*/)
    {
        m_faults.note(m_name, "is not offered here: it needs Anthropic's own servers");
    }

    /// A conversation that the server keeps; what goes on in one has only its newest messages.
    void refuseThread(JsonValue & /*value*/)
    {
        m_faults.noteCause("thread", "is not offered here: send the whole conversation without it");
    }

    void readServiceTier(JsonValue &value)
    {
        if (asString(value) != "auto") {
            m_untold.emplace("service_tier");
        }
    }

    [[nodiscard]] std::string chatBody() const
    {
        std::string out;
        JsonWriter json(out);
        json.beginObject();
        for (const RawField &field : m_chat) {
            json.anyKey(field.name).raw(field.json);
        }
        const std::string &effort = m_statedEffort.empty() ? m_effort : m_statedEffort;
        if (m_thinks && !effort.empty()) {
            json.key("reasoning_effort").string(effort);
        }
        json.key("messages").raw(m_turns.chat());
        json.endObject();
        return out;
    }

    bool m_needsLimit;
    FaultKeeper m_faults;
    std::set<std::string> m_untold;
    MessagesTurns m_turns;
    NativeRequest m_native;
    std::vector<RawField> m_chat; ///< members of the chat form
    std::set<std::string> m_seen;
    std::string_view m_name; ///< of the member being read
    std::string m_raw; ///< its text
    std::string m_effort; ///< by `thinking`
    std::string m_statedEffort; ///< by `output_config`
    bool m_thinks = true;
};

constinit const std::array<MessagesReader::Known, 18> MessagesReader::kKnown = {{
    {"model", &MessagesReader::readModel},
    {"messages", &MessagesReader::readMessages},
    {"max_tokens", &MessagesReader::readMaxTokens},
    {"system", &MessagesReader::readSystem},
    {"stream", &MessagesReader::readStream},
    {"temperature", &MessagesReader::readTemperature},
    {"top_p", &MessagesReader::readTopP},
    {"top_k", &MessagesReader::readTopK},
    {"stop_sequences", &MessagesReader::readStop},
    {"metadata", &MessagesReader::readMetadata},
    {"tools", &MessagesReader::readTools},
    {"tool_choice", &MessagesReader::readToolChoice},
    {"thinking", &MessagesReader::readThinking},
    {"output_config", &MessagesReader::readOutputConfig},
    {"service_tier", &MessagesReader::readServiceTier},
    {"mcp_servers", &MessagesReader::refuseServerSide},
    {"container", &MessagesReader::refuseServerSide},
    {"thread", &MessagesReader::refuseThread},
}};

Result<ChatRequest, BadRequest> readMessagesRequest(std::string_view body, bool needsLimit)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        return Failure{badBody(root.error())};
    }
    return MessagesReader(needsLimit).read(*root);
}

} // namespace

Result<ChatRequest, BadRequest> decodeMessages(std::string_view body, std::string_view betas)
{
    auto request = readMessagesRequest(body, true);
    if (request) {
        request->native->betas = betas;
    }
    return request;
}

Result<ChatRequest, BadRequest> decodeForCount(std::string_view body)
{
    return readMessagesRequest(body, false);
}

} // namespace signalbox::providers

// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/drawn_requests.h"
#include "tests/unit/providers/texts.h"

#include "core/providers/adapter.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace signalbox;
using Json = nlohmann::json;

/// *Goal*: whatever a client asks, Gemini is sent a request it takes, or the client is told why
/// not; and no word of the conversation is lost. *Method*: requests drawn by chance, the bodies
/// read by a parser of its own and held against the rules of the API's reference.
class TestGeminiProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOnlyWhatTheApiTakes();
};

namespace {

constexpr int kRequests = 6000;

class RequestMaker : public test::DrawnRequests
{
public:
    using DrawnRequests::DrawnRequests;

private:
    void endConversation(Json &messages) override
    {
        if (chance(90)) {
            messages.push_back({{"role", "user"}, {"content", "hi"}});
        }
        if (messages.empty()) {
            messages.push_back({{"role", "system"}, {"content", "hi"}});
        }
    }

    void addDetails(Json &message, const std::string &id) override
    {
        const auto entry = [](const char *type, const char *key, const char *format) {
            return Json{{"type", type}, {key, "s"}, {"format", format}};
        };
        if (chance(50)) {
            Json signature = entry("reasoning.encrypted", "data", "google-gemini-v1");
            signature["id"] = id;
            message["reasoning_details"].push_back(signature);
        }
        if (chance(20)) {
            message["reasoning_details"].push_back(
                entry("reasoning.encrypted", "data", "google-gemini-v1"));
        }
        if (chance(20)) {
            message["reasoning_details"].push_back(
                entry("reasoning.text", "signature", "anthropic-claude-v1"));
        }
    }

    Json schema(int depth)
    {
        const char *simple = oneOf({R"({"type":"string","format":"email"})",
                                    R"({"type":"integer","minimum":1,"multipleOf":5})",
                                    R"({"type":["string","null"]})",
                                    R"({"enum":["a","b",null]})",
                                    R"({"const":"a"})",
                                    R"({"anyOf":[{"type":"boolean"},{"type":"null"}]})"});
        if (depth == 0 || chance(40)) {
            return Json::parse(simple);
        }
        const char *odd = oneOf({R"({"anyOf":[{"type":"string"},{"type":"integer"}]})",
                                 R"({"description":"anything"})",
                                 R"({"type":"array"})",
                                 R"({"type":"object"})",
                                 R"({"enum":[1,2]})",
                                 R"({"$ref":"#/$defs/t","description":"d"})"});
        if (chance(15)) {
            return Json::parse(odd);
        }
        if (chance(30)) {
            return {{"type", "array"}, {"items", schema(depth - 1)}, {"uniqueItems", true}};
        }
        Json object{{"type", "object"}, {"additionalProperties", false}, {"$schema", "s"}};
        for (const char *name : {"type", "b", "c"}) {
            if (chance(60)) {
                object["properties"][name] = schema(depth - 1);
            }
        }
        return object;
    }

    void addTools(Json &request) override
    {
        if (chance(40)) {
            return;
        }
        for (const char *name : {"f", "g_2"}) {
            Json function{{"name", name}};
            if (chance(60)) {
                function["parameters"] = schema(3);
                function["parameters"]["$defs"]["t"] = {{"type", "string"}};
            } else if (chance(50)) {
                function["parameters"] = {{"type", "object"},
                                          {"properties", {{"a", schema(2)}}},
                                          {"required", Json::array({"a"})}};
            }
            if (chance(30)) {
                function["strict"] = chance(80);
            }
            request["tools"].push_back({{"type", "function"}, {"function", function}});
        }
    }

    void addOptions(Json &request) override
    {
        maybe(request,
              "tool_choice",
              {"auto",
               "none",
               "required",
               Json{{"type", "function"}, {"function", {{"name", "f"}}}}});
        maybe(request, "parallel_tool_calls", {true, false});
        maybe(request, "temperature", {0, 0.5, 2, 2.1, -1});
        maybe(request, "top_p", {0.1, 1});
        maybe(request, "top_k", {5, 1.5});
        maybe(request, "max_tokens", {1, 2000, 100'000});
        maybe(request,
              "reasoning_effort",
              {"none", "minimal", "low", "medium", "high", "xhigh", "max", "odd"});
        maybe(request,
              "stop",
              {"END",
               Json::array({"a", "", "b"}),
               Json::array({"1", "2", "3", "4", "5", "6"}),
               ""});
        maybe(request, "seed", {1, -1, 5'000'000'000, 1.5});
        maybe(request, "n", {1, 2, 8, 9});
        maybe(request, "presence_penalty", {0, 0.5});
        maybe(request, "logprobs", {true, false});
        maybe(request, "user", {"u-1"});
        maybe(request, "stream", {true, false});
        maybe(request,
              "response_format",
              {Json{{"type", "text"}},
               Json{{"type", "json_object"}},
               Json{{"type", "json_schema"},
                    {"json_schema", {{"name", "n"}, {"schema", schema(3)}}}}});
    }
};

/// The rules of generateContent; the first one broken is told.
class Rules
{
public:
    Rules(const Json &body, const std::string &model)
        : m_body(body)
        , m_newer(model.find("gemini-3") != std::string::npos)
        , m_oldest(model.find("gemini-2.0") != std::string::npos)
    {}

    std::string broken()
    {
        members(m_body,
                {"contents", "systemInstruction", "tools", "toolConfig", "generationConfig"});
        const Json system = m_body.value("systemInstruction", Json::object());
        for (const Json &part : system.value("parts", Json::array())) {
            demand(part.size() == 1 && !part.at("text").get<std::string>().empty(), "system part");
        }
        turns();
        tools();
        config();
        return m_broken;
    }

private:
    void demand(bool holds, const std::string &rule)
    {
        if (!holds && m_broken.empty()) {
            m_broken = rule;
        }
    }

    void members(const Json &object, const std::set<std::string> &known)
    {
        for (const auto &item : object.items()) {
            demand(known.count(item.key()) == 1, "unknown member " + item.key());
        }
    }

    void turns()
    {
        const Json &contents = m_body.at("contents");
        demand(!contents.empty(), "no content");
        std::string last = "model";
        std::vector<Json> open;
        for (const Json &content : contents) {
            const std::string role = content.at("role");
            demand(role == "user" || role == "model", "role " + role);
            demand(role != last, "roles do not alternate");
            last = role;
            demand(!content.at("parts").empty(), "no parts");
            open = role == "user" ? userTurn(content["parts"], open) : modelTurn(content["parts"]);
        }
        demand(last == "user", "ends with the model");
        demand(open.empty(), "calls at the end");
    }

    std::vector<Json> userTurn(const Json &parts, const std::vector<Json> &open)
    {
        std::size_t results = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!parts[i].contains("functionResponse")) {
                plain(parts[i]);
                demand(!parts[i].contains("thoughtSignature"), "a user's signature");
                continue;
            }
            demand(results == i, "result after other parts");
            demand(results < open.size(), "result without its call");
            if (results < open.size()) {
                const Json &response = parts[i]["functionResponse"];
                demand(response.at("name") == open[results].at("name")
                           && response.at("id") == open[results].at("id"),
                       "results out of order");
                demand(response.at("response").is_object(), "response is no object");
            }
            ++results;
        }
        demand(results == open.size(), "call without result");
        return {};
    }

    std::vector<Json> modelTurn(const Json &parts)
    {
        const QString name("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}");
        std::vector<Json> calls;
        for (const Json &part : parts) {
            if (!part.contains("functionCall")) {
                plain(part);
                continue;
            }
            const Json &call = part["functionCall"];
            members(part, {"functionCall", "thoughtSignature"});
            demand(test::matches(call.at("name").get<std::string>(), name), "name of a call");
            demand(call.at("args").is_object(), "args are no object");
            demand(m_ids.insert(call.at("id")).second, "id twice");
            demand(!m_newer || !calls.empty() || part.contains("thoughtSignature"), "no signature");
            calls.push_back(call);
        }
        return calls;
    }

    void plain(const Json &part)
    {
        members(part, {"text", "thoughtSignature", "inlineData", "fileData"});
        if (part.contains("text")) {
            demand(!part["text"].get<std::string>().empty() || part.contains("thoughtSignature"),
                   "empty text");
        } else if (part.contains("inlineData")) {
            const std::set<std::string> types = {"image/jpeg", "image/png"};
            demand(types.count(part["inlineData"].at("mimeType")) == 1, "type of a picture");
        } else {
            demand(part.at("fileData").at("fileUri").is_string(), "address");
        }
    }

    void tools()
    {
        for (const Json &tool : m_body.value("tools", Json::array())) {
            demand(!tool.at("functionDeclarations").empty(), "no functions");
            for (const Json &function : tool["functionDeclarations"]) {
                members(function, {"name", "description", "parameters", "parametersJsonSchema"});
                m_declared = true;
                schemas(function, "parameters", "parametersJsonSchema");
            }
        }
        const Json choice = m_body.value("toolConfig", Json::object())
                                .value("functionCallingConfig", Json::object());
        m_mode = choice.value("mode", "AUTO");
        demand(m_body.contains("toolConfig") ? m_declared : true, "choice without tools");
        demand(std::set<std::string>{"AUTO", "ANY", "NONE"}.count(m_mode) == 1, "mode");
        demand(!choice.contains("allowedFunctionNames") || m_mode == "ANY", "names without ANY");
    }

    void schemas(const Json &holder, const char *older, const char *newer)
    {
        demand(!holder.contains(older) || !holder.contains(newer), "both dialects");
        if (holder.contains(older)) {
            openApi(holder[older]);
        }
        if (holder.contains(newer)) {
            jsonSchema(holder[newer]);
        }
    }

    void openApi(const Json &schema)
    {
        members(schema,
                {"type",
                 "title",
                 "description",
                 "nullable",
                 "enum",
                 "items",
                 "properties",
                 "required",
                 "minimum",
                 "format"});
        const std::string type = schema.value("type", "");
        demand(std::set<std::string>{"string", "number", "integer", "boolean", "array", "object"}
                       .count(type)
                   == 1,
               "type \"" + type + "\"");
        demand(type != "array" || schema.contains("items"), "array without items");
        demand(type != "object" || !schema.value("properties", Json::object()).empty(),
               "object without properties");
        demand(schema.value("format", "date-time") == "date-time", "format");
        for (const Json &choice : schema.value("enum", Json::array())) {
            demand(type == "string" && choice.is_string(), "enumeration");
        }
        for (const Json &inner : schema.value("properties", Json::object())) {
            openApi(inner);
        }
        if (schema.contains("items")) {
            openApi(schema["items"]);
        }
    }

    void jsonSchema(const Json &schema)
    {
        members(schema,
                {"$defs",
                 "$ref",
                 "type",
                 "format",
                 "title",
                 "description",
                 "enum",
                 "items",
                 "minimum",
                 "anyOf",
                 "properties",
                 "additionalProperties",
                 "required"});
        demand(!schema.contains("$ref") || schema.size() == 1 || schema.contains("$defs"),
               "beside a reference");
        for (const char *map : {"properties", "$defs"}) {
            for (const Json &inner : schema.value(map, Json::object())) {
                jsonSchema(inner);
            }
        }
        for (const Json &branch : schema.value("anyOf", Json::array())) {
            jsonSchema(branch);
        }
        if (schema.contains("items")) {
            jsonSchema(schema["items"]);
        }
    }

    void config()
    {
        const Json config = m_body.value("generationConfig", Json::object());
        demand(!m_body.contains("generationConfig") || !config.empty(), "empty config");
        members(config,
                {"temperature",
                 "topP",
                 "topK",
                 "candidateCount",
                 "maxOutputTokens",
                 "stopSequences",
                 "seed",
                 "presencePenalty",
                 "responseLogprobs",
                 "responseMimeType",
                 "responseSchema",
                 "responseJsonSchema",
                 "thinkingConfig"});
        const double temperature = config.value("temperature", 1.0);
        demand(temperature >= 0 && temperature <= 2, "temperature");
        demand(config.value("candidateCount", 1) <= 8, "candidates");
        demand(config.value("maxOutputTokens", 1) >= 1, "limit");
        const std::int64_t seed = config.value("seed", std::int64_t{0});
        demand(seed == static_cast<std::int32_t>(seed), "seed");
        const Json stops = config.value("stopSequences", Json::array({"x"}));
        demand(!stops.empty() && stops.size() <= 5, "number of stops");
        for (const Json &stop : stops) {
            demand(!stop.get<std::string>().empty(), "empty stop");
        }
        demand(m_oldest || !config.contains("presencePenalty"), "penalty");
        demand(m_oldest || !config.contains("responseLogprobs"), "logprobs");
        const bool json = config.value("responseMimeType", "") == "application/json";
        demand(json
                   || (!config.contains("responseSchema")
                       && !config.contains("responseJsonSchema")),
               "schema without its type");
        demand(!json || m_newer || !m_declared || m_mode == "NONE", "tools beside JSON");
        schemas(config, "responseSchema", "responseJsonSchema");
        thinking(config.value("thinkingConfig", Json::object()));
    }

    void thinking(const Json &config)
    {
        if (config.empty()) {
            return;
        }
        demand(!m_oldest, "thinking of a model that does not");
        demand(config.contains("thinkingLevel") == m_newer
                   && config.contains("thinkingBudget") != m_newer,
               "the other way of thinking");
        if (m_newer) {
            const std::set<std::string> levels = {"MINIMAL", "LOW", "MEDIUM", "HIGH"};
            demand(levels.count(config.value("thinkingLevel", "")) == 1, "level");
        } else {
            const std::int64_t budget = config.value("thinkingBudget", std::int64_t{-1});
            demand(budget >= 0 && budget <= 24'576, "budget");
        }
    }

    const Json &m_body;
    bool m_newer;
    bool m_oldest;
    bool m_declared = false;
    std::string m_mode;
    std::set<std::string> m_ids;
    std::string m_broken;
};

} // namespace

void TestGeminiProperty::sendsOnlyWhatTheApiTakes()
{
    int sent = 0;
    for (int seed = 0; seed < kRequests; ++seed) {
        RequestMaker maker(static_cast<std::uint64_t>(seed));
        const Json request = maker.make();
        const auto decoded = providers::decodeChat(request.dump());
        QVERIFY2(decoded.ok(), request.dump().c_str());
        ModelSettings settings;
        if (maker.chance(50)) {
            settings.maxOutputTokens = 8000;
        }
        const std::string model = maker.oneOf<std::string>(
            {"gemini-2.5-flash", "gemini-3-flash-preview", "gemini-2.0-flash"});
        const auto &adapter = providers::adapterFor(ProviderKind::Gemini);
        const auto refusal = adapter.refuses(*decoded, model);
        const auto call = adapter.encodeChat(*decoded, model, settings);
        QCOMPARE(call.ok(), !refusal.has_value());
        if (!call.ok()) {
            QVERIFY(!call.error().text.empty());
            continue;
        }
        ++sent;
        const Json body = Json::parse(call->body);
        const std::string broken = Rules(body, model).broken();
        QVERIFY2(broken.empty(),
                 (broken + "\nasked: " + request.dump() + "\nsent: " + call->body).c_str());
        const std::string lost = test::lostWord(request, call->body);
        QVERIFY2(lost.empty(), (lost + " is lost\nsent: " + call->body).c_str());
    }
    QVERIFY2(sent > kRequests / 2, std::to_string(sent).c_str());
}

QTEST_APPLESS_MAIN(TestGeminiProperty)
#include "tst_gemini_property.moc"

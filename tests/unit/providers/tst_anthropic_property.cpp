// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/texts.h"

#include "core/base/random.h"
#include "core/providers/adapter.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace signalbox;
using Json = nlohmann::json;

/// *Goal*: whatever a client asks, Anthropic is sent a request it takes, or the client is told why
/// not; and no word of the conversation is lost. *Method*: requests drawn by chance, the bodies
/// read by a parser of its own and held against the rules of the API's reference.
class TestAnthropicProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsOnlyWhatTheApiTakes();
};

namespace {

constexpr int kRequests = 6000;

/// Draws requests: mostly sensible ones, for a wrong one in every message would only be refused.
class RequestMaker
{
public:
    explicit RequestMaker(std::uint64_t seed)
        : m_random(seed)
    {}

    Json make()
    {
        Json request{{"model", "m"}, {"messages", Json::array()}};
        const std::uint64_t rounds = 1 + m_random.below(5);
        for (std::uint64_t i = 0; i < rounds; ++i) {
            addRound(request["messages"]);
        }
        if (request["messages"].empty()) {
            request["messages"].push_back({{"role", "user"}, {"content", "hi"}});
        }
        addTools(request);
        addOptions(request);
        return request;
    }

    bool chance(int percent) { return m_random.below(100) < static_cast<std::uint64_t>(percent); }
    template <typename T>
    T oneOf(std::initializer_list<T> all)
    {
        return *(all.begin() + m_random.below(all.size()));
    }

private:
    std::string words()
    {
        ++m_word;
        return chance(8)
                   ? oneOf<std::string>({"", " ", "\n\t"})
                   : "w" + std::to_string(m_word) + oneOf<std::string>({"", " ", "\n", "\"é"});
    }

    Json part()
    {
        if (chance(80)) {
            return {{"type", "text"}, {"text", words()}};
        }
        const std::string url = oneOf<std::string>({"data:image/png;base64,AAAA",
                                                    "https://example.com/x.png",
                                                    "data:image/jpg;base64,/9j/"});
        return {{"type", "image_url"}, {"image_url", {{"url", url}, {"detail", "high"}}}};
    }

    Json content()
    {
        if (chance(60)) {
            return words();
        }
        Json parts = Json::array();
        for (std::uint64_t i = m_random.below(4); i > 0; --i) {
            parts.push_back(part());
        }
        return parts;
    }

    void addRound(Json &messages)
    {
        if (chance(25)) {
            messages.push_back(
                {{"role", oneOf<std::string>({"system", "developer"})}, {"content", words()}});
        }
        if (chance(85)) {
            messages.push_back({{"role", "user"}, {"content", content()}});
        }
        if (chance(50)) {
            addCalls(messages);
        }
        if (chance(60)) {
            messages.push_back({{"role", "assistant"}, {"content", words()}});
        }
    }

    void addCalls(Json &messages)
    {
        Json message{{"role", "assistant"}, {"content", chance(50) ? Json(words()) : Json()}};
        std::vector<std::string> ids;
        for (std::uint64_t i = 1 + m_random.below(3); i > 0; --i) {
            ids.push_back(oneOf<std::string>({"call_" + std::to_string(++m_word),
                                              "functions.f:" + std::to_string(i),
                                              "id " + std::to_string(i)}));
            message["tool_calls"].push_back(
                {{"id", ids.back()},
                 {"type", "function"},
                 {"function",
                  {{"name", oneOf<std::string>({"f", "g_2"})},
                   {"arguments", oneOf<std::string>({"", "{}", R"({"a": [1, "x"]})"})}}}});
        }
        if (chance(40)) {
            message["reasoning_details"] = {{{"type", "reasoning.text"},
                                             {"text", "thought"},
                                             {"signature", "s"},
                                             {"format", "anthropic-claude-v1"}}};
        }
        messages.push_back(message);
        if (chance(30)) {
            std::reverse(ids.begin(), ids.end());
        }
        if (chance(5)) {
            ids.pop_back(); // an answer that never came
        }
        for (const std::string &id : ids) {
            messages.push_back({{"role", "tool"}, {"tool_call_id", id}, {"content", words()}});
        }
    }

    void addTools(Json &request)
    {
        if (chance(40)) {
            return;
        }
        for (const char *name : {"f", "g_2"}) {
            Json function{{"name", name}};
            if (chance(50)) {
                function["parameters"] = {{"type", "object"},
                                          {"properties",
                                           {{"a", {{"type", "integer"}, {"minimum", 1}}}}}};
            }
            if (chance(30)) {
                function["strict"] = chance(80);
            }
            request["tools"].push_back({{"type", "function"}, {"function", function}});
        }
    }

    void addOptions(Json &request)
    {
        const auto maybe = [&](const char *name, std::initializer_list<Json> values) {
            if (chance(30)) {
                request[name] = oneOf(values);
            }
        };
        maybe("tool_choice",
              {"auto",
               "none",
               "required",
               Json{{"type", "function"}, {"function", {{"name", "f"}}}}});
        maybe("parallel_tool_calls", {true, false});
        maybe("temperature", {0, 0.5, 1, 1.9, -1});
        maybe("top_p", {0.1, 1});
        maybe("top_k", {5, 1.5});
        maybe("max_tokens", {1, 1024, 1025, 2000, 100'000});
        maybe("reasoning_effort",
              {"none", "minimal", "low", "medium", "high", "xhigh", "max", "odd"});
        maybe("stop", {"END", Json::array({"a", " ", "b"}), " "});
        maybe("user", {"u-1"});
        maybe("stream", {true, false});
        maybe("seed", {1});
        maybe("n", {1});
        maybe("response_format",
              {Json{{"type", "text"}},
               Json{{"type", "json_object"}},
               Json{{"type", "json_schema"},
                    {"json_schema",
                     {{"name", "n"},
                      {"schema", {{"type", "object"}, {"properties", Json::object()}}}}}}});
    }

    Random m_random;
    int m_word = 0;
};

/// The rules of the Messages API; the first one broken is told.
class Rules
{
public:
    explicit Rules(const Json &body)
        : m_body(body)
    {}

    std::string broken()
    {
        members();
        turns();
        tools();
        sampling();
        thinking();
        return m_broken;
    }

private:
    void demand(bool holds, const std::string &rule)
    {
        if (!holds && m_broken.empty()) {
            m_broken = rule;
        }
    }

    void members()
    {
        const std::set<std::string> known = {"model",
                                             "max_tokens",
                                             "messages",
                                             "system",
                                             "tools",
                                             "tool_choice",
                                             "stop_sequences",
                                             "temperature",
                                             "top_p",
                                             "top_k",
                                             "thinking",
                                             "output_config",
                                             "metadata",
                                             "stream"};
        for (const auto &item : m_body.items()) {
            demand(known.count(item.key()) == 1, "unknown member " + item.key());
        }
        demand(m_body.at("max_tokens").get<std::int64_t>() >= 1, "max_tokens");
        for (const Json &stop : m_body.value("stop_sequences", Json::array())) {
            demand(!blank(stop.get<std::string>()), "stop sequence of white space");
        }
        for (const Json &block : m_body.value("system", Json::array())) {
            demand(block.at("type") == "text" && !blank(block.at("text")), "system block");
        }
        demand(!m_body.contains("system") || !m_body["system"].empty(), "system is empty");
    }

    void turns()
    {
        const Json &messages = m_body.at("messages");
        demand(!messages.empty(), "no message");
        std::string last = "assistant";
        std::set<std::string> open;
        for (const Json &message : messages) {
            const std::string role = message.at("role");
            demand(role == "user" || role == "assistant", "role " + role);
            demand(role != last, "roles do not alternate");
            last = role;
            demand(!message.at("content").empty(), "empty message");
            open = role == "user" ? userTurn(message["content"], std::move(open))
                                  : assistantTurn(message["content"]);
        }
        demand(open.empty(), "tool use at the end");
        if (last == "assistant" && messages.back()["content"].back()["type"] == "text") {
            const std::string text = messages.back()["content"].back()["text"];
            demand(!std::isspace(static_cast<unsigned char>(text.back())),
                   "white space at the end");
        }
        demand(last == "user" || !newer(), "prefill");
    }

    std::set<std::string> userTurn(const Json &content, std::set<std::string> open)
    {
        bool results = true;
        for (const Json &block : content) {
            if (block.at("type") == "tool_result") {
                demand(results, "tool result after other content");
                demand(open.erase(block.at("tool_use_id")) == 1, "result without tool use");
                for (const Json &part : block.value("content", Json::array())) {
                    plain(part);
                }
            } else {
                results = false;
                plain(block);
            }
        }
        demand(open.empty(), "tool use without result");
        return {};
    }

    std::set<std::string> assistantTurn(const Json &content)
    {
        const QString id("[a-zA-Z0-9_-]+");
        const QString name("[a-zA-Z0-9_-]{1,128}");
        std::set<std::string> uses;
        for (const Json &block : content) {
            const std::string type = block.at("type");
            if (type == "tool_use") {
                m_usesTools = true;
                demand(test::matches(block.at("id").get<std::string>(), id), "tool use id");
                demand(m_ids.insert(block["id"]).second, "id twice");
                demand(test::matches(block.at("name").get<std::string>(), name), "tool use name");
                demand(block.at("input").is_object(), "input is no object");
                uses.insert(block["id"]);
            } else if (type == "thinking") {
                demand(thinks(), "thinking given back while it is off");
                demand(!block.at("signature").empty(), "unsigned thinking");
            } else {
                plain(block);
            }
        }
        return uses;
    }

    void plain(const Json &block)
    {
        if (block.at("type") == "text") {
            demand(!blank(block.at("text")), "blank text");
            return;
        }
        demand(block["type"] == "image", "block of type " + block["type"].get<std::string>());
        const Json &source = block.at("source");
        const std::set<std::string> types = {"image/jpeg", "image/png", "image/gif", "image/webp"};
        demand(source.at("type") == "url"
                   ? source.at("url").get<std::string>().rfind("https://", 0) == 0
                   : source["type"] == "base64" && types.count(source.at("media_type")) == 1,
               "image source");
    }

    void tools()
    {
        const Json all = m_body.value("tools", Json::array());
        demand(!m_usesTools || !all.empty(), "tools used but not declared");
        for (const Json &tool : all) {
            demand(tool.at("input_schema").at("type") == "object" && tool.contains("name"), "tool");
        }
        if (!m_body.contains("tool_choice")) {
            return;
        }
        const Json &choice = m_body["tool_choice"];
        const std::string type = choice.at("type");
        demand(!all.empty(), "choice without tools");
        demand(std::set<std::string>{"auto", "any", "tool", "none"}.count(type) == 1, "choice");
        demand((type == "tool") == choice.contains("name"), "named choice");
        demand(type != "none" || !choice.contains("disable_parallel_tool_use"),
               "none, yet parallel");
    }

    void sampling()
    {
        const double temperature = m_body.value("temperature", 0.5);
        demand(temperature >= 0 && temperature <= 1, "temperature");
        demand(!m_body.contains("temperature") || !m_body.contains("top_p"), "both samplings");
        const bool any = m_body.contains("temperature") || m_body.contains("top_p")
                         || m_body.contains("top_k");
        demand(!any || (!thinks() && !newer()), "sampling where none is taken");
    }

    void thinking()
    {
        if (!thinks()) {
            return;
        }
        const Json &thinking = m_body["thinking"];
        const std::string choice =
            m_body.value("tool_choice", Json::object()).value("type", "auto");
        demand(choice == "auto" || choice == "none", "thinking with a forced tool");
        demand((thinking.at("type") == "adaptive") == newer(), "the other way of thinking");
        if (newer()) {
            return;
        }
        const std::int64_t budget = thinking.at("budget_tokens");
        demand(budget >= 1024 && budget < m_body["max_tokens"].get<std::int64_t>(), "budget");
        const Json &messages = m_body["messages"];
        demand(messages.back()["role"] == "user", "thinking with prefill");
        for (std::size_t i = messages.size(); i-- > 0;) {
            const Json &first = messages[i]["content"].front();
            if (messages[i]["role"] == "user" && first["type"] != "tool_result") {
                break;
            }
            const bool calls = messages[i]["content"].back()["type"] == "tool_use";
            demand(!calls || first["type"] == "thinking", "tool use without its thinking");
        }
    }

    static bool blank(const std::string &text)
    {
        return text.find_first_not_of(" \t\r\n") == std::string::npos;
    }

    [[nodiscard]] bool thinks() const
    {
        return m_body.contains("thinking") && m_body["thinking"]["type"] != "disabled";
    }

    [[nodiscard]] bool newer() const { return m_body.at("model") == "claude-opus-5"; }

    const Json &m_body;
    std::string m_broken;
    std::set<std::string> m_ids;
    bool m_usesTools = false;
};

/// The first word of the conversation that \p body lacks.
std::string lostWord(const Json &request, const std::string &body)
{
    for (const std::string &word : test::found(request["messages"].dump(), "w[0-9]+")) {
        if (body.find("\"" + word) == std::string::npos) {
            return word;
        }
    }
    return {};
}

} // namespace

void TestAnthropicProperty::sendsOnlyWhatTheApiTakes()
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
        const std::string model = maker.oneOf<std::string>({"claude-haiku-4-5", "claude-opus-5"});
        const auto &adapter = providers::adapterFor(ProviderKind::Anthropic);
        const auto refusal = adapter.refuses(*decoded, model);
        const auto call = adapter.encodeChat(*decoded, model, settings);
        QCOMPARE(call.ok(), !refusal.has_value());
        if (!call.ok()) {
            QVERIFY(!call.error().text.empty());
            continue;
        }
        ++sent;
        const Json body = Json::parse(call->body);
        const std::string broken = Rules(body).broken();
        QVERIFY2(broken.empty(),
                 (broken + "\nasked: " + request.dump() + "\nsent: " + call->body).c_str());
        const std::string lost = lostWord(request, call->body);
        QVERIFY2(lost.empty(), (lost + " is lost\nsent: " + call->body).c_str());
    }
    QVERIFY2(sent > kRequests / 2, std::to_string(sent).c_str());
}

QTEST_APPLESS_MAIN(TestAnthropicProperty)
#include "tst_anthropic_property.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/drawn_requests.h"
#include "tests/unit/providers/texts.h"

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

class RequestMaker : public test::DrawnRequests
{
public:
    using DrawnRequests::DrawnRequests;

private:
    void endConversation(Json &messages) override
    {
        if (messages.empty()) {
            messages.push_back({{"role", "user"}, {"content", "hi"}});
        }
    }

    void addDetails(Json &message, const std::string & /*id*/) override
    {
        if (chance(40)) {
            message["reasoning_details"] = {{{"type", "reasoning.text"},
                                             {"text", "thought"},
                                             {"signature", "s"},
                                             {"format", "anthropic-claude-v1"}}};
        }
    }

    void addTools(Json &request) override
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

    void addOptions(Json &request) override
    {
        maybe(request,
              "tool_choice",
              {"auto",
               "none",
               "required",
               Json{{"type", "function"}, {"function", {{"name", "f"}}}}});
        maybe(request, "parallel_tool_calls", {true, false});
        maybe(request, "temperature", {0, 0.5, 1, 1.9, -1});
        maybe(request, "top_p", {0.1, 1});
        maybe(request, "top_k", {5, 1.5});
        maybe(request, "max_tokens", {1, 1024, 1025, 2000, 100'000});
        maybe(request,
              "reasoning_effort",
              {"none", "minimal", "low", "medium", "high", "xhigh", "max", "odd"});
        maybe(request, "stop", {"END", Json::array({"a", " ", "b"}), " "});
        maybe(request, "user", {"u-1"});
        maybe(request, "stream", {true, false});
        maybe(request, "seed", {1});
        maybe(request, "n", {1});
        maybe(request,
              "response_format",
              {Json{{"type", "text"}},
               Json{{"type", "json_object"}},
               Json{{"type", "json_schema"},
                    {"json_schema",
                     {{"name", "n"},
                      {"schema", {{"type", "object"}, {"properties", Json::object()}}}}}}});
    }
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
        const std::string lost = test::lostWord(request, call->body);
        QVERIFY2(lost.empty(), (lost + " is lost\nsent: " + call->body).c_str());
    }
    QVERIFY2(sent > kRequests / 2, std::to_string(sent).c_str());
}

QTEST_APPLESS_MAIN(TestAnthropicProperty)
#include "tst_anthropic_property.moc"

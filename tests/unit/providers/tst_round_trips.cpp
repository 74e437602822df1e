// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/providers/adapter.h"
#include "core/providers/chat_accumulator.h"
#include "core/providers/chat_encoder.h"

#include <QRegularExpression>
#include <QTest>

#include <map>
#include <nlohmann/json.hpp>

using namespace signalbox;
using namespace signalbox::providers;
using Json = nlohmann::ordered_json;

/// *Goal*: a conversation with tools that one provider began goes on at any other, and back at the
/// first: no word, call or result is lost, each result finds its call, and what one signed goes to no
/// other. *Method*: two calls at once in each provider's own form, through our answer to the client
/// and back in its next request, to every provider: seven times seven.
class TestRoundTrips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conversationsGoOnElsewhere_data();
    void conversationsGoOnElsewhere();
};

namespace {

using enum ProviderKind;

/// OpenAI's form, with the ids and the reasoning members of a provider.
std::string openAiAnswer(const char *first, const char *second, const char *reasoning)
{
    return std::string(R"({"id":"answer","choices":[{"index":0,"message":{"role":"assistant",)")
           + R"("content":"let me see",)" + reasoning + R"("tool_calls":[{"index":0,"id":")" + first
           + R"(","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\"}"}},)"
           + R"({"index":1,"id":")" + second
           + R"(","type":"function","function":{"name":"get_time","arguments":"{}"}}]},"finish_reason":"tool_calls"}]})";
}

const std::map<ProviderKind, std::string> &answers()
{
    static const std::map<ProviderKind, std::string> all = {
        {OpenAi, openAiAnswer("call_a", "call_b", "")},
        {Qwen, openAiAnswer("call_0e4e05", "call_0e4e06", R"("reasoning_content":"hm",)")},
        {DeepSeek, openAiAnswer("call_00_x", "call_01_y", R"("reasoning_content":"hm",)")},
        {Mistral, openAiAnswer("g6fVbXS8K", "h7gWcYT9L", "")},
        {OpenRouter,
         openAiAnswer(
             "tool_0",
             "functions.get_time:1",
             R"("reasoning":"hm","reasoning_details":[{"type":"reasoning.encrypted","data":"sig-openrouter","format":"openai-responses-v1"}],)")},
        {Anthropic,
         R"({"id":"msg","type":"message","content":[{"type":"thinking","thinking":"hm","signature":"sig-anthropic"},)"
         R"({"type":"text","text":"let me see"},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Paris"}},)"
         R"({"type":"tool_use","id":"toolu_2","name":"get_time","input":{}}],"stop_reason":"tool_use"})"},
        {Gemini,
         R"({"responseId":"r","candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"let me see"},)"
         R"({"functionCall":{"name":"get_weather","args":{"city":"Paris"}},"thoughtSignature":"sig-gemini"},)"
         R"({"functionCall":{"name":"get_time","args":{}}}]},"finishReason":"STOP"}]})"},
    };
    return all;
}

const char *modelOf(ProviderKind kind)
{
    return kind == Anthropic ? "claude-haiku-4-5"
           : kind == Gemini  ? "gemini-3-flash-preview"
                             : "model";
}

/// The message that a client gets for the answer of \p kind, and sends back as it came.
Json messageOf(ProviderKind kind)
{
    ChatAccumulator whole;
    for (const ChatEvent &event : test::decodeWhole(kind, answers().at(kind))) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            whole.add(*chunk);
        }
    }
    return Json::parse(encodeCompletion(whole.whole(), {"id", "m", 1}))["choices"][0]["message"];
}

/// The answer of \p kind and the results of its calls, the second first.
void addTurn(Json &messages, ProviderKind kind, const std::string &words)
{
    const Json message = messageOf(kind);
    messages.push_back(message);
    for (const std::size_t i : {1U, 0U}) {
        messages.push_back({{"role", "tool"},
                            {"tool_call_id", message["tool_calls"][i]["id"]},
                            {"content", words + std::to_string(i)}});
    }
}

std::string sentTo(ProviderKind kind, const Json &messages)
{
    const Json request{{"model", "m"},
                       {"max_tokens", 9000},
                       {"reasoning_effort", "low"},
                       {"messages", messages},
                       {"tools",
                        {{{"type", "function"}, {"function", {{"name", "get_weather"}}}},
                         {{"type", "function"}, {"function", {{"name", "get_time"}}}}}}};
    const auto decoded = decodeChat(request.dump());
    if (!decoded.ok()) {
        return "no request: " + decoded.error().message;
    }
    const auto call = adapterFor(kind).encodeChat(*decoded, modelOf(kind), {});
    return call.ok() ? call->body : "refused: " + call.error().text;
}

/// Calls and results of a body by id, as `id name` and `id content`.
struct Exchanged
{
    std::vector<std::pair<std::string, std::string>> calls;
    std::map<std::string, std::string> results;

    void addOpenAi(const Json &message)
    {
        for (const Json &call : message.value("tool_calls", Json::array())) {
            calls.emplace_back(call.at("id"), call.at("function").at("name"));
        }
        if (message.at("role") == "tool") {
            results[message.at("tool_call_id")] = message.at("content");
        }
    }
    void addAnthropic(const Json &message)
    {
        for (const Json &block : message.at("content")) {
            if (block.at("type") == "tool_use") {
                calls.emplace_back(block.at("id"), block.at("name"));
            } else if (block.at("type") == "tool_result") {
                results[block.at("tool_use_id")] = block.at("content").dump();
            }
        }
    }
    void addGemini(const Json &content)
    {
        for (const Json &part : content.at("parts")) {
            if (part.contains("functionCall")) {
                const Json &call = part["functionCall"];
                calls.emplace_back(call.at("id"), call.at("name"));
            } else if (part.contains("functionResponse")) {
                const Json &response = part["functionResponse"];
                results[response.at("id")] = response.at("response").dump();
            }
        }
    }
};

Exchanged exchangedIn(ProviderKind kind, const std::string &body)
{
    const Json json = Json::parse(body);
    Exchanged found;
    for (const Json &turn : json.at(kind == Gemini ? "contents" : "messages")) {
        if (kind == Anthropic) {
            found.addAnthropic(turn);
        } else if (kind == Gemini) {
            found.addGemini(turn);
        } else {
            found.addOpenAi(turn);
        }
    }
    return found;
}

/// The ids that \p kind takes.
QRegularExpression idsOf(ProviderKind kind)
{
    const char *form = "^.+$";
    if (kind == Mistral) {
        form = "^[a-zA-Z0-9]{9}$";
    } else if (kind == Anthropic || kind == Gemini) {
        form = "^[a-zA-Z0-9_-]+$";
    }
    return QRegularExpression(QString::fromLatin1(form));
}

/// What is wrong with \p body, which is to hold the calls of as many answers as there are
/// \p words, which their results begin with; empty when nothing is.
QString wrongWith(ProviderKind kind, const std::string &body, const std::vector<std::string> &words)
{
    if (!Json::accept(body)) {
        return QString::fromStdString(body);
    }
    const Exchanged found = exchangedIn(kind, body);
    if (found.calls.size() != 2 * words.size() || found.results.size() != found.calls.size()) {
        return QStringLiteral("calls or results are missing");
    }
    for (std::size_t i = 0; i < found.calls.size(); ++i) {
        const auto &[id, name] = found.calls[i];
        const auto result = found.results.find(id);
        const std::string expected = words[i / 2] + std::to_string(i % 2);
        if (name != (i % 2 == 0 ? "get_weather" : "get_time")) {
            return QStringLiteral("the calls are out of order");
        }
        if (!idsOf(kind).match(QString::fromStdString(id)).hasMatch()) {
            return QStringLiteral("an id that is not taken");
        }
        if (result == found.results.end() || result->second.find(expected) == std::string::npos) {
            return QStringLiteral("a result is not that of its call");
        }
    }
    return body.find("let me see") == std::string::npos ? QStringLiteral("words are missing")
                                                        : QString();
}

bool has(const std::string &body, const char *text)
{
    return body.find(text) != std::string::npos;
}

} // namespace

void TestRoundTrips::conversationsGoOnElsewhere_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    for (const auto &[from, answer] : answers()) {
        for (const auto &[to, other] : answers()) {
            const std::string name = std::string(toString(from)) + " to "
                                     + std::string(toString(to));
            QTest::newRow(name.c_str()) << int(from) << int(to);
        }
    }
}

void TestRoundTrips::conversationsGoOnElsewhere()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    const auto first = static_cast<ProviderKind>(from);
    const auto second = static_cast<ProviderKind>(to);
    Json messages = {{{"role", "system"}, {"content", "Use the tools."}},
                     {{"role", "user"}, {"content", "What is it like in Paris?"}}};
    addTurn(messages, first, "early");
    const std::string next = sentTo(second, messages);
    QVERIFY2(wrongWith(second, next, {"early"}).isEmpty(),
             (wrongWith(second, next, {"early"}).toStdString() + "\n" + next).c_str());

    // What was signed goes to whom it is from, and, in its own form, to OpenRouter.
    const bool toOpenRouter = second == OpenRouter;
    QCOMPARE(has(next, "sig-anthropic"),
             first == Anthropic && (second == Anthropic || toOpenRouter));
    QCOMPARE(has(next, "sig-gemini"), first == Gemini && (second == Gemini || toOpenRouter));
    QCOMPARE(has(next, "sig-openrouter"), first == OpenRouter && toOpenRouter);
    QCOMPARE(has(next, "skip_thought_signature_validator"), second == Gemini && first != Gemini);
    QCOMPARE(has(next, "reasoning_content"), second == DeepSeek);

    messages.push_back({{"role", "assistant"}, {"content", "It is fine."}});
    messages.push_back({{"role", "user"}, {"content", "And in Rome?"}});
    const ProviderKind other = first == OpenAi ? Qwen : OpenAi; // whose ids are not those of before
    addTurn(messages, second == first ? other : second, "late");
    const std::string back = sentTo(first, messages);
    QVERIFY2(wrongWith(first, back, {"early", "late"}).isEmpty(),
             (wrongWith(first, back, {"early", "late"}).toStdString() + "\n" + back).c_str());
    QVERIFY(has(back, "It is fine.") && has(back, "And in Rome?"));
}

QTEST_APPLESS_MAIN(TestRoundTrips)
#include "tst_round_trips.moc"

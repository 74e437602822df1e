// SPDX-License-Identifier: Apache-2.0
#include "tests/support/upstream_script.h"

#include "core/base/check.h"
#include "core/http/date.h"

#include <utility>

namespace signalbox::tests {

using gateway::UpstreamConnected;
using gateway::UpstreamEnd;
using gateway::UpstreamFailed;
using gateway::UpstreamHead;

namespace {

constexpr Millis kBeat{100};

/// The pieces of a stream, in OpenAI's or Anthropic's format.
class Format
{
public:
    Format(ProviderKind kind, bool stream, const ScriptedAnswer &answer)
        : m_anthropic(kind == ProviderKind::Anthropic)
        , m_stream(stream)
        , m_answer(answer)
    {}

    [[nodiscard]] bool isStream() const { return m_stream; }
    [[nodiscard]] const ScriptedAnswer &answer() const { return m_answer; }
    [[nodiscard]] std::string opening() const
    {
        if (m_anthropic) {
            return "event: message_start\n"
                   R"(data: {"type":"message_start","message":{"id":"msg_)"
                   + m_answer.id
                   + R"(","type":"message",)"
                     R"("role":"assistant","model":"upstream-model","content":[],)"
                     R"("usage":{"input_tokens":)"
                   + std::to_string(m_answer.promptTokens)
                   + R"(,"output_tokens":1}}})"
                     "\n\nevent: content_block_start\n"
                     R"(data: {"type":"content_block_start","index":0,)"
                     R"("content_block":{"type":"text","text":""}})"
                     "\n\n";
        }
        return openAiChunk(R"({"index":0,"delta":{"role":"assistant","content":""},)"
                           R"("finish_reason":null})");
    }
    [[nodiscard]] std::string content(const std::string &text) const
    {
        if (m_anthropic) {
            return "event: content_block_delta\n"
                   R"(data: {"type":"content_block_delta","index":0,)"
                   R"("delta":{"type":"text_delta","text":")"
                   + text + "\"}}\n\n";
        }
        return openAiChunk(R"({"index":0,"delta":{"content":")" + text
                           + R"("},"finish_reason":null})");
    }
    [[nodiscard]] std::string closing(bool metered) const
    {
        if (m_anthropic) {
            return "event: content_block_stop\n"
                   R"(data: {"type":"content_block_stop","index":0})"
                   "\n\nevent: message_delta\n"
                   R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},)"
                   R"("usage":{"output_tokens":)"
                   + std::to_string(m_answer.completionTokens)
                   + "}}"
                     "\n\nevent: message_stop\n"
                     R"(data: {"type":"message_stop"})"
                     "\n\n";
        }
        std::string text = openAiChunk(R"({"index":0,"delta":{},"finish_reason":"stop"})");
        if (metered) {
            text += chunkStart() + R"("choices":[],"usage":)" + usage() + "}}\n\n";
        }
        return text + "data: [DONE]\n\n";
    }
    [[nodiscard]] std::string document(bool metered, const std::string &more = {}) const
    {
        if (m_answer.embeddings) {
            return R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":")"
                   + wholeText() + R"("}],"model":"up-)" + m_answer.id + "\""
                   + (metered ? R"(,"usage":)" + usage() + more + "}" : "") + "}";
        }
        if (m_anthropic) {
            return R"({"id":"msg_)" + m_answer.id
                   + R"(","type":"message","role":"assistant","model":"upstream-model",)"
                     R"("content":[{"type":"text","text":")"
                   + wholeText() + R"("}],"stop_reason":"end_turn","usage":{"input_tokens":)"
                   + std::to_string(m_answer.promptTokens) + R"(,"output_tokens":)"
                   + std::to_string(m_answer.completionTokens) + "}}";
        }
        return R"({"id":"up-)" + m_answer.id
               + R"(","object":"chat.completion","created":1700000000,)"
                 R"("model":"upstream-model","choices":[{"index":0,"message":{"role":"assistant",)"
                 R"("content":")"
               + wholeText() + R"("},"finish_reason":"stop"}])"
               + (metered ? R"(,"usage":)" + usage() + more + "}" : "") + "}";
    }
    /// A call that was thought about, as one document.
    [[nodiscard]] std::string call() const
    {
        if (m_anthropic) {
            return R"({"id":"msg_1","type":"message","role":"assistant","model":"upstream-model",)"
                   R"("content":[{"type":"thinking","thinking":"hm","signature":"sig"},)"
                   R"({"type":"tool_use","id":"toolu_1","name":"f","input":{}}],)"
                   R"("stop_reason":"tool_use","usage":{"input_tokens":9,"output_tokens":5}})";
        }
        return R"({"id":"up-1","object":"chat.completion","created":1700000000,)"
               R"("model":"upstream-model","choices":[{"index":0,"message":{"role":"assistant",)"
               R"("content":null,"reasoning_content":"hm","reasoning_details":[{"type":)"
               R"("reasoning.text","text":"hm","signature":"sig"}],"tool_calls":[{"id":"call_1",)"
               R"("type":"function","function":{"name":"f","arguments":"{}"}}]},)"
               R"("finish_reason":"tool_calls"}],"usage":)"
               + usage() + "}}";
    }
    [[nodiscard]] std::string error(const std::string &type,
                                    const std::string &code,
                                    const std::string &message) const
    {
        if (m_anthropic) {
            return R"({"type":"error","error":{"type":")" + (type.empty() ? code : type)
                   + R"(","message":")" + message + "\"}}";
        }
        return R"({"error":{"message":")" + message + R"(","type":")" + type + R"(","param":null,)"
               + R"("code":)" + (code.empty() ? "null" : "\"" + code + "\"") + "}}";
    }
    [[nodiscard]] std::string errorEvent(const std::string &type,
                                         const std::string &code,
                                         const std::string &message) const
    {
        const std::string name = m_anthropic ? "event: error\n" : "";
        return name + "data: " + error(type, code, message) + "\n\n";
    }

private:
    [[nodiscard]] std::string chunkStart() const
    {
        return R"(data: {"id":"up-)" + m_answer.id
               + R"(","object":"chat.completion.chunk","created":1700000000,)"
                 R"("model":"upstream-model",)";
    }
    [[nodiscard]] std::string openAiChunk(const std::string &choice) const
    {
        return chunkStart() + R"("choices":[)" + choice + "]}\n\n";
    }
    /// Without its closing brace.
    [[nodiscard]] std::string usage() const
    {
        const int total = m_answer.promptTokens + m_answer.completionTokens;
        return R"({"prompt_tokens":)" + std::to_string(m_answer.promptTokens)
               + R"(,"completion_tokens":)" + std::to_string(m_answer.completionTokens)
               + R"(,"total_tokens":)" + std::to_string(total);
    }
    [[nodiscard]] std::string wholeText() const
    {
        std::string text;
        for (const std::string &piece : m_answer.pieces) {
            text += piece;
        }
        return text;
    }

    bool m_anthropic;
    bool m_stream;
    const ScriptedAnswer &m_answer;
};

class Steps
{
public:
    explicit Steps(const Format &format)
        : m_format(format)
    {
        at(Millis(0), UpstreamConnected{});
    }

    void at(Millis after, decltype(UpstreamStep::what) what)
    {
        m_at = after;
        m_steps.push_back({after, std::move(what)});
    }
    template <typename What>
    void next(What what)
    {
        at(m_at + kBeat, std::move(what));
    }
    /// At the time of the step before.
    template <typename What>
    void with(What what)
    {
        at(m_at, std::move(what));
    }
    void head(int status, std::string_view type, const http::Headers &more = {})
    {
        UpstreamHead head{status, {{"content-type", type}}};
        for (const http::Header header : more) {
            head.headers.add(header.name, header.value);
        }
        next(std::move(head));
    }
    void goodHead() { head(200, m_format.isStream() ? "text/event-stream" : "application/json"); }
    void document(std::string text)
    {
        with(Bytes{std::move(text)});
        with(UpstreamEnd{});
    }
    void answer(bool metered)
    {
        goodHead();
        if (!m_format.isStream()) {
            document(m_format.document(metered));
            return;
        }
        with(Bytes{m_format.opening()});
        for (const std::string &piece : m_format.answer().pieces) {
            next(Bytes{m_format.content(piece)});
        }
        next(Bytes{m_format.closing(metered)});
        with(UpstreamEnd{});
    }
    void wait(Millis time) { m_at += time; }
    std::vector<UpstreamStep> take() { return std::move(m_steps); }

private:
    const Format &m_format;
    Millis m_at{0};
    std::vector<UpstreamStep> m_steps;
};

struct Refusal
{
    std::string type;
    std::string code;
    std::string message;
};

Refusal refusalOf(std::string_view behaviour)
{
    const std::string status(behaviour.substr(0, 3));
    if (behaviour == "400 key") {
        return {"invalid_request_error",
                "invalid_api_key",
                "Incorrect API key provided: sk-secret"};
    }
    if (behaviour == "400 billing") {
        return {"Arrearage",
                "Arrearage",
                "Access denied, please make sure your account is in good standing."};
    }
    if (behaviour == "429 billing") {
        return {"insufficient_quota", "insufficient_quota", "You exceeded your current quota"};
    }
    if (behaviour == "400 context") {
        return {"invalid_request_error", "context_length_exceeded", "too long for this model"};
    }
    if (behaviour == "400 content") {
        return {"invalid_request_error", "content_filter", "The prompt was filtered"};
    }
    if (behaviour == "400 model") {
        return {"invalid_request_error", "model_not_found", "The model is not here"};
    }
    if (status == "401" || status == "403") {
        return {"", "", "Incorrect API key provided: sk-secret"};
    }
    if (status == "400" || status == "422") {
        return {"invalid_request_error", "wrong_value", "this value is wrong"};
    }
    return {"", "", "upstream says " + status};
}

/// How long to stay away, in one of the ways providers say it.
struct Hint
{
    http::Headers headers = {};
    std::string text = {};
};

Hint hintOf(std::string_view behaviour, SystemTime now)
{
    const auto value = [behaviour](std::string_view lead) -> std::string {
        const auto found = behaviour.find(lead);
        return std::string(found == std::string_view::npos ? ""
                                                           : behaviour.substr(found + lead.size()));
    };
    if (std::string seconds = value(" hint "); !seconds.empty()) {
        seconds.pop_back(); // its s
        return {{{"retry-after", seconds}}};
    }
    if (const std::string millis = value(" hint-ms "); !millis.empty()) {
        return {{{"retry-after-ms", millis}}};
    }
    if (const std::string seconds = value(" hint-date "); !seconds.empty()) {
        return {{{"retry-after", http::formatHttpDate(now + Seconds(std::stoi(seconds)))}}};
    }
    if (const std::string seconds = value(" hint-text "); !seconds.empty()) {
        return {{}, "; try again in " + seconds + "s"};
    }
    if (const std::string seconds = value(" hint-reset "); !seconds.empty()) {
        return {{{"x-ratelimit-remaining-requests", "0"},
                 {"x-ratelimit-reset-requests", seconds + "s"}}};
    }
    if (behaviour.ends_with(" no-retry")) {
        return {{{"x-should-retry", "false"}}};
    }
    return {};
}

void addErrorAnswer(std::string_view behaviour, const Format &format, Steps &steps)
{
    const int status = std::stoi(std::string(behaviour.substr(0, 3)));
    const Hint hint = hintOf(behaviour, format.answer().now);
    const Refusal refusal = refusalOf(behaviour);
    steps.head(status, "application/json", hint.headers);
    steps.document(format.error(refusal.type, refusal.code, refusal.message + hint.text));
}

/// The last one first, as the order is the index's to tell.
std::string vectors(int count)
{
    std::string data;
    for (int i = count - 1; i >= 0; --i) {
        data += std::string(data.empty() ? "" : ",") + R"({"object":"embedding","index":)"
                + std::to_string(i) + R"(,"embedding":[)" + std::to_string(i) + "]}";
    }
    return R"({"object":"list","data":[)" + data + R"(],"model":"v-up","usage":{"prompt_tokens":)"
           + std::to_string(count) + R"(,"total_tokens":)" + std::to_string(count) + "}}";
}

/// The whole numbers in \p text, in order.
std::vector<int> numbersIn(std::string_view text)
{
    std::vector<int> numbers;
    bool within = false;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (digit) {
            if (!within) {
                numbers.push_back(0);
            }
            numbers.back() = numbers.back() * 10 + (c - '0');
        }
        within = digit;
    }
    return numbers;
}

void addGoodStatus(std::string_view behaviour, const Format &format, Steps &steps)
{
    if (behaviour == "200 empty") {
        steps.goodHead();
        steps.with(UpstreamEnd{});
    } else if (behaviour == "200 void") {
        steps.goodHead();
        steps.document(format.isStream() ? "data: [DONE]\n\n" : R"({"choices":[]})");
    } else if (behaviour == "200 call") {
        steps.goodHead();
        steps.document(format.call());
    } else if (behaviour == "200 stated") {
        steps.goodHead();
        steps.document(format.document(true, R"(,"cost":0.000123456)"));
    } else if (behaviour.starts_with("200 cached ")) {
        const auto numbers = numbersIn(behaviour);
        steps.goodHead();
        steps.document(format.document(true,
                                       R"(,"prompt_tokens_details":{"cached_tokens":)"
                                           + std::to_string(numbers.at(1)) + "}"));
    } else if (behaviour.starts_with("200 left ")) {
        const auto numbers = numbersIn(behaviour);
        steps.head(200,
                   "application/json",
                   {{"x-ratelimit-remaining-requests", std::to_string(numbers.at(1))},
                    {"x-ratelimit-limit-requests", std::to_string(numbers.at(2))},
                    {"x-ratelimit-reset-requests", std::to_string(numbers.at(3)) + "s"}});
        steps.document(format.document(true));
    } else if (behaviour == "200 embeddings") {
        steps.goodHead();
        steps.document(std::string(kEmbeddingsAnswer));
    } else if (behaviour == "200 embeddings unmetered") {
        steps.goodHead();
        steps.document(std::string(kEmbeddingsAnswer.substr(0, kEmbeddingsAnswer.find(",\"usage")))
                       + "}");
    } else if (behaviour.starts_with("200 vectors ")) {
        steps.goodHead();
        steps.document(vectors(std::stoi(std::string(behaviour.substr(12)))));
    } else if (behaviour == "200 html") {
        steps.head(200, "text/html");
        steps.document("<html><title>Log in</title></html>");
    } else if (behaviour == "200 error") {
        steps.goodHead();
        steps.document(format.error("server_error", "server_error", "told as an answer"));
    } else {
        steps.wait(behaviour == "200 slow"   ? Millis(19'900)
                   : behaviour == "200 late" ? Millis(39'900)
                                             : Millis(0));
        steps.answer(behaviour != "200 unmetered");
    }
}

bool addFailure(std::string_view behaviour, Steps &steps)
{
    using enum OutcomeClass;
    const std::pair<std::string_view, OutcomeClass> below[] = {{"dns", DnsFailure},
                                                               {"tls", TlsFailure},
                                                               {"reset", ConnectionReset}};
    for (const auto &[name, outcome] : below) {
        if (behaviour == name) {
            steps.next(UpstreamFailed{outcome, std::string(name)});
            return true;
        }
    }
    return false;
}

bool addStreamFault(std::string_view behaviour, const Format &format, Steps &steps)
{
    const bool after = behaviour.ends_with(" after content");
    if (!after && !behaviour.ends_with(" before content")) {
        return false;
    }
    const std::string_view fault = behaviour.substr(0, behaviour.find(' '));
    steps.goodHead();
    steps.with(Bytes{format.opening()});
    if (after) {
        steps.next(Bytes{format.content(format.answer().pieces.front())});
    }
    if (fault == "cut") {
        steps.next(UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
    } else if (fault == "end") {
        steps.next(UpstreamEnd{});
    } else if (fault == "garbage") {
        steps.next(Bytes{"data: {not json\n\n"});
    } else if (fault == "error") {
        steps.next(Bytes{format.errorEvent("server_error", "server_error", "it broke")});
    } else if (fault == "throttled") {
        steps.next(
            Bytes{format.errorEvent("rate_limit_error", "rate_limit_exceeded", "slow down")});
    } else if (fault == "key") {
        steps.next(Bytes{format.errorEvent("authentication_error",
                                           "invalid_api_key",
                                           "Incorrect API key provided: sk-secret")});
    } else {
        SB_CHECK(fault == "stall");
    }
    return true;
}

} // namespace

std::vector<UpstreamStep> stepsOf(std::string_view behaviour,
                                  ProviderKind kind,
                                  bool stream,
                                  const ScriptedAnswer &answer)
{
    if (behaviour == "connect-hang") {
        return {};
    }
    if (behaviour == "refused") {
        return {{kBeat, UpstreamFailed{OutcomeClass::ConnectionRefused, "refused"}}};
    }
    ScriptedAnswer said = answer;
    if (behaviour.starts_with("200 cached ")) {
        said.promptTokens = numbersIn(behaviour).at(2);
    }
    const Format format(kind, stream, said);
    Steps steps(format);
    if (behaviour == "hang" || addFailure(behaviour, steps)
        || addStreamFault(behaviour, format, steps)) {
        return steps.take();
    }
    if (behaviour == "head-hang") {
        steps.goodHead();
    } else if (behaviour == "comments") {
        steps.goodHead();
        for (int i = 1; i <= 100; ++i) {
            steps.at(Seconds(10 * i), Bytes{": keep-alive\n\n"});
        }
    } else if (behaviour == "drip") {
        steps.goodHead();
        steps.with(Bytes{format.opening()});
        for (int i = 1; i <= 4; ++i) {
            steps.at(Seconds(20 * i), Bytes{format.content(std::to_string(i))});
        }
        steps.next(Bytes{format.closing(true)});
        steps.with(UpstreamEnd{});
    } else if (behaviour.starts_with("200")) {
        addGoodStatus(behaviour, format, steps);
    } else {
        addErrorAnswer(behaviour, format, steps);
    }
    return steps.take();
}

} // namespace signalbox::tests

// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_json.h"
#include "app/simulator/openai_thinking.h"
#include "app/simulator/wire_time.h"

#include <vector>

namespace signalbox::simulator {

namespace {

class OpenAiStream final : public StreamWriter
{
public:
    explicit OpenAiStream(Answer answer)
        : m_answer(std::move(answer))
        , m_deltas(thinkingDeltas(m_answer))
        , m_thinks(!m_deltas.empty())
    {
        if (!m_answer.toolName) {
            for (const std::string &piece : m_answer.pieces) {
                m_deltas.push_back({{"content", piece}});
            }
            return;
        }
        if (m_thinks) { // else the opening has it
            m_deltas.push_back(callDelta(0, m_answer.toolId, *m_answer.toolName));
        }
        addArguments(0, m_answer.pieces);
        for (std::size_t i = 0; i < m_answer.moreCalls.size(); ++i) {
            const PlannedCall &call = m_answer.moreCalls[i];
            m_deltas.push_back(callDelta(i + 1, call.id, call.name));
            addArguments(i + 1, call.pieces);
        }
    }

    std::string opening() const override
    {
        Json delta{{"role", "assistant"}, {"content", ""}};
        if (m_answer.toolName) {
            delta["content"] = nullptr;
            if (!m_thinks) {
                delta.update(callDelta(0, m_answer.toolId, *m_answer.toolName));
            }
        }
        delta["refusal"] = nullptr;
        return chunk(delta, nullptr, 0);
    }

    std::size_t pieceCount() const override { return m_deltas.size(); }

    std::string piece(std::size_t index) const override
    {
        return chunk(m_deltas[index], nullptr, index + 1);
    }

    std::string closing() const override
    {
        const std::size_t number = pieceCount() + 1;
        std::string text;
        switch (m_answer.rules) {
        case Rules::DeepSeek:
        case Rules::Mistral: // on the chunk that finishes
            text = finishing(m_answer.includeUsage, number);
            break;
        case Rules::OpenRouter: // on a second one that does
            text = finishing(false, number) + finishing(true, number + 1);
            break;
        case Rules::None:
        case Rules::OpenAi:
        case Rules::Qwen:
            text = finishing(false, number) + (m_answer.includeUsage ? usageAlone(number + 1) : "");
            break;
        }
        return text + "data: [DONE]\n\n";
    }

private:
    static Json callDelta(std::size_t index, const std::string &id, const std::string &name)
    {
        Json call{{"index", index}};
        call.update(openAiCall(id, name, ""));
        return {{"tool_calls", Json::array({call})}};
    }

    void addArguments(std::size_t index, const std::vector<std::string> &pieces)
    {
        for (const std::string &piece : pieces) {
            const Json call{{"index", index}, {"function", {{"arguments", piece}}}};
            m_deltas.push_back({{"tool_calls", Json::array({call})}});
        }
    }

    [[nodiscard]] Json head() const
    {
        return {{"id", m_answer.id},
                {"object", "chat.completion.chunk"},
                {"created", unixSeconds(m_answer.created)},
                {"model", m_answer.model},
                {"service_tier", "default"},
                {"system_fingerprint", nullptr}};
    }

    [[nodiscard]] std::string finishing(bool withUsage, std::size_t number) const
    {
        return chunk(Json::object(), openAiFinish(m_answer), number, withUsage);
    }

    [[nodiscard]] std::string usageAlone(std::size_t number) const
    {
        Json json = head();
        json["choices"] = Json::array();
        json["usage"] = openAiUsage(m_answer);
        return event(json, number);
    }

    [[nodiscard]] std::string chunk(const Json &delta,
                                    const Json &finish,
                                    std::size_t number,
                                    bool withUsage = false) const
    {
        Json json = head();
        Json choice = Json::object();
        choice["index"] = 0;
        choice["delta"] = delta;
        choice["logprobs"] = nullptr;
        choice["finish_reason"] = finish;
        json["choices"] = Json::array({choice});
        if (withUsage) {
            json["usage"] = openAiUsage(m_answer);
        } else if (m_answer.includeUsage) {
            json["usage"] = nullptr;
        }
        return event(json, number);
    }

    [[nodiscard]] std::string event(Json &json, std::size_t number) const
    {
        if (m_answer.padding) {
            Random random(m_answer.paddingSeed + number);
            json["obfuscation"] = drawId("", 1 + random.below(16), random);
        }
        return "data: " + toText(json) + "\n\n";
    }

    Answer m_answer;
    std::vector<Json> m_deltas;
    bool m_thinks; ///< and shows it
};

} // namespace

std::string openAiFinish(const Answer &answer)
{
    if (answer.cutByLimit) {
        return "length";
    }
    return answer.toolName ? "tool_calls" : "stop";
}

Json openAiUsage(const Answer &answer)
{
    return {{"prompt_tokens", answer.promptTokens},
            {"completion_tokens", answer.completionTokens()},
            {"total_tokens", answer.promptTokens + answer.completionTokens()},
            {"prompt_tokens_details",
             {{"cached_tokens", answer.cachedTokens}, {"audio_tokens", 0}}},
            {"completion_tokens_details",
             {{"reasoning_tokens", answer.thinking.size()},
              {"audio_tokens", 0},
              {"accepted_prediction_tokens", 0},
              {"rejected_prediction_tokens", 0}}}};
}

Json openAiCall(const std::string &id, const std::string &name, const std::string &arguments)
{
    return {{"id", id},
            {"type", "function"},
            {"function", {{"name", name}, {"arguments", arguments}}}};
}

std::shared_ptr<const StreamWriter> openAiStream(Answer answer)
{
    return std::make_shared<OpenAiStream>(std::move(answer));
}

} // namespace signalbox::simulator

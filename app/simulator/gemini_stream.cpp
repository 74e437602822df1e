// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/gemini_json.h"

namespace signalbox::simulator {

namespace {

Json callPart(const Answer &answer,
              const std::string &id,
              const std::string &name,
              const std::vector<std::string> &pieces,
              bool first)
{
    std::string arguments;
    for (const std::string &piece : pieces) {
        arguments += piece;
    }
    Json call{{"name", name}, {"args", parseJson(arguments).value_or(Json::object())}};
    Json part = Json::object();
    const std::string signature = signatureOfCall(call);
    if (signsCalls(answer.model)) {
        call["id"] = id;
    }
    part["functionCall"] = call;
    if (first) {
        part["thoughtSignature"] = signature; // parallel ones share the first's
    }
    return part;
}

std::string finishOf(const Answer &answer)
{
    return answer.cutByLimit ? "MAX_TOKENS" : "STOP";
}

class GeminiStream final : public StreamWriter
{
public:
    explicit GeminiStream(Answer answer)
        : m_answer(std::move(answer))
        , m_parts(geminiParts(m_answer))
    {}

    std::string opening() const override { return {}; }
    std::size_t pieceCount() const override { return m_parts.size(); }
    std::string piece(std::size_t index) const override
    {
        return event(geminiResponse(m_answer, Json::array({m_parts[index]}), false));
    }
    std::string closing() const override
    {
        return event(geminiResponse(m_answer, Json::array({{{"text", ""}}}), true));
    }

private:
    static std::string event(const Json &json) { return "data: " + toText(json) + "\r\n\r\n"; }

    Answer m_answer;
    std::vector<Json> m_parts;
};

} // namespace

std::vector<Json> geminiParts(const Answer &answer)
{
    std::vector<Json> parts;
    for (const std::string &thought : answer.thinking) {
        parts.push_back({{"text", thought}, {"thought", true}});
    }
    if (!answer.toolName) {
        for (const std::string &piece : answer.pieces) {
            parts.push_back({{"text", piece}});
        }
        return parts;
    }
    parts.push_back(callPart(answer, answer.toolId, *answer.toolName, answer.pieces, true));
    for (const PlannedCall &call : answer.moreCalls) {
        parts.push_back(callPart(answer, call.id, call.name, call.pieces, false));
    }
    return parts;
}

Json geminiResponse(const Answer &answer, const Json &parts, bool last)
{
    const auto thoughts = static_cast<std::int64_t>(answer.thinking.size());
    Json candidate = Json::object();
    candidate["content"] = {{"parts", parts}, {"role", "model"}};
    if (last) {
        candidate["finishReason"] = finishOf(answer);
    }
    candidate["index"] = 0;
    Json usage{{"promptTokenCount", answer.promptTokens},
               {"candidatesTokenCount", answer.completionTokens() - thoughts},
               {"totalTokenCount", answer.promptTokens + answer.completionTokens()}};
    if (answer.cachedTokens > 0) {
        usage["cachedContentTokenCount"] = answer.cachedTokens;
    }
    if (thoughts > 0) {
        usage["thoughtsTokenCount"] = thoughts;
    }
    Json response = Json::object();
    response["candidates"] = Json::array({candidate});
    response["usageMetadata"] = usage;
    response["modelVersion"] = answer.model;
    response["responseId"] = answer.id;
    return response;
}

std::shared_ptr<const StreamWriter> geminiStream(Answer answer)
{
    return std::make_shared<GeminiStream>(std::move(answer));
}

} // namespace signalbox::simulator

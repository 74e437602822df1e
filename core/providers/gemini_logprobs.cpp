// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_logprobs.h"

#include "core/base/json_writer.h"

#include <vector>

namespace signalbox::providers {
namespace {

struct Token
{
    std::string text;
    std::string logprob; ///< the number as written
};

Token readToken(JsonValue &value)
{
    Token token;
    forEachMember(value, [&token](std::string_view name, JsonValue &member) {
        if (name == "token") {
            token.text = stringOrEmpty(member);
        } else if (name == "logProbability") {
            token.logprob = asLexeme(member).value_or("");
        }
    });
    return token;
}

std::vector<Token> readTokens(JsonValue &value)
{
    std::vector<Token> tokens;
    forEachElement(value, [&tokens](JsonValue &element) { tokens.push_back(readToken(element)); });
    return tokens;
}

void writeMembers(JsonWriter &json, const Token &token)
{
    json.key("token").string(token.text);
    json.key("logprob").raw(token.logprob.empty() ? "0.0" : token.logprob); // 0 is left out
    json.key("bytes").beginArray();
    for (const char byte : token.text) {
        json.integer(static_cast<unsigned char>(byte));
    }
    json.endArray();
}

} // namespace

std::string geminiLogprobs(JsonValue &value)
{
    std::vector<Token> chosen;
    std::vector<std::vector<Token>> top;
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "chosenCandidates") {
            chosen = readTokens(member);
        } else if (name == "topCandidates") {
            forEachElement(member, [&top](JsonValue &step) {
                top.emplace_back();
                forEachMember(step, [&top](std::string_view key, JsonValue &candidates) {
                    if (key == "candidates") {
                        top.back() = readTokens(candidates);
                    }
                });
            });
        }
    });
    std::string out;
    if (chosen.empty()) {
        return out;
    }
    JsonWriter json(out);
    json.beginObject().key("content").beginArray();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        json.beginObject();
        writeMembers(json, chosen[i]);
        json.key("top_logprobs").beginArray();
        for (const Token &token : i < top.size() ? top[i] : std::vector<Token>()) {
            json.beginObject();
            writeMembers(json, token);
            json.endObject();
        }
        json.endArray().endObject();
    }
    json.endArray().key("refusal").null().endObject();
    return out;
}

} // namespace signalbox::providers

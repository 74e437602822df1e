// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_candidate.h"

#include "core/providers/gemini_logprobs.h"
#include "core/providers/openai_delta.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

struct Reason
{
    std::string_view name;
    GeminiEnd end;
};

/// google-genai, FinishReason; the last ones are answered by the API though not listed there.
constexpr std::array<Reason, 22> kReasons = {{
    {"", GeminiEnd::None},
    {"FINISH_REASON_UNSPECIFIED", GeminiEnd::None},
    {"STOP", GeminiEnd::Stop},
    {"MAX_TOKENS", GeminiEnd::Length},
    {"SAFETY", GeminiEnd::Filtered},
    {"RECITATION", GeminiEnd::Filtered},
    {"LANGUAGE", GeminiEnd::Filtered},
    {"BLOCKLIST", GeminiEnd::Filtered},
    {"PROHIBITED_CONTENT", GeminiEnd::Filtered},
    {"SPII", GeminiEnd::Filtered},
    {"IMAGE_SAFETY", GeminiEnd::Filtered},
    {"IMAGE_PROHIBITED_CONTENT", GeminiEnd::Filtered},
    {"IMAGE_RECITATION", GeminiEnd::Filtered},
    {"MODEL_ARMOR", GeminiEnd::Filtered},
    {"OTHER", GeminiEnd::Unsaid},
    {"IMAGE_OTHER", GeminiEnd::Unsaid},
    {"NO_IMAGE", GeminiEnd::Unsaid},
    {"MALFORMED_FUNCTION_CALL", GeminiEnd::Failed},
    {"UNEXPECTED_TOOL_CALL", GeminiEnd::Failed},
    {"TOO_MANY_TOOL_CALLS", GeminiEnd::Failed},
    {"MALFORMED_RESPONSE", GeminiEnd::Failed},
    {"MISSING_THOUGHT_SIGNATURE", GeminiEnd::Failed},
}};

/// \p json without the blanks between its tokens: Gemini prints whole answers prettily, and a client
/// gives a call's arguments back with every request.
std::string compacted(std::string_view json)
{
    std::string out;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\') {
            out += c;
            out += json[++i]; // well-formed: something follows
            continue;
        }
        inString = inString != (c == '"');
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (inString || !blank) {
            out += c;
        }
    }
    return out;
}

void readCall(JsonValue &value, GeminiPart &part)
{
    part.isCall = forEachMember(value, [&part](std::string_view name, JsonValue &member) {
        if (name == "id") {
            part.id = stringOrEmpty(member);
        } else if (name == "name") {
            part.name = stringOrEmpty(member);
        } else if (name == "args" && typeOf(member) == JsonType::object) {
            part.args = compacted(rawJson(member));
        }
    });
}

GeminiPart readPart(JsonValue &value)
{
    GeminiPart part;
    forEachMember(value, [&part](std::string_view name, JsonValue &member) {
        if (name == "text") {
            part.text = asString(member);
        } else if (name == "thought") {
            part.thought = asBool(member).value_or(false);
        } else if (name == "thoughtSignature") {
            part.signature = stringOrEmpty(member);
        } else if (name == "functionCall") {
            readCall(member, part);
        }
    });
    return part;
}

void readContent(JsonValue &value, GeminiCandidate &candidate)
{
    forEachMember(value, [&candidate](std::string_view name, JsonValue &member) {
        if (name == "parts") {
            forEachElement(member, [&candidate](JsonValue &part) {
                candidate.parts.push_back(readPart(part));
            });
        }
    });
}

} // namespace

GeminiCandidate readGeminiCandidate(JsonValue &value)
{
    GeminiCandidate candidate;
    forEachMember(value, [&candidate](std::string_view name, JsonValue &member) {
        if (name == "content") {
            readContent(member, candidate);
        } else if (name == "finishReason") {
            candidate.finishReason = stringOrEmpty(member);
        } else if (name == "finishMessage") {
            candidate.finishMessage = stringOrEmpty(member);
        } else if (name == "index") {
            candidate.index = readListIndex(member);
        } else if (name == "logprobsResult") {
            candidate.logprobsJson = geminiLogprobs(member);
        }
    });
    return candidate;
}

GeminiEnd geminiEnd(std::string_view reason)
{
    const auto *found = std::ranges::find(kReasons, reason, &Reason::name);
    return found == kReasons.end() ? GeminiEnd::Stop : found->end;
}

} // namespace signalbox::providers

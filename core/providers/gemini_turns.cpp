// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_turns.h"

#include "core/providers/call_ids.h"
#include "core/providers/gemini_details.h"
#include "core/providers/gemini_media.h"
#include "core/providers/gemini_tools.h"
#include "core/providers/json_check.h"

#include <algorithm>
#include <optional>

namespace signalbox::providers {
namespace {

/// Said for the user where a conversation begins with the model's words.
constexpr std::string_view kOpening = "Hello.";
/// Stands for a signature that Gemini never gave; ai.google.dev, thought signatures, FAQ.
constexpr std::string_view kSkipSignature = "skip_thought_signature_validator";

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

std::string textPart(std::string_view text, std::string_view signature = {})
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("text").string(text);
    if (!signature.empty()) {
        json.key("thoughtSignature").string(signature);
    }
    json.endObject();
    return out;
}

class Arranger
{
public:
    Arranger(const ChatRequest &request, const GeminiModel &model, EncodedBody &notes)
        : m_request(request)
        , m_model(model)
        , m_notes(notes)
    {}

    Result<GeminiConversation, Refusal> arrange()
    {
        for (const ChatMessage &message : m_request.messages) {
            if (auto refusal = add(message)) {
                return Failure{std::move(*refusal)};
            }
        }
        if (auto refusal = settleCalls()) {
            return Failure{std::move(*refusal)};
        }
        beginWithTheUser();
        if (m_conversation.turns.empty()) {
            return refused("Gemini takes no conversation without content");
        }
        if (m_conversation.turns.back().ofModel) {
            return refused("Gemini takes no conversation that ends with the assistant's words");
        }
        if (m_named) {
            m_notes.drop("messages[].name");
        }
        if (m_skipped) {
            m_notes.note(
                "told Gemini not to check signatures: an earlier tool call came without one");
        }
        return std::move(m_conversation);
    }

private:
    /// A call whose result is still to come.
    struct OpenCall
    {
        std::string id;
        std::string name;
        std::string result = {}; ///< its raw part
    };

    std::optional<Refusal> add(const ChatMessage &message)
    {
        m_named = m_named || (!message.name.empty() && message.role != Role::Tool);
        switch (message.role) {
        case Role::System:
        case Role::Developer:
            return addParts(message, m_conversation.system, true);
        case Role::User:
            return addUser(message);
        case Role::Tool:
            return addResult(message);
        case Role::Assistant:
            break;
        }
        return addAnswer(message);
    }

    /// Appends the parts of \p message; a text that is empty says nothing.
    std::optional<Refusal> addParts(const ChatMessage &message,
                                    std::vector<std::string> &parts,
                                    bool textOnly = false)
    {
        for (const ChatMessage::Part &part : message.parts) {
            if (part.kind == ChatMessage::PartKind::Text) {
                if (!part.text.empty()) {
                    parts.push_back(textPart(part.text));
                }
                continue;
            }
            if (textOnly) {
                return Refusal{std::nullopt, "Gemini takes nothing but text in system messages"};
            }
            auto media = geminiMedia(part, m_notes);
            if (!media) {
                return media.error();
            }
            parts.push_back(*std::move(media));
        }
        return std::nullopt;
    }

    std::optional<Refusal> addUser(const ChatMessage &message)
    {
        std::vector<std::string> parts;
        auto refusal = addParts(message, parts);
        if (!refusal && !parts.empty()) {
            std::ranges::move(parts, std::back_inserter(turnOf(false).parts));
        }
        return refusal;
    }

    std::optional<Refusal> addResult(const ChatMessage &message)
    {
        const std::string id = m_ids.ofResult(message.toolCallId);
        const auto call = std::ranges::find(m_open, id, &OpenCall::id);
        if (call == m_open.end() || !call->result.empty()) {
            return Refusal{std::nullopt,
                           "the result of tool call \"" + message.toolCallId
                               + "\" does not follow its call, or is given twice"};
        }
        JsonWriter json(call->result);
        json.beginObject().key("functionResponse").beginObject();
        json.key("id").string(call->id).key("name").string(call->name).key("response");
        json.beginObject().key("output").string(message.text()).endObject();
        json.endObject().endObject();
        ChatMessage media;
        std::ranges::copy_if(message.parts,
                             std::back_inserter(media.parts),
                             [](const ChatMessage::Part &part) {
                                 return part.kind != ChatMessage::PartKind::Text;
                             });
        return addParts(media, turnOf(false).parts); // beside the results, which are of text
    }

    std::optional<Refusal> addAnswer(const ChatMessage &message)
    {
        if (!m_conversation.turns.empty() && !m_conversation.turns.back().ofModel) {
            if (auto refusal = settleCalls()) {
                return refusal;
            }
        }
        const GeminiSignatures signatures = readGeminiSignatures(message.reasoningDetailsJson);
        std::vector<std::string> parts = signatures.thoughts;
        if (auto refusal = addParts(message, parts)) {
            return refusal;
        }
        signText(message, signatures, parts);
        if (auto refusal = addCalls(message, signatures, parts)) {
            return refusal;
        }
        if (parts.size() > signatures.thoughts.size()) { // thoughts alone are no answer
            std::ranges::move(parts, std::back_inserter(turnOf(true).parts));
        }
        return std::nullopt;
    }

    /// The signature of an answer's words stands on the last of them.
    static void signText(const ChatMessage &message,
                         const GeminiSignatures &signatures,
                         std::vector<std::string> &parts)
    {
        if (signatures.ofText.empty()) {
            return;
        }
        const bool spoken = parts.size() > signatures.thoughts.size()
                            && message.parts.back().kind == ChatMessage::PartKind::Text
                            && !message.parts.back().text.empty();
        if (spoken) {
            parts.back() = textPart(message.parts.back().text, signatures.ofText);
        } else {
            parts.push_back(textPart("", signatures.ofText));
        }
    }

    std::optional<Refusal> addCalls(const ChatMessage &message,
                                    const GeminiSignatures &signatures,
                                    std::vector<std::string> &parts)
    {
        bool first = true; // only the first of parallel calls is signed
        for (const ToolCall &call : message.toolCalls) {
            const std::string which = "tool call \"" + call.id + "\"";
            if (!call.isFunction || call.id.empty()) {
                return Refusal{std::nullopt, which + " is no call of a function with an id"};
            }
            if (!isGeminiName(call.name)) {
                return Refusal{std::nullopt,
                               "the name of " + which + " must be " + std::string(kGeminiNameRule)};
            }
            const bool none = call.arguments.find_first_not_of(" \t\r\n") == std::string::npos;
            const std::string_view args = none ? std::string_view("{}")
                                               : std::string_view(call.arguments);
            if (!isJsonObject(args)) {
                return Refusal{std::nullopt,
                               "the arguments of " + which
                                   + " are no JSON object, and Gemini takes no other"};
            }
            const auto signature = signatures.ofCalls.find(call.id);
            const bool has = signature != signatures.ofCalls.end();
            const bool skips = first && !has && m_model.wantsSignatures;
            m_skipped = m_skipped || skips;
            first = false;
            m_open.push_back({m_ids.ofCall(call.id), call.name});
            parts.push_back(callPart(m_open.back(),
                                     args,
                                     has     ? signature->second
                                     : skips ? kSkipSignature
                                             : ""));
        }
        return std::nullopt;
    }

    static std::string callPart(const OpenCall &call,
                                std::string_view args,
                                std::string_view signature)
    {
        std::string out;
        JsonWriter json(out);
        json.beginObject().key("functionCall").beginObject();
        json.key("id").string(call.id).key("name").string(call.name);
        json.key("args").raw(args).endObject();
        if (!signature.empty()) {
            json.key("thoughtSignature").string(signature);
        }
        json.endObject();
        return out;
    }

    /// Gives the calls of the last model's turn their results in the user's turn after it.
    std::optional<Refusal> settleCalls()
    {
        for (OpenCall &call : m_open) {
            if (call.result.empty()) {
                return Refusal{std::nullopt,
                               "tool call \"" + call.id
                                   + "\" has no result after it, and Gemini demands one"};
            }
            turnOf(false).results.push_back(std::move(call.result));
        }
        m_open.clear();
        return std::nullopt;
    }

    GeminiTurn &turnOf(bool model)
    {
        auto &turns = m_conversation.turns;
        if (turns.empty() || turns.back().ofModel != model) {
            turns.push_back({model, {}, {}});
        }
        return turns.back();
    }

    void beginWithTheUser()
    {
        auto &turns = m_conversation.turns;
        auto &system = m_conversation.system;
        if (turns.empty() && !system.empty()) {
            m_notes.note("sent the last system text as the user's: there was no other message");
            turns.push_back({false, {}, {system.back()}});
            system.pop_back();
        } else if (!turns.empty() && turns.front().ofModel) {
            m_notes.note("added a user's greeting: the conversation began with the assistant");
            turns.insert(turns.begin(), GeminiTurn{false, {}, {textPart(kOpening)}});
        }
    }

    const ChatRequest &m_request;
    const GeminiModel &m_model;
    EncodedBody &m_notes;
    GeminiConversation m_conversation;
    CallIds m_ids;
    std::vector<OpenCall> m_open;
    bool m_named = false;
    bool m_skipped = false;
};

void writeParts(JsonWriter &json, const std::vector<std::string> &parts)
{
    for (const std::string &part : parts) {
        json.raw(part);
    }
}

} // namespace

Result<GeminiConversation, Refusal> arrangeGeminiTurns(const ChatRequest &request,
                                                       const GeminiModel &model,
                                                       EncodedBody &notes)
{
    return Arranger(request, model, notes).arrange();
}

void writeGeminiConversation(JsonWriter &json, const GeminiConversation &conversation)
{
    if (!conversation.system.empty()) {
        json.key("systemInstruction").beginObject().key("parts").beginArray();
        writeParts(json, conversation.system);
        json.endArray().endObject();
    }
    json.key("contents").beginArray();
    for (const GeminiTurn &turn : conversation.turns) {
        json.beginObject().key("role").string(turn.ofModel ? "model" : "user");
        json.key("parts").beginArray();
        writeParts(json, turn.results);
        writeParts(json, turn.parts);
        json.endArray().endObject();
    }
    json.endArray();
}

} // namespace signalbox::providers

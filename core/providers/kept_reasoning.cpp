// SPDX-License-Identifier: Apache-2.0
#include "core/providers/kept_reasoning.h"

#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"

#include <algorithm>
#include <array>
#include <vector>

namespace signalbox::providers {
namespace {

using Found = std::vector<const KeptReasoning *>; ///< by message; null where there is nothing

Found lookUp(const ChatRequest &request, const FindReasoning &find)
{
    Found found;
    for (const ChatMessage &message : request.messages) {
        const bool calls = message.role == Role::Assistant && !message.toolCalls.empty();
        found.push_back(calls && message.reasoningDetailsJson.empty()
                            ? find(message.toolCalls.front().id)
                            : nullptr);
    }
    return found;
}

/// The client has said something of its own.
bool hasReasoning(JsonValue &message)
{
    constexpr std::array<std::string_view, 3> names = {"reasoning",
                                                       "reasoning_content",
                                                       "reasoning_details"};
    bool has = false;
    forEachMember(message, [&](std::string_view name, JsonValue &value) {
        has = has || (std::ranges::find(names, name) != names.end() && !isNull(value));
    });
    return has;
}

/// The members of \p reasoning behind those of \p message, which is an object with some.
std::string extended(std::string_view message, const KeptReasoning &reasoning)
{
    std::string members;
    JsonWriter json(members);
    json.beginObject();
    if (!reasoning.text.empty()) {
        json.key("reasoning_content").string(reasoning.text);
    }
    if (!reasoning.detailsJson.empty()) {
        json.key("reasoning_details").raw(reasoning.detailsJson);
    }
    json.endObject();
    members.front() = ',';
    return std::string(message.substr(0, message.rfind('}'))) + members;
}

/// \p messages, a raw array, with what was found; where a message has reasoning of its own, \p found
/// is cleared instead.
std::string extendedMessages(const std::string &messages, Found &found)
{
    JsonReader reader;
    auto opened = reader.open(messages);
    if (!opened) {
        found.clear();
        return messages;
    }
    std::string text;
    JsonWriter json(text);
    json.beginArray();
    std::size_t at = 0;
    forEachElement(*opened, [&](JsonValue &message) {
        const std::string raw(rawJson(message));
        if (at < found.size() && found[at] != nullptr && hasReasoning(message)) {
            found[at] = nullptr;
        }
        const KeptReasoning *reasoning = at < found.size() ? found[at] : nullptr;
        json.raw(reasoning != nullptr ? extended(raw, *reasoning) : raw);
        ++at;
    });
    json.endArray();
    return text;
}

bool isNothing(const Found &found)
{
    return std::ranges::all_of(found, [](const auto *reasoning) { return reasoning == nullptr; });
}

} // namespace

bool wantsReasoningBack(ProviderKind kind)
{
    return kind == ProviderKind::Anthropic || kind == ProviderKind::Gemini
           || kind == ProviderKind::OpenRouter || kind == ProviderKind::DeepSeek;
}

std::optional<ChatRequest> withReasoning(const ChatRequest &request, const FindReasoning &find)
{
    Found found = lookUp(request, find);
    const RawField *messages = request.field("messages");
    if (isNothing(found) || messages == nullptr) {
        return std::nullopt;
    }
    std::string text = extendedMessages(messages->json, found);
    if (isNothing(found)) {
        return std::nullopt;
    }
    ChatRequest changed = request;
    for (RawField &field : changed.fields) {
        if (field.name == "messages") {
            field.json = std::move(text);
            break;
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i] != nullptr) {
            changed.messages[i].reasoningDetailsJson = found[i]->detailsJson;
        }
    }
    return changed;
}

} // namespace signalbox::providers

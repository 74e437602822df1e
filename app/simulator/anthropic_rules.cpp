// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/anthropic_rules.h"

#include "app/simulator/hash.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace signalbox::simulator {

namespace {

using Fault = std::optional<std::string>;

constexpr std::array<std::string_view, 17> kMembers = {"model",
                                                       "max_tokens",
                                                       "messages",
                                                       "system",
                                                       "tools",
                                                       "tool_choice",
                                                       "metadata",
                                                       "stream",
                                                       "thinking",
                                                       "top_p",
                                                       "output_config",
                                                       "temperature",
                                                       "top_k",
                                                       "stop_sequences",
                                                       "container",
                                                       "context_management",
                                                       "service_tier"};

bool isBlank(const std::string &text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

bool isId(const std::string &id)
{
    return !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
}

/// Turns of one role in a row are one turn to the API.
struct Turn
{
    std::string role;
    std::string place;
    std::vector<Json> blocks;
};

std::vector<Turn> turnsOf(const Json &messages)
{
    std::vector<Turn> turns;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string role = textAt(messages[i], "role").value_or("");
        if (turns.empty() || turns.back().role != role) {
            turns.push_back({role, "messages." + std::to_string(i), {}});
        }
        for (Json &block : contentBlocks(messages[i])) {
            turns.back().blocks.push_back(std::move(block));
        }
    }
    return turns;
}

Fault faultInMessages(const Json &messages)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string place = "messages." + std::to_string(i);
        const std::optional<std::string> role = textAt(messages[i], "role");
        if (!role) {
            return place + ".role: Field required";
        }
        if (*role != "user" && *role != "assistant") {
            return "messages: Unexpected role \"" + *role
                   + "\". The Messages API accepts a top-level `system` parameter, not \"system\" "
                     "as an input message role.";
        }
        if (!messages[i].contains("content")) {
            return place + ".content: Field required";
        }
        if (contentBlocks(messages[i]).empty() && i + 1 < messages.size()) {
            return place + ": all messages must have non-empty content";
        }
    }
    if (textAt(messages.front(), "role") != "user") {
        return "messages: first message must use the \"user\" role";
    }
    return std::nullopt;
}

Fault faultInImage(const Json &block, const std::string &place)
{
    const Json *source = objectAt(block, "source");
    if (source == nullptr) {
        return place + ".image.source: Field required";
    }
    if (textAt(*source, "type") == "url") {
        return textAt(*source, "url").value_or("").rfind("https://", 0) == 0
                   ? Fault()
                   : place + ".image.source.url.url: Only HTTPS URLs are supported.";
    }
    const std::string media = textAt(*source, "media_type").value_or("");
    const std::set<std::string> known = {"image/jpeg", "image/png", "image/gif", "image/webp"};
    if (known.count(media) == 0) {
        return place
               + ".image.source.base64.media_type: Input should be 'image/jpeg', "
                 "'image/png', 'image/gif' or 'image/webp'";
    }
    if (textAt(*source, "data").value_or("").empty()) {
        return place + ".image.source.base64.data: Field required";
    }
    return std::nullopt;
}

Fault faultInBlock(const Json &block, const std::string &place)
{
    const std::string type = textAt(block, "type").value_or("");
    if (type == "text" && isBlank(textAt(block, "text").value_or(""))) {
        return "messages: text content blocks must contain non-whitespace text";
    }
    if (type == "image") {
        return faultInImage(block, place);
    }
    if (type == "tool_use" && !isId(textAt(block, "id").value_or(""))) {
        return place + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'";
    }
    if (type == "tool_use" && objectAt(block, "input") == nullptr) {
        return place + ".tool_use.input: Input should be a valid dictionary";
    }
    if (type == "thinking"
        && textAt(block, "signature") != signatureOf(textAt(block, "thinking").value_or(""))) {
        return place + ": Invalid `signature` in `thinking` block";
    }
    const std::set<std::string> known =
        {"text", "image", "tool_use", "tool_result", "thinking", "redacted_thinking", "document"};
    if (known.count(type) == 0) {
        return place + ": Input tag '" + type
               + "' found using 'type' does not match any of the "
                 "expected tags";
    }
    return std::nullopt;
}

Fault faultInBlocks(const std::vector<Turn> &turns)
{
    for (const Turn &turn : turns) {
        for (std::size_t i = 0; i < turn.blocks.size(); ++i) {
            if (Fault fault = faultInBlock(turn.blocks[i],
                                           turn.place + ".content." + std::to_string(i))) {
                return fault;
            }
        }
    }
    return std::nullopt;
}

/// Every tool_use is answered by the turn after it, before any words, and nothing else is.
Fault faultInToolUse(const std::vector<Turn> &turns)
{
    std::set<std::string> open;
    std::set<std::string> all;
    for (const Turn &turn : turns) {
        bool words = false;
        for (const Json &block : turn.blocks) {
            const std::string type = textAt(block, "type").value_or("");
            words = words || (type != "tool_result" && turn.role == "user");
            const std::string id = textAt(block, "tool_use_id").value_or("");
            if (type == "tool_result" && (words || open.erase(id) == 0)) {
                return turn.place
                       + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id
                       + ". Each `tool_result` block must have a corresponding `tool_use` block in "
                         "the previous message.";
            }
        }
        if (turn.role == "user" && !open.empty()) {
            break;
        }
        for (const Json &block : turn.blocks) {
            const std::string id = textAt(block, "id").value_or("");
            if (textAt(block, "type") != "tool_use") {
                continue;
            }
            open.insert(id);
            if (!all.insert(id).second) {
                return turn.place + ": `tool_use` ids must be unique";
            }
        }
    }
    if (open.empty()) {
        return std::nullopt;
    }
    return "messages: `tool_use` ids were found without `tool_result` blocks immediately after: "
           + *open.begin()
           + ". Each `tool_use` block must have a corresponding `tool_result` block in the next "
             "message.";
}

bool usesTools(const std::vector<Turn> &turns)
{
    return std::any_of(turns.begin(), turns.end(), [](const Turn &turn) {
        return std::any_of(turn.blocks.begin(), turn.blocks.end(), [](const Json &block) {
            return textAt(block, "type") == "tool_use";
        });
    });
}

Fault faultInTools(const Json &request, const std::vector<Turn> &turns)
{
    const Json *tools = arrayAt(request, "tools");
    if (usesTools(turns) && (tools == nullptr || tools->empty())) {
        return "Requests which have `tool_use` or `tool_result` blocks in the message must define "
               "tools.";
    }
    if (objectAt(request, "tool_choice") != nullptr && (tools == nullptr || tools->empty())) {
        return "tool_choice may only be specified while providing tools";
    }
    for (std::size_t i = 0; tools != nullptr && i < tools->size(); ++i) {
        const Json *schema = objectAt((*tools)[i], "input_schema");
        const std::string place = "tools." + std::to_string(i);
        if (!isId(textAt((*tools)[i], "name").value_or(""))) {
            return place + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'";
        }
        if (schema == nullptr || textAt(*schema, "type") != "object") {
            return place + ".input_schema.type: Field required";
        }
    }
    return std::nullopt;
}

Fault faultInSampling(const Json &request)
{
    const double temperature = request.contains("temperature") && request["temperature"].is_number()
                                   ? request["temperature"].get<double>()
                                   : 1;
    if (temperature < 0 || temperature > 1) {
        return "temperature: range: 0..1";
    }
    if (request.contains("temperature") && request.contains("top_p")) {
        return "`temperature` and `top_p` cannot both be specified for this model. Please use only "
               "one.";
    }
    if (thinksIn(request) && temperature != 1) {
        return "`temperature` may only be set to 1 when thinking is enabled.";
    }
    return std::nullopt;
}

Fault faultInThinking(const Json &request, const std::vector<Turn> &turns)
{
    const Json *thinking = objectAt(request, "thinking");
    if (thinking == nullptr || !thinksIn(request)) {
        return std::nullopt;
    }
    const Json *choice = objectAt(request, "tool_choice");
    const std::string type = choice != nullptr ? textAt(*choice, "type").value_or("") : "auto";
    if (type == "any" || type == "tool") {
        return "Thinking may not be enabled when tool_choice forces tool use.";
    }
    if (textAt(*thinking, "type") != "enabled") {
        return std::nullopt;
    }
    const std::int64_t budget = integerAt(*thinking, "budget_tokens").value_or(0);
    if (budget < 1024) {
        return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    }
    if (budget >= integerAt(request, "max_tokens").value_or(0)) {
        return "`max_tokens` must be greater than `thinking.budget_tokens`.";
    }
    for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn) {
        const std::string first = textAt(turn->blocks.front(), "type").value_or("");
        if (turn->role == "user" && first != "tool_result") {
            break;
        }
        if (turn->role == "assistant" && first != "thinking" && first != "redacted_thinking") {
            return turn->place
                   + ".content.0.type: Expected `thinking` or `redacted_thinking`, but "
                     "found `"
                   + first
                   + "`. When `thinking` is enabled, a final `assistant` message "
                     "must start with a thinking block.";
        }
    }
    return std::nullopt;
}

Fault faultAtTheEnd(const Turn &last)
{
    const std::string text = textAt(last.blocks.back(), "text").value_or("x");
    if (last.role == "assistant" && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
        return "messages: final assistant content cannot end with trailing whitespace";
    }
    return std::nullopt;
}

Fault faultInMembers(const Json &request)
{
    if (!request.is_object()) {
        return "The request body must be a JSON object.";
    }
    for (const char *key : {"model", "max_tokens", "messages"}) {
        if (!request.contains(key)) {
            return std::string(key) + ": Field required";
        }
    }
    for (const auto &item : request.items()) {
        if (std::find(kMembers.begin(), kMembers.end(), item.key()) == kMembers.end()) {
            return item.key() + ": Extra inputs are not permitted";
        }
    }
    if (textAt(request, "model").value_or("").empty()) {
        return "model: Input should be a valid string";
    }
    if (integerAt(request, "max_tokens").value_or(0) < 1) {
        return "max_tokens: Input should be greater than or equal to 1";
    }
    const Json *messages = arrayAt(request, "messages");
    if (messages == nullptr) {
        return "messages: Input should be a valid list";
    }
    if (messages->empty()) {
        return "messages: at least one message is required";
    }
    return faultInMessages(*messages);
}

} // namespace

Fault faultInAnthropic(const Json &request)
{
    if (Fault fault = faultInMembers(request)) {
        return fault;
    }
    const std::vector<Turn> turns = turnsOf(*arrayAt(request, "messages"));
    if (turns.back().blocks.empty()) {
        return "messages: all messages must have non-empty content";
    }
    for (Fault fault : {faultInBlocks(turns),
                        faultInToolUse(turns),
                        faultInTools(request, turns),
                        faultInSampling(request),
                        faultInThinking(request, turns),
                        faultAtTheEnd(turns.back())}) {
        if (fault) {
            return fault;
        }
    }
    return std::nullopt;
}

std::vector<Json> contentBlocks(const Json &message)
{
    if (const std::optional<std::string> text = textAt(message, "content")) {
        return {Json{{"type", "text"}, {"text", *text}}};
    }
    const Json *blocks = arrayAt(message, "content");
    return blocks != nullptr ? std::vector<Json>(blocks->begin(), blocks->end())
                             : std::vector<Json>();
}

bool thinksIn(const Json &request)
{
    const Json *thinking = objectAt(request, "thinking");
    const std::string type = thinking != nullptr ? textAt(*thinking, "type").value_or("") : "";
    return type == "enabled" || type == "adaptive";
}

std::string signatureOf(std::string_view thinking)
{
    return "sim-" + std::to_string(hashOf(thinking));
}

} // namespace signalbox::simulator

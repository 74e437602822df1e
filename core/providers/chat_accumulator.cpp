// SPDX-License-Identifier: Apache-2.0
#include "core/providers/chat_accumulator.h"

#include "core/providers/json_reader.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

void append(std::optional<std::string> &text, const std::optional<std::string> &more)
{
    if (!more) {
        return;
    }
    if (!text) {
        text.emplace();
    }
    text->append(*more);
}

void addCall(std::vector<ToolCallDelta> &calls, const ToolCallDelta &delta)
{
    auto found = std::ranges::find(calls, delta.index, &ToolCallDelta::index);
    if (found == calls.end()) {
        calls.push_back(delta);
        return;
    }
    if (found->id.empty()) {
        found->id = delta.id;
    }
    if (found->name.empty()) {
        found->name = delta.name;
    }
    found->arguments += delta.arguments;
}

void keepFirst(std::string &kept, const std::string &text)
{
    if (kept.empty()) {
        kept = text;
    }
}

/// The elements of a raw array without its brackets, added to those of earlier ones.
void addElements(std::string &elements, std::string_view array)
{
    const auto first = array.find_first_not_of(" \t\r\n", 1);
    if (array.size() < 2 || array.front() != '[' || first == std::string_view::npos
        || array[first] == ']') {
        return;
    }
    if (!elements.empty()) {
        elements += ',';
    }
    elements += array.substr(first, array.size() - first - 1);
}

} // namespace

void ChatAccumulator::add(const ChatChunk &chunk)
{
    keepFirst(m_whole.id, chunk.id);
    keepFirst(m_whole.model, chunk.model);
    if (m_whole.created == 0) {
        m_whole.created = chunk.created;
    }
    if (!chunk.systemFingerprintJson.empty()) {
        m_whole.systemFingerprintJson = chunk.systemFingerprintJson;
    }
    if (!chunk.serviceTierJson.empty()) {
        m_whole.serviceTierJson = chunk.serviceTierJson;
    }
    if (chunk.usage) {
        m_whole.usage = chunk.usage;
        m_whole.usageJson = chunk.usageJson;
    }
    for (const ChoiceDelta &delta : chunk.choices) {
        addDelta(delta);
    }
}

void ChatAccumulator::addDelta(const ChoiceDelta &delta)
{
    auto choice = std::ranges::find(m_whole.choices, delta.index, &ChoiceDelta::index);
    if (choice == m_whole.choices.end()) {
        m_whole.choices.emplace_back().index = delta.index;
        choice = std::prev(m_whole.choices.end());
    }
    append(choice->content, delta.content);
    append(choice->reasoning, delta.reasoning);
    append(choice->refusal, delta.refusal);
    for (const ToolCallDelta &call : delta.toolCalls) {
        addCall(choice->toolCalls, call);
    }
    if (!delta.reasoningDetailsJson.empty()) {
        choice->reasoningDetailsJson = delta.reasoningDetailsJson;
    }
    if (!choice->finish) {
        choice->finish = delta.finish;
    }
    if (!delta.logprobsJson.empty()) {
        addLogprobs(delta);
    }
}

void ChatAccumulator::addLogprobs(const ChoiceDelta &delta)
{
    auto kept = std::ranges::find(m_logprobs, delta.index, &Logprobs::choice);
    if (kept == m_logprobs.end()) {
        m_logprobs.push_back({delta.index, {}, {}});
        kept = std::prev(m_logprobs.end());
    }
    thread_local JsonReader reader;
    auto root = reader.open(delta.logprobsJson);
    if (!root) {
        return;
    }
    forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        if (name == "content") {
            addElements(kept->content, rawJson(value));
        } else if (name == "refusal") {
            addElements(kept->refusal, rawJson(value));
        }
    });
}

ChatChunk ChatAccumulator::whole() const
{
    ChatChunk whole = m_whole;
    std::ranges::sort(whole.choices, {}, &ChoiceDelta::index);
    for (ChoiceDelta &choice : whole.choices) {
        std::ranges::sort(choice.toolCalls, {}, &ToolCallDelta::index);
        const auto logprobs = std::ranges::find(m_logprobs, choice.index, &Logprobs::choice);
        if (logprobs == m_logprobs.end()) {
            continue;
        }
        const auto list = [](const std::string &elements) {
            return elements.empty() ? std::string("null") : "[" + elements + "]";
        };
        choice.logprobsJson = R"({"content":)" + list(logprobs->content) + R"(,"refusal":)"
                              + list(logprobs->refusal) + "}";
    }
    return whole;
}

} // namespace signalbox::providers

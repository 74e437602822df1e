// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/stream_text.h"

#include "core/runtime/ledger/json_fields.h"

#include <algorithm>
#include <array>

namespace signalbox::runtime {
namespace {

/// Members whose texts are pieces of an answer.
constexpr std::array<std::string_view, 9> kPieces = {
    "content",
    "reasoning_content",
    "reasoning",
    "refusal",
    "arguments",
    "text",
    "thinking",
    "partial_json",
    "delta",
};
/// What says again what the pieces said.
constexpr std::array<std::string_view, 5> kRepeats = {"response",
                                                      "item",
                                                      "part",
                                                      "usage",
                                                      "message"};

template <typename List>
bool has(const List &list, std::string_view name)
{
    return std::ranges::find(list, name) != list.end();
}

class Joiner
{
public:
    void add(std::string_view data)
    {
        const auto event = parseJson(data);
        if (!event || !event->is_object()) {
            return;
        }
        ++m_events;
        if (const auto error = event->find("error"); error != event->end()) {
            m_error = *error;
        }
        gather(*event, {});
    }

    [[nodiscard]] std::string text() const
    {
        Json all{{"events", m_events}};
        for (const auto &[name, pieces] : m_texts.items()) {
            all[name] = pieces;
        }
        if (!m_error.is_null()) {
            all["error"] = m_error;
        }
        return toText(all);
    }

private:
    void gather(const Json &node, const std::string &choice)
    {
        for (const auto &[name, value] : node.items()) {
            if (value.is_string() && has(kPieces, name)) {
                Json &text = m_texts[name + choice];
                text = text.is_string() ? text.get_ref<const std::string &>()
                                              + value.get_ref<const std::string &>()
                                        : value.get_ref<const std::string &>();
            } else if (value.is_object() && !has(kRepeats, name)) {
                gather(value, choice);
            } else if (value.is_array()) {
                for (const Json &each : value) {
                    if (each.is_object()) {
                        gather(each, choiceOf(each, choice));
                    }
                }
            }
        }
    }

    /// Empty for the first.
    static std::string choiceOf(const Json &element, const std::string &outer)
    {
        const std::int64_t index = JsonFields(element).integer("index");
        return outer.empty() && index > 0 ? "[" + std::to_string(index) + "]" : outer;
    }

    std::int64_t m_events = 0;
    Json m_texts = Json::object();
    Json m_error;
};

} // namespace

bool isEventStream(std::string_view body)
{
    return body.starts_with("data:") || body.starts_with("event:") || body.starts_with(":");
}

std::string joinedStream(std::string_view body)
{
    constexpr std::string_view field = "data:";
    Joiner joiner;
    while (!body.empty()) {
        const auto end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        if (line.starts_with(field)) {
            joiner.add(line.substr(field.size()));
        }
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return joiner.text();
}

} // namespace signalbox::runtime

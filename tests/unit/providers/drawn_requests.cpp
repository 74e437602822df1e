// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/drawn_requests.h"

#include "tests/unit/providers/texts.h"

#include <algorithm>
#include <vector>

namespace signalbox::test {

using Json = nlohmann::json;

Json DrawnRequests::make()
{
    Json request{{"model", "m"}, {"messages", Json::array()}};
    const std::uint64_t rounds = 1 + m_random.below(5);
    for (std::uint64_t i = 0; i < rounds; ++i) {
        addRound(request["messages"]);
    }
    endConversation(request["messages"]);
    addTools(request);
    addOptions(request);
    return request;
}

void DrawnRequests::maybe(Json &request, const char *name, std::initializer_list<Json> values)
{
    if (chance(30)) {
        request[name] = oneOf(values);
    }
}

std::string DrawnRequests::words()
{
    ++m_word;
    return chance(8) ? oneOf<std::string>({"", " ", "\n\t"})
                     : "w" + std::to_string(m_word) + oneOf<std::string>({"", " ", "\n", "\"é"});
}

Json DrawnRequests::part()
{
    if (chance(80)) {
        return {{"type", "text"}, {"text", words()}};
    }
    const std::string url = oneOf<std::string>(
        {"data:image/png;base64,AAAA", "https://example.com/x.png", "data:image/jpg;base64,/9j/"});
    return {{"type", "image_url"}, {"image_url", {{"url", url}, {"detail", "high"}}}};
}

Json DrawnRequests::content()
{
    if (chance(60)) {
        return words();
    }
    Json parts = Json::array();
    for (std::uint64_t i = m_random.below(4); i > 0; --i) {
        parts.push_back(part());
    }
    return parts;
}

void DrawnRequests::addRound(Json &messages)
{
    if (chance(25)) {
        messages.push_back(
            {{"role", oneOf<std::string>({"system", "developer"})}, {"content", words()}});
    }
    if (chance(85)) {
        messages.push_back({{"role", "user"}, {"content", content()}});
    }
    if (chance(50)) {
        addCalls(messages);
    }
    if (chance(60)) {
        messages.push_back({{"role", "assistant"}, {"content", words()}});
    }
}

void DrawnRequests::addCalls(Json &messages)
{
    Json message{{"role", "assistant"}, {"content", chance(50) ? Json(words()) : Json()}};
    std::vector<std::string> ids;
    for (std::uint64_t i = 1 + m_random.below(3); i > 0; --i) {
        ids.push_back(oneOf<std::string>({"call_" + std::to_string(++m_word),
                                          "functions.f:" + std::to_string(i),
                                          "id " + std::to_string(i)}));
        message["tool_calls"].push_back(
            {{"id", ids.back()},
             {"type", "function"},
             {"function",
              {{"name", oneOf<std::string>({"f", "g_2"})},
               {"arguments", oneOf<std::string>({"", "{}", R"({"a": [1, "x"]})"})}}}});
    }
    addDetails(message, ids.front());
    messages.push_back(message);
    if (chance(30)) {
        std::reverse(ids.begin(), ids.end());
    }
    if (chance(5)) {
        ids.pop_back(); // an answer that never came
    }
    for (const std::string &id : ids) {
        messages.push_back({{"role", "tool"}, {"tool_call_id", id}, {"content", words()}});
    }
}

std::string lostWord(const Json &request, const std::string &body)
{
    for (const std::string &word : found(request["messages"].dump(), "w[0-9]+")) {
        if (body.find("\"" + word) == std::string::npos) {
            return word;
        }
    }
    return {};
}

} // namespace signalbox::test

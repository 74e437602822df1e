// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace signalbox::simulator {

namespace {

using Complaint = std::optional<ApiError>;

constexpr std::array<std::string_view, 20> kMistralMembers = {"model",
                                                              "messages",
                                                              "stream",
                                                              "temperature",
                                                              "top_p",
                                                              "max_tokens",
                                                              "stop",
                                                              "random_seed",
                                                              "tools",
                                                              "tool_choice",
                                                              "parallel_tool_calls",
                                                              "response_format",
                                                              "presence_penalty",
                                                              "frequency_penalty",
                                                              "n",
                                                              "prediction",
                                                              "metadata",
                                                              "prompt_mode",
                                                              "safe_prompt",
                                                              "reasoning_effort"};
constexpr std::array<std::string_view, 5> kMistralMessage = {"role",
                                                             "content",
                                                             "tool_calls",
                                                             "tool_call_id",
                                                             "prefix"};

template <std::size_t N>
Complaint extraMember(const Json &object,
                      const std::array<std::string_view, N> &known,
                      const std::string &place)
{
    for (const auto &item : object.items()) {
        const bool extra = std::find(known.begin(), known.end(), item.key()) == known.end();
        if (extra || item.value().is_null()) {
            return ApiError{422,
                            extra ? "extra_forbidden" : "missing",
                            extra ? "Extra inputs are not permitted" : "Input should not be null",
                            place + item.key(),
                            {}};
        }
    }
    return std::nullopt;
}

bool isMistralId(const std::string &id)
{
    return id.size() == 9 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
               return std::isalnum(c) != 0;
           });
}

Complaint faultInMistralIds(const Json &message)
{
    std::vector<std::string> ids;
    for (const Json &call : callsOf(message)) {
        ids.push_back(textAt(call, "id").value_or("null"));
    }
    if (textAt(message, "role") == "tool") {
        ids.push_back(textAt(message, "tool_call_id").value_or("null"));
    }
    for (const std::string &id : ids) {
        if (!isMistralId(id)) {
            return ApiError{400,
                            "invalid_function_call",
                            "Tool call id was " + id
                                + " but must be a-z, A-Z, 0-9, with a length of 9.",
                            {},
                            "3280"};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<ApiError> faultForMistral(const Json &request)
{
    if (Complaint fault = extraMember(request, kMistralMembers, "")) {
        return fault;
    }
    const Json &messages = request["messages"];
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const std::string place = "messages." + std::to_string(i) + ".";
        if (Complaint fault = extraMember(messages[i], kMistralMessage, place)) {
            return fault;
        }
        if (Complaint fault = faultInMistralIds(messages[i])) {
            return fault;
        }
    }
    const std::string last = textAt(messages.back(), "role").value_or("");
    if (last != "user" && last != "tool" && !flagAt(messages.back(), "prefix")) {
        return mistralOrder("Expected last role User or Tool (or Assistant with prefix True) for "
                            "serving but got "
                            + last);
    }
    return std::nullopt;
}

} // namespace signalbox::simulator

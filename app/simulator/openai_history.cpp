// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/openai_json.h"
#include "app/simulator/openai_rules.h"

#include <set>

namespace signalbox::simulator {

namespace {

using Ids = std::set<std::string>;

/// What is amiss between the calls of a conversation and their results.
struct HistoryFault
{
    enum class Kind {
        Stray, ///< a result after no calls
        Unknown, ///< a result of none of them
        Missing ///< a call without one
    };

    Kind kind;
    std::size_t at; ///< the message
    std::string id;
};

std::optional<HistoryFault> faultInHistory(const Json &messages)
{
    Ids called; // by the assistant's message that results may follow
    Ids open; // of those: without one yet
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (textAt(messages[i], "role") == "tool") {
            const std::string id = textAt(messages[i], "tool_call_id").value_or("");
            if (called.empty() || called.count(id) == 0) {
                const auto kind = called.empty() ? HistoryFault::Kind::Stray
                                                 : HistoryFault::Kind::Unknown;
                return HistoryFault{kind, i, id};
            }
            open.erase(id);
            continue;
        }
        if (!open.empty()) {
            return HistoryFault{HistoryFault::Kind::Missing, i, *open.begin()};
        }
        called.clear();
        for (const Json &call : callsOf(messages[i])) {
            called.insert(textAt(call, "id").value_or(""));
        }
        open = called;
    }
    if (!open.empty()) {
        return HistoryFault{HistoryFault::Kind::Missing, messages.size(), *open.begin()};
    }
    return std::nullopt;
}

std::string wordsFor(const HistoryFault &fault)
{
    switch (fault.kind) {
    case HistoryFault::Kind::Stray:
        return "messages with role 'tool' must be a response to a preceeding message with "
               "'tool_calls'.";
    case HistoryFault::Kind::Unknown:
        return "'tool_call_id' of '" + fault.id
               + "' not found in 'tool_calls' of previous message.";
    case HistoryFault::Kind::Missing:
        break;
    }
    return "An assistant message with 'tool_calls' must be followed by tool messages responding to "
           "each 'tool_call_id'. The following tool_call_ids did not have response messages: "
           + fault.id;
}

ApiError mistralHistory(const HistoryFault &fault)
{
    switch (fault.kind) {
    case HistoryFault::Kind::Stray:
        return mistralOrder("Unexpected role 'tool'");
    case HistoryFault::Kind::Unknown:
        return mistralOrder("Unexpected tool call id " + fault.id + " in tool results");
    case HistoryFault::Kind::Missing:
        break;
    }
    return mistralOrder("Not the same number of function calls and responses");
}

ApiError historyError(const HistoryFault &fault, Rules rules)
{
    const bool missing = fault.kind == HistoryFault::Kind::Missing;
    if (rules == Rules::Mistral) {
        return mistralHistory(fault);
    }
    if (rules == Rules::Qwen) {
        return qwenInvalid(wordsFor(fault));
    }
    if (rules == Rules::DeepSeek) {
        return deepSeekInvalid(missing ? "No tool output found for tool call " + fault.id + "."
                                       : wordsFor(fault));
    }
    const std::string place = "messages.[" + std::to_string(fault.at) + "].";
    const bool unknown = fault.kind == HistoryFault::Kind::Unknown;
    return openAiInvalid((missing ? "" : "Invalid parameter: ") + wordsFor(fault),
                         place + (unknown ? "tool_call_id" : "role"),
                         {});
}

} // namespace

std::vector<Json> callsOf(const Json &message)
{
    const Json *calls = arrayAt(message, "tool_calls");
    return calls == nullptr ? std::vector<Json>() : std::vector<Json>(calls->begin(), calls->end());
}

ApiError qwenInvalid(const std::string &message)
{
    return openAiInvalid("<400> InternalError.Algo.InvalidParameter: " + message,
                         {},
                         "invalid_parameter_error");
}

ApiError deepSeekInvalid(std::string message)
{
    return openAiInvalid(std::move(message), {}, "invalid_request_error");
}

ApiError mistralOrder(std::string message)
{
    return {400, "invalid_request_message_order", std::move(message), {}, "3230"};
}

std::optional<ApiError> faultInCalls(const Json &messages, Rules rules)
{
    const std::optional<HistoryFault> fault = faultInHistory(messages);
    return fault ? std::optional(historyError(*fault, rules)) : std::nullopt;
}

} // namespace signalbox::simulator

// SPDX-License-Identifier: Apache-2.0
// What the rules may ask about a request.
#pragma once

#include "core/domain/task.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace signalbox {

struct RequestFacts
{
    double cjkShare = 0; ///< CJK characters over all letters and ideographs of the messages, 0..1
    /// ISO 639-1, `und` when it cannot be told; empty when no rule asks for it.
    std::string language;
    Task task = Task::Other;
    std::int64_t promptTokens = 0; ///< estimated
    std::optional<std::int64_t> maxOutputTokens;
    bool hasTools = false;
    bool hasImages = false;
    bool wantsJson = false;
    bool wantsReasoning = false;
    bool stream = false;
    int turns = 0; ///< user and assistant messages
    std::string client;
    int hour = 0; ///< 0..23 in the configured zone
    double budgetLeft =
        1; ///< share of the client's day not spent and not kept back, 0..1; 1 without a budget
    std::map<std::string, std::string> headers; ///< lower-case names; only those that rules ask for
    std::map<std::string, std::string> metadata;

    friend bool operator==(const RequestFacts &, const RequestFacts &) = default;
};

} // namespace signalbox

// SPDX-License-Identifier: Apache-2.0
// What stands behind the `?` of an operator's call, parameter by parameter.
#pragma once

#include "core/base/money.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/gateway/error_answer.h"
#include "core/http/target.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// Reads the query's parameters and collects the first that makes no sense.
class QueryReader
{
public:
    explicit QueryReader(const std::string &query)
    {
        const auto items = http::parseQuery(query);
        if (items) {
            m_items = *items;
        } else {
            m_fault = gateway::invalidRequest("The query is malformed.");
        }
    }

    std::string text(std::string_view name) { return value(name).value_or(""); }
    /// Nothing when it is not given.
    std::optional<std::string> given(std::string_view name) { return value(name); }

    std::optional<SystemTime> time(std::string_view name)
    {
        const auto given = value(name);
        if (!given) {
            return std::nullopt;
        }
        const auto time = fromIso8601(*given);
        if (!time) {
            complain(name, "an ISO 8601 time such as 2026-11-22T14:00:00Z");
        }
        return time;
    }

    std::optional<int> integer(std::string_view name, int least, int most)
    {
        const auto given = value(name);
        if (!given) {
            return std::nullopt;
        }
        const auto number = parseInteger(*given);
        if (!number || *number < least || *number > most) {
            complain(name,
                     "a whole number from " + std::to_string(least) + " to "
                         + std::to_string(most));
            return std::nullopt;
        }
        return static_cast<int>(*number);
    }

    bool flag(std::string_view name)
    {
        const std::string given = text(name);
        if (!given.empty() && given != "true" && given != "false") {
            complain(name, "true or false");
        }
        return given == "true";
    }

    std::optional<std::int64_t> count(std::string_view name)
    {
        const auto given = value(name);
        const auto number = given ? parseInteger(*given) : std::nullopt;
        if (given && (!number || *number < 0)) {
            complain(name, "a whole number from 0 on");
        }
        return number;
    }

    std::optional<Micros> millis(std::string_view name)
    {
        constexpr std::int64_t longest = 1'000'000'000;
        const auto number = count(name);
        if (number && *number > longest) {
            complain(name, "milliseconds up to " + std::to_string(longest));
            return std::nullopt;
        }
        return number ? std::optional(Micros(Millis(*number))) : std::nullopt;
    }

    std::optional<Money> money(std::string_view name)
    {
        const auto given = value(name);
        const auto money = given ? Money::fromDecimal(*given) : std::nullopt;
        if (given && !money) {
            complain(name, "an amount such as 0.01");
        }
        return money;
    }

    void complain(std::string_view name, const std::string &wanted)
    {
        if (!m_fault) {
            m_fault = gateway::invalidRequest("`" + std::string(name) + "` must be " + wanted + ".",
                                              std::string(name));
        }
    }

    [[nodiscard]] const std::optional<gateway::ErrorAnswer> &fault() const { return m_fault; }

private:
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const
    {
        const auto item = std::ranges::find(m_items, name, &http::QueryItems::value_type::first);
        return item == m_items.end() ? std::nullopt : std::optional(item->second);
    }

    http::QueryItems m_items;
    std::optional<gateway::ErrorAnswer> m_fault;
};

} // namespace signalbox::runtime

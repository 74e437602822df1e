// SPDX-License-Identifier: Apache-2.0
// Reading and writing members of JSON objects without exceptions; missing members are defaults.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

using Json = nlohmann::ordered_json;

/// What the members of an object say; a member that is missing or of another type is the default.
class JsonFields
{
public:
    explicit JsonFields(const Json &object)
        : m_object(object)
    {}

    /// Nothing when there is no such member.
    [[nodiscard]] const Json *find(const char *name) const;
    [[nodiscard]] std::string text(const char *name) const;
    [[nodiscard]] bool flag(const char *name) const;
    [[nodiscard]] std::int64_t integer(const char *name) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(const char *name) const;
    [[nodiscard]] double number(const char *name) const;
    [[nodiscard]] std::optional<double> optionalNumber(const char *name) const;
    [[nodiscard]] std::optional<Money> money(const char *name) const;
    [[nodiscard]] Micros millis(const char *name) const;
    [[nodiscard]] std::optional<Micros> optionalMillis(const char *name) const;
    [[nodiscard]] std::vector<std::string> texts(const char *name) const;

private:
    const Json &m_object;
};

/// Null for the empty text.
Json orNull(std::string_view text);
/// A decimal string; null is unknown.
Json moneyJson(const std::optional<Money> &money);
/// ISO 8601 in UTC with microseconds, so that nothing is lost.
std::string toIsoMicros(SystemTime time);
/// On one line; bytes that are not UTF-8 become U+FFFD.
std::string toText(const Json &json);
/// Nothing when \p text is no JSON.
std::optional<Json> parseJson(std::string_view text);

} // namespace signalbox::runtime

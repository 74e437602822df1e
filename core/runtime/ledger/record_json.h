// SPDX-License-Identifier: Apache-2.0
// Records as JSON: for the admin API, the console on another machine and the log.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/record.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

enum class Detail : std::uint8_t {
    Row, ///< as `GET requests` lists it
    Full, ///< with the facts and the decision, as `GET requests/{id}` and the log have it
};

/// One object on one line. Money is a decimal string and null where it is unknown; times are
/// ISO 8601 with microseconds, durations milliseconds with decimals, empty names null. Bytes that
/// are not UTF-8 become U+FFFD. Contains no prompt, completion or key.
void write(JsonWriter &json, const RequestRecord &record, Detail detail);
std::string toText(const RequestRecord &record, Detail detail);
/// The same as a value, for who puts it into another.
nlohmann::ordered_json toJson(const RequestRecord &record, Detail detail);

/// Reads what write() wrote, without loss where \p json has full detail. Nothing when it has no
/// id or time, or names an outcome that does not exist.
std::optional<RequestRecord> recordFromJson(const nlohmann::ordered_json &json);

/// Tokens and what the provider stated, as records have them; what is missing is zero.
Usage usageFromJson(const nlohmann::ordered_json &json);

std::optional<RetryHintSource> hintSourceFromString(std::string_view name);

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
// Records as JSON: for the admin API, the console on another machine and the log.
#pragma once

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

/// Money is a decimal string and null where it is unknown; times are ISO 8601 with microseconds,
/// durations milliseconds with decimals, empty names null.
nlohmann::ordered_json toJson(const RequestRecord &record, Detail detail);
nlohmann::ordered_json toJson(const AttemptRecord &attempt);
nlohmann::ordered_json toJson(const Usage &usage);

/// Reads what toJson() wrote, without loss where \p json has full detail. Nothing when it has no
/// id or time, or names an outcome that does not exist.
std::optional<RequestRecord> recordFromJson(const nlohmann::ordered_json &json);

/// One line of the structured log, without its newline. Contains no prompt, completion or key.
std::string logLine(const RequestRecord &record);

std::optional<RetryHintSource> hintSourceFromString(std::string_view name);

} // namespace signalbox::runtime

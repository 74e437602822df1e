// SPDX-License-Identifier: Apache-2.0
// Records for the ledger's tests: random ones with every field filled, and plain ones.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/domain/record.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::tests {

/// Every field has a value unlike its default as often as not; the amounts are up to 1,000 USD.
RequestRecord randomRecord(Random &random, std::string id, SystemTime arrived);

/// As many, each up to ten minutes after the one before it, from \p start on.
std::vector<RequestRecord> randomRecords(std::uint64_t seed, int count, SystemTime start);

/// One attempt at \p target that cost \p nanos.
RequestRecord plainRecord(std::string id,
                          SystemTime arrived,
                          std::string_view target = "qwen/qwen-plus",
                          std::int64_t nanos = 1000);

/// From ISO 8601, which must be right.
SystemTime at(std::string_view iso);

} // namespace signalbox::tests

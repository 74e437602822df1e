// SPDX-License-Identifier: Apache-2.0
// YAML, and JSON as the part of it that it is, as a tree that remembers where everything stood.
#pragma once

#include "core/base/result.h"
#include "core/config/fault.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

struct Item
{
    enum class Kind : std::uint8_t {
        Null,
        Scalar,
        List,
        Map
    };
    Kind kind = Kind::Null;
    bool isQuoted = false; ///< of a scalar: a string even where it looks like a number
    std::string text; ///< of a scalar
    std::vector<std::string> keys; ///< of a map: one for each of `items`, in the file's order
    std::vector<Item> items; ///< of a list or a map
    int line = 1;
    int column = 1;

    /// The value of a key of a map; null where there is none.
    [[nodiscard]] const Item *find(std::string_view key) const;
};

/// The first document of \p text with its aliases resolved and its merge keys (`<<`) merged; of a key
/// that comes twice the last value. At most 1 MiB, 64 levels and 50,000 values; else, or where it is
/// neither YAML nor JSON, the fault.
Result<Item, Fault> parseItems(std::string_view text);

} // namespace signalbox::config

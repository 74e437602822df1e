// SPDX-License-Identifier: Apache-2.0
// Whether a text is JSON by its grammar.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace signalbox::fuzz {

/// The library calls a number that no double holds an error; the grammar does not.
inline bool isJson(std::string_view text)
{
    constexpr int kNumberOverflow = 406;
    try {
        return !nlohmann::json::parse(text).is_discarded();
    } catch (const nlohmann::json::out_of_range &tooLarge) {
        return tooLarge.id == kNumberOverflow;
    } catch (const nlohmann::json::parse_error &) {
        return false;
    }
}

} // namespace signalbox::fuzz

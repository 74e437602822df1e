// SPDX-License-Identifier: Apache-2.0
// Takes keys out of texts that are kept.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::runtime {

/// What stands where something was taken out.
inline constexpr std::string_view kRedacted = "[redacted]";

/// \p text, which may be JSON or anything else, without what blotKeys() knows for a key, and without long
/// words of mixed letters and digits, which look like secrets. It takes out too much rather than too
/// little; lengths and positions change. Linear in the text.
std::string redacted(std::string_view text);

/// The same of a text that was cut at its end, where half a key would not be known as one: its last word
/// goes too.
std::string redactedCut(std::string_view text);

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
// A kept answer as text, for the file that outlives the program.
#pragma once

#include "core/cache/cached_answer.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

[[nodiscard]] std::string answerText(const cache::CachedAnswer &answer);
/// Nothing when \p text is none of answerText()'s.
[[nodiscard]] std::optional<cache::CachedAnswer> answerFromText(std::string_view text);

} // namespace signalbox::runtime

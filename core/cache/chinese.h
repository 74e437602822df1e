// SPDX-License-Identifier: Apache-2.0
// What Chinese phrases mean to a comparison of questions.
#pragma once

#include "core/cache/question.h"

#include <optional>
#include <string_view>

namespace signalbox::cache::chinese {

/// The unit or measure that \p run begins with.
[[nodiscard]] std::optional<std::string_view> unit(std::string_view run);
/// Adds what \p run, Han characters alone, says to \p question.
void read(std::string_view run, Question &question);

} // namespace signalbox::cache::chinese

// SPDX-License-Identifier: Apache-2.0
// Reads an edited text again: it must say what was wanted, and nothing else.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <string>
#include <string_view>

namespace signalbox::config {

/// What \p text says, without a revision; else its first fault as a sentence: `line 3: ...`.
[[nodiscard]] Result<Configuration, std::string> parsed(std::string_view text);

/// \p text if it says exactly \p wanted; else a sentence. The order of a rule's conditions is free.
[[nodiscard]] Result<std::string, std::string> proved(std::string text, Configuration wanted);

} // namespace signalbox::config

// SPDX-License-Identifier: Apache-2.0
// Puts a text in place of a file at once: whoever reads sees the old one or the new one.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace signalbox::runtime {

/// Writes a file beside \p path, has it reach the disk, and gives it the name; after a crash at any
/// time the file is the old or the new one, whole. An old file keeps its permissions, a new one is
/// its owner's alone; a link stays one, and what it leads to is replaced. Else a sentence, and
/// nothing changed. Blocks for as long as the disk does; one writer at a time.
[[nodiscard]] Status<std::string> replaceFile(const std::string &path, std::string_view text);

/// Why replaceFile() cannot work there, in a sentence; empty: nothing is known against it.
[[nodiscard]] std::string whyNotReplaceable(const std::string &path);

} // namespace signalbox::runtime

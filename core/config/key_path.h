// SPDX-License-Identifier: Apache-2.0
// Which key of a configuration stands at a place, as a fault names it.
#pragma once

#include "core/config/fault.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// Such as `route[0].rule[1].targets[2].weight`, counted from 0 in the text's order: the innermost
/// key, value or header that begins at the place. Empty where there is none, or \p text is no TOML.
[[nodiscard]] std::string keyPathAt(std::string_view text, int line, int column);
/// The same for each of \p faults, in their order.
[[nodiscard]] std::vector<std::string> keyPaths(std::string_view text,
                                                const std::vector<Fault> &faults);

} // namespace signalbox::config

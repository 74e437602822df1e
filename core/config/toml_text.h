// SPDX-License-Identifier: Apache-2.0
// TOML text to a table, or its first fault.
#pragma once

#include "core/base/result.h"
#include "core/config/fault.h"

#include <string_view>
#include <toml++/toml.h>

namespace signalbox::config {

/// The message repeats no value of the text, which may be a secret.
Result<toml::table, Fault> parseToml(std::string_view text);

} // namespace signalbox::config

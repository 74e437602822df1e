// SPDX-License-Identifier: Apache-2.0
// What a node of the parsed file is called and where it stands.
#pragma once

#include "core/config/report.h"

#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>

namespace signalbox::config {

Position positionOf(const toml::node &node);
/// `a string`, `a whole number`, `a list`, ... for messages.
std::string_view typeName(const toml::node &node);
/// Of a whole or a decimal number; may be infinite or no number, as TOML has these too.
std::optional<double> numberOf(const toml::node &node);
/// The shortest decimal that reads back as \p value.
std::string shortest(double value);

} // namespace signalbox::config

// SPDX-License-Identifier: Apache-2.0
// What a node of the parsed file is called and where it stands.
#pragma once

#include "core/config/report.h"

#include <string>
#include <string_view>
#include <toml++/toml.h>

namespace signalbox::config {

Position positionOf(const toml::node &node);
/// `a string`, `a whole number`, `a list`, ... for messages.
std::string_view typeName(const toml::node &node);
/// The shortest decimal that reads back as \p value.
std::string shortest(double value);

} // namespace signalbox::config

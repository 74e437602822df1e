// SPDX-License-Identifier: Apache-2.0
// A configuration's text as values, and secrets for the names in it.
#pragma once

#include "core/gateway/ports.h"

#include <memory>
#include <string>

namespace signalbox::tests {

/// Ends the program, saying why, when \p toml is not valid.
std::shared_ptr<const Configuration> configurationOf(const std::string &toml);

/// The one named `env:A1` reads `A1-secret`; `env:GONE` cannot be read. A console has
/// `CONSOLE-secret`.
gateway::Credentials credentialsOf(const Configuration &configuration);

} // namespace signalbox::tests

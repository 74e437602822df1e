// SPDX-License-Identifier: Apache-2.0
// An installation's own configuration with simulated providers: its routes, limits and breakers to
// train on, and no way out.
#pragma once

#include "app/simulator/scenario.h"

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <functional>
#include <string>
#include <vector>

namespace signalbox::app {

/// The providers of \p configuration as the simulator can play them: their ids and models, in the
/// form and by the rules of their kinds. Any key is right, there are no faults.
simulator::Scenario rehearsalScenario(const Configuration &configuration);

/// The configuration's \p text with every provider at \p addressOf its id. What leads outside or
/// needs a secret is left out: keys, proxies and authorities of providers, clients, operators, the
/// admin token and TLS; it listens on any port of this machine. Comments are lost. Else why the text
/// cannot be read. \p text must be one that was found free of faults.
Result<std::string, std::string> rehearsalText(
    const std::string &text, const std::function<std::string(const std::string &)> &addressOf);

/// Routes that traffic can ask, in the file's order.
std::vector<std::string> rehearsalRoutes(const Configuration &configuration);

} // namespace signalbox::app

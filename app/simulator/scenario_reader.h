// SPDX-License-Identifier: Apache-2.0
// Scenario files (TOML) and live faults (JSON) into values; every mistake with its place.
#pragma once

#include "app/simulator/field_reader.h"
#include "app/simulator/scenario.h"

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::simulator {

/// One mistake in a scenario file; line and column count from 1.
struct ScenarioError
{
    int line = 0;
    int column = 0;
    std::string message;

    friend bool operator==(const ScenarioError &, const ScenarioError &) = default;
};

/// Reads a scenario; without any [[provider]] it has those of defaultScenario(). Errors come in the
/// order of the file; a syntax error comes alone.
Result<Scenario, std::vector<ScenarioError>> readScenario(std::string_view toml);

/// Reads one fault as POSTed to /_sim/faults: the same members as in a [[fault]] table.
Result<Fault, std::vector<FieldError>> readFault(const Json &object);

/// Reads one provider, the members of a [[provider]] table.
Result<ProviderSpec, std::vector<FieldError>> readProvider(const Json &object);

} // namespace signalbox::simulator

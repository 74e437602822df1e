// SPDX-License-Identifier: Apache-2.0
// An official client of npm, held against the gateway by test files of its own.
#pragma once

#include "tests/support/every_kind.h"

#include <map>
#include <string>
#include <vector>

namespace signalbox::tests {

/// The folder `tests/integration/NAME` copied beside the binaries, its packages installed by `npm ci`
/// once.
class NodeClient
{
public:
    NodeClient(const std::string &name, std::vector<std::string> files);

    /// Why nothing can be run here (no node, no npm, no network); empty when all is there.
    [[nodiscard]] std::string prepare() const;
    /// Where it is run; `node_modules` and what the tests write are there.
    [[nodiscard]] const std::string &folder() const { return m_folder; }
    /// Runs one file of tests to its end.
    [[nodiscard]] Finished run(const std::string &file,
                               const std::map<std::string, std::string> &environment,
                               milliseconds patience = milliseconds(60'000)) const;
    /// Runs one file against the two, with `world.mjs` beside it; what went wrong, empty when all is
    /// well.
    [[nodiscard]] std::string failureOf(const std::string &file,
                                        const RunningSimulator &simulator,
                                        const RunningDaemon &daemon) const;

private:
    std::string m_source;
    std::string m_folder;
    std::vector<std::string> m_files;
};

/// `signalboxd` before a simulated provider of each kind; its clients are `app`, who may ask for all,
/// and `narrow`, who may ask for the route `chat` only.
class KindsWorld
{
public:
    KindsWorld();

    RunningSimulator simulator;
    RunningDaemon daemon;
};

} // namespace signalbox::tests

// SPDX-License-Identifier: Apache-2.0
// An official client of npm, held against the gateway by test files of its own.
#pragma once

#include "tests/support/child_process.h"

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

private:
    std::string m_source;
    std::string m_folder;
    std::vector<std::string> m_files;
};

} // namespace signalbox::tests

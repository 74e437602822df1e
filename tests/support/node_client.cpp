// SPDX-License-Identifier: Apache-2.0
#include "tests/support/node_client.h"

#include <utility>

namespace signalbox::tests {
namespace {

constexpr milliseconds kInstallPatience{90'000};

bool canRun(const char *program)
{
    return runToEnd({program, {"--version"}, {}, {}, {}}).exitCode == 0;
}

} // namespace

NodeClient::NodeClient(const std::string &name, std::vector<std::string> files)
    : m_source(SIGNALBOX_SOURCE_DIR "/tests/integration/" + name)
    , m_folder(SIGNALBOX_BIN_DIR "/../" + name)
    , m_files(std::move(files))
{
    m_files.emplace_back("package.json");
    m_files.emplace_back("package-lock.json");
}

std::string NodeClient::prepare() const
{
    if (!canRun("node") || !canRun("npm")) {
        return "node or npm is not installed";
    }
    if (runToEnd({"mkdir", {"-p", m_folder}, {}, {}, {}}).exitCode != 0) {
        return "no folder " + m_folder;
    }
    for (const std::string &file : m_files) {
        writeFile(m_folder + "/" + file, readFile(m_source + "/" + file));
    }
    writeFile(m_folder + "/world.mjs", readFile(SIGNALBOX_SOURCE_DIR "/tests/support/world.mjs"));
    const std::string lock = readFile(m_source + "/package-lock.json");
    if (readFile(m_folder + "/installed-lock.json") == lock) {
        return {};
    }
    const Finished installed =
        runToEnd({"npm", {"ci", "--no-audit", "--no-fund", "--ignore-scripts"}, {}, m_folder, {}},
                 kInstallPatience);
    if (installed.exitCode != 0) {
        return "npm ci failed, probably for lack of a network: " + installed.errors;
    }
    writeFile(m_folder + "/installed-lock.json", lock);
    return {};
}

Finished NodeClient::run(const std::string &file,
                         const std::map<std::string, std::string> &environment,
                         milliseconds patience) const
{
    return runToEnd({"node", {"--test", file}, environment, m_folder, {}}, patience);
}

} // namespace signalbox::tests

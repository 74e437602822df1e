// SPDX-License-Identifier: Apache-2.0
#include "tests/support/node_client.h"

#include <algorithm>
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

std::string NodeClient::failureOf(const std::string &file,
                                  const RunningSimulator &simulator,
                                  const RunningDaemon &daemon) const
{
    if (daemon.port() == 0) {
        return daemon.stderrText();
    }
    const std::string loopback = "http://127.0.0.1:";
    const Finished done = run(file,
                              {{"SIGNALBOX_URL", loopback + std::to_string(daemon.port())},
                               {"SIMULATOR_URL", loopback + std::to_string(simulator.port())},
                               {"ADMIN_TOKEN", kAdminToken},
                               {"KINDS", everyKindAsJson()}});
    if (done.exitCode == 0 && done.output.find("# fail 0") != std::string::npos) {
        return {};
    }
    const std::string log = m_folder + "/" + file + ".log";
    writeFile(log, done.output + done.errors); // more than QtTest shows
    const auto first = std::min(done.output.find("\nnot ok"), done.output.size());
    return "see " + log + ": " + done.output.substr(first) + done.errors;
}

KindsWorld::KindsWorld()
    : simulator(scenarioOfEveryKind())
    , daemon(configurationOfEveryKind(simulator,
                                      "[server]\n" + std::string(kAdminServer)
                                          + "[[client]]\nid = \"app\"\nkey = \"env:APP_KEY\"\n"
                                            "[[client]]\nid = \"narrow\"\n"
                                            "key = \"env:NARROW_KEY\"\nroutes = [\"chat\"]\n"
                                            "[[route]]\nname = \"chat\"\n"
                                            "targets = [ { target = \""
                                          + everyKind().front().target() + "\" } ]\n"),
             DaemonOptions{{{"APP_KEY", "app-key"},
                            {"NARROW_KEY", "narrow-key"},
                            {"UPSTREAM_KEY", "upstream-key"}},
                           {},
                           {},
                           "127.0.0.1:0"})
{}

} // namespace signalbox::tests

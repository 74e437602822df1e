// SPDX-License-Identifier: Apache-2.0
// Where a gateway's files are.
#include "core/runtime/service.h"

#include <cstdlib>

namespace signalbox::runtime {

namespace {

std::string fromEnvironment(const char *variable, const std::string &underHome)
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    const char *base = std::getenv(variable);
    if (base != nullptr && *base == '/') {
        return base;
    }
    const char *home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe)
    return std::string(home == nullptr ? "." : home) + underHome;
}

} // namespace

std::string defaultConfigPath()
{
    return fromEnvironment("XDG_CONFIG_HOME", "/.config") + "/signalbox/signalbox.toml";
}

std::string defaultStateDir()
{
    return fromEnvironment("XDG_STATE_HOME", "/.local/state") + "/signalbox";
}

std::string ledgerPath(const std::string &stateDir)
{
    return stateDir + "/ledger.sqlite";
}

std::string cachePath(const std::string &stateDir)
{
    return stateDir + "/cache.sqlite";
}

LedgerPlace ledgerPlace(const ReadyConfiguration &configuration, const std::string &stateDir)
{
    const std::string &store = configuration.configuration->ledger.store;
    return store == "sqlite" ? LedgerPlace(ledgerPath(stateDir))
                             : LedgerPlace(store, configuration.ledgerPassword);
}

std::string revisionsPath(const std::string &stateDir)
{
    return stateDir + "/revisions";
}

std::string proposalsPath(const std::string &stateDir)
{
    return stateDir + "/proposals.json";
}

std::string trialsPath(const std::string &stateDir)
{
    return stateDir + "/trials.json";
}

std::string logPath(const std::string &stateDir)
{
    return stateDir + "/signalbox.log";
}

} // namespace signalbox::runtime

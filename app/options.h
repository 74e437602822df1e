// SPDX-License-Identifier: Apache-2.0
// What both programs understand on their command line.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace signalbox::app {

struct Options
{
    std::string config; ///< empty: the default path
    std::string state; ///< empty: the default directory
    std::string listen; ///< empty: as the configuration says
    std::string screen; ///< of the console: the page to open
    std::string backup; ///< of the daemon: the file that is to receive the ledger
    std::string
        importFile; ///< of the daemon: another gateway's configuration, to be printed as ours
    std::string replay; ///< of the daemon: a ledger or a recording, to be replayed by `config`
    std::string connect; ///< of the console: another gateway's URL
    std::string open; ///< of the console: a recording, instead of a gateway
    std::string caFile; ///< of the console: whom to trust for it beside the system's authorities
    bool demo = false;
    bool rehearse = false; ///< the own configuration with simulated providers
    bool check = false;
    bool lint = false; ///< of the daemon: say what the configuration says in vain
    bool catalogue = false; ///< of the daemon: print the models it knows
    bool json = false; ///< of the daemon, with `replay`: not for people
    bool noSecrets = false;
    bool tolerateMissingSecrets = false;
    bool help = false;
    bool version = false;
    bool turns = false; ///< of the console: tell of its start and its event loop at the end

    /// The providers are not real, and nothing is written into a configuration.
    [[nodiscard]] bool isSimulated() const { return demo || rehearse; }
};

enum class Program : std::uint8_t {
    Console,
    Daemon
};

/// Reads `--name value`, `--name=value` and flags; else a sentence about the first that is wrong or
/// that only the other program understands.
Result<Options, std::string> readOptions(Program program, std::span<char *const> arguments);

} // namespace signalbox::app

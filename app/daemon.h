// SPDX-License-Identifier: Apache-2.0
// What signalboxd does.
#pragma once

#include "app/options.h"

namespace signalbox::app {

/// Prints every problem, or `ok`, on stdout; the exit code.
int checkConfiguration(const Options &options);
/// `--backup FILE`: copies the ledger of the state directory, in use or not. 0, or 1 with a reason.
/// Prints what the configuration says in vain, the ledger's requests considered; they change no
/// exit code.
int lintConfiguration(const Options &options);
/// `--import FILE`: prints it as our TOML on stdout and what it cannot say on stderr. 0, or 1 with all
/// faults on stderr as `FILE:LINE:COL: message`, and nothing on stdout.
int importConfiguration(const Options &options);
int backUpLedger(const Options &options);
/// Serves until SIGTERM or SIGINT; reloads on SIGHUP; the exit code.
int runDaemon(const Options &options);

} // namespace signalbox::app

// SPDX-License-Identifier: Apache-2.0
// What signalboxd does.
#pragma once

#include "app/options.h"

namespace signalbox::app {

/// Prints every problem, or `ok`, on stdout; the exit code.
int checkConfiguration(const Options &options);
/// `--backup FILE`: copies the ledger of the state directory, in use or not. 0, or 1 with a reason.
int backUpLedger(const Options &options);
/// Serves until SIGTERM or SIGINT; reloads on SIGHUP; the exit code.
int runDaemon(const Options &options);

} // namespace signalbox::app

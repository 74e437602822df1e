// SPDX-License-Identifier: Apache-2.0
// `signalboxd --replay LEDGER|RECORDING --config DRAFT`: what the draft would have made of the traffic
// on record.
#pragma once

#include "app/options.h"

#include "core/domain/foresight.h"

#include <string>

namespace signalbox::app {

/// Prints the comparison on stdout, as a text or as JSON. 0; or 1 with a sentence, or the draft's
/// faults, on stderr.
///
/// What it is compared with is the configuration in the recording, or the newest that the gateway of
/// that ledger kept beside it; where there is none, the draft itself, and stderr says so.
int replayTraffic(const Options &options);

/// For people.
[[nodiscard]] std::string toText(const Foresight &foresight);

} // namespace signalbox::app

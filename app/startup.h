// SPDX-License-Identifier: Apache-2.0
// From a command line to a listening gateway: the same for both programs.
#pragma once

#include "app/demo/demo.h"
#include "app/options.h"

#include "core/base/result.h"
#include "core/runtime/service.h"

#include <memory>
#include <string>

namespace signalbox::app {

/// Whether a secret that cannot be read keeps the gateway from starting.
enum class Secrets {
    Required,
    Tolerated
};

/// Whether there may be no configuration yet: the console asks for what belongs there.
enum class Fresh {
    Refused,
    Allowed
};

/// Where a program with these options keeps its things.
struct Places
{
    std::string configuration; ///< empty: in no file, as the demo's
    std::string state;
};
Places placesOf(const Options &options);

/// No configuration was named and there is none at the default place.
bool isFresh(const Options &options);
/// The configuration that stands in for the one that is not there yet: empty, or with the address
/// that was free where the default one was taken.
std::string firstText(const Options &options, const runtime::Service &service);

/// A service that listens and is ready to run. With `--demo` the simulated providers run too, and
/// its state is in a directory of its own. Else a sentence, or several lines, for stderr.
/// \p consoleKey: of a console in this process; empty: there is none.
Result<std::unique_ptr<runtime::Service>, std::string> start(const Options &options,
                                                             runtime::SecretStore &secrets,
                                                             Demo &demo,
                                                             Secrets missing,
                                                             Fresh fresh = Fresh::Refused,
                                                             Secret consoleKey = {});

} // namespace signalbox::app

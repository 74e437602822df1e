// SPDX-License-Identifier: GPL-3.0-or-later
// Puts another text in place of a configuration file, and keeps the one that was there.
#pragma once

#include "core/base/result.h"

#include <string>

namespace signalbox::app {

/// The folder of earlier configurations: `REVISION.toml` each.
std::string revisionsDir(const std::string &stateDir);

/// Replaces the file's text at once: after a crash it is the old or the new one. A new file is
/// readable by its owner only, an old one keeps its permissions. The old text is kept first, and
/// without that nothing is replaced. Else a sentence.
Status<std::string> replaceConfiguration(const std::string &path,
                                         const std::string &text,
                                         const std::string &stateDir);

} // namespace signalbox::app

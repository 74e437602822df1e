// SPDX-License-Identifier: Apache-2.0
// SB_CHECK: an invariant of our own, checked in release builds too. Never for bytes, files, users.
#pragma once

namespace signalbox {

/// Prints the broken invariant and its place to stderr and aborts.
[[noreturn]] void checkFailed(const char *condition, const char *file, int line);

} // namespace signalbox

#define SB_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::signalbox::checkFailed(#condition, __FILE__, __LINE__))

// SPDX-License-Identifier: Apache-2.0
// The one buffer of a loop's thread into which all its plain sockets are read.
#pragma once

#include <array>

namespace signalbox::runtime {

/// 64 KiB, shared by all connections of this thread: what is in it must be consumed before the
/// next read. A large answer is read in few calls, and a silent connection holds a kilobyte at most.
inline std::array<char, 64 * 1024> &readBuffer()
{
    static thread_local std::array<char, 64 * 1024> buffer;
    return buffer;
}

} // namespace signalbox::runtime

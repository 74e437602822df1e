// SPDX-License-Identifier: Apache-2.0
// What the system says about another process.
#pragma once

#include <cstdint>
#include <string>

namespace signalbox::bench {

/// CPU time in nanoseconds as the scheduler accounts it; 0 where there is no such process.
struct CpuTime
{
    std::int64_t process = 0; ///< its threads that still live
    std::int64_t thread = 0; ///< the named one, else its first
};

CpuTime cpuTimeOf(int pid, const std::string &thread);
/// Resident memory.
std::int64_t residentBytesOf(int pid);

} // namespace signalbox::bench

// SPDX-License-Identifier: Apache-2.0
// A disk that takes nothing more.
#pragma once

#include <csignal>
#include <sys/resource.h>

namespace signalbox::tests {

/// While it lives no file of this process can grow: writing fails with EFBIG.
class FullDisk
{
public:
    FullDisk()
    {
        (void)std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before = {};
};

} // namespace signalbox::tests

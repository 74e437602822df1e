// SPDX-License-Identifier: Apache-2.0
// What a thread is called where the system lists threads.
#pragma once

#include <pthread.h>

namespace signalbox::runtime {

/// \p name: at most 15 characters.
inline void nameThisThread(const char *name)
{
    (void)::pthread_setname_np(::pthread_self(), name);
}

} // namespace signalbox::runtime

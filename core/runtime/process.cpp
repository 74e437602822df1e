// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/process.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <cstdlib>
#include <sys/prctl.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace signalbox::runtime {

namespace {

/// LeakSanitizer looks at its own process the way a debugger does.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsExamined = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kIsExamined = true;
#else
constexpr bool kIsExamined = false;
#endif
#else
constexpr bool kIsExamined = false;
#endif

} // namespace

void prepareProcess()
{
    if (!kIsExamined) {
        (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
    // The usual soft limit of 1024 is there for programs that use select(); we do not.
    rlimit files{};
    constexpr rlim_t wanted = 2 * bounds::kClientsMax + bounds::kOtherFilesMax;
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < wanted) {
        files.rlim_cur = std::min(files.rlim_max, wanted);
        (void)::setrlimit(RLIMIT_NOFILE, &files);
    }
}

void releaseFreeMemory()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace signalbox::runtime

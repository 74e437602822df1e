// SPDX-License-Identifier: Apache-2.0
// The processor time of small jobs, on a machine that does other things too.
#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace signalbox::bench {

inline double secondsOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Of this process, in seconds.
inline double cpuNow()
{
    return secondsOf(CLOCK_PROCESS_CPUTIME_ID);
}

/// Of the thread that asks.
inline double threadSeconds()
{
    return secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

inline double threadMs()
{
    return threadSeconds() * 1e3;
}

/// Median and best of \a rounds rounds of \a times calls each, in microseconds per call.
struct Timing
{
    double median = 0;
    double best = 0;
};

template <typename Job>
Timing timeOf(int rounds, int times, const Job &job)
{
    std::vector<double> each;
    for (int round = 0; round <= rounds; ++round) {
        const double began = cpuNow();
        for (int i = 0; i < times; ++i) {
            job(i);
        }
        if (round > 0) { // the first one warms up
            each.push_back((cpuNow() - began) * 1e6 / times);
        }
    }
    std::ranges::sort(each);
    return {each[each.size() / 2], each.front()};
}

} // namespace signalbox::bench

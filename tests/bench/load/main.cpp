// SPDX-License-Identifier: Apache-2.0
// One measurement: a load, the mock upstream it ends at, and what a process between them spends.
//
// Load and mock share one thread that polls and never sleeps. A proxy on the same machine would
// otherwise pay for waking them, the more the less busy they are, which no proxy on a network does
// and which would flatter the fastest.
#include "tests/bench/load/chat_load.h"
#include "tests/bench/load/mock_upstream.h"
#include "tests/bench/load/process_cpu.h"
#include "tests/bench/load/stream_load.h"

#include <cstdio>
#include <functional>

namespace signalbox::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Loop = boost::asio::io_context;
using Tick = std::function<void(Clock::time_point)>;

constexpr double kWarmUpSeconds = 0.5;
constexpr double kQuietSeconds = 2;
constexpr int kHandlersPerTick = 32;
/// How much longer than their pace streams may take before they are given up.
constexpr double kLateSeconds = 10;

void poll(Loop &loop, const Tick &tick, const std::function<bool()> &done)
{
    while (!done()) {
        // A handful at a time: against the mock itself there is always another one ready.
        for (int i = 0; i < kHandlersPerTick && loop.poll_one() > 0; ++i) {}
        tick(Clock::now());
    }
}

std::function<bool()> after(double seconds)
{
    const auto end = Clock::now()
                     + std::chrono::duration_cast<Clock::duration>(
                         std::chrono::duration<double>(seconds));
    return [end] { return Clock::now() >= end; };
}

double microsEach(std::int64_t before, std::int64_t later, std::int64_t count)
{
    return count == 0 ? 0 : static_cast<double>(later - before) / 1000 / static_cast<double>(count);
}

int runChat(Loop &loop, MockUpstream &mock, const Options &options)
{
    ChatLoad load(loop, options);
    const Tick tick = [&](Clock::time_point now) {
        mock.tick(now);
        load.tick(now);
    };
    poll(loop, tick, after(kWarmUpSeconds));
    load.beginCounting();
    const CpuTime before = cpuTimeOf(options.pid, options.thread);
    poll(loop, tick, after(options.seconds));
    const CpuTime later = cpuTimeOf(options.pid, options.thread);
    const std::int64_t requests = load.requests();
    load.stop();
    const auto late = after(kQuietSeconds);
    poll(loop, tick, [&] { return load.isQuiet() || late(); });
    std::printf(
        "requests=%lld errors=%lld p50_us=%lld p99_us=%lld process_us=%.2f thread_us=%.2f\n",
        static_cast<long long>(requests),
        static_cast<long long>(load.errors()),
        static_cast<long long>(load.percentile(0.5)),
        static_cast<long long>(load.percentile(0.99)),
        microsEach(before.process, later.process, requests),
        microsEach(before.thread, later.thread, requests));
    return requests > 0 ? 0 : 1;
}

/// CPU is measured while all streams run; the opening and the end are left out.
int runStreams(Loop &loop, MockUpstream &mock, const Options &options)
{
    const std::int64_t emptyBytes = residentBytesOf(options.pid);
    StreamLoad load(loop, options);
    const Tick tick = [&](Clock::time_point now) {
        mock.tick(now);
        load.tick(now);
    };
    const double allSeconds = options.chunks * options.paceMillis / 1000.0 + kLateSeconds;
    const auto late = after(allSeconds);
    poll(loop, tick, [&] { return load.allOpen() || late(); });
    const std::int64_t framesBefore = load.frames();
    const CpuTime before = cpuTimeOf(options.pid, options.thread);
    poll(loop, tick, after(options.seconds));
    const CpuTime later = cpuTimeOf(options.pid, options.thread);
    const std::int64_t frames = load.frames() - framesBefore;
    const std::int64_t fullBytes = residentBytesOf(options.pid);
    poll(loop, tick, [&] { return load.allDone() || late(); });
    std::printf("chunks=%lld lost=%lld unfinished=%lld first_byte_p50_us=%lld "
                "first_byte_p99_us=%lld process_us=%.2f thread_us=%.2f kb_per_stream=%.1f\n",
                static_cast<long long>(load.frames()),
                static_cast<long long>(load.missing()),
                static_cast<long long>(load.unfinished()),
                static_cast<long long>(load.firstBytePercentile(0.5)),
                static_cast<long long>(load.firstBytePercentile(0.99)),
                microsEach(before.process, later.process, frames),
                microsEach(before.thread, later.thread, frames),
                static_cast<double>(fullBytes - emptyBytes) / 1024 / options.connections);
    return load.allDone() ? 0 : 1;
}

} // namespace
} // namespace signalbox::bench

int main(int argc, char **argv)
{
    using namespace signalbox::bench;
    const auto options = readOptions({argv + 1, argv + argc});
    if (!options) {
        std::fprintf(stderr, "bench_load: %s\n", options.error().c_str());
        return 2;
    }
    Loop loop{1};
    MockUpstream mock(loop,
                      options->mockPort,
                      options->chunks,
                      std::chrono::milliseconds(options->paceMillis),
                      options->answerBytes);
    return options->chunks > 0 ? runStreams(loop, mock, *options) : runChat(loop, mock, *options);
}

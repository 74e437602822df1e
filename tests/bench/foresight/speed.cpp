// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/foresight/bench.h"
#include "tests/support/dummy_secrets.h"
#include "tests/support/pretend_week.h"

#include "core/replay/foresee.h"

#include <chrono>
#include <cstdio>

namespace signalbox::tests {
namespace {

using namespace replay;

class Stopwatch
{
public:
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// The same day again and again, each after the other, or as many at once.
std::shared_ptr<const Traffic> manyDays(
    const std::vector<std::shared_ptr<const RequestRecord>> &day,
    const Configuration &inForce,
    std::size_t requests,
    Micros apart)
{
    auto traffic = std::make_shared<Traffic>(inForce);
    for (std::size_t i = 0; i < requests; ++i) {
        RequestRecord record = *day[i % day.size()];
        record.arrived += apart * static_cast<Micros::rep>(i / day.size());
        traffic->add(record);
    }
    traffic->close();
    return traffic;
}

} // namespace

void measureSpeed()
{
    WorldWeek week;
    week.days = 1;
    week.requestsPerDay = 5000;
    const auto inForce = configurationOf(worldToml(60, 30, 10));
    const auto draft = configurationOf(worldToml(40, 45, 15));
    const auto day = live(inForce, requestsOf(week), natureOf(week), 1);
    {
        const auto traffic = manyDays(day, *inForce, 1'000'000, std::chrono::hours(24));
        Stopwatch pools;
        const Outcomes outcomes(*traffic);
        std::printf("1 M requests: outcomes by class %.2f s, ", pools.seconds());
        Stopwatch same;
        (void)Replayer(*traffic, outcomes, inForce, {}).run();
        std::printf("replay, unchanged %.2f s, ", same.seconds());
        Stopwatch other;
        (void)Replayer(*traffic, outcomes, draft, {}).run();
        std::printf("replay, changed weights %.2f s\n", other.seconds());
    }
    // A day of 100,000: twenty of these at a time, a millisecond apart.
    Foreseer foreseer(manyDays(day, *inForce, 100'000, Millis(1)), inForce);
    ForeseeOptions options;
    options.whatIfs = false;
    Stopwatch first;
    (void)foreseer.foresee(inForce, options);
    std::printf("a day of 100,000: first preview %.0f ms", 1000 * first.seconds());
    options.blocks = 1;
    (void)foreseer.foresee(inForce, options);
    Stopwatch sample;
    (void)foreseer.foresee(draft, options);
    std::printf(", after a drag: sample %.0f ms", 1000 * sample.seconds());
    options.blocks = ReplayOptions::kBlocks;
    Stopwatch refined;
    (void)foreseer.foresee(draft, options);
    std::printf(", refined %.0f ms\n", 1000 * refined.seconds());
}

} // namespace signalbox::tests

// SPDX-License-Identifier: Apache-2.0
// Runs simulations: `simulate [--seeds N | --seed S] [--exchanges N]`. Exit code 1, with the story
// of the first broken promise, when one is, and when a run did not reach what it is about.
#include "tests/sim/simulation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using signalbox::sim::Report;
using signalbox::sim::Simulation;

constexpr std::uint64_t kWholeRun = 20'000;
/// Kilobytes. AddressSanitizer keeps freed memory, 256 MB of it, to find who still uses it.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::int64_t kMemoryGrowthMax = 262'144;
#else
constexpr std::int64_t kMemoryGrowthMax = 8'192;
#endif

struct Options
{
    std::uint64_t firstSeed = 1;
    std::uint64_t lastSeed = 1;
    std::uint64_t exchanges = 100'000;
};

bool readNumber(const char *text, std::uint64_t &number)
{
    char *end = nullptr;
    number = std::strtoull(text, &end, 10);
    return end != text && *end == '\0' && number > 0;
}

bool read(int count, char **arguments, Options &options)
{
    for (int i = 1; i < count; i += 2) {
        std::uint64_t number = 0;
        if (i + 1 == count || !readNumber(arguments[i + 1], number)) {
            return false;
        }
        const std::string name = arguments[i];
        if (name == "--seeds") {
            options.firstSeed = 1;
            options.lastSeed = number;
        } else if (name == "--seed") {
            options.firstSeed = number;
            options.lastSeed = number;
        } else if (name == "--exchanges") {
            options.exchanges = number;
        } else {
            return false;
        }
    }
    return true;
}

/// What is wrong with a run that broke no promise.
std::string complaint(const Report &report, std::uint64_t exchanges)
{
    // Fewer need not come by everything, nor has their memory settled.
    if (exchanges < kWholeRun) {
        return {};
    }
    if (report.memoryGrowthKilobytes > kMemoryGrowthMax) {
        return "its memory grew";
    }
    const std::string missing = unreached(report);
    return missing.empty() ? "" : "it never came to: " + missing;
}

/// Whether it went well. Says the seed first: a broken invariant would end the program.
bool run(std::uint64_t seed, std::uint64_t exchanges)
{
    const std::string again = "--seed " + std::to_string(seed) + " --exchanges "
                              + std::to_string(exchanges);
    std::fprintf(stderr, "simulate %s\n", again.c_str());
    const auto began = std::chrono::steady_clock::now();
    Simulation simulation(seed, exchanges);
    const Report report = simulation.run();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("%s; %.1f s, memory %+lld KB\n",
                summary(report).c_str(),
                took.count(),
                static_cast<long long>(report.memoryGrowthKilobytes));
    if (report.fault) {
        std::printf("FAULT at %s\nrepeat with: simulate %s\n",
                    report.fault->c_str(),
                    again.c_str());
        std::fflush(stdout);
        std::_Exit(1); // what a broken gateway leaves behind may not be fit to be cleared away
    }
    const std::string wrong = complaint(report, exchanges);
    std::printf("%s", wrong.empty() ? "" : ("NOT GOOD: " + wrong + "\n").c_str());
    std::fflush(stdout);
    return wrong.empty();
}

} // namespace

int main(int count, char **arguments)
{
    Options options;
    if (!read(count, arguments, options)) {
        std::fputs("usage: simulate [--seeds N | --seed S] [--exchanges N]\n", stderr);
        return 2;
    }
    bool good = true;
    for (std::uint64_t seed = options.firstSeed; seed <= options.lastSeed; ++seed) {
        good = run(seed, options.exchanges) && good;
    }
    return good ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
// A ledger of millions of requests: how long its answers take, and whether writing keeps up.
//   bench_ledger FILE [MILLIONS]    fills FILE if it is not there
//   bench_ledger --write COUNT      only writes, for a profiler
#include "tests/bench/ledger/questions.h"
#include "tests/bench/ledger/traffic.h"

#include "core/runtime/ledger/ledger_store.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

using namespace signalbox;
using namespace signalbox::bench;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kBatch = 500;
constexpr int kRounds = 11;
constexpr double kWritesLeast = 20'000; // per second, while questions are asked
constexpr Micros kLive{1000}; ///< between requests of the present
constexpr SystemTime kEnd{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void giveUp(const std::string &why)
{
    std::fprintf(stderr, "bench_ledger: %s\n", why.c_str());
    std::exit(2);
}

runtime::LedgerStore openStore(const std::string &path)
{
    auto store = runtime::LedgerStore::open(path);
    if (!store) {
        giveUp(toString(store.error()));
    }
    return std::move(*store);
}

std::vector<runtime::LedgerEntry> batchOf(Traffic &traffic, std::int64_t left)
{
    std::vector<runtime::LedgerEntry> batch;
    for (std::size_t i = 0; i < kBatch && left > 0; ++i, --left) {
        batch.emplace_back(traffic.next());
    }
    return batch;
}

void fill(const std::string &path, std::int64_t count, SystemTime first, Micros apart)
{
    auto store = openStore(path);
    Traffic traffic(first, apart, 1);
    double writing = 0;
    for (std::int64_t done = 0; done < count;) {
        const auto batch = batchOf(traffic, count - done);
        const auto start = Clock::now();
        if (!store.write(batch)) {
            giveUp("a batch could not be written");
        }
        writing += secondsSince(start);
        done += static_cast<std::int64_t>(batch.size());
    }
    std::printf("filled with %lld requests: %.0f per second\n",
                static_cast<long long>(count),
                static_cast<double>(count) / writing);
}

double megabytesPerMillion(const std::string &path, double millions)
{
    return static_cast<double>(std::filesystem::file_size(path)) / 1e6 / millions;
}

/// The worst of the rounds in which the file's pages are in memory.
bool answer(runtime::LedgerReader &reader, const Question &question)
{
    std::vector<double> times;
    std::size_t rows = 0;
    for (int round = 0; round < 2 * kRounds; ++round) {
        const auto start = Clock::now();
        const auto answered = question.ask(reader, round % kRounds);
        if (!answered) {
            giveUp(question.name + ": no answer");
        }
        rows = std::max(rows, *answered);
        if (round >= kRounds) {
            times.push_back(secondsSince(start) * 1000);
        }
    }
    std::ranges::sort(times);
    const bool kept = times.back() <= question.mostMs;
    std::printf("%-24s %8.2f %8.2f %8.0f %6zu%s\n",
                question.name.c_str(),
                times[times.size() / 2],
                times.back(),
                question.mostMs,
                rows,
                kept ? "" : "  TOO LONG");
    return kept;
}

/// Writes as fast as it can into the file that is asked until told to stop.
class Writing
{
public:
    explicit Writing(const std::string &path)
        : m_store(openStore(path))
        , m_thread([this] { run(); })
    {}
    /// Requests written in a second.
    double stop()
    {
        m_stopping = true;
        m_thread.join();
        return m_rate;
    }

private:
    void run()
    {
        Traffic traffic(kEnd, kLive, 2);
        std::int64_t written = 0;
        double writing = 0;
        while (!m_stopping) {
            const auto batch = batchOf(traffic, kBatch);
            const auto start = Clock::now();
            if (!m_store.write(batch)) {
                giveUp("a batch could not be written");
            }
            writing += secondsSince(start);
            written += static_cast<std::int64_t>(batch.size());
        }
        m_rate = static_cast<double>(written) / writing;
    }

    runtime::LedgerStore m_store;
    std::atomic<bool> m_stopping = false;
    double m_rate = 0;
    std::thread m_thread; // last: it uses the others
};

bool answerAll(const std::string &path)
{
    auto reader = runtime::LedgerReader::open(path);
    if (!reader) {
        giveUp(toString(reader.error()));
    }
    std::printf("%-24s %8s %8s %8s %6s\n", "ms", "median", "worst", "aim", "rows");
    bool kept = true;
    for (const Question &question : questions(kEnd)) {
        kept = answer(*reader, question) && kept;
    }
    std::printf("while it is written:\n");
    Writing writing(path);
    for (const Question &question : questions(kEnd)) {
        kept = answer(*reader, question) && kept;
    }
    const double rate = writing.stop();
    std::printf("written meanwhile: %.0f per second (aim %.0f)\n", rate, kWritesLeast);
    return kept && rate >= kWritesLeast;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string path = argc > 1 ? argv[1] : "";
    const double number = argc > 2 ? std::atof(argv[2]) : 1;
    if (path.empty() || number <= 0) {
        giveUp("bench_ledger FILE [MILLIONS], or bench_ledger --write COUNT");
    }
    if (path == "--write") {
        fill(":memory:", static_cast<std::int64_t>(number), kEnd, kLive);
        return 0;
    }
    if (!std::filesystem::exists(path)) {
        const auto count = static_cast<std::int64_t>(number * 1e6);
        fill(path,
             count,
             kEnd - std::chrono::days(kDays),
             Micros(std::chrono::days(kDays)) / count);
        std::printf("%.0f MB per million\n", megabytesPerMillion(path, number));
    }
    return answerAll(path) ? 0 : 1;
}

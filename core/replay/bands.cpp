// SPDX-License-Identifier: Apache-2.0
#include "core/replay/bands.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

namespace signalbox::replay {
namespace {

/// Times by size, each step about a four-hundredth longer than the one before.
class Histogram
{
public:
    void add(std::int64_t micros, double count)
    {
        m_counts[binOf(micros)] += count;
        m_total += count;
    }
    /// Seconds.
    [[nodiscard]] std::optional<double> quantile(double share) const
    {
        if (m_total <= 0) {
            return std::nullopt;
        }
        double covered = 0;
        for (std::size_t bin = 0; bin < m_counts.size(); ++bin) {
            covered += m_counts[bin];
            if (covered >= share * m_total) {
                return std::exp2((static_cast<double>(bin) + 0.5) / kPerOctave) * 1e-6;
            }
        }
        return std::nullopt;
    }

private:
    static constexpr double kPerOctave = 256;
    static constexpr std::size_t kBins = 256 * 34; // up to four hours

    static std::size_t binOf(std::int64_t micros)
    {
        const double octaves = std::log2(static_cast<double>(std::max<std::int64_t>(micros, 1)));
        return std::min(kBins - 1, static_cast<std::size_t>(octaves * kPerOctave));
    }

    std::vector<double> m_counts = std::vector<double>(kBins);
    double m_total = 0;
};

/// One resample's figures of one group.
struct Sums
{
    double costNanos = 0;
    double requests = 0;
    double failed = 0;
    Histogram totals;
    Histogram firstTokens;
};

/// What is drawn anew keeps to the way that its request took, and other outcomes would have sent some
/// another way. Without this bands of nine tenths hold three quarters (./dev bench foresight).
constexpr double kWayToo = std::numbers::sqrt2;

/// The figures of all resamples.
struct Series
{
    std::vector<double> cost;
    std::vector<double> p95;
    std::vector<double> firstTokenP95;
    std::vector<double> failedShare;

    void add(const Sums &sums)
    {
        cost.push_back(sums.costNanos * 1e-9);
        failedShare.push_back(sums.requests > 0 ? sums.failed / sums.requests : 0);
        if (const auto value = sums.totals.quantile(0.95)) {
            p95.push_back(*value);
        }
        if (const auto value = sums.firstTokens.quantile(0.95)) {
            firstTokenP95.push_back(*value);
        }
    }
};

std::optional<EffectBand> bandOf(std::vector<double> &values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(values);
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)
                                               + 0.5)];
    };
    const double mean = std::accumulate(values.begin(), values.end(), 0.0)
                        / static_cast<double>(values.size());
    return EffectBand{mean + kWayToo * (at(0.05) - mean), mean + kWayToo * (at(0.95) - mean)};
}

EffectBands bandsOf(Series &series)
{
    EffectBand failed = bandOf(series.failedShare).value_or(EffectBand{});
    failed.low = std::max(failed.low, 0.0);
    return {bandOf(series.cost).value_or(EffectBand{}),
            bandOf(series.p95),
            bandOf(series.firstTokenP95),
            failed};
}

/// How often a recorded call counts in a resample: Poisson of mean 1, the same for all that ask.
int timesCounted(std::uint64_t resample, std::uint32_t position)
{
    double left = Random(resample ^ (std::uint64_t{position} * 0x9E3779B97F4A7C15ULL)).unit();
    double share = std::exp(-1.0);
    int times = 0;
    while (left >= share && times < 6) {
        left -= share;
        ++times;
        share /= times;
    }
    return times;
}

class Resampling
{
public:
    explicit Resampling(const BandQuestion &question)
        : m_question(question)
        , m_fixed(question.run.tallies.size() + 1)
        , m_series(m_fixed.size())
    {
        const Run &run = question.run;
        m_stride = run.drawn.size() / kDrawnAnewMax + 1;
        for (std::size_t i = 0; i < run.drawn.size(); ++i) {
            m_byRequest[run.drawn[i].request].push_back(i);
        }
        std::size_t met = 0;
        for (const RequestEnd &end : run.ends) {
            const auto drawn = m_byRequest.find(end.request);
            if (drawn == m_byRequest.end()) {
                add(m_fixed, end, end.totalMicros, end.firstTokenMicros, 1);
            } else if (met++ % m_stride == 0) {
                m_moving.push_back(&end);
            }
        }
        for (std::size_t target = 0; target < run.tallies.size(); ++target) {
            m_fixed[target + 1].costNanos = static_cast<double>(run.tallies[target].costNanos);
            m_fixed[0].costNanos += m_fixed[target + 1].costNanos;
        }
    }

    Banded run(Random &random)
    {
        for (int i = 0; i < kResamples; ++i) {
            resample(random);
        }
        Banded banded;
        banded.all = bandsOf(m_series[0]);
        for (std::size_t i = 1; i < m_series.size(); ++i) {
            banded.targets[static_cast<std::uint32_t>(i - 1)] = bandsOf(m_series[i]);
        }
        return banded;
    }

private:
    /// Of all requests, and of those of its target.
    static void add(std::vector<Sums> &groups,
                    const RequestEnd &end,
                    std::int64_t total,
                    std::int64_t firstToken,
                    double count)
    {
        const std::size_t own = end.target == Names::kNone ? 0 : end.target + std::size_t{1};
        for (const std::size_t group : {std::size_t{0}, own}) {
            Sums &sums = groups[group];
            sums.requests += count;
            sums.failed += end.ending == Ending::Failed ? count : 0;
            if (end.ending == Ending::Answered) {
                sums.totals.add(total, count);
                if (end.stream && firstToken >= 0) {
                    sums.firstTokens.add(firstToken, count);
                }
            }
            if (own == 0) {
                break;
            }
        }
    }

    void resample(Random &random)
    {
        std::vector<Sums> groups = m_fixed;
        const std::uint64_t name = random.next();
        const auto count = static_cast<double>(m_stride);
        for (const RequestEnd *end : m_moving) {
            std::int64_t total = end->totalMicros;
            std::int64_t firstToken = end->firstTokenMicros;
            for (const std::size_t number : m_byRequest[end->request]) {
                const DrawnCall &drawn = m_question.run.drawn[number];
                if (drawn.window.from == drawn.window.to) {
                    continue;
                }
                const RecordedCall &other = again(drawn, name, random);
                total += other.total.count() - drawn.totalMicros;
                if (drawn.answers && other.firstToken) {
                    const auto &before = m_question.traffic.calls()[drawn.call].firstToken;
                    firstToken += (*other.firstToken - before.value_or(*other.firstToken)).count();
                }
                const double dearer = count * costOver(drawn, other);
                groups[0].costNanos += dearer;
                groups[drawn.target + 1].costNanos += dearer;
            }
            const bool fails = end->ending == Ending::Failed;
            const int times = fails ? timesCounted(name, ~end->request) : 1;
            add(groups, *end, total, firstToken, count * times);
        }
        for (std::size_t i = 0; i < groups.size(); ++i) {
            m_series[i].add(groups[i]);
        }
    }

    [[nodiscard]] const RecordedCall &again(const DrawnCall &drawn,
                                            std::uint64_t name,
                                            Random &random) const
    {
        constexpr int kTriesMax = 12;
        std::uint32_t position = drawn.window.from;
        for (int i = 0; i < kTriesMax; ++i) {
            position = drawn.window.from
                       + static_cast<std::uint32_t>(
                           random.below(drawn.window.to - drawn.window.from));
            if (random.unit() * 3 < timesCounted(name, position)) {
                break;
            }
        }
        return m_question.traffic.calls()[m_question.outcomes.callAt(position)];
    }

    [[nodiscard]] double costOver(const DrawnCall &drawn, const RecordedCall &other) const
    {
        if (!other.hasUsage) {
            return 0;
        }
        const RecordedRequest &request = m_question.traffic.requests()[drawn.request];
        const Cost cost = m_question.prices.costOf(m_question.outcomes.usageFor(request, other),
                                                   drawn.target,
                                                   other.model,
                                                   request.arrived);
        return cost.amount ? static_cast<double>(cost.amount->nanos() - drawn.costNanos) : 0;
    }

    const BandQuestion &m_question;
    std::size_t m_stride = 1;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> m_byRequest;
    std::vector<const RequestEnd *> m_moving;
    std::vector<Sums> m_fixed; ///< all, then by target: what is no matter of chance
    std::vector<Series> m_series;
};

} // namespace

Banded bandsOf(const BandQuestion &question, Random &random)
{
    return Resampling(question).run(random);
}

} // namespace signalbox::replay

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cache_history.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct CacheHistoryText
{
    Q_DECLARE_TR_FUNCTIONS(CacheHistoryText)
};

constexpr qint64 kFinestMs = 10'000;
constexpr qint64 kBucketsMost = 120;
constexpr qint64 kLongestPauseMs = 30'000; ///< between two looks that belong together

struct Bucket
{
    double lookups = 0;
    double hits = 0;
    double byMeaning = 0;
};

qint64 bucketFor(qint64 spanMs)
{
    constexpr std::array<qint64, 10> sizes{kFinestMs,
                                           30'000,
                                           60'000,
                                           300'000,
                                           900'000,
                                           1'800'000,
                                           3'600'000,
                                           10'800'000,
                                           21'600'000,
                                           86'400'000};
    const auto *size = std::ranges::find_if(sizes, [spanMs](qint64 each) {
        return spanMs / each <= kBucketsMost;
    });
    return size == sizes.end() ? sizes.back() : *size;
}

} // namespace

void CacheHistory::take(qint64 atMs, const CacheTotals &totals)
{
    Sample next{.ms = atMs,
                .lookups = totals.lookups,
                .hits = totals.hits(),
                .byMeaning = totals.semanticHits};
    if (m_samples.empty()) {
        next.first = true;
    } else {
        const Sample &last = m_samples.back();
        if (atMs <= last.ms) {
            return;
        }
        next.first = next.lookups < last.lookups || next.hits < last.hits
                     || next.byMeaning < last.byMeaning;
    }
    m_samples.push_back(next);
    if (m_samples.size() > kSamplesMax) {
        m_samples.pop_front();
    }
}

ChartData CacheHistory::chart(const TimeRange &range, qint64 nowMs) const
{
    ChartData chart;
    chart.bucketMs = bucketFor(range.spanMs);
    chart.toMs = (range.end(nowMs) + chart.bucketMs - 1) / chart.bucketMs * chart.bucketMs;
    chart.fromMs = (range.end(nowMs) - range.spanMs) / chart.bucketMs * chart.bucketMs;
    const auto count = static_cast<std::size_t>((chart.toMs - chart.fromMs) / chart.bucketMs);
    std::vector<Bucket> buckets(count);
    bool anyByMeaning = false;
    for (std::size_t i = 1; i < m_samples.size(); ++i) {
        const Sample &from = m_samples[i - 1];
        const Sample &to = m_samples[i];
        const qint64 pause = std::max(kLongestPauseMs, chart.bucketMs);
        if (to.first || to.ms - from.ms > pause || to.ms <= chart.fromMs || to.ms > chart.toMs) {
            continue;
        }
        Bucket &bucket =
            buckets[static_cast<std::size_t>((to.ms - 1 - chart.fromMs) / chart.bucketMs)];
        bucket.lookups += static_cast<double>(to.lookups - from.lookups);
        bucket.hits += static_cast<double>(to.hits - from.hits);
        bucket.byMeaning += static_cast<double>(to.byMeaning - from.byMeaning);
        anyByMeaning = anyByMeaning || to.byMeaning > 0;
    }
    ChartSeries hits{.id = u"hits"_s,
                     .tag = CacheHistoryText::tr("HT", "two letters: hits"),
                     .name = CacheHistoryText::tr("All hits"),
                     .kind = u"openai"_s};
    ChartSeries byMeaning{.id = u"semantic"_s,
                          .tag = CacheHistoryText::tr("BM", "two letters: by meaning"),
                          .name = CacheHistoryText::tr("By meaning"),
                          .kind = u"qwen"_s};
    for (std::size_t i = 0; i < count; ++i) {
        const auto x = static_cast<double>(chart.fromMs + static_cast<qint64>(i) * chart.bucketMs);
        const Bucket &bucket = buckets[i];
        const auto rate = [&bucket](double part) {
            return bucket.lookups > 0 ? part / bucket.lookups
                                      : std::numeric_limits<double>::quiet_NaN();
        };
        hits.points.append({x, rate(bucket.hits)});
        byMeaning.points.append({x, rate(bucket.byMeaning)});
    }
    chart.series.push_back(std::move(hits));
    if (anyByMeaning) {
        chart.series.push_back(std::move(byMeaning));
    }
    return chart;
}

} // namespace signalbox::ui

// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/cache_text.h"

namespace signalbox::telemetry {
namespace {

using Type = MetricsText::Type;

template <typename Count>
std::int64_t whole(Count count)
{
    return static_cast<std::int64_t>(count);
}

void writeLookups(MetricsText &out, const CacheTotals &totals)
{
    out.family("signalbox_cache_lookups_total",
               Type::Counter,
               "Requests that were looked up in the cache: what a hit rate is of.");
    out.sample({}, whole(totals.lookups));
    out.family("signalbox_cache_hits_total",
               Type::Counter,
               "Answers given again: the same request, the same question, past their lifetime.");
    out.sample({{"kind", "exact"}}, whole(totals.exactHits));
    out.sample({{"kind", "semantic"}}, whole(totals.semanticHits));
    out.sample({{"kind", "stale"}}, whole(totals.staleHits));
    out.family("signalbox_cache_shared_total",
               Type::Counter,
               "Requests that waited for an equal one in the air and got its answer.");
    out.sample({}, whole(totals.shared));
    out.family("signalbox_cache_not_cacheable_total",
               Type::Counter,
               "Requests that were not looked up, for what they ask or how.");
    out.sample({}, whole(totals.notCacheable));
    out.family("signalbox_cache_vetoed_total",
               Type::Counter,
               "Lookups whose nearest question was alike enough, but for a veto.");
    out.sample({}, whole(totals.vetoed));
}

void writeSavings(MetricsText &out, const CacheTotals &totals)
{
    out.family("signalbox_cache_saved_usd_total",
               Type::Counter,
               "What answers given again had cost in US dollars, where that is known.");
    out.sample({}, totals.saved);
    out.family("signalbox_cache_unpriced_hits_total",
               Type::Counter,
               "Answers given again that saved nobody knows how much.");
    out.sample({}, whole(totals.unpricedHits));
    out.family("signalbox_cache_saved_seconds_total",
               Type::Counter,
               "What answers given again had taken, less what giving them again took.");
    out.sample({}, static_cast<double>(totals.waitSaved.count()) / 1000);
}

} // namespace

void writeCache(MetricsText &out, const LiveCache &cache)
{
    writeLookups(out, cache.totals);
    writeSavings(out, cache.totals);
    out.family("signalbox_cache_evicted_total",
               Type::Counter,
               "Answers that made room for others before their time was over.");
    out.sample({}, whole(cache.totals.evicted));
    out.family("signalbox_cache_entries", Type::Gauge, "Answers that are kept.");
    out.sample({}, whole(cache.entries));
    out.family("signalbox_cache_entries_max", Type::Gauge, "Answers that may be kept.");
    out.sample({}, whole(cache.entriesMax));
    out.family("signalbox_cache_bytes", Type::Gauge, "Memory of the answers that are kept.");
    out.sample({}, whole(cache.bytes));
    out.family("signalbox_cache_bytes_max", Type::Gauge, "Memory that they may take.");
    out.sample({}, whole(cache.bytesMax));
}

} // namespace signalbox::telemetry

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/cache/cache_reading.h"

#include <chrono>
#include <utility>

namespace signalbox::app {

using runtime::Json;
using runtime::JsonFields;

namespace {

std::uint64_t countIn(const JsonFields &fields, const char *name)
{
    const std::int64_t value = fields.integer(name);
    return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

std::size_t sizeIn(const JsonFields &fields, const char *name)
{
    return static_cast<std::size_t>(countIn(fields, name));
}

/// Each object of the list called \p name by \p read; nothing where one makes no sense.
template <typename T, typename Read>
std::optional<std::vector<T>> listIn(const Json &json, const char *name, const Read &read)
{
    std::vector<T> all;
    const Json *list = JsonFields(json).find(name);
    if (list == nullptr || !list->is_array()) {
        return all;
    }
    for (const Json &each : *list) {
        std::optional<T> one = each.is_object() ? read(JsonFields(each)) : std::nullopt;
        if (!one) {
            return std::nullopt;
        }
        all.push_back(std::move(*one));
    }
    return all;
}

CacheTotals totalsFrom(const JsonFields &fields)
{
    CacheTotals totals;
    totals.lookups = countIn(fields, "lookups");
    totals.exactHits = countIn(fields, "exact_hits");
    totals.semanticHits = countIn(fields, "semantic_hits");
    totals.staleHits = countIn(fields, "stale_hits");
    totals.shared = countIn(fields, "shared");
    totals.notCacheable = countIn(fields, "not_cacheable");
    totals.vetoed = countIn(fields, "vetoed");
    totals.evicted = countIn(fields, "evicted");
    totals.saved = fields.money("saved_usd").value_or(Money());
    totals.unpricedHits = countIn(fields, "unpriced_hits");
    totals.waitSaved = std::chrono::floor<Millis>(fields.millis("wait_saved_ms"));
    return totals;
}

std::optional<PromptCacheShare> shareFrom(const JsonFields &fields)
{
    return PromptCacheShare{.provider = fields.text("provider"),
                            .promptTokens = countIn(fields, "prompt_tokens"),
                            .cachedTokens = countIn(fields, "cached_tokens")};
}

std::optional<CacheEntry> entryFrom(const JsonFields &fields)
{
    CacheEntry entry;
    entry.id = fields.text("id");
    const auto made = fromIso8601(fields.text("made"));
    if (entry.id.empty() || !made) {
        return std::nullopt;
    }
    entry.requestId = fields.text("request_id");
    entry.route = fields.text("route");
    entry.client = fields.text("client");
    entry.target = TargetId(fields.text("target"));
    entry.question = fields.text("question");
    entry.made = *made;
    entry.usedLast = fromIso8601(fields.text("used_last"));
    entry.expires = fromIso8601(fields.text("expires")).value_or(*made);
    entry.hits = countIn(fields, "hits");
    entry.saved = fields.money("saved_usd").value_or(Money());
    entry.bytes = sizeIn(fields, "bytes");
    entry.pinned = fields.flag("pinned");
    return entry;
}

std::optional<CacheNearMiss> missFrom(const JsonFields &fields)
{
    const auto at = fromIso8601(fields.text("at"));
    if (!at) {
        return std::nullopt;
    }
    return CacheNearMiss{.requestId = fields.text("request_id"),
                         .at = *at,
                         .route = fields.text("route"),
                         .asked = fields.text("asked"),
                         .kept = fields.text("kept"),
                         .entry = fields.text("entry"),
                         .likeness = fields.number("likeness"),
                         .vetoes = fields.texts("vetoes")};
}

std::optional<CacheThreshold> thresholdFrom(const JsonFields &fields)
{
    const auto at = fields.optionalNumber("threshold");
    if (!at) {
        return std::nullopt;
    }
    return CacheThreshold{.threshold = *at,
                          .precision = fields.number("precision"),
                          .recall = fields.number("recall"),
                          .falseHits = fields.number("false_hits"),
                          .falseHitsUnvetoed = fields.number("false_hits_unvetoed")};
}

} // namespace

std::optional<CacheView> cacheViewFrom(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    CacheView view;
    view.mode = fields.text("mode");
    auto shares = listIn<PromptCacheShare>(json, "prompt_caches", shareFrom);
    auto entries = listIn<CacheEntry>(json, "entries", entryFrom);
    auto misses = listIn<CacheNearMiss>(json, "near_misses", missFrom);
    if (view.mode.empty() || !shares || !entries || !misses) {
        return std::nullopt;
    }
    if (const Json *routes = fields.find("routes_on"); routes != nullptr && routes->is_array()) {
        for (const Json &route : *routes) {
            view.routesOn.push_back(route.is_string() ? route.get<std::string>() : std::string());
        }
    }
    view.threshold = fields.number("threshold");
    view.embedder = fields.text("embedder");
    view.trouble = fields.text("trouble");
    view.shared = fields.flag("shared");
    view.lifetime = std::chrono::floor<Millis>(fields.millis("lifetime_ms"));
    view.entriesMax = sizeIn(fields, "entries_max");
    view.bytesMax = sizeIn(fields, "bytes_max");
    view.entryCount = sizeIn(fields, "entry_count");
    view.bytes = sizeIn(fields, "bytes");
    view.matching = sizeIn(fields, "matching");
    if (const Json *totals = fields.find("totals"); totals != nullptr && totals->is_object()) {
        view.totals = totalsFrom(JsonFields(*totals));
    }
    view.promptCaches = std::move(*shares);
    view.entries = std::move(*entries);
    view.nearMisses = std::move(*misses);
    return view;
}

std::optional<CacheEvaluation> cacheEvaluationFrom(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    auto thresholds = listIn<CacheThreshold>(json, "thresholds", thresholdFrom);
    if (!thresholds || thresholds->empty()) {
        return std::nullopt;
    }
    return CacheEvaluation{.embedder = fields.text("embedder"),
                           .same = sizeIn(fields, "same"),
                           .different = sizeIn(fields, "different"),
                           .thresholds = std::move(*thresholds),
                           .recommended = fields.optionalNumber("recommended")};
}

} // namespace signalbox::app

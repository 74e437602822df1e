// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/cache_json.h"

#include "core/base/bounds.h"
#include "core/cache/cache_key.h"
#include "core/runtime/admin/query_reader.h"
#include "core/runtime/ledger/json_fields.h"

#include <array>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr int kOffsetMax = 10'000'000;
constexpr std::size_t kPairsMax = 10'000;

constexpr std::array<std::pair<std::string_view, CacheOrder>, 5> kOrders = {{
    {"newest", CacheOrder::Newest},
    {"oldest", CacheOrder::Oldest},
    {"hits", CacheOrder::MostHits},
    {"saved", CacheOrder::MostSaved},
    {"size", CacheOrder::Largest},
}};

CacheFilter filterFrom(QueryReader &query)
{
    CacheFilter filter;
    filter.route = query.given("route");
    filter.model = query.given("model");
    filter.client = query.given("client");
    filter.text = query.given("text");
    if (const auto seconds = query.integer("older_than_s", 0, 1'000'000'000)) {
        filter.olderThan = Seconds(*seconds);
    }
    if (const auto hits = query.count("hits_max")) {
        filter.hitsAtMost = static_cast<std::uint64_t>(*hits);
    }
    return filter;
}

template <typename T>
Result<T, ErrorAnswer> unlessFaulty(const QueryReader &query, T value)
{
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return value;
}

Json toJson(const CacheTotals &totals)
{
    return {{"lookups", totals.lookups},
            {"exact_hits", totals.exactHits},
            {"semantic_hits", totals.semanticHits},
            {"stale_hits", totals.staleHits},
            {"shared", totals.shared},
            {"not_cacheable", totals.notCacheable},
            {"vetoed", totals.vetoed},
            {"evicted", totals.evicted},
            {"saved_usd", moneyJson(totals.saved)},
            {"unpriced_hits", totals.unpricedHits},
            {"wait_saved_ms", totals.waitSaved.count()}};
}

Json toJson(const CacheEntry &entry)
{
    return {{"id", entry.id},
            {"request_id", entry.requestId},
            {"route", entry.route},
            {"client", entry.client},
            {"target", entry.target.name()},
            {"question", entry.question},
            {"made", toIsoMicros(entry.made)},
            {"used_last", entry.usedLast ? Json(toIsoMicros(*entry.usedLast)) : Json(nullptr)},
            {"expires", toIsoMicros(entry.expires)},
            {"hits", entry.hits},
            {"saved_usd", moneyJson(entry.saved)},
            {"bytes", entry.bytes},
            {"pinned", entry.pinned}};
}

Json toJson(const CacheNearMiss &miss)
{
    return {{"request_id", miss.requestId},
            {"at", toIsoMicros(miss.at)},
            {"route", miss.route},
            {"asked", miss.asked},
            {"kept", miss.kept},
            {"entry", miss.entry},
            {"likeness", miss.likeness},
            {"vetoes", miss.vetoes}};
}

Json toJson(const PromptCacheShare &share)
{
    return {{"provider", share.provider},
            {"prompt_tokens", share.promptTokens},
            {"cached_tokens", share.cachedTokens}};
}

Json toJson(const CacheThreshold &threshold)
{
    return {{"threshold", threshold.threshold},
            {"precision", threshold.precision},
            {"recall", threshold.recall},
            {"false_hits", threshold.falseHits},
            {"false_hits_unvetoed", threshold.falseHitsUnvetoed}};
}

template <typename T>
Json allOf(const std::vector<T> &items)
{
    Json list = Json::array();
    for (const T &item : items) {
        list.push_back(toJson(item));
    }
    return list;
}

std::optional<cache::LabelledPair> pairFrom(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    const Json *same = fields.find("same");
    cache::LabelledPair pair{fields.text("one"), fields.text("other"), fields.flag("same")};
    const bool told = same != nullptr && same->is_boolean() && !pair.one.empty()
                      && !pair.other.empty();
    constexpr std::size_t longest = cache::kQuestionBytesMax;
    return told && pair.one.size() <= longest && pair.other.size() <= longest
               ? std::optional(std::move(pair))
               : std::nullopt;
}

Result<std::vector<cache::LabelledPair>, ErrorAnswer> pairsFrom(const Json &list)
{
    if (!list.is_array() || list.empty() || list.size() > kPairsMax) {
        return Failure{invalidRequest("`pairs` must be a list of 1 to 10000 pairs.", "pairs")};
    }
    std::vector<cache::LabelledPair> pairs;
    for (const Json &each : list) {
        auto pair = pairFrom(each);
        if (!pair) {
            const std::string which = "pairs[" + std::to_string(pairs.size()) + "]";
            return Failure{invalidRequest("`" + which
                                              + "` must have `one` and `other`, texts of at most "
                                                "2000 bytes, and `same`, true or false.",
                                          which)};
        }
        pairs.push_back(std::move(*pair));
    }
    return pairs;
}

} // namespace

Result<CacheQuery, ErrorAnswer> readCacheQuery(const std::string &text)
{
    QueryReader query(text);
    CacheQuery asked;
    asked.filter = filterFrom(query);
    if (const auto name = query.given("order")) {
        const auto *order = std::ranges::find(kOrders, *name, [](const auto &each) {
            return each.first;
        });
        if (order == kOrders.end()) {
            query.complain("order", "newest, oldest, hits, saved or size");
        } else {
            asked.order = order->second;
        }
    }
    const int limit =
        query.integer("limit", 1, bounds::kPageRowsMax).value_or(static_cast<int>(asked.limit));
    asked.limit = static_cast<std::size_t>(limit);
    asked.offset = static_cast<std::size_t>(query.integer("offset", 0, kOffsetMax).value_or(0));
    return unlessFaulty(query, std::move(asked));
}

Result<CacheFilter, ErrorAnswer> readCacheFilter(const std::string &text)
{
    QueryReader query(text);
    CacheFilter filter = filterFrom(query);
    const bool all = query.flag("all");
    if (filter == CacheFilter() && !all) {
        query.complain("all", "true where no filter says which entries are meant");
    }
    return unlessFaulty(query, std::move(filter));
}

Result<bool, ErrorAnswer> readPinned(const std::string &body)
{
    const auto json = parseJson(body);
    const Json *pinned = json && json->is_object() ? JsonFields(*json).find("pinned") : nullptr;
    if (pinned == nullptr || !pinned->is_boolean()) {
        return Failure{invalidRequest("`pinned` must be true or false.", "pinned")};
    }
    return pinned->get<bool>();
}

Result<EvaluationAsked, ErrorAnswer> readEvaluation(const std::string &body)
{
    const auto json = body.empty() ? std::optional(Json::object()) : parseJson(body);
    if (!json || !json->is_object()) {
        return Failure{invalidRequest("The body must be a JSON object.")};
    }
    EvaluationAsked asked;
    const JsonFields fields(*json);
    if (const Json *embedder = fields.find("embedder")) {
        if (!embedder->is_string()) {
            return Failure{invalidRequest("`embedder` must be a text.", "embedder")};
        }
        asked.embedder = embedder->get<std::string>();
    }
    if (const Json *list = fields.find("pairs")) {
        auto pairs = pairsFrom(*list);
        if (!pairs) {
            return Failure{pairs.error()};
        }
        asked.pairs = *std::move(pairs);
    }
    return asked;
}

Result<TargetId, ErrorAnswer> embedderFor(const EvaluationAsked &asked,
                                          const std::optional<TargetId> &configured)
{
    const TargetId target = configured.value_or(TargetId());
    if (!asked.embedder) {
        return asked.pairs ? target : TargetId();
    }
    if (*asked.embedder == "local") {
        return TargetId();
    }
    if (!target.isEmpty() && *asked.embedder == target.name()) {
        return target;
    }
    const std::string allowed = target.isEmpty()
                                    ? std::string("\"local\": no other embedder is configured.")
                                    : "\"local\" or \"" + target.name()
                                          + "\", the configured embedder.";
    return Failure{invalidRequest("`embedder` must be " + allowed, "embedder")};
}

std::string cacheText(const CacheView &view)
{
    return toText(Json{{"mode", view.mode},
                       {"routes_on", view.routesOn},
                       {"threshold", view.threshold},
                       {"embedder", view.embedder},
                       {"trouble", view.trouble},
                       {"shared", view.shared},
                       {"lifetime_ms", view.lifetime.count()},
                       {"entries_max", view.entriesMax},
                       {"bytes_max", view.bytesMax},
                       {"entry_count", view.entryCount},
                       {"bytes", view.bytes},
                       {"matching", view.matching},
                       {"totals", toJson(view.totals)},
                       {"prompt_caches", allOf(view.promptCaches)},
                       {"entries", allOf(view.entries)},
                       {"near_misses", allOf(view.nearMisses)}});
}

std::string cacheText(const CacheEvaluation &evaluation)
{
    return toText(Json{{"embedder", evaluation.embedder},
                       {"same", evaluation.same},
                       {"different", evaluation.different},
                       {"recommended",
                        evaluation.recommended ? Json(*evaluation.recommended) : Json(nullptr)},
                       {"thresholds", allOf(evaluation.thresholds)}});
}

} // namespace signalbox::runtime

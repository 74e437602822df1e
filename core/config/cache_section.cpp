// SPDX-License-Identifier: Apache-2.0
#include "core/config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::int64_t kEntriesMost = 10'000'000;
constexpr std::int64_t kMegabytesMost = 1'048'576;
constexpr std::int64_t kAnswerKilobytesMost = 65'536;

void readEmbedder(TableReader &table, const TargetDirectory &targets, CacheSettings &cache)
{
    const auto embedder = table.text("embedder");
    if (!embedder || embedder->value == "local") {
        return;
    }
    const auto target = targets.resolve(embedder->value);
    if (target) {
        cache.embedder = *target;
    } else {
        table.report().fault(embedder->at,
                             "`embedder` must be local or a target: "
                                 + targets.refusal(embedder->value));
    }
}

void readBounds(TableReader &table, CacheSettings &cache)
{
    table.whole("max_entries", cache.entriesMax, {1, kEntriesMost});
    if (const auto megabytes = table.wholeNumber("max_mb", {1, kMegabytesMost})) {
        cache.bytesMax = static_cast<std::size_t>(*megabytes) * bounds::kMiB;
    }
    if (const auto kilobytes = table.wholeNumber("max_answer_kb", {1, kAnswerKilobytesMost})) {
        cache.answerBytesMax = static_cast<std::size_t>(*kilobytes) * bounds::kKiB;
    }
}

} // namespace

CacheSettings readCache(TableReader &root, const TargetDirectory &targets)
{
    CacheSettings cache;
    auto table = root.table("cache");
    if (!table) {
        return cache;
    }
    table->choice("mode", cache.mode, {CacheMode::Off, CacheMode::Exact, CacheMode::Semantic});
    table->seconds("ttl_s", cache.lifetime);
    cache.threshold = table->number("threshold", {0, 1}).value_or(cache.threshold);
    readEmbedder(*table, targets, cache);
    table->boolean("share_clients", cache.shareClients);
    cache.temperatureMax = table->number("temperature_max", {0, 2}).value_or(cache.temperatureMax);
    table->seconds("stale_if_error_s", cache.staleIfError, Zero::Allowed);
    if (table->has("slow_s")) {
        table->seconds("slow_s", cache.slow.emplace());
        if (cache.staleIfError.count() == 0) {
            table->report().fault(table->at("slow_s"),
                                  "`slow_s` needs `stale_if_error_s`, which says how long an "
                                  "answer past its lifetime is kept");
        }
    }
    readBounds(*table, cache);
    cache.key = table->secret("key", "cache.key");
    table->finish();
    return cache;
}

} // namespace signalbox::config

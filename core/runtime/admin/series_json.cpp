// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/series_json.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"

#include <algorithm>
#include <array>
#include <span>

namespace signalbox::runtime {

namespace {

using telemetry::SeriesPoint;
using Points = std::span<const SeriesPoint>;
using SeriesSet = telemetry::Snapshot::SeriesSet;

struct Count
{
    JsonName name;
    std::int64_t SeriesPoint::*value;
};
struct Figure
{
    JsonName name;
    double SeriesPoint::*value;
};

constexpr std::array kCounts = {
    Count{"attempts", &SeriesPoint::attempts},
    Count{"failures", &SeriesPoint::failures},
    Count{"prompt_tokens", &SeriesPoint::promptTokens},
    Count{"completion_tokens", &SeriesPoint::completionTokens},
    Count{"unknown_price_attempts", &SeriesPoint::unknownPriceAttempts},
};
constexpr std::array kFigures = {
    Figure{"p50_ms", &SeriesPoint::p50Ms},
    Figure{"p95_ms", &SeriesPoint::p95Ms},
    Figure{"first_token_p50_ms", &SeriesPoint::firstTokenP50Ms},
    Figure{"first_token_p95_ms", &SeriesPoint::firstTokenP95Ms},
};
constexpr const char *kCost = "cost_usd";

const SeriesSet *setOf(const telemetry::Snapshot &snapshot, Seconds bucket)
{
    const auto &set = bucket == Seconds(1)    ? snapshot.seconds
                      : bucket == Seconds(10) ? snapshot.tens
                      : bucket == Seconds(60) ? snapshot.minutes
                                              : snapshot.hours;
    return set.get();
}

std::size_t keptOf(Seconds bucket)
{
    return bucket == Seconds(1) ? 900 : bucket == Seconds(60) ? 1440 : 720; // see Snapshot
}

void writePoints(JsonMembers &members, Points points)
{
    for (const Count &count : kCounts) {
        JsonWriter &list = members.key(count.name).beginArray();
        for (const SeriesPoint &point : points) {
            list.integer(point.*count.value);
        }
        list.endArray();
    }
    JsonWriter &costs = members.key("cost_usd").beginArray();
    for (const SeriesPoint &point : points) {
        costs.string(point.cost.toDecimal());
    }
    costs.endArray();
    for (const Figure &figure : kFigures) {
        JsonWriter &list = members.key(figure.name).beginArray();
        for (const SeriesPoint &point : points) {
            list.real(point.*figure.value);
        }
        list.endArray();
    }
}

/// The list of that name, if it has the wanted length.
const Json *listOf(const JsonFields &fields, const char *name, std::size_t count)
{
    const Json *list = fields.find(name);
    return list != nullptr && list->is_array() && list->size() == count ? list : nullptr;
}

bool readCosts(const JsonFields &fields, std::vector<SeriesPoint> &points)
{
    const Json *list = listOf(fields, kCost, points.size());
    for (std::size_t i = 0; list != nullptr && i < points.size(); ++i) {
        const Json &value = (*list)[i];
        const auto cost = value.is_string() ? Money::fromDecimal(value.get<std::string>())
                                            : std::nullopt;
        if (!cost) {
            return false;
        }
        points[i].cost = *cost;
    }
    return list != nullptr;
}

std::optional<std::vector<SeriesPoint>> pointsFrom(const Json &json, std::size_t count)
{
    const JsonFields fields(json);
    std::vector<SeriesPoint> points(count);
    for (const Count &one : kCounts) {
        const Json *list = listOf(fields, one.name.text().data(), count);
        for (std::size_t i = 0; i < count; ++i) {
            if (list == nullptr || !(*list)[i].is_number_integer()) {
                return std::nullopt;
            }
            points[i].*one.value = (*list)[i].get<std::int64_t>();
        }
    }
    for (const Figure &one : kFigures) {
        const Json *list = listOf(fields, one.name.text().data(), count);
        for (std::size_t i = 0; i < count; ++i) {
            if (list == nullptr || !((*list)[i].is_number() || (*list)[i].is_null())) {
                return std::nullopt;
            }
            points[i].*one.value = (*list)[i].is_null() ? telemetry::kNoData
                                                        : (*list)[i].get<double>();
        }
    }
    return readCosts(fields, points) ? std::optional(std::move(points)) : std::nullopt;
}

} // namespace

std::string seriesText(const telemetry::Snapshot &snapshot, const SeriesQuery &query)
{
    const SeriesSet *set = setOf(snapshot, query.bucket);
    static const SeriesSet nothing;
    const SeriesSet &all = set == nullptr ? nothing : *set;
    const auto size = static_cast<std::int64_t>(all.total.points.size());
    const SystemTime begin = set == nullptr ? snapshot.at.system : all.total.firstBucket;
    std::int64_t skipped = 0;
    if (query.since && *query.since > begin) {
        skipped = std::min<std::int64_t>((*query.since - begin + query.bucket - Micros(1))
                                             / query.bucket,
                                         size);
    }
    const auto part = [&](const telemetry::Series &series) {
        const Points points(series.points);
        return points.subspan(std::min(static_cast<std::size_t>(skipped), points.size()));
    };
    std::string text;
    JsonWriter json(text);
    {
        JsonMembers members(json);
        members.integer("bucket_s", query.bucket.count());
        members.integer("keeps", static_cast<std::int64_t>(keptOf(query.bucket)));
        members.string("first", toIso8601(begin + query.bucket * skipped));
        members.integer("count", size - skipped);
        {
            JsonMembers total(members.key("total"));
            writePoints(total, part(all.total));
        }
        JsonWriter &providers = members.key("providers").beginArray();
        const std::size_t known = std::min(all.byProvider.size(), snapshot.providers.size());
        for (std::size_t i = 0; i < known; ++i) {
            JsonMembers provider(providers);
            provider.string("id", snapshot.providers[i].id);
            writePoints(provider, part(all.byProvider[i]));
        }
        providers.endArray();
    }
    return text;
}

std::optional<SeriesPage> seriesFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto first = fromIso8601(fields.text("first"));
    const auto count = fields.optionalInteger("count").value_or(-1);
    const auto keeps = fields.optionalInteger("keeps").value_or(0);
    const auto width = fields.optionalInteger("bucket_s").value_or(0);
    const Json *total = fields.find("total");
    const Json *providers = fields.find("providers");
    constexpr std::int64_t kMost = 100'000;
    const bool sound = first && count >= 0 && keeps > 0 && keeps <= kMost && count <= keeps
                       && width > 0 && width <= kMost && total != nullptr && providers != nullptr
                       && providers->is_array();
    if (!sound) {
        return std::nullopt;
    }
    const auto length = static_cast<std::size_t>(count);
    SeriesPage page{Seconds(width), static_cast<std::size_t>(keeps), *first, {}, {}};
    auto points = pointsFrom(*total, length);
    if (!points) {
        return std::nullopt;
    }
    page.total = std::move(*points);
    for (const Json &provider : *providers) {
        auto own = pointsFrom(provider, length);
        if (!own) {
            return std::nullopt;
        }
        page.providers.emplace_back(JsonFields(provider).text("id"), std::move(*own));
    }
    return page;
}

} // namespace signalbox::runtime

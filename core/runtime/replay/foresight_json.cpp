// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/replay/foresight_json.h"

#include "core/runtime/ledger/json_fields.h"

#include <utility>

namespace signalbox::runtime {
namespace {

Json millis(std::optional<Micros> time)
{
    return time ? Json(static_cast<double>(time->count()) / 1000) : Json();
}

Json toJson(const EffectTimes &times)
{
    return {{"p50_ms", millis(times.p50)},
            {"p95_ms", millis(times.p95)},
            {"p99_ms", millis(times.p99)}};
}

EffectTimes timesFrom(const Json *json)
{
    if (json == nullptr || !json->is_object()) {
        return {};
    }
    const JsonFields fields(*json);
    return {fields.optionalMillis("p50_ms"),
            fields.optionalMillis("p95_ms"),
            fields.optionalMillis("p99_ms")};
}

Json toJson(const Effect &effect)
{
    return {{"requests", effect.requests},
            {"answered", effect.answered},
            {"failed", effect.failed},
            {"refused", effect.refused},
            {"abandoned", effect.abandoned},
            {"unknown", effect.unknown},
            {"calls", effect.calls},
            {"trips", effect.trips},
            {"cost_usd", effect.cost.toDecimal()},
            {"unknown_price_calls", effect.unknownPriceCalls},
            {"estimated", effect.estimated},
            {"total", toJson(effect.total)},
            {"first_token", toJson(effect.firstToken)}};
}

Effect effectFrom(const Json *json)
{
    Effect effect;
    if (json == nullptr || !json->is_object()) {
        return effect;
    }
    const JsonFields fields(*json);
    effect.requests = fields.integer("requests");
    effect.answered = fields.integer("answered");
    effect.failed = fields.integer("failed");
    effect.refused = fields.integer("refused");
    effect.abandoned = fields.integer("abandoned");
    effect.unknown = fields.integer("unknown");
    effect.calls = fields.integer("calls");
    effect.trips = fields.integer("trips");
    effect.cost = fields.money("cost_usd").value_or(Money());
    effect.unknownPriceCalls = fields.integer("unknown_price_calls");
    effect.estimated = fields.flag("estimated");
    effect.total = timesFrom(fields.find("total"));
    effect.firstToken = timesFrom(fields.find("first_token"));
    return effect;
}

Json toJson(const EffectBand &band)
{
    return {band.low, band.high};
}

Json toJson(const std::optional<EffectBand> &band)
{
    return band ? toJson(*band) : Json();
}

std::optional<EffectBand> bandFrom(const Json *json)
{
    if (json == nullptr || !json->is_array() || json->size() != 2 || !(*json)[0].is_number()
        || !(*json)[1].is_number()) {
        return std::nullopt;
    }
    return EffectBand{(*json)[0].get<double>(), (*json)[1].get<double>()};
}

Json toJson(const EffectRow &row)
{
    Json json{{"name", row.name}, {"now", toJson(row.now)}, {"after", toJson(row.after)}};
    if (row.bands) {
        json["bands"] = {{"cost_usd", toJson(row.bands->costUsd)},
                         {"p95_s", toJson(row.bands->p95Seconds)},
                         {"first_token_p95_s", toJson(row.bands->firstTokenP95Seconds)},
                         {"failed_share", toJson(row.bands->failedShare)}};
    }
    return json;
}

EffectRow rowFrom(const Json &json)
{
    EffectRow row;
    if (!json.is_object()) {
        return row;
    }
    const JsonFields fields(json);
    row.name = fields.text("name");
    row.now = effectFrom(fields.find("now"));
    row.after = effectFrom(fields.find("after"));
    if (const Json *bands = fields.find("bands"); bands != nullptr && bands->is_object()) {
        const JsonFields named(*bands);
        row.bands = EffectBands{bandFrom(named.find("cost_usd")).value_or(EffectBand{}),
                                bandFrom(named.find("p95_s")),
                                bandFrom(named.find("first_token_p95_s")),
                                bandFrom(named.find("failed_share")).value_or(EffectBand{})};
    }
    return row;
}

template <typename Rows, typename Write>
Json listOf(const Rows &rows, Write write)
{
    Json list = Json::array();
    for (const auto &row : rows) {
        list.push_back(write(row));
    }
    return list;
}

template <typename Row, typename Read>
void readList(const JsonFields &fields, const char *name, std::vector<Row> &rows, Read read)
{
    const Json *list = fields.find(name);
    if (list == nullptr || !list->is_array()) {
        return;
    }
    for (const Json &item : *list) {
        if (item.is_object()) {
            rows.push_back(read(item));
        }
    }
}

Json toJson(const RuleCatch &rule)
{
    return {{"route", rule.route},
            {"rule", rule.rule},
            {"now", rule.now},
            {"after", rule.after},
            {"blind", rule.blind}};
}

Json toJson(const NoDataFor &row)
{
    return {{"target", row.target.name()}, {"task", row.task}, {"requests", row.requests}};
}

Json toJson(const HedgeEffect &hedge)
{
    return {{"route", hedge.route},
            {"after_ms", hedge.after.count()},
            {"p99_change", hedge.p99Change},
            {"cost_change", hedge.costChange},
            {"hedged", hedge.hedged}};
}

Json toJson(const ShadowEffect &shadow)
{
    return {{"route", shadow.route},
            {"target", shadow.target.name()},
            {"share", shadow.share},
            {"cost_usd", moneyJson(shadow.cost)}};
}

} // namespace

Json toJson(const Foresight &foresight)
{
    const auto row = [](const EffectRow &each) { return toJson(each); };
    return {{"since", toIsoMicros(foresight.since)},
            {"until", toIsoMicros(foresight.until)},
            {"recorded", foresight.recorded},
            {"replayed", foresight.replayed},
            {"drawn", foresight.drawn},
            {"all", toJson(foresight.all)},
            {"changed_routes", foresight.changedRoutes},
            {"changed", toJson(foresight.changed)},
            {"targets", listOf(foresight.targets, row)},
            {"providers", listOf(foresight.providers, row)},
            {"hours", listOf(foresight.hours, row)},
            {"rules", listOf(foresight.rules, [](const RuleCatch &each) { return toJson(each); })},
            {"no_data",
             listOf(foresight.noData, [](const NoDataFor &each) { return toJson(each); })},
            {"hedges",
             listOf(foresight.hedges, [](const HedgeEffect &each) { return toJson(each); })},
            {"shadows",
             listOf(foresight.shadows, [](const ShadowEffect &each) { return toJson(each); })}};
}

Foresight foresightFrom(const Json &json)
{
    Foresight foresight;
    if (!json.is_object()) {
        return foresight;
    }
    const JsonFields fields(json);
    foresight.since = fromIso8601(fields.text("since")).value_or(SystemTime());
    foresight.until = fromIso8601(fields.text("until")).value_or(SystemTime());
    foresight.recorded = fields.integer("recorded");
    foresight.replayed = fields.integer("replayed");
    foresight.drawn = fields.integer("drawn");
    if (const Json *all = fields.find("all")) {
        foresight.all = rowFrom(*all);
    }
    foresight.changedRoutes = fields.texts("changed_routes");
    if (const Json *changed = fields.find("changed")) {
        foresight.changed = rowFrom(*changed);
    }
    readList(fields, "targets", foresight.targets, rowFrom);
    readList(fields, "providers", foresight.providers, rowFrom);
    readList(fields, "hours", foresight.hours, rowFrom);
    readList(fields, "rules", foresight.rules, [](const Json &item) {
        const JsonFields rule(item);
        return RuleCatch{rule.text("route"),
                         rule.text("rule"),
                         rule.integer("now"),
                         rule.integer("after"),
                         rule.integer("blind")};
    });
    readList(fields, "no_data", foresight.noData, [](const Json &item) {
        const JsonFields row(item);
        return NoDataFor{TargetId(row.text("target")), row.text("task"), row.integer("requests")};
    });
    readList(fields, "hedges", foresight.hedges, [](const Json &item) {
        const JsonFields hedge(item);
        return HedgeEffect{hedge.text("route"),
                           Millis(hedge.integer("after_ms")),
                           hedge.number("p99_change"),
                           hedge.number("cost_change"),
                           hedge.integer("hedged")};
    });
    readList(fields, "shadows", foresight.shadows, [](const Json &item) {
        const JsonFields shadow(item);
        return ShadowEffect{shadow.text("route"),
                            TargetId(shadow.text("target")),
                            shadow.number("share"),
                            shadow.money("cost_usd")};
    });
    return foresight;
}

} // namespace signalbox::runtime

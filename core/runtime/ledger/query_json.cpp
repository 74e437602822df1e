// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/query_json.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"

namespace signalbox::runtime {
namespace {

Json rowJson(const CostRow &row, const CostQuery &query)
{
    Json json{{"bucket", row.bucket}, {std::string(toString(query.by)), row.name}};
    if (query.then) {
        json[std::string(toString(*query.then))] = row.part.value_or(std::string());
    }
    json["requests"] = row.requests;
    json["prompt_tokens"] = row.promptTokens;
    json["completion_tokens"] = row.completionTokens;
    json["cost_usd"] = row.cost.toDecimal();
    json["unknown_price_requests"] = row.unknownPriceRequests;
    json["estimated_cost_usd"] = row.estimatedCost.toDecimal();
    json["wasted_cost_usd"] = row.wastedCost.toDecimal();
    json["abandoned_cost_usd"] = row.abandonedCost.toDecimal();
    json["abandoned_requests"] = row.abandonedRequests;
    json["prompt_cache_saved_usd"] = row.promptCacheSaved.toDecimal();
    json["cache_saved_usd"] = row.responseCacheSaved.toDecimal();
    json["shadow_cost_usd"] = row.shadowCost.toDecimal();
    json["health_check_cost_usd"] = row.healthCheckCost.toDecimal();
    json["cache_embedding_cost_usd"] = row.embedderCost.toDecimal();
    return json;
}

Json entryJson(const AuditEntry &entry)
{
    return {{"id", entry.id},
            {"time", toIsoMicros(entry.at)},
            {"operator", orNull(entry.operatorId)},
            {"action", entry.action},
            {"object", orNull(entry.object)},
            {"reason", orNull(entry.reason)},
            {"detail", orNull(entry.detail)}};
}

Json bodyJson(const KeptBody &body)
{
    return {{"text", body.text}, {"bytes", body.bytes}, {"cut", body.cut}};
}

KeptBody bodyFrom(const Json &json)
{
    const JsonFields fields(json);
    return {fields.text("text"), fields.integer("bytes"), fields.flag("cut")};
}

Json nextJson(const std::optional<std::string> &next)
{
    return next ? Json(*next) : Json(nullptr);
}

} // namespace

Json toJson(const RequestPage &page)
{
    Json requests = Json::array();
    for (const RequestRecord &record : page.requests) {
        requests.push_back(toJson(record, Detail::Row));
    }
    return {{"requests", std::move(requests)}, {"next", nextJson(page.next)}};
}

Json toJson(const RequestBodies &bodies)
{
    return {{"id", bodies.id},
            {"time", toIsoMicros(bodies.arrived)},
            {"request", bodyJson(bodies.request)},
            {"answer", bodyJson(bodies.answer)}};
}

std::optional<RequestBodies> bodiesFromJson(const Json &json)
{
    const JsonFields fields(json);
    const Json *request = fields.find("request");
    const Json *answer = fields.find("answer");
    const auto time = fromIso8601(fields.text("time"));
    if (request == nullptr || answer == nullptr || !time) {
        return std::nullopt;
    }
    RequestBodies bodies;
    bodies.id = fields.text("id");
    bodies.arrived = *time;
    bodies.request = bodyFrom(*request);
    bodies.answer = bodyFrom(*answer);
    return bodies;
}

Json toJson(const std::vector<HistogramBucket> &buckets)
{
    Json array = Json::array();
    for (const HistogramBucket &bucket : buckets) {
        array.push_back(Json::object({{"start", toIsoMicros(bucket.start)},
                                      {"requests", bucket.requests},
                                      {"failed", bucket.failed}}));
    }
    Json json;
    json["buckets"] = std::move(array);
    return json;
}

Json toJson(const std::vector<CostRow> &rows, const CostQuery &query)
{
    Json array = Json::array();
    for (const CostRow &row : rows) {
        array.push_back(rowJson(row, query));
    }
    Json json;
    json["rows"] = std::move(array); // a list of one pair would read as an array
    return json;
}

Json toJson(const AuditPage &page)
{
    Json entries = Json::array();
    for (const AuditEntry &entry : page.entries) {
        entries.push_back(entryJson(entry));
    }
    return {{"entries", std::move(entries)}, {"next", nextJson(page.next)}};
}

Json toJson(const std::vector<pricing::MatrixCell> &cells, SystemTime since, SystemTime until)
{
    const auto bandJson = [](const std::optional<pricing::Band> &band) {
        return band ? Json{{"value", band->value}, {"low", band->low}, {"high", band->high}}
                    : Json();
    };
    Json list = Json::array();
    for (const pricing::MatrixCell &cell : cells) {
        list.push_back({{"task", cell.task},
                        {"target", cell.target.name()},
                        {"calls", cell.calls},
                        {"answered", cell.answered},
                        {"too_few", cell.tooFew},
                        {"prompt_tokens", cell.promptTokens},
                        {"completion_tokens", cell.completionTokens},
                        {"cost_usd", cell.cost.toDecimal()},
                        {"unknown_price_calls", cell.unknownPriceCalls},
                        {"cost_usd_per_answer", bandJson(cell.costPerAnswer)},
                        {"first_token_s", bandJson(cell.firstToken)},
                        {"tokens_per_second", bandJson(cell.tokensPerSecond)},
                        {"failure_share", bandJson(cell.failureShare)},
                        {"abandoned_share", bandJson(cell.abandonedShare)}});
    }
    return {{"since", toIsoMicros(since)},
            {"until", toIsoMicros(until)},
            {"cells", std::move(list)}};
}

std::optional<std::vector<MatrixCell>> matrixFromJson(const Json &json)
{
    const JsonFields answer(json);
    const Json *list = answer.find("cells");
    if (list == nullptr || !list->is_array()) {
        return std::nullopt;
    }
    std::vector<MatrixCell> cells;
    for (const Json &item : *list) {
        const JsonFields fields(item);
        const auto band = [&fields](const char *name) -> std::optional<Band> {
            const Json *found = fields.find(name);
            if (found == nullptr || !found->is_object()) {
                return std::nullopt;
            }
            const JsonFields parts(*found);
            return Band{parts.number("value"), parts.number("low"), parts.number("high")};
        };
        MatrixCell cell;
        cell.task = fields.text("task");
        cell.target = TargetId(fields.text("target"));
        cell.calls = fields.integer("calls");
        cell.answered = fields.integer("answered");
        cell.promptTokens = fields.integer("prompt_tokens");
        cell.completionTokens = fields.integer("completion_tokens");
        cell.cost = fields.money("cost_usd").value_or(Money());
        cell.unknownPriceCalls = fields.integer("unknown_price_calls");
        cell.tooFew = fields.flag("too_few");
        cell.costPerAnswer = band("cost_usd_per_answer");
        cell.firstToken = band("first_token_s");
        cell.tokensPerSecond = band("tokens_per_second");
        cell.failureShare = band("failure_share").value_or(Band());
        cell.abandonedShare = band("abandoned_share").value_or(Band());
        cells.push_back(std::move(cell));
    }
    return cells;
}

} // namespace signalbox::runtime

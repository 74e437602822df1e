// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/record_json.h"

#include "core/base/check.h"
#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/price_json.h"

namespace signalbox::runtime {
namespace {

Cost costFrom(const JsonFields &fields)
{
    return {fields.money("cost_usd"), fields.flag("cost_estimated")};
}

std::optional<RetryHint> hintFrom(const Json *json)
{
    if (json == nullptr || !json->is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(*json);
    const auto source = hintSourceFromString(fields.text("source"));
    return RetryHint{Millis(fields.integer("wait_ms")), source.value_or(RetryHintSource::None)};
}

std::optional<AttemptRecord> attemptFrom(const Json &json)
{
    const JsonFields fields(json);
    const auto outcome = outcomeFromString(fields.text("outcome"));
    if (!outcome) {
        return std::nullopt;
    }
    AttemptRecord attempt;
    attempt.target = TargetId(fields.text("target"));
    attempt.keyIndex = static_cast<int>(fields.integer("key_index"));
    attempt.probe = fields.flag("probe");
    attempt.startedAfter = fields.millis("started_after_ms");
    attempt.connected = fields.optionalMillis("connect_ms");
    attempt.firstToken = fields.optionalMillis("first_token_ms");
    attempt.total = fields.millis("ms");
    attempt.backoffBefore = fields.millis("backoff_ms");
    attempt.httpStatus = static_cast<int>(fields.integer("status"));
    attempt.outcome = *outcome;
    attempt.reason = fields.text("reason");
    attempt.hint = hintFrom(fields.find("hint"));
    attempt.counted = fields.flag("counted");
    attempt.contentSent = fields.flag("content_sent");
    attempt.upstreamRequestId = fields.text("upstream_request_id");
    attempt.upstreamModel = fields.text("upstream_model");
    if (const Json *usage = fields.find("usage"); usage != nullptr && usage->is_object()) {
        attempt.usage = usageFromJson(*usage);
    }
    attempt.cost = costFrom(fields);
    if (const Json *price = fields.find("price"); price != nullptr && price->is_object()) {
        attempt.price = priceFromJson(*price);
    }
    attempt.promptCacheSaved = fields.money("prompt_cache_saved_usd").value_or(Money());
    attempt.notes = fields.texts("notes");
    return attempt;
}

bool readAttempts(const Json *json, std::vector<AttemptRecord> &attempts)
{
    if (json == nullptr || !json->is_array()) {
        return true;
    }
    for (const Json &item : *json) {
        auto attempt = attemptFrom(item);
        if (!attempt) {
            return false;
        }
        attempts.push_back(std::move(*attempt));
    }
    return true;
}

/// The facts and the decision; absent in a row, which is no fault.
bool readDetail(const JsonFields &fields, RequestRecord &record)
{
    const Json *facts = fields.find("facts");
    const Json *decision = fields.find("decision");
    if (facts == nullptr && decision == nullptr) {
        return true;
    }
    auto readFacts = facts == nullptr ? std::nullopt : factsFromJson(*facts);
    auto readDecision = decision == nullptr ? std::nullopt : decisionFromJson(*decision);
    if (!readFacts || !readDecision) {
        return false;
    }
    record.facts = std::move(*readFacts);
    record.decision = std::move(*readDecision);
    return true;
}

void readNames(const JsonFields &fields, RequestRecord &record)
{
    record.id = fields.text("id");
    record.clientRequestId = fields.text("client_request_id");
    record.client = fields.text("client");
    record.dialect = fields.text("dialect");
    record.operation = fields.text("operation");
    record.modelAsked = fields.text("model");
    record.route = fields.text("route");
    record.rule = fields.text("rule");
    record.target = TargetId(fields.text("target"));
    record.errorCode = fields.text("error_code");
    record.cache = fields.text("cache");
    record.configRevision = fields.text("config_revision");
    for (const std::string &name : fields.texts("needs")) {
        if (const auto feature = featureFromString(name)) {
            record.needs.insert(*feature);
        }
    }
}

void readFigures(const JsonFields &fields, RequestRecord &record)
{
    record.stream = fields.flag("stream");
    record.status = static_cast<int>(fields.integer("status"));
    record.abandoned = fields.flag("abandoned");
    if (const Json *usage = fields.find("usage")) {
        record.usage = usageFromJson(*usage);
    }
    record.cost = costFrom(fields);
    record.cacheSaved = fields.money("cache_saved_usd");
    record.firstToken = fields.optionalMillis("first_token_ms");
    record.total = fields.millis("total_ms");
    if (const Json *stages = fields.find("stages"); stages != nullptr) {
        const JsonFields times(*stages);
        record.stages = {times.millis("decode_ms"),
                         times.millis("decide_ms"),
                         times.millis("encode_ms")};
    }
}

} // namespace

std::optional<RetryHintSource> hintSourceFromString(std::string_view name)
{
    for (int i = 0;; ++i) {
        const auto source = static_cast<RetryHintSource>(i);
        const std::string_view known = toString(source);
        if (known.empty() || known == name) {
            return known.empty() ? std::nullopt : std::optional(source);
        }
    }
}

Json toJson(const RequestRecord &record, Detail detail)
{
    auto json = parseJson(toText(record, detail));
    SB_CHECK(json.has_value());
    return std::move(*json);
}

Usage usageFromJson(const Json &json)
{
    const JsonFields fields(json);
    Usage usage;
    usage.promptTokens = fields.integer("prompt_tokens");
    usage.cachedTokens = fields.integer("cached_tokens");
    usage.cacheWriteTokens = fields.integer("cache_write_tokens");
    usage.cacheWriteHourTokens = fields.integer("cache_write_hour_tokens");
    usage.completionTokens = fields.integer("completion_tokens");
    usage.reasoningTokens = fields.integer("reasoning_tokens");
    usage.estimated = fields.flag("estimated");
    usage.statedCost = fields.money("stated_cost_usd");
    return usage;
}

std::optional<RequestRecord> recordFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto time = fromIso8601(fields.text("time"));
    const auto outcome = outcomeFromString(fields.text("outcome"));
    if (!time || !outcome || fields.text("id").empty()) {
        return std::nullopt;
    }
    RequestRecord record;
    record.arrived = *time;
    record.outcome = *outcome;
    readNames(fields, record);
    readFigures(fields, record);
    const bool sound = readAttempts(fields.find("attempts"), record.attempts)
                       && readDetail(fields, record);
    return sound ? std::optional(std::move(record)) : std::nullopt;
}

} // namespace signalbox::runtime

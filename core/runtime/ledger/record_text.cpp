// SPDX-License-Identifier: Apache-2.0
// The writing half of record_json.h: each request is written twice (log and ledger), so it goes
// straight into a text.
#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"
#include "core/runtime/ledger/price_json.h"
#include "core/runtime/ledger/record_json.h"

namespace signalbox::runtime {
namespace {

using runtime::write; // that of prices, beside those below

/// What a usual record with its decision takes.
constexpr std::size_t kUsualBytes = 2048;

void write(JsonWriter &json, const Usage &usage)
{
    JsonMembers members(json);
    members.integer("prompt_tokens", usage.promptTokens);
    members.integer("cached_tokens", usage.cachedTokens);
    members.integer("cache_write_tokens", usage.cacheWriteTokens);
    members.integer("cache_write_hour_tokens", usage.cacheWriteHourTokens);
    members.integer("completion_tokens", usage.completionTokens);
    members.integer("reasoning_tokens", usage.reasoningTokens);
    members.flag("estimated", usage.estimated);
    if (usage.statedCost) {
        members.money("stated_cost_usd", usage.statedCost);
    }
}

void write(JsonWriter &json, const RetryHint &hint)
{
    JsonMembers(json).integer("wait_ms", hint.wait.count()).string("source", toString(hint.source));
}

template <typename T>
void writeOrNull(JsonWriter &json, const std::optional<T> &value)
{
    if (value) {
        write(json, *value);
    } else {
        json.null();
    }
}

void write(JsonWriter &json, const AttemptRecord &attempt)
{
    JsonMembers members(json);
    members.text("target", attempt.target.name()).text("provider", attempt.target.provider());
    const bool hasStatus = attempt.httpStatus != 0;
    members.integer("status",
                    hasStatus ? std::optional<std::int64_t>(attempt.httpStatus) : std::nullopt);
    members.string("outcome", toString(attempt.outcome)).text("reason", attempt.reason);
    members.millis("ms", attempt.total).millis("started_after_ms", attempt.startedAfter);
    members.millis("backoff_ms", attempt.backoffBefore).millis("connect_ms", attempt.connected);
    members.millis("first_token_ms", attempt.firstToken).integer("key_index", attempt.keyIndex);
    members.flag("probe", attempt.probe).flag("counted", attempt.counted);
    members.flag("content_sent", attempt.contentSent);
    writeOrNull(members.key("hint"), attempt.hint);
    members.text("upstream_request_id", attempt.upstreamRequestId);
    members.text("upstream_model", attempt.upstreamModel);
    writeOrNull(members.key("usage"), attempt.usage);
    members.money("cost_usd", attempt.cost.amount).flag("cost_estimated", attempt.cost.estimated);
    writeOrNull(members.key("price"), attempt.price);
    members.money("prompt_cache_saved_usd", attempt.promptCacheSaved);
    members.strings("notes", attempt.notes);
}

void write(JsonWriter &json, const StageTimes &stages)
{
    JsonMembers(json)
        .millis("decode_ms", stages.decode)
        .millis("decide_ms", stages.decide)
        .millis("encode_ms", stages.encode);
}

void writeNeeds(JsonWriter &json, const FeatureSet &needs)
{
    json.beginArray();
    for (const Feature feature : needs.list()) {
        json.string(toString(feature));
    }
    json.endArray();
}

void writeAttempts(JsonWriter &json, const std::vector<AttemptRecord> &attempts)
{
    json.beginArray();
    for (const AttemptRecord &attempt : attempts) {
        write(json, attempt);
    }
    json.endArray();
}

} // namespace

void write(JsonWriter &json, const RequestRecord &record, Detail detail)
{
    JsonMembers members(json);
    members.string("id", record.id).text("client_request_id", record.clientRequestId);
    members.string("time", toIsoMicros(record.arrived)).text("client", record.client);
    members.text("dialect", record.dialect).text("operation", record.operation);
    members.text("model", record.modelAsked).text("route", record.route);
    members.text("rule", record.rule).text("target", record.target.name());
    members.flag("stream", record.stream).integer("status", record.status);
    members.string("outcome", toString(record.outcome)).text("error_code", record.errorCode);
    members.flag("abandoned", record.abandoned).string("cache", record.cache);
    write(members.key("usage"), record.usage);
    members.money("cost_usd", record.cost.amount).flag("cost_estimated", record.cost.estimated);
    members.money("cache_saved_usd", record.cacheSaved);
    members.millis("first_token_ms", record.firstToken).millis("total_ms", record.total);
    write(members.key("stages"), record.stages);
    writeNeeds(members.key("needs"), record.needs);
    members.text("config_revision", record.configRevision);
    writeAttempts(members.key("attempts"), record.attempts);
    if (detail == Detail::Full) {
        write(members.key("facts"), record.facts);
        write(members.key("decision"), record.decision);
    }
}

std::string toText(const RequestRecord &record, Detail detail)
{
    std::string text;
    text.reserve(kUsualBytes);
    JsonWriter json(text);
    write(json, record, detail);
    return text;
}

} // namespace signalbox::runtime

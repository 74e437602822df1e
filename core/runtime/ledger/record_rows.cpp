// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/record_rows.h"

#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

constexpr std::string_view kRequestColumns =
    "id,arrived_us,client_request_id,client,dialect,operation,model_asked,route,rule,target,"
    "last_target,last_provider,stream,status,error_code,outcome,abandoned,cache,prompt_tokens,"
    "cached_tokens,cache_write_tokens,completion_tokens,reasoning_tokens,tokens_estimated,"
    "stated_nanos,cost_nanos,cost_estimated,first_token_us,total_us,decode_us,decide_us,"
    "encode_us,needs,config_revision,facts,decision";

constexpr std::string_view kAttemptColumns =
    "request_id,n,target,provider,model,key_index,probe,started_after_us,connect_us,"
    "first_token_us,total_us,backoff_us,http_status,outcome,reason,hint_ms,hint_source,counted,"
    "content_sent,upstream_request_id,upstream_model,prompt_tokens,cached_tokens,"
    "cache_write_tokens,completion_tokens,reasoning_tokens,tokens_estimated,stated_nanos,"
    "cost_nanos,cost_estimated,price_unknown,notes";

constexpr std::string_view kRollupKeys = "quarter,provider,model,route,client";
constexpr std::string_view kRollupSums =
    "attempts,requests,provider_requests,model_requests,unknown_requests,"
    "unknown_provider_requests,unknown_model_requests,prompt_tokens,completion_tokens,"
    "cost_nanos,estimated_nanos";

std::string insertSql(std::string_view start, std::string_view columns)
{
    std::string sql(start);
    sql.append("(").append(columns).append(") VALUES(?");
    for (auto left = std::count(columns.begin(), columns.end(), ','); left > 0; --left) {
        sql += ",?";
    }
    return sql + ")";
}

std::optional<std::int64_t> micros(const std::optional<Micros> &duration)
{
    return duration ? std::optional<std::int64_t>(duration->count()) : std::nullopt;
}

std::optional<Micros> toMicros(std::optional<std::int64_t> count)
{
    return count ? std::optional(Micros(*count)) : std::nullopt;
}

std::optional<std::int64_t> nanos(const std::optional<Money> &money)
{
    return money ? std::optional(money->nanos()) : std::nullopt;
}

std::optional<Money> toMoney(std::optional<std::int64_t> count)
{
    return count ? std::optional(Money::fromNanos(*count)) : std::nullopt;
}

void addUsage(Statement &statement, const Usage &usage)
{
    statement.add(usage.promptTokens)
        .add(usage.cachedTokens)
        .add(usage.cacheWriteTokens)
        .add(usage.completionTokens)
        .add(usage.reasoningTokens)
        .add(std::int64_t(usage.estimated))
        .add(nanos(usage.statedCost));
}

void addNoUsage(Statement &statement)
{
    for (int column = 0; column < 7; ++column) {
        statement.add(std::optional<std::int64_t>());
    }
}

/// Nothing when the first column, the prompt tokens, is null.
std::optional<Usage> readUsage(Statement &row)
{
    Usage usage;
    const auto promptTokens = row.optionalInteger();
    usage.promptTokens = promptTokens.value_or(0);
    usage.cachedTokens = row.integer();
    usage.cacheWriteTokens = row.integer();
    usage.completionTokens = row.integer();
    usage.reasoningTokens = row.integer();
    usage.estimated = row.flag();
    usage.statedCost = toMoney(row.optionalInteger());
    return promptTokens ? std::optional(usage) : std::nullopt;
}

std::string needsText(const FeatureSet &needs)
{
    std::string text;
    for (const Feature feature : needs.list()) {
        text.append(text.empty() ? "" : ",").append(toString(feature));
    }
    return text;
}

FeatureSet needsFrom(std::string_view text)
{
    FeatureSet needs;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto feature = featureFromString(text.substr(0, comma))) {
            needs.insert(*feature);
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return needs;
}

const TargetId &lastTarget(const RequestRecord &record)
{
    const bool useAttempt = record.target.isEmpty() && !record.attempts.empty();
    return useAttempt ? record.attempts.back().target : record.target;
}

LedgerError unreadable(const std::string &what)
{
    return {LedgerFault::Corrupt, "a row that cannot be understood: " + what};
}

bool readDetail(const std::string &factsText,
                const std::string &decisionText,
                RequestRecord &record)
{
    const auto factsJson = parseJson(factsText);
    const auto decisionJson = parseJson(decisionText);
    auto facts = factsJson ? factsFromJson(*factsJson) : std::nullopt;
    auto decision = decisionJson ? decisionFromJson(*decisionJson) : std::nullopt;
    if (!facts || !decision) {
        return false;
    }
    record.facts = std::move(*facts);
    record.decision = std::move(*decision);
    return true;
}

std::string notesText(const std::vector<std::string> &notes)
{
    return notes.empty() ? std::string() : toText(Json(notes));
}

std::vector<std::string> notesFrom(const std::string &text)
{
    if (text.empty()) {
        return {};
    }
    const auto json = parseJson("{\"notes\":" + text + "}");
    return json ? JsonFields(*json).texts("notes") : std::vector<std::string>();
}

} // namespace

std::string insertRequestSql()
{
    return insertSql("INSERT OR IGNORE INTO requests", kRequestColumns);
}

std::string insertAttemptSql()
{
    return insertSql("INSERT INTO attempts", kAttemptColumns);
}

std::string upsertRollupSql()
{
    std::string sql = insertSql("INSERT INTO usage_quarters",
                                std::string(kRollupKeys).append(",").append(kRollupSums));
    sql.append(" ON CONFLICT DO UPDATE SET ");
    std::string_view rest = kRollupSums;
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string name(rest.substr(0, comma));
        sql.append(name).append("=").append(name).append("+excluded.").append(name).append(",");
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    sql.pop_back();
    return sql;
}

std::string selectRequestSql()
{
    return std::string("SELECT ").append(kRequestColumns).append(" FROM requests");
}

std::string selectAttemptsSql()
{
    return std::string("SELECT ")
        .append(kAttemptColumns)
        .append(" FROM attempts WHERE request_id=? ORDER BY n");
}

Status<LedgerError> insertRequest(Statement &statement, const RequestRecord &record)
{
    const std::string needs = needsText(record.needs);
    const std::string facts = toText(toJson(record.facts));
    const std::string decision = toText(toJson(record.decision));
    const TargetId &last = lastTarget(record);
    statement.add(record.id).add(record.arrived.time_since_epoch().count());
    statement.add(record.clientRequestId).add(record.client).add(record.dialect);
    statement.add(record.operation).add(record.modelAsked).add(record.route).add(record.rule);
    statement.add(record.target.name()).add(last.name()).add(last.provider());
    statement.add(std::int64_t(record.stream)).add(std::int64_t(record.status));
    statement.add(record.errorCode).add(toString(record.outcome));
    statement.add(std::int64_t(record.abandoned)).add(record.cache);
    addUsage(statement, record.usage);
    statement.add(nanos(record.cost.amount)).add(std::int64_t(record.cost.estimated));
    statement.add(micros(record.firstToken)).add(record.total.count());
    statement.add(record.stages.decode.count()).add(record.stages.decide.count());
    statement.add(record.stages.encode.count());
    statement.add(needs).add(record.configRevision).add(facts).add(decision);
    return statement.run();
}

Status<LedgerError> insertAttempt(Statement &statement,
                                  const std::string &requestId,
                                  std::int64_t n,
                                  const AttemptRecord &attempt)
{
    const std::string notes = notesText(attempt.notes);
    statement.add(requestId).add(n).add(attempt.target.name());
    statement.add(attempt.target.provider()).add(attempt.target.model());
    statement.add(std::int64_t(attempt.keyIndex)).add(std::int64_t(attempt.probe));
    statement.add(attempt.startedAfter.count()).add(micros(attempt.connected));
    statement.add(micros(attempt.firstToken)).add(attempt.total.count());
    statement.add(attempt.backoffBefore.count()).add(std::int64_t(attempt.httpStatus));
    statement.add(toString(attempt.outcome)).add(attempt.reason);
    statement.add(attempt.hint ? std::optional(attempt.hint->wait.count()) : std::nullopt);
    statement.add(attempt.hint ? toString(attempt.hint->source) : std::string_view());
    statement.add(std::int64_t(attempt.counted)).add(std::int64_t(attempt.contentSent));
    statement.add(attempt.upstreamRequestId).add(attempt.upstreamModel);
    if (attempt.usage) {
        addUsage(statement, *attempt.usage);
    } else {
        addNoUsage(statement);
    }
    statement.add(nanos(attempt.cost.amount)).add(std::int64_t(attempt.cost.estimated));
    statement.add(std::int64_t(isPriceUnknown(attempt))).add(notes);
    return statement.run();
}

Status<LedgerError> upsertRollup(Statement &statement, const RollupKey &key, const RollupSums &sums)
{
    const auto seconds = std::chrono::floor<Seconds>(key.quarter).time_since_epoch().count();
    statement.add(std::int64_t(seconds)).add(key.provider).add(key.model);
    statement.add(key.route).add(key.client);
    statement.add(sums.attempts).add(sums.requests).add(sums.providerRequests);
    statement.add(sums.modelRequests).add(sums.unknownRequests);
    statement.add(sums.unknownProviderRequests).add(sums.unknownModelRequests);
    statement.add(sums.promptTokens).add(sums.completionTokens);
    statement.add(sums.cost.nanos()).add(sums.estimatedCost.nanos());
    return statement.run();
}

Result<RequestRecord, LedgerError> readRequest(Statement &row, bool withDecision)
{
    RequestRecord record;
    record.id = row.text();
    record.arrived = SystemTime(Micros(row.integer()));
    record.clientRequestId = row.text();
    record.client = row.text();
    record.dialect = row.text();
    record.operation = row.text();
    record.modelAsked = row.text();
    record.route = row.text();
    record.rule = row.text();
    record.target = TargetId(row.text());
    (void)row.text(); // last_target and last_provider serve filters only
    (void)row.text();
    record.stream = row.flag();
    record.status = static_cast<int>(row.integer());
    record.errorCode = row.text();
    const auto outcome = outcomeFromString(row.text());
    record.outcome = outcome.value_or(OutcomeClass::Success);
    record.abandoned = row.flag();
    record.cache = row.text();
    record.usage = readUsage(row).value_or(Usage{});
    record.cost.amount = toMoney(row.optionalInteger());
    record.cost.estimated = row.flag();
    record.firstToken = toMicros(row.optionalInteger());
    record.total = Micros(row.integer());
    record.stages.decode = Micros(row.integer());
    record.stages.decide = Micros(row.integer());
    record.stages.encode = Micros(row.integer());
    record.needs = needsFrom(row.text());
    record.configRevision = row.text();
    if (!outcome) {
        return Failure{unreadable(record.id)};
    }
    if (withDecision) {
        const std::string facts = row.text();
        const std::string decision = row.text();
        if (!readDetail(facts, decision, record)) {
            return Failure{unreadable(record.id)};
        }
    }
    return record;
}

Result<AttemptRecord, LedgerError> readAttempt(Statement &row)
{
    AttemptRecord attempt;
    const std::string requestId = row.text();
    (void)row.integer(); // n: the rows come in its order
    attempt.target = TargetId(row.text());
    (void)row.text(); // provider and model are the target's halves
    (void)row.text();
    attempt.keyIndex = static_cast<int>(row.integer());
    attempt.probe = row.flag();
    attempt.startedAfter = Micros(row.integer());
    attempt.connected = toMicros(row.optionalInteger());
    attempt.firstToken = toMicros(row.optionalInteger());
    attempt.total = Micros(row.integer());
    attempt.backoffBefore = Micros(row.integer());
    attempt.httpStatus = static_cast<int>(row.integer());
    const auto outcome = outcomeFromString(row.text());
    attempt.outcome = outcome.value_or(OutcomeClass::Success);
    attempt.reason = row.text();
    const auto hintMs = row.optionalInteger();
    const auto hintSource = hintSourceFromString(row.text());
    if (hintMs) {
        attempt.hint = RetryHint{Millis(*hintMs), hintSource.value_or(RetryHintSource::None)};
    }
    attempt.counted = row.flag();
    attempt.contentSent = row.flag();
    attempt.upstreamRequestId = row.text();
    attempt.upstreamModel = row.text();
    attempt.usage = readUsage(row);
    attempt.cost.amount = toMoney(row.optionalInteger());
    attempt.cost.estimated = row.flag();
    (void)row.integer(); // price_unknown follows from the rest
    attempt.notes = notesFrom(row.text());
    if (!outcome) {
        return Failure{unreadable(requestId)};
    }
    return attempt;
}

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/record_rows.h"

#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/row_values.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

constexpr std::string_view kRequestColumns =
    "id,arrived_us,client_request_id,client,dialect,operation,model_asked,route,rule,target,"
    "last_target,last_provider,stream,status,error_code,outcome,abandoned,cache,prompt_tokens,"
    "cached_tokens,cache_write_tokens,cache_write_hour_tokens,completion_tokens,reasoning_tokens,"
    "tokens_estimated,stated_nanos,cost_nanos,cost_estimated,first_token_us,total_us,decode_us,"
    "decide_us,"
    "encode_us,needs,config_revision,cache_saved_nanos,facts,decision";
/// Written behind the others and read by filters only.
constexpr std::string_view kErrorText = ",error_text";

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

/// Empty where nothing went wrong; else a line with the code, and one for each attempt's reason.
std::string errorText(const RequestRecord &record)
{
    std::string text = record.errorCode;
    if (text.empty() && record.status != 200) {
        text = toString(record.outcome);
    }
    for (const AttemptRecord &attempt : record.attempts) {
        if (!attempt.reason.empty()) {
            text.append("\n").append(attempt.reason);
        }
    }
    return text;
}

template <typename T>
std::string textOf(const T &value)
{
    std::string text;
    JsonWriter json(text);
    write(json, value);
    return text;
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

} // namespace

std::string insertRequestSql()
{
    return insertSql("INSERT INTO requests", std::string(kRequestColumns).append(kErrorText))
           + " ON CONFLICT DO NOTHING";
}

std::string selectRequestSql()
{
    return std::string("SELECT ").append(kRequestColumns).append(" FROM requests");
}

std::string selectPageSql()
{
    return std::string("SELECT rowid,").append(kRequestColumns).append(" FROM requests");
}

Status<LedgerError> insertRequest(Statement &statement, const RequestRecord &record)
{
    const std::string needs = needsText(record.needs);
    const std::string facts = textOf(record.facts);
    const std::string decision = textOf(record.decision);
    const std::string errors = errorText(record);
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
    statement.add(needs).add(record.configRevision).add(nanos(record.cacheSaved));
    statement.add(facts).add(decision).add(errors);
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
    record.cacheSaved = toMoney(row.optionalInteger());
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

} // namespace signalbox::runtime

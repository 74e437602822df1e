// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/price_json.h"
#include "core/runtime/ledger/record_json.h"
#include "core/runtime/ledger/record_rows.h"
#include "core/runtime/ledger/row_values.h"

namespace signalbox::runtime {
namespace {

constexpr std::string_view kAttemptColumns =
    "request_id,n,target,provider,model,key_index,probe,started_after_us,connect_us,"
    "first_token_us,total_us,backoff_us,http_status,outcome,reason,hint_ms,hint_source,counted,"
    "content_sent,upstream_request_id,upstream_model,prompt_tokens,cached_tokens,"
    "cache_write_tokens,cache_write_hour_tokens,completion_tokens,reasoning_tokens,tokens_"
    "estimated,stated_nanos,"
    "cost_nanos,cost_estimated,price_unknown,money_use,prompt_saved_nanos,notes";
/// Behind the others: a number in the table, the text when it is read.
constexpr std::string_view kPriceColumn = ",price_id";
constexpr std::string_view kPriceText = ",(SELECT text FROM prices WHERE prices.id=price_id)";

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

std::string insertAttemptSql()
{
    return insertSql("INSERT INTO attempts", std::string(kAttemptColumns).append(kPriceColumn));
}

std::string selectAttemptsSql()
{
    return std::string("SELECT ")
        .append(kAttemptColumns)
        .append(kPriceText)
        .append(" FROM attempts WHERE request_id=? ORDER BY n");
}

Status<LedgerError> insertAttempt(Statement &statement,
                                  const RequestRecord &record,
                                  std::size_t n,
                                  std::optional<std::int64_t> priceId)
{
    const AttemptRecord &attempt = record.attempts[n];
    const std::string notes = notesText(attempt.notes);
    statement.add(record.id).add(static_cast<std::int64_t>(n)).add(attempt.target.name());
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
    statement.add(std::int64_t(isPriceUnknown(attempt)));
    statement.add(static_cast<std::int64_t>(useOf(record, attempt)));
    statement.add(attempt.promptCacheSaved.nanos()).add(notes).add(priceId);
    return statement.run();
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
    (void)row.integer(); // price_unknown and money_use follow from the rest
    (void)row.integer();
    attempt.promptCacheSaved = Money::fromNanos(row.integer());
    attempt.notes = notesFrom(row.text());
    if (const auto price = parseJson(row.text()); price) {
        attempt.price = priceFromJson(*price);
    }
    if (!outcome) {
        return Failure{unreadable(requestId)};
    }
    return attempt;
}

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/sql_dialect.h"

namespace signalbox::runtime {
namespace {

/// Any: the figures of one ledger are to be the same each time.
constexpr std::uint64_t kSeed = 20'261'123;

/// The classes that count for a breaker stand together, see OutcomeClass.
bool isTargetsFault(OutcomeClass outcome)
{
    return outcome >= OutcomeClass::ServerError && outcome <= OutcomeClass::TotalTimeout;
}

std::optional<Micros> micros(std::optional<std::int64_t> count)
{
    return count ? std::optional(Micros(*count)) : std::nullopt;
}

pricing::CallSample sampleFrom(Statement &row)
{
    pricing::CallSample call;
    call.task = row.text();
    call.target = TargetId(row.text());
    call.promptTokens = row.integer();
    call.completionTokens = row.integer();
    const std::int64_t nanos = row.integer();
    call.cost = row.flag() ? std::nullopt : std::optional(Money::fromNanos(nanos));
    call.firstToken = micros(row.optionalInteger());
    call.total = Micros(row.integer());
    const auto outcome = outcomeFromString(row.text()).value_or(OutcomeClass::ServerError);
    call.answered = outcome == OutcomeClass::Success;
    call.failed = isTargetsFault(outcome);
    call.abandoned = outcome == OutcomeClass::ClientGone;
    return call;
}

} // namespace

Result<std::vector<pricing::MatrixCell>, LedgerError> LedgerReader::costMatrix(SystemTime since,
                                                                               SystemTime until)
{
    auto statement = kept(
        "SELECT " + std::string(taskSql(m_database.dialect()))
        + ",a.target,coalesce(a.prompt_tokens,0),coalesce(a.completion_tokens,0),"
          "coalesce(a.cost_nanos,0),a.price_unknown,a.first_token_us,a.total_us,"
          "a.outcome FROM requests r JOIN attempts a ON a.request_id=r.id"
          " WHERE r.arrived_us>=? AND r.arrived_us<? ORDER BY r.arrived_us,r.id,a.n");
    if (!statement) {
        return Failure{statement.error()};
    }
    (*statement)->rewind();
    (*statement)
        ->add(std::int64_t{since.time_since_epoch().count()})
        .add(std::int64_t{until.time_since_epoch().count()});
    pricing::CostMatrix matrix(kSeed);
    Statement::Step step = (*statement)->step();
    for (; step == Statement::Step::Row; step = (*statement)->step()) {
        matrix.add(sampleFrom(**statement));
    }
    const auto failed = step == Statement::Step::Failed ? std::optional((*statement)->error())
                                                        : std::nullopt;
    (*statement)->rewind();
    if (failed) {
        return Failure{*failed};
    }
    return matrix.cells();
}

} // namespace signalbox::runtime

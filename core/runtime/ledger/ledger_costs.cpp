// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounds.h"
#include "core/runtime/ledger/cost_sql.h"
#include "core/runtime/ledger/cost_table.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/own_call_rows.h"
#include "core/runtime/ledger/read_transaction.h"

#include <algorithm>
#include <limits>

namespace signalbox::runtime {
namespace {

/// Whole quarters for the sums, and what is left over at either end for the records.
struct Spans
{
    SystemTime headFrom{};
    SystemTime headTo{};
    SystemTime wholeFrom{};
    SystemTime wholeTo{};
    SystemTime tailTo{};
};

Spans spansOf(SystemTime since, SystemTime until)
{
    const SystemTime down = quarterOf(since);
    const SystemTime wholeFrom = down == since ? since : down + Quarter(1);
    const SystemTime wholeTo = quarterOf(until);
    if (wholeTo < wholeFrom) { // both inside one quarter
        return {since, until, until, until, until};
    }
    return {since, wholeFrom, wholeFrom, wholeTo, until};
}

std::int64_t microsOf(SystemTime time)
{
    return time.time_since_epoch().count();
}

std::int64_t secondsOf(SystemTime time)
{
    return std::chrono::floor<Seconds>(time).time_since_epoch().count();
}

/// Far enough for any record, near enough for arithmetic.
constexpr SystemTime kBeginning{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}};
constexpr SystemTime kEnd{std::chrono::sys_days{std::chrono::year{9000} / 1 / 1}};

/// Rows whose time \p takes does not want are passed over.
template <typename Takes>
Status<LedgerError> fold(Statement &statement, CostTable &table, const Takes &takes)
{
    Statement::Step step = statement.step();
    for (; step == Statement::Step::Row; step = statement.step()) {
        const SystemTime time{Seconds(statement.integer())};
        if (takes(time) && !table.add(statement, time)) {
            return Failure{
                LedgerError{LedgerFault::RangeTooLarge, std::to_string(bounds::kCostRowsMax)}};
        }
    }
    if (step == Statement::Step::Failed) {
        return Failure{statement.error()};
    }
    return Nothing{};
}

bool all(SystemTime)
{
    return true;
}

Status<LedgerError> foldQuarters(Statement &statement,
                                 SystemTime from,
                                 SystemTime to,
                                 CostTable &table)
{
    if (from >= to) {
        return Nothing{};
    }
    statement.rewind();
    statement.add(secondsOf(from)).add(secondsOf(to));
    auto done = fold(statement, table, all);
    statement.rewind();
    return done;
}

/// Whole hours where one bucket takes them, and the quarters of all others.
Status<LedgerError> foldWhole(
    Statement &hours, Statement &quarters, HourGroup group, const Spans &spans, CostTable &table)
{
    using Hours = std::chrono::hours;
    const SystemTime from = std::chrono::ceil<Hours>(spans.wholeFrom);
    const SystemTime to = std::chrono::floor<Hours>(spans.wholeTo);
    if (from >= to) {
        return foldQuarters(quarters, spans.wholeFrom, spans.wholeTo, table);
    }
    std::vector<SystemTime> parted;
    hours.add(std::int64_t(group)).add(secondsOf(from)).add(secondsOf(to));
    auto done = fold(hours, table, [&](SystemTime hour) {
        const bool whole = table.isWhole(hour);
        if (!whole && (parted.empty() || parted.back() != hour)) {
            parted.push_back(hour);
        }
        return whole;
    });
    hours.rewind();
    if (done) {
        done = foldQuarters(quarters, spans.wholeFrom, from, table);
    }
    for (std::size_t i = 0; done && i < parted.size(); ++i) {
        done = foldQuarters(quarters, parted[i], parted[i] + Hours(1), table);
    }
    return done ? foldQuarters(quarters, to, spans.wholeTo, table) : done;
}

Status<LedgerError> foldEdge(Statement &statement, SystemTime from, SystemTime to, CostTable &table)
{
    if (from >= to) {
        return Nothing{};
    }
    statement.rewind();
    statement.add(microsOf(from)).add(microsOf(to)).add(secondsOf(quarterOf(from)));
    auto done = fold(statement, table, all);
    statement.rewind();
    return done;
}

/// What our own calls cost, by \p statement of ownCostsSql().
Status<LedgerError> addOwnCosts(const Result<Statement *, LedgerError> &statement,
                                const CostQuery &query,
                                CostTable &table)
{
    if (!statement) {
        return Failure{statement.error()};
    }
    const auto within = [](SystemTime time) { return std::clamp(time, kBeginning, kEnd); };
    Statement &rows = **statement;
    rows.rewind();
    rows.add(microsOf(within(query.since.value_or(kBeginning))));
    rows.add(microsOf(within(query.until.value_or(kEnd))));
    Status<LedgerError> done = Nothing{};
    Statement::Step step = rows.step();
    for (; done && step == Statement::Step::Row; step = rows.step()) {
        if (!table.addOwn(rows, SystemTime{Seconds(rows.integer())})) {
            done = Failure{
                LedgerError{LedgerFault::RangeTooLarge, std::to_string(bounds::kCostRowsMax)}};
        }
    }
    if (step == Statement::Step::Failed) {
        done = Failure{rows.error()};
    }
    rows.rewind();
    return done;
}

} // namespace

/// The sums of quarters know no task: straight from the records, quarter by quarter.
Result<std::vector<CostRow>, LedgerError> LedgerReader::costsByTask(const CostQuery &query,
                                                                    ZoneBuckets zone)
{
    auto statement = kept(taskCostsSql(m_database.dialect()));
    if (!statement) {
        return Failure{statement.error()};
    }
    const auto within = [](SystemTime time) { return std::clamp(time, kBeginning, kEnd); };
    CostTable table(std::move(zone), query.bucket);
    (*statement)->rewind();
    (*statement)
        ->add(microsOf(within(query.since.value_or(kBeginning))))
        .add(microsOf(within(query.until.value_or(kEnd))));
    auto done = fold(**statement, table, all);
    (*statement)->rewind();
    if (done) {
        done = addOwnCosts(kept(ownCostsSql(query.by, query.then)), query, table);
    }
    if (!done) {
        return Failure{done.error()};
    }
    return table.rows();
}

Result<std::vector<CostRow>, LedgerError> LedgerReader::costs(const CostQuery &query)
{
    auto zone = ZoneBuckets::create(query.timeZone);
    if (!zone) {
        return Failure{LedgerError{LedgerFault::UnknownTimeZone, query.timeZone}};
    }
    if (query.by == CostDimension::Task) {
        return costsByTask(query, std::move(*zone));
    }
    const ReadTransaction together(m_database);
    const Grouping grouping = groupingFor(query.by, query.then);
    auto hours = kept(std::string(hourCostsSql()));
    auto quarters = kept(quarterCostsSql(grouping));
    auto parts = kept(rawCostsSql(grouping));
    for (const auto *statement : {&hours, &quarters, &parts}) {
        if (!*statement) {
            return Failure{statement->error()};
        }
    }
    const auto within = [](SystemTime time) { return std::clamp(time, kBeginning, kEnd); };
    const Spans spans = spansOf(within(query.since.value_or(kBeginning)),
                                within(query.until.value_or(kEnd)));
    CostTable table(std::move(*zone), query.bucket);
    auto done = foldEdge(**parts, spans.headFrom, spans.headTo, table);
    if (done) { // hours are summed for each grouping alone
        done = query.then ? foldQuarters(**quarters, spans.wholeFrom, spans.wholeTo, table)
                          : foldWhole(**hours, **quarters, grouping.hours, spans, table);
    }
    if (done) {
        done = foldEdge(**parts, spans.wholeTo, spans.tailTo, table);
    }
    if (done) {
        done = addOwnCosts(kept(ownCostsSql(query.by, query.then)), query, table);
    }
    if (!done) {
        return Failure{done.error()};
    }
    return table.rows();
}

} // namespace signalbox::runtime

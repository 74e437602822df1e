// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/books.h"

#include <utility>

namespace signalbox::sim {
namespace {

std::string textOf(const Books::Sums &sums)
{
    return std::to_string(sums.requests) + " requests, " + std::to_string(sums.attempts)
           + " attempts, " + std::to_string(sums.promptTokens) + "+"
           + std::to_string(sums.completionTokens) + " tokens, " + std::to_string(sums.cost.nanos())
           + " nano-USD, " + std::to_string(sums.estimatedCost.nanos()) + " of them estimated, "
           + std::to_string(sums.cacheSaved.nanos()) + " saved";
}

/// The client did not get its answer through no doing of its own.
bool isFailed(const RequestRecord &record)
{
    const bool broken = record.status == 200 && record.outcome != OutcomeClass::Success;
    return !record.abandoned && (record.status >= 500 || record.status == 429 || broken);
}

} // namespace

void Books::add(const RequestRecord &record)
{
    ++m_records.requests;
    m_abandoned += record.abandoned ? 1 : 0;
    m_failed += isFailed(record) ? 1 : 0;
    for (const AttemptRecord &attempt : record.attempts) {
        ++m_records.attempts;
        if (attempt.usage) {
            m_records.promptTokens += attempt.usage->promptTokens;
            m_records.completionTokens += attempt.usage->completionTokens;
        }
        const Money cost = attempt.cost.amount.value_or(Money());
        m_records.cost += cost;
        m_records.estimatedCost += attempt.cost.estimated ? cost : Money();
        m_unknownPrices += attempt.cost.amount ? 0 : 1;
    }
    m_records.cacheSaved += record.cacheSaved.value_or(Money());
    runtime::addTo(m_rollup, record);
}

void Books::fold()
{
    for (const auto &[key, sums] : std::exchange(m_rollup, {})) {
        m_ledger.requests += sums.requests;
        m_ledger.attempts += sums.attempts;
        m_ledger.promptTokens += sums.promptTokens;
        m_ledger.completionTokens += sums.completionTokens;
        m_ledger.cost += sums.cost;
        m_ledger.estimatedCost += sums.estimatedCost;
        m_ledger.cacheSaved += sums.uses.cacheSaved;
    }
}

std::optional<std::string> Books::differenceTo(const telemetry::Totals &totals) const
{
    if (m_ledger != m_records) {
        return "the ledger has " + textOf(m_ledger) + "; the records have " + textOf(m_records);
    }
    const auto differ = [](const char *what, std::int64_t counted, std::int64_t recorded) {
        return "telemetry counts " + std::to_string(counted) + " " + what + ", the records have "
               + std::to_string(recorded);
    };
    if (totals.requests != m_records.requests + m_strangers) {
        return differ("requests", totals.requests, m_records.requests + m_strangers);
    }
    if (totals.failedRequests != m_failed) {
        return differ("failed requests", totals.failedRequests, m_failed);
    }
    if (totals.abandoned != m_abandoned) {
        return differ("abandoned requests", totals.abandoned, m_abandoned);
    }
    return std::nullopt;
}

std::optional<std::string> Books::differenceTo(const telemetry::Snapshot &snapshot) const
{
    if (auto difference = differenceTo(snapshot.totals)) {
        return difference;
    }
    Sums counted;
    counted.requests = m_records.requests;
    counted.estimatedCost = m_records.estimatedCost; // telemetry's series do not tell them apart
    counted.cacheSaved = m_records.cacheSaved; // the cache's own figures do
    std::int64_t unknown = 0;
    for (const telemetry::SeriesPoint &hour : snapshot.hours->total.points) {
        counted.attempts += hour.attempts;
        counted.promptTokens += hour.promptTokens;
        counted.completionTokens += hour.completionTokens;
        counted.cost += hour.cost;
        unknown += hour.unknownPriceAttempts;
    }
    if (counted != m_records) {
        return "telemetry has " + textOf(counted) + "; the records have " + textOf(m_records);
    }
    if (unknown != m_unknownPrices) {
        return "telemetry counts " + std::to_string(unknown)
               + " attempts of unknown price, the records have " + std::to_string(m_unknownPrices);
    }
    return std::nullopt;
}

} // namespace signalbox::sim

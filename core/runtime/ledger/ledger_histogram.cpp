// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/read_transaction.h"
#include "core/runtime/ledger/request_terms.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

std::int64_t microsOf(SystemTime time)
{
    return time.time_since_epoch().count();
}

} // namespace

Result<std::vector<HistogramBucket>, LedgerError> LedgerReader::histogram(
    const HistogramQuery &query)
{
    std::vector<HistogramBucket> buckets;
    const RequestFilter &filter = query.filter;
    if (!filter.since || !filter.until || *filter.since >= *filter.until) {
        return buckets;
    }
    const std::int64_t wanted = std::clamp(query.buckets, 1, kHistogramBucketsMax);
    const Micros span = *filter.until - *filter.since;
    const Micros width = std::max(Micros(1), span / wanted);
    const auto count = std::min(wanted, span / width);
    for (std::int64_t i = 0; i < count; ++i) {
        buckets.push_back({*filter.since + i * width});
    }
    forgetIfMany();
    const ReadTransaction together(m_database);
    auto done = countInto(query, width, buckets, &HistogramBucket::requests);
    if (done) {
        HistogramQuery failed = query;
        failed.filter.failedOnly = true;
        done = countInto(failed, width, buckets, &HistogramBucket::failed);
    }
    if (!done) {
        return Failure{done.error()};
    }
    return buckets;
}

Status<LedgerError> LedgerReader::countInto(const HistogramQuery &query,
                                            Micros width,
                                            std::vector<HistogramBucket> &buckets,
                                            std::int64_t HistogramBucket::*member)
{
    const RequestTerms terms(query.filter, m_database.dialect());
    auto statement = kept("SELECT (arrived_us-?)/?,count(*) FROM requests" + terms.sql()
                          + " GROUP BY 1");
    if (!statement) {
        return Failure{statement.error()};
    }
    (*statement)->add(microsOf(*query.filter.since)).add(width.count());
    terms.bind(**statement);
    Statement::Step step = (*statement)->step();
    for (; step == Statement::Step::Row; step = (*statement)->step()) {
        const auto at = static_cast<std::size_t>((*statement)->integer());
        buckets[std::min(at, buckets.size() - 1)].*member += (*statement)->integer();
    }
    if (step == Statement::Step::Failed) {
        return Failure{(*statement)->error()};
    }
    (*statement)->rewind();
    return Nothing{};
}

} // namespace signalbox::runtime

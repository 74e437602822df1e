// SPDX-License-Identifier: Apache-2.0
// Flight recordings: gathered here, read from the ledger and written on the queries' thread.
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/admin/admin_query.h"
#include "core/runtime/clock.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr Seconds kPeriodAtFirst{15 * 60};

/// The last quarter of an hour unless \p query says otherwise.
Result<RecordingPeriod, ErrorAnswer> periodOf(const std::string &query, SystemTime now)
{
    const auto filter = readRequestFilter(query);
    if (!filter) {
        return Failure{filter.error()};
    }
    RecordingPeriod period;
    period.until = filter->until.value_or(now);
    period.since = filter->since.value_or(period.until - kPeriodAtFirst);
    if (period.since >= period.until) {
        return Failure{invalidRequest("`since` must be before `until`.", "since")};
    }
    if (period.until - period.since > kRecordingPeriodMax) {
        return Failure{invalidRequest("A recording is of 31 days at most.", "since")};
    }
    return period;
}

} // namespace

bool AdminApi::record(const std::string &who,
                      const RecordingPeriod &period,
                      std::function<void(std::shared_ptr<const Recorded>)> done)
{
    const Now now = readClock();
    RecordingSubject subject;
    subject.snapshot = m_gateway.snapshot(now);
    subject.secrets = m_secrets;
    subject.version = m_version;
    if (m_config != nullptr) {
        subject.config = m_config->state();
        subject.textOf = [this](std::int64_t number) { return m_config->textOf(number); };
    }
    const bool taken = m_queries.ask(
        [subject = std::move(subject), period, now = now.system, done = std::move(done)](
            Result<LedgerReader, LedgerError> &ledger) {
            auto made = std::make_shared<const Recorded>(
                runtime::record(ledger, subject, period, now));
            return QueryWorker::Answer([done, made] { done(made); });
        });
    if (taken && m_ledger != nullptr) {
        m_ledger->submitAudit({0,
                               now.system,
                               who,
                               "recording",
                               toIso8601(period.since) + " to " + toIso8601(period.until),
                               {},
                               {}});
    }
    return taken;
}

/// Everything at once in one file is for who may act: it is made to be carried away.
void AdminApi::showRecording(const Call &call)
{
    if (call.person->role != OperatorRole::Operator) {
        ErrorAnswer error = originRefused("A viewer makes no recordings: they are made to be taken "
                                          "elsewhere.");
        error.code = "viewer_only";
        refuse(call.id, error);
        return;
    }
    const auto period = periodOf(call.head.query, readClock().system);
    if (!period) {
        refuse(call.id, period.error());
        return;
    }
    const bool taken = record(call.person->id,
                              *period,
                              [this, id = call.id](std::shared_ptr<const Recorded> made) {
                                  answer(id, 200, made->bytes, "application/gzip");
                              });
    if (!taken) {
        refuse(call.id, rateLimited("Too many questions to the ledger wait already.", Seconds(1)));
    }
}

} // namespace signalbox::runtime

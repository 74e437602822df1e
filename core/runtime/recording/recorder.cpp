// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/recording/recorder.h"

#include "core/runtime/admin/config_json.h"
#include "core/runtime/admin/series_json.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/query_json.h"
#include "core/runtime/ledger/record_json.h"
#include "core/runtime/recording/gzip.h"
#include "core/runtime/recording/redact_line.h"

#include <algorithm>
#include <array>
#include <sys/utsname.h>
#include <utility>

namespace signalbox::runtime {

namespace {

RecordingHeader headerOf(const RecordingSubject &subject,
                         const RecordingPeriod &period,
                         SystemTime now)
{
    RecordingHeader header;
    utsname machine{};
    if (::uname(&machine) == 0) {
        header.host = machine.nodename;
        header.system = std::string(machine.sysname) + ' ' + machine.release + ' '
                        + machine.machine;
    }
    header.gateway = subject.snapshot->listen;
    header.version = subject.version;
    header.made = now;
    header.period = period;
    return header;
}

/// Writes one recording; what does not fit is counted.
class Recorder
{
public:
    Recorder(const RecordingSubject &subject,
             const RecordingPeriod &period,
             const RecordingLimits &limits)
        : m_subject(subject)
        , m_period(period)
        , m_limits(limits)
        , m_redactor(subject.secrets)
    {}

    void writeHead(SystemTime now)
    {
        writeLine(toText(toJson(headerOf(m_subject, m_period, now))));
        writeKind("state", toText(toJson(*m_subject.snapshot)));
        if (m_subject.config != nullptr) {
            writeKind("config", toText(toJson(*m_subject.config)));
        }
        for (const int width : {1, 10, 60, 3600}) {
            writeKind("series", seriesText(*m_subject.snapshot, {Seconds(width), std::nullopt}));
        }
    }

    /// Those in force in the period: made in it, and the one before.
    void writeRevisions()
    {
        if (m_subject.config == nullptr || !m_subject.textOf) {
            return;
        }
        for (const Revision &revision : m_subject.config->past) {
            if (revision.time >= m_period.until) {
                continue;
            }
            const auto text = m_counts.revisions < m_limits.revisionsMax && !isFull()
                                  ? m_subject.textOf(revision.number)
                                  : Result<std::string, std::string>(Failure{std::string()});
            if (text) {
                writeKind("revision", toText(toJson(RecordedRevision{revision, *text})));
            }
            ++(text ? m_counts.revisions : m_counts.revisionsLeftOut);
            if (revision.time < m_period.since) {
                return;
            }
        }
    }

    Status<LedgerError> writeAudit(LedgerReader &ledger)
    {
        std::string cursor;
        for (;;) {
            const auto page = ledger.audit(bounds::kPageRowsMax, cursor);
            if (!page) {
                return Failure{page.error()};
            }
            const Json entries = toJson(*page)["entries"];
            for (std::size_t i = 0; i < page->entries.size(); ++i) {
                const SystemTime at = page->entries[i].at;
                if (at < m_period.since) {
                    return Nothing{};
                }
                if (at >= m_period.until) {
                    continue;
                }
                if (m_counts.audit >= m_limits.auditMax || isFull()) {
                    ++m_counts.auditLeftOut;
                    return Nothing{};
                }
                writeKind("audit", toText(entries[i]));
                ++m_counts.audit;
            }
            if (!page->next) {
                return Nothing{};
            }
            cursor = *page->next;
        }
    }

    Status<LedgerError> writeRequests(LedgerReader &ledger)
    {
        RequestFilter filter;
        filter.since = m_period.since;
        filter.until = m_period.until;
        filter.withDecision = true;
        filter.limit = bounds::kPageRowsMax;
        for (;;) {
            const auto page = ledger.requests(filter);
            if (!page) {
                return Failure{page.error()};
            }
            for (const RequestRecord &record : page->requests) {
                if (m_counts.requests >= m_limits.requestsMax || isFull()) {
                    return countLeftOut(ledger);
                }
                writeKind("request", toText(record, Detail::Full));
                ++m_counts.requests;
            }
            if (!page->next) {
                return Nothing{};
            }
            filter.cursor = *page->next;
        }
    }

    void setLedgerProblem(const LedgerError &error) { m_counts.ledgerProblem = toString(error); }

    Recorded finish()
    {
        writeKind("end", toText(toJson(m_counts)));
        return {m_gzip.finish(), m_counts};
    }

private:
    [[nodiscard]] bool isFull() const
    {
        return m_gzip.textBytes() >= m_limits.textBytesMax
               || m_gzip.bytes() >= m_limits.fileBytesMax;
    }

    Status<LedgerError> countLeftOut(LedgerReader &ledger)
    {
        HistogramQuery all;
        all.filter.since = m_period.since;
        all.filter.until = m_period.until;
        all.buckets = 1;
        const auto buckets = ledger.histogram(all);
        if (!buckets) {
            return Failure{buckets.error()};
        }
        const std::int64_t found = buckets->empty() ? 0 : buckets->front().requests;
        m_counts.requestsLeftOut = std::max<std::int64_t>(1, found - m_counts.requests);
        return Nothing{};
    }

    void writeKind(const char *kind, const std::string &value)
    {
        writeLine(std::string(R"({"kind":")") + kind + R"(","value":)" + value + '}');
    }

    void writeLine(std::string line)
    {
        m_counts.redacted += m_redactor.redact(line) ? 1 : 0;
        m_gzip.add(line);
        m_gzip.add("\n");
    }

    const RecordingSubject &m_subject;
    const RecordingPeriod m_period;
    const RecordingLimits m_limits;
    const LineRedactor m_redactor;
    GzipWriter m_gzip;
    RecordingCounts m_counts;
};

} // namespace

Recorded record(Result<LedgerReader, LedgerError> &ledger,
                const RecordingSubject &subject,
                const RecordingPeriod &period,
                SystemTime now,
                const RecordingLimits &limits)
{
    Recorder recorder(subject, period, limits);
    recorder.writeHead(now);
    recorder.writeRevisions();
    if (!ledger) {
        recorder.setLedgerProblem(ledger.error());
        return recorder.finish();
    }
    for (const auto write : {&Recorder::writeAudit, &Recorder::writeRequests}) {
        if (const auto written = (recorder.*write)(*ledger); !written) {
            recorder.setLedgerProblem(written.error());
            break;
        }
    }
    return recorder.finish();
}

std::shared_ptr<const Secrets> secretsOf(const gateway::Credentials &credentials,
                                         const std::vector<OperatorKey> &operators)
{
    auto all = std::make_shared<Secrets>();
    const auto add = [&](const Secret &secret) {
        if (!secret.isEmpty()) {
            all->push_back(secret);
        }
    };
    for (const auto &provider : credentials.providers) {
        std::ranges::for_each(provider.keys, add);
    }
    for (const auto &client : credentials.clients) {
        add(client.key);
    }
    std::ranges::for_each(credentials.consoles, add);
    for (const OperatorKey &person : operators) {
        add(person.token);
    }
    // A key that begins as another one does is taken out whole before that one is.
    std::ranges::sort(*all, std::ranges::greater(), [](const Secret &secret) {
        return secret.expose().size();
    });
    return all;
}

} // namespace signalbox::runtime

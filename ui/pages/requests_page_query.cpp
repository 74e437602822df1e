// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked for, and how the filter is typed.
#include "ui/pages/requests_page.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/query_chips.h"
#include "ui/widgets/request_histogram.h"
#include "ui/widgets/saved_filters.h"

#include <QLabel>

#include <set>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTypingPauseMs = 250;
constexpr int kBuckets = 120;
constexpr Millis kFilteredSpan{24LL * 3'600'000}; ///< of the bars, where the list has no beginning

SystemTime timeOf(qint64 ms)
{
    return SystemTime(Millis(ms));
}

} // namespace

bool RequestsPage::isPast() const
{
    return m_ledger != nullptr && (!m_query.terms.empty() || !m_view.range().isLive());
}

void RequestsPage::onFilter()
{
    if (m_ledger == nullptr) {
        m_requests.setText(m_filter->text());
        return refresh();
    }
    m_query = parseRequestQuery(m_filter->text());
    m_chips->setTerms(m_query.terms);
    m_trouble->setText(m_query.problem());
    m_trouble->setVisible(!m_query.problem().isEmpty());
    m_saved->setPresent(m_query.problem().isEmpty() ? m_filter->text().simplified() : QString());
    m_pause.start(kTypingPauseMs);
    refresh();
}

/// A filter of which a part makes no sense finds nothing: what it means is not known yet.
void RequestsPage::look()
{
    m_pause.stop();
    m_total.reset();
    m_histogramAge.invalidate();
    if (!m_query.problem().isEmpty()) {
        m_askedHistogram.takeBack();
        m_awaitsHistogram = false;
        m_histogram->clear();
        return m_past.stop();
    }
    if (isPast()) {
        m_past.look(filterInRange());
    } else {
        m_past.stop();
    }
    if (isVisible()) {
        askHistogram();
    }
}

/// A live range has no end: a filter then looks at all there is.
RequestFilter RequestsPage::filterInRange() const
{
    RequestFilter filter = m_query.filter;
    if (const TimeRange &range = m_view.range(); !range.isLive()) {
        filter.until = timeOf(*range.endMs);
        filter.since = timeOf(*range.endMs - range.spanMs);
    }
    return filter;
}

void RequestsPage::askHistogram()
{
    m_histogramAge.start();
    m_awaitsHistogram = true;
    HistogramQuery query;
    query.filter = filterInRange();
    query.buckets = kBuckets;
    if (!query.filter.since) {
        const Millis span = m_query.terms.empty() ? Millis(m_view.range().spanMs) : kFilteredSpan;
        query.filter.until = m_state.now();
        query.filter.since = m_state.now() - span;
    }
    m_askedHistogram =
        m_ledger->histogram(query,
                            [this,
                             query](const LedgerAnswer<std::vector<HistogramBucket>> &answer) {
                                takeHistogram(answer, query);
                            });
}

void RequestsPage::takeHistogram(const LedgerAnswer<std::vector<HistogramBucket>> &answer,
                                 const HistogramQuery &query)
{
    m_awaitsHistogram = false;
    if (!answer) {
        return m_histogram->setBuckets({}, {}, answer.error());
    }
    std::int64_t total = 0;
    for (const HistogramBucket &bucket : *answer) {
        total += bucket.requests;
    }
    const auto span = std::chrono::floor<Millis>(*query.filter.until - *query.filter.since);
    TimeRange range{.spanMs = span.count()};
    if (!m_view.range().isLive()) {
        range.endMs = m_view.range().endMs;
        m_total = total;
    }
    m_histogram->setBuckets(*answer,
                            *query.filter.until,
                            tr("%1: %n request(s), failed ones hatched", nullptr, int(total))
                                .arg(rangeText(range)));
    refresh();
}

/// From what the gateway has now, and from the latest requests.
void RequestsPage::refreshNames()
{
    m_names = {};
    if (const auto &snapshot = m_state.snapshot(); snapshot != nullptr) {
        for (const telemetry::RouteView &route : snapshot->routes) {
            m_names.routes << text::fromUtf8(route.name);
        }
        for (const telemetry::ProviderView &provider : snapshot->providers) {
            m_names.providers << text::fromUtf8(provider.id);
            for (const telemetry::TargetView &target : provider.targets) {
                m_names.targets << text::fromUtf8(target.target.name());
            }
        }
    }
    std::set<std::string> rules;
    std::set<std::string> clients;
    for (int row = 0; row < m_latest.rowCount(); ++row) {
        const auto record = m_latest.recordAt(row);
        rules.insert(record->rule);
        clients.insert(record->client);
    }
    for (const std::string &rule : rules) {
        m_names.rules << text::fromUtf8(rule);
    }
    for (const std::string &client : clients) {
        m_names.clients << text::fromUtf8(client);
    }
    m_names.rules.removeAll(QString());
    m_names.clients.removeAll(QString());
}

QString RequestsPage::pastNote() const
{
    const QString rows = text::count(m_past.rowCount());
    switch (m_past.state()) {
    case PastRequests::State::Idle:
        return m_query.problem().isEmpty() ? tr("from the ledger") : tr("nothing is looked for");
    case PastRequests::State::Reading:
        return m_past.rowCount() == 0 ? tr("looking in the ledger …") : tr("%1 and more").arg(rows);
    case PastRequests::State::More:
        return m_total ? tr("the latest %1 of %2 in the ledger, scroll for more")
                             .arg(rows, text::count(*m_total))
                       : tr("the latest %1 in the ledger, scroll for more").arg(rows);
    case PastRequests::State::All:
        return m_past.rowCount() == 0 ? tr("none in the ledger") : tr("%1 in the ledger").arg(rows);
    case PastRequests::State::Full:
        return tr("the latest %1; there are more: narrow the filter or choose a period").arg(rows);
    case PastRequests::State::Failed:
        return m_past.problem();
    }
    return {};
}

QString RequestsPage::latestNote() const
{
    const telemetry::Snapshot &snapshot = *m_state.snapshot();
    const int rows = m_requests.rowCount();
    QString note = tr("the latest %1 of %2 since %3")
                       .arg(text::count(rows),
                            text::count(snapshot.totals.requests),
                            text::ago(m_state.now(), snapshot.startedAt));
    if (!m_filter->text().isEmpty()) {
        note = tr("%1 of the latest %2 match “%3”")
                   .arg(text::count(rows), text::count(m_latest.rowCount()), m_filter->text());
    }
    if (m_state.lost() > 0) {
        note += tr("; %1 came too fast to be listed").arg(text::count(m_state.lost()));
    }
    return note;
}

} // namespace signalbox::ui

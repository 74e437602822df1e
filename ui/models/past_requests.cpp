// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/past_requests.h"

#include <algorithm>
#include <utility>

namespace signalbox::ui {

namespace {

constexpr std::size_t kMissedMax = 3; ///< pages that one screen can show

std::vector<std::shared_ptr<const RequestRecord>> shared(const std::vector<RequestRecord> &records)
{
    std::vector<std::shared_ptr<const RequestRecord>> rows;
    rows.reserve(records.size());
    for (const RequestRecord &record : records) {
        rows.push_back(std::make_shared<const RequestRecord>(record));
    }
    return rows;
}

} // namespace

PastRequests::PastRequests(QObject *parent)
    : RequestsModel(parent)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &PastRequests::readAgain);
}

void PastRequests::look(RequestFilter filter)
{
    forget();
    m_filter = std::move(filter);
    m_filter.limit = kPageRows;
    m_next.clear();
    readNext();
}

void PastRequests::stop()
{
    forget();
    become(State::Idle);
}

void PastRequests::forget()
{
    m_askedNext.takeBack();
    m_askedAgain.takeBack();
    m_again.stop();
    m_isReadingAgain = false;
    m_missed.clear();
    if (m_rows > 0) {
        beginResetModel();
        m_rows = 0;
        m_pages.clear();
        endResetModel();
    }
}

int PastRequests::kept() const
{
    int kept = 0;
    for (const Page &page : m_pages) {
        kept += static_cast<int>(page.records.size());
    }
    return kept;
}

int PastRequests::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

bool PastRequests::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::More;
}

void PastRequests::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        readNext();
    }
}

std::shared_ptr<const RequestRecord> PastRequests::recordAt(int row) const
{
    if (row < 0 || row >= m_rows) {
        return nullptr;
    }
    const auto at = static_cast<std::size_t>(row / kPageRows);
    const Page &page = m_pages[at];
    page.lookedAt = ++m_looks;
    const auto inside = static_cast<std::size_t>(row % kPageRows);
    if (inside < page.records.size()) {
        return page.records[inside];
    }
    if (page.records.empty() && std::ranges::find(m_missed, at) == m_missed.end()) {
        m_missed.push_back(at);
        if (m_missed.size() > kMissedMax) {
            m_missed.erase(m_missed.begin()); // it was scrolled past
        }
        m_again.start(0);
    }
    return nullptr;
}

void PastRequests::readNext()
{
    if (m_ledger == nullptr) {
        return;
    }
    become(State::Reading);
    m_filter.cursor = m_next;
    m_askedNext = m_ledger->requests(m_filter, [this](const LedgerAnswer<RequestPage> &answer) {
        takeNext(answer);
    });
}

void PastRequests::takeNext(const LedgerAnswer<RequestPage> &answer)
{
    if (!answer) {
        return become(State::Failed, answer.error());
    }
    if (const auto rows = static_cast<int>(answer->requests.size()); rows > 0) {
        beginInsertRows({}, m_rows, m_rows + rows - 1);
        m_pages.push_back({.cursor = m_next,
                           .rows = rows,
                           .records = shared(answer->requests),
                           .lookedAt = ++m_looks});
        m_rows += rows;
        endInsertRows();
        forgetOldest();
    }
    m_next = answer->next.value_or("");
    if (!answer->next) {
        become(State::All);
    } else {
        become(m_rows >= kPastRowsMax ? State::Full : State::More);
    }
}

void PastRequests::readAgain()
{
    if (m_isReadingAgain || m_missed.empty() || m_ledger == nullptr) {
        return;
    }
    const std::size_t at = m_missed.back(); // what was looked at last is in sight
    RequestFilter filter = m_filter;
    filter.cursor = m_pages[at].cursor;
    m_isReadingAgain = true;
    m_askedAgain = m_ledger->requests(filter, [this, at](const LedgerAnswer<RequestPage> &answer) {
        takeAgain(at, answer);
    });
}

/// Requests may have gone by now, and one that ended late may stand between the others: the page
/// keeps its rows, what does not fit is left to the next question.
void PastRequests::takeAgain(std::size_t at, const LedgerAnswer<RequestPage> &answer)
{
    m_isReadingAgain = false;
    std::erase(m_missed, at);
    if (!answer) {
        return become(State::Failed, answer.error());
    }
    Page &page = m_pages[at];
    page.records = shared(answer->requests);
    page.records.resize(static_cast<std::size_t>(page.rows)); // null: it is gone
    page.lookedAt = ++m_looks;
    const int first = static_cast<int>(at) * kPageRows;
    Q_EMIT dataChanged(index(first, 0), index(first + page.rows - 1, ColumnCount - 1));
    forgetOldest();
    if (!m_missed.empty()) {
        m_again.start(0);
    }
}

void PastRequests::forgetOldest()
{
    std::vector<Page *> kept;
    for (Page &page : m_pages) {
        if (!page.records.empty()) {
            kept.push_back(&page);
        }
    }
    if (kept.size() > static_cast<std::size_t>(kPagesKept)) {
        (*std::ranges::min_element(kept, {}, &Page::lookedAt))->records = {};
    }
}

void PastRequests::become(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT stateChanged();
}

} // namespace signalbox::ui

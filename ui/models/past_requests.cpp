// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/past_requests.h"

#include <utility>

namespace signalbox::ui {

void PastRequests::look(RequestFilter filter)
{
    m_asked.takeBack();
    clear();
    m_filter = std::move(filter);
    m_filter.cursor.clear();
    m_filter.limit = kPageRows;
    readPage();
}

void PastRequests::stop()
{
    m_asked.takeBack();
    clear();
    become(State::Idle);
}

bool PastRequests::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::More;
}

void PastRequests::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        readPage();
    }
}

void PastRequests::readPage()
{
    if (m_ledger == nullptr) {
        return;
    }
    become(State::Reading);
    m_asked = m_ledger->requests(m_filter,
                                 [this](const LedgerAnswer<RequestPage> &answer) { take(answer); });
}

void PastRequests::take(const LedgerAnswer<RequestPage> &answer)
{
    if (!answer) {
        return become(State::Failed, answer.error());
    }
    std::vector<std::shared_ptr<const RequestRecord>> rows;
    rows.reserve(answer->requests.size());
    for (const RequestRecord &record : answer->requests) {
        rows.push_back(std::make_shared<const RequestRecord>(record));
    }
    m_filter.cursor = answer->next.value_or("");
    appendOlder(rows);
    if (!answer->next) {
        become(State::All);
    } else {
        become(rowCount() >= kPastRowsMax ? State::Full : State::More);
    }
}

void PastRequests::become(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT stateChanged();
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that a filter finds in the ledger, read page by page as somebody scrolls down.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/requests_model.h"

#include <optional>

namespace signalbox::ui {

class PastRequests : public RequestsModel
{
    Q_OBJECT

public:
    enum class State {
        Idle, ///< nothing was looked for
        Reading, ///< a page is on its way
        More, ///< older ones can be read
        All, ///< these are all that there are
        Full, ///< there are more than kPastRowsMax: the filter has to be narrowed
        Failed, ///< problem() says why
    };

    static constexpr int kPageRows = 200;
    static constexpr int kPastRowsMax = 50'000;

    using RequestsModel::RequestsModel;

    /// \p ledger must outlive the model.
    void setLedger(LedgerSource &ledger) { m_ledger = &ledger; }
    /// Forgets what is here and reads the first page of what \p filter finds. Its limit and cursor
    /// do not count.
    void look(RequestFilter filter);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &problem() const { return m_problem; }

    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void stateChanged();

private:
    void readPage();
    void take(const LedgerAnswer<RequestPage> &answer);
    void become(State state, const QString &problem = {});

    LedgerSource *m_ledger = nullptr;
    RequestFilter m_filter;
    State m_state = State::Idle;
    QString m_problem;
    Asked m_asked;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that a filter finds in the ledger, read page by page as somebody scrolls down.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/requests_model.h"

#include <QTimer>

#include <string>
#include <vector>

namespace signalbox::ui {

/// A table of any length in bounded memory: of each page it keeps where it begins, and of the
/// kPagesKept looked at last the requests. A page that is scrolled back to is read again.
class PastRequests : public RequestsModel
{
    Q_OBJECT

public:
    enum class State {
        Idle, ///< nothing was looked for
        Reading, ///< the next page is on its way
        More, ///< older ones can be read
        All, ///< these are all that there are
        Full, ///< there are more than kPastRowsMax: the filter has to be narrowed
        Failed, ///< problem() says why
    };

    static constexpr int kPageRows = 200;
    static constexpr int kPagesKept = 40;
    static constexpr int kPastRowsMax = 2'000'000; ///< what a table's header has memory for

    explicit PastRequests(QObject *parent = nullptr);

    /// \p ledger must outlive the model.
    void setLedger(LedgerSource &ledger) { m_ledger = &ledger; }
    /// Forgets what is here and reads the first page of what \p filter finds. Its limit and cursor
    /// do not count.
    void look(RequestFilter filter);
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// How many requests are in memory.
    [[nodiscard]] int kept() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /// Null also for a row that has to be read again; dataChanged() tells when it is there.
    [[nodiscard]] std::shared_ptr<const RequestRecord> recordAt(int row) const override;

Q_SIGNALS:
    void stateChanged();

private:
    using Rows = std::vector<std::shared_ptr<const RequestRecord>>;
    struct Page
    {
        std::string cursor; ///< where it begins; empty: the first
        int rows = 0; ///< kPageRows, but of the last one
        Rows records = {}; ///< empty: not in memory
        mutable quint64 lookedAt = 0;
    };

    void forget();
    void readNext();
    void readAgain();
    void takeNext(const LedgerAnswer<RequestPage> &answer);
    void takeAgain(std::size_t at, const LedgerAnswer<RequestPage> &answer);
    void forgetOldest();
    void become(State state, const QString &problem = {});

    LedgerSource *m_ledger = nullptr;
    RequestFilter m_filter;
    State m_state = State::Idle;
    QString m_problem;
    std::vector<Page> m_pages;
    std::string m_next; ///< where the page after the last begins
    int m_rows = 0;
    mutable quint64 m_looks = 0;
    mutable std::vector<std::size_t> m_missed; ///< pages to be read again, those in sight
    mutable QTimer m_again;
    Asked m_askedNext;
    Asked m_askedAgain;
    bool m_isReadingAgain = false;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The requests: the latest as they finish, those that a filter finds in the ledger, and why each
// went where it went.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/past_requests.h"
#include "ui/models/request_export.h"
#include "ui/models/request_query.h"
#include "ui/models/request_tail.h"
#include "ui/models/row_filter.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

#include <QElapsedTimer>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace signalbox::ui {

class EmptyPanel;
class ExplainPanel;
class FilterField;
class ListView;
class NoticeBar;
class QueryChips;
class RequestHistogram;
class SavedFilters;
class Section;
class Skeleton;

/// Without a ledger the filter narrows the latest requests by any text. With one, a filter or a
/// chosen period finds requests in the ledger, and without either the latest are shown: they stand
/// still while the reader has scrolled away from the newest.
class RequestsPage : public Page
{
    Q_OBJECT

public:
    /// \p ledger may be null; it must outlive the page.
    RequestsPage(ConsoleState &state,
                 ViewState &view,
                 LedgerSource *ledger,
                 QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *filterField() override;
    /// The request that is chosen in the list, as its row has it; null: none.
    [[nodiscard]] std::shared_ptr<const RequestRecord> chosen() const;
    [[nodiscard]] SavedFilters *savedFilters() const { return m_saved; }
    [[nodiscard]] ExplainPanel *explainPanel() const { return m_explain; }
    void go(const Place &place) override;
    void refresh() override;
    /// Writes all requests that are looked at to \p path, or says what is in the way.
    void exportTo(RequestFormat format, const QString &path);

Q_SIGNALS:
    /// The chosen request is to be tried again.
    void playgroundAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // requests_page.cpp
    void buildTools(QHBoxLayout *row);
    void buildLists();
    void connectParts();
    void refreshProviders(const telemetry::Snapshot &snapshot);
    void refreshTail();
    [[nodiscard]] std::shared_ptr<const RequestRecord> recordAt(const QModelIndex &row) const;

    // requests_page_query.cpp
    void onFilter();
    void look();
    void askHistogram();
    void takeHistogram(const LedgerAnswer<std::vector<HistogramBucket>> &answer,
                       const HistogramQuery &query);
    void refreshNames();
    [[nodiscard]] bool isPast() const;
    [[nodiscard]] RequestFilter filterInRange() const;
    [[nodiscard]] QString latestNote() const;
    [[nodiscard]] QString pastNote() const;

    // requests_page_acts.cpp
    void explainRow(const QModelIndex &row);
    void closeExplanation();
    void copyCurl();
    void askWhereToExport(RequestFormat format);
    void onExported(const QString &path, const QString &problem);
    void follow();

    ViewState &m_view;
    LedgerSource *m_ledger;
    RequestTail m_latest;
    RowFilter m_requests;
    PastRequests m_past;
    RequestQuery m_query;
    RequestExport m_export;
    QTimer m_pause; ///< while somebody types
    QElapsedTimer m_histogramAge;
    QueryNames m_names;
    std::optional<std::int64_t> m_total; ///< of what is looked at, where that is known
    Asked m_asked; ///< the whole record of the chosen row
    Asked m_askedHistogram;
    bool m_awaitsHistogram = false; ///< a long question is not asked again before it is answered
    FilterField *m_filter;
    SavedFilters *m_saved;
    QToolButton *m_hold = nullptr;
    QToolButton *m_exportButton = nullptr;
    NoticeBar *m_notice;
    QueryChips *m_chips;
    QLabel *m_trouble;
    RequestHistogram *m_histogram;
    QPushButton *m_newer; ///< how many came since the list stands still
    ListView *m_list;
    ListView *m_pastList;
    QStackedWidget *m_lists;
    Section *m_section = nullptr;
    ExplainPanel *m_explain;
    EmptyPanel *m_empty;
    Skeleton *m_waiting; ///< before anything was heard
};

} // namespace signalbox::ui

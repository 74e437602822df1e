// SPDX-License-Identifier: GPL-3.0-or-later
// The requests: the latest as they finish, those that a filter finds in the ledger, and why each
// went where it went.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/past_requests.h"
#include "ui/models/request_query.h"
#include "ui/models/row_filter.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

#include <QStringListModel>
#include <QTimer>

class QCompleter;
class QLabel;
class QStackedWidget;

namespace signalbox::ui {

class Skeleton;
class EmptyPanel;
class ExplainPanel;
class FilterField;
class ListView;
class QueryChips;
class Section;

/// Without a ledger the filter narrows the latest requests by any text. With one, a filter or a
/// chosen period finds requests in the ledger, and without either the latest are shown.
class RequestsPage : public Page
{
    Q_OBJECT

public:
    /// \p requests and \p ledger, which may be null, must outlive the page.
    RequestsPage(ConsoleState &state,
                 ViewState &view,
                 RequestsModel *requests,
                 LedgerSource *ledger,
                 QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *filterField() override;
    /// The request that is chosen in the list, as its row has it; null: none.
    [[nodiscard]] std::shared_ptr<const RequestRecord> chosen() const;
    void go(const Place &place) override;
    void refresh() override;

private:
    void buildLists();
    void buildCompletion();
    void onFilter();
    void look();
    void complete();
    void insertCompletion(const QString &term);
    void explainRow(const QModelIndex &row);
    void closeExplanation();
    void refreshNames();
    [[nodiscard]] std::shared_ptr<const RequestRecord> recordAt(const QModelIndex &row) const;
    [[nodiscard]] bool isPast() const;
    [[nodiscard]] QString latestNote() const;
    [[nodiscard]] QString pastNote() const;

    ViewState &m_view;
    RequestsModel *m_latest;
    LedgerSource *m_ledger;
    RowFilter m_requests;
    PastRequests m_past;
    RequestQuery m_query;
    QTimer m_pause; ///< while somebody types
    QueryNames m_names;
    QStringListModel m_completions;
    int m_completionStart = 0;
    Asked m_asked; ///< the whole record of the chosen row
    FilterField *m_filter;
    QueryChips *m_chips;
    QLabel *m_trouble;
    QCompleter *m_completer = nullptr;
    ListView *m_list;
    ListView *m_pastList;
    QStackedWidget *m_lists;
    Section *m_section = nullptr;
    ExplainPanel *m_explain;
    EmptyPanel *m_empty;
    Skeleton *m_waiting = nullptr; ///< before anything was heard
};

} // namespace signalbox::ui

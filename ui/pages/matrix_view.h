// SPDX-License-Identifier: GPL-3.0-or-later
// What each task costs at each target, and the weights that follow from it.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/matrix_model.h"
#include "ui/state/routing_draft.h"

#include <QWidget>

class QLabel;
class QTableView;
class QVBoxLayout;

namespace signalbox::ui {

class ConsoleState;
class EmptyPanel;
class Section;
class Segments;

/// Asks for the last week whenever it comes into view; the answer is also what the editor shares by.
class MatrixView : public QWidget
{
    Q_OBJECT

public:
    /// \p ledger may be null: nothing is known of the past then. All must outlive it.
    MatrixView(ConsoleState &state,
               ConfigSource &config,
               RoutingDraft &draft,
               LedgerSource *ledger,
               QWidget *parent = nullptr);

    /// Asks for matrix and proposals anew.
    void ask();
    /// As ask(), unless that was done less than kFresh ago.
    void askIfOld();
    static constexpr Seconds kFresh{300};
    /// What may be done with proposals, anew.
    void refresh();
    [[nodiscard]] const std::vector<MatrixCell> &cells() const { return m_model.cells(); }
    void setMeasure(MatrixMeasure measure);

Q_SIGNALS:
    /// cells() answers differently.
    void cellsChanged();
    /// The proposal is in the draft: it is to be reviewed.
    void accepted(const std::string &route, std::int64_t proposal);
    /// The proposal is in the draft: it is to be changed.
    void editAsked(const std::string &route, std::int64_t proposal);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildTable();
    QWidget *buildProposals();
    void take(const LedgerAnswer<std::vector<MatrixCell>> &answer);
    void showProposals(const std::vector<Proposal> &proposals);
    void connectProposals();
    /// False: the route has other targets now, which is said.
    bool intoDraft(const Proposal &proposal);
    void refuse(const Proposal &proposal);

    ConsoleState &m_state;
    ConfigSource &m_config;
    RoutingDraft &m_draft;
    LedgerSource *m_ledger;
    MatrixModel m_model;
    Segments *m_measure = nullptr;
    QTableView *m_table = nullptr;
    EmptyPanel *m_empty = nullptr;
    QLabel *m_trouble = nullptr; ///< of the matrix
    QLabel *m_problem = nullptr; ///< of the proposals
    QLabel *m_none = nullptr;
    QVBoxLayout *m_cards = nullptr;
    Asked m_asked;
    std::optional<SystemTime> m_askedAt;
    quint64 m_askedProposals = 0;
    quint64 m_refused = 0;
};

} // namespace signalbox::ui

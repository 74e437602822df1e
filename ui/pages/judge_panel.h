// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's standings: whom people preferred when they did not know whose answer it was.
#pragma once

#include "ui/models/text_table.h"
#include "ui/models/vote_book.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace signalbox::ui {

class EmptyPanel;
class ListView;
class NoticeBar;
class Section;
class VoteKeeper;

class JudgePanel : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    JudgePanel(VoteKeeper &votes, NoticeBar &notice, QWidget *parent = nullptr);

    [[nodiscard]] const Standings &standings() const { return m_standings; }
    /// Shows the votes as they are now.
    void refresh();

Q_SIGNALS:
    /// Somebody wants to judge.
    void compareAsked();
    /// Somebody wants these targets, by name, to gain no weight by proposals.
    void vetoesAsked(const QStringList &targets);

private:
    QWidget *buildTools();
    void refreshTasks();
    void askForVetoes();
    void copyVetoes();
    void askWhereToExport();
    void write(const QString &path);
    void forget();

    VoteKeeper &m_votes;
    NoticeBar &m_notice;
    Standings m_standings;
    TextTable m_models;
    TextTable m_pairs;
    QComboBox *m_task = nullptr;
    QLabel *m_counts = nullptr;
    QPushButton *m_veto = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_export = nullptr;
    QPushButton *m_forget = nullptr;
    EmptyPanel *m_empty;
    Section *m_modelsSection = nullptr;
    Section *m_pairsSection = nullptr;
    ListView *m_modelsView;
    ListView *m_pairsView;
};

} // namespace signalbox::ui

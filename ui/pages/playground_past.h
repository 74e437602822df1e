// SPDX-License-Identifier: GPL-3.0-or-later
// What the playground asked on other days: found, opened, pinned, set beside each other.
#pragma once

#include "ui/models/text_table.h"
#include "ui/playground_history.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLayout;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace signalbox::ui {

class ListView;
class Section;

/// A list, and below it every answer to the chosen prompt over time.
class PlaygroundPast : public QWidget
{
    Q_OBJECT

public:
    /// \p history must outlive it.
    explicit PlaygroundPast(PlaygroundHistory &history, QWidget *parent = nullptr);

    /// The focus goes into its search.
    void open();

Q_SIGNALS:
    /// All unpinned ones, so many, are to go; nobody has been asked yet.
    void forgetAllAsked(int sheets);
    void closeAsked();

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLayout *buildButtons();
    void find();
    void onFound(quint64 question, const std::vector<KeptSheet> &sheets);
    void fillList(const std::vector<KeptSheet> &sheets);
    void fillTimes(const std::vector<KeptSheet> &sheets);
    void onChosen();
    void refreshButtons();
    [[nodiscard]] const KeptSheet *chosen() const;

    PlaygroundHistory &m_history;
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_empty;
    TextTable m_times; ///< of the chosen one's prompt, each column a row
    ListView *m_timesView;
    Section *m_timesSection;
    QPushButton *m_read = nullptr;
    QPushButton *m_pin = nullptr;
    QPushButton *m_forget = nullptr;
    QPushButton *m_forgetAll = nullptr;
    QTimer m_soon;
    std::vector<KeptSheet> m_sheets;
    quint64 m_lastQuestion = 0;
    quint64 m_listQuestion = 0;
    quint64 m_timesQuestion = 0;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Under the playground's columns: which answer is best, asked before names are shown.
#pragma once

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class PlaygroundSession;

/// Seen while the comparison is blind.
class VoteBar : public QWidget
{
    Q_OBJECT

public:
    /// \p session must outlive it.
    explicit VoteBar(PlaygroundSession &session, QWidget *parent = nullptr);

    void refresh();

private:
    PlaygroundSession &m_session;
    std::vector<QPushButton *> m_choices; ///< one for each column there may be, then the others
    QLabel *m_verdict;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody applied another configuration meanwhile: base, theirs and mine, side by side.
#pragma once

#include "ui/state/routing_draft.h"

#include <QWidget>

#include <map>

class QGridLayout;
class QLabel;
class QPushButton;

namespace signalbox::ui {

class DiffView;
class Segments;

/// Nothing is overwritten: what both changed is chosen route by route.
class RoutingConflict : public QWidget
{
    Q_OBJECT

public:
    RoutingConflict(ConfigSource &source, RoutingDraft &draft, QWidget *parent = nullptr);

    /// \p story tells who did it and when.
    void setTheirs(const RunningConfig &theirs, const QString &story);

Q_SIGNALS:
    void backAsked();
    /// The draft stands on theirs now.
    void carriedOver();

private:
    void fillChoices();
    void carryOver();

    ConfigSource &m_source;
    RoutingDraft &m_draft;
    RunningConfig m_theirs;
    QLabel *m_story;
    DiffView *m_theirDiff;
    DiffView *m_myDiff;
    QWidget *m_choiceBox = nullptr;
    std::map<std::string, Segments *> m_choices; ///< of the routes that both changed
    QPushButton *m_back;
    QPushButton *m_carry;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what tiles ask for into commands, with the reason, the question or the way back each needs.
#pragma once

#include "ui/console_state.h"

#include <QObject>

class QWidget;

namespace signalbox::ui {

class NoticeBar;
class ReasonPopover;
class TileGrid;

class BreakerDesk : public QObject
{
    Q_OBJECT

public:
    /// \p window bears the popover and the dialog, \p notices tells what happened.
    BreakerDesk(ConsoleState &state, NoticeBar &notices, QWidget *window);

    void serve(TileGrid *grid) const;
    /// Does \p action, after asking what has to be asked beside \p anchor.
    void act(BreakerAction action, const TargetId &target, QWidget *anchor);

private:
    bool isBarred();
    void trip(const TargetId &target, QWidget *anchor);
    void hold(const TargetId &target);
    void reset(const TargetId &target);
    void drain(const TargetId &target, bool drain);
    void tell(const BreakerCommand &command, bool ok, const QString &message);

    ConsoleState &m_state;
    NoticeBar &m_notices;
    QWidget *m_window;
    ReasonPopover *m_popover;
};

} // namespace signalbox::ui

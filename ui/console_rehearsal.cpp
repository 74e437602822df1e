// SPDX-License-Identifier: GPL-3.0-or-later
// Rehearsals: only where the providers are simulated, and never without being said.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/frame/rehearsal_menu.h"
#include "ui/rehearsal.h"
#include "ui/widgets/notice_bar.h"

#include <QAction>
#include <QMenuBar>

namespace signalbox::ui {

void ConsoleWindow::connectRehearsal()
{
    Rehearsal *rehearsal = m_options.rehearsal;
    if (rehearsal == nullptr) {
        return;
    }
    m_actions->addRehearsal(menuBar());
    connect(m_actions->rehearsalMenu, &QMenu::aboutToShow, this, [this, rehearsal] {
        fillRehearsalMenu(*m_actions->rehearsalMenu, *rehearsal);
    });
    connect(m_actions->endRehearsal, &QAction::triggered, rehearsal, &Rehearsal::endAll);
    connect(rehearsal, &Rehearsal::changed, this, &ConsoleWindow::refreshRehearsal);
    refreshRehearsal();
}

void ConsoleWindow::refreshRehearsal()
{
    const QString what = rehearsalText(*m_options.rehearsal);
    m_actions->endRehearsal->setEnabled(!what.isEmpty());
    m_actions->endRehearsal->setStatusTip(what.isEmpty() ? tr("nothing is rehearsed") : QString());
    refreshFrame();
    if (what.isEmpty()) {
        return m_rehearsalBar->hide();
    }
    m_rehearsalBar->say(NoticeBar::Tone::Warning,
                        tr("Rehearsal, by the simulator: %1.").arg(what),
                        tr("End All"),
                        [this] { m_options.rehearsal->endAll(); });
}

} // namespace signalbox::ui

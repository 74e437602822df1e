// SPDX-License-Identifier: GPL-3.0-or-later
// The first start: the set-up stands before the pages until it is done or skipped.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/setup_view.h"

#include <QAction>
#include <QMenu>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void ConsoleWindow::beginSetup()
{
    if (m_options.source == nullptr || m_setup != nullptr) {
        return;
    }
    m_setup = new SetupView(m_state, *m_options.source, m_body);
    m_body->addWidget(m_setup);
    m_body->setCurrentWidget(m_setup);
    allowActions(false);
    connect(m_setup, &SetupView::done, this, &ConsoleWindow::endSetup);
    m_setup->start();
}

void ConsoleWindow::endSetup(bool skipped)
{
    m_layout.setValue(u"setupSkipped"_s, skipped);
    m_body->setCurrentIndex(0);
    m_setup->deleteLater();
    m_setup = nullptr;
    allowActions(true);
    showPageAt(m_pages->currentIndex());
    if (!skipped) {
        leaveFor(0);
    }
    centralWidget()->setFocus();
}

/// While the set-up is in front, what leads to pages or acts on them cannot be reached by keys,
/// menu or palette; looks, help and the way out can.
void ConsoleWindow::allowActions(bool all)
{
    if (all) {
        for (const QPointer<QAction> &action : std::exchange(m_held, {})) {
            action->setEnabled(true);
            action->setStatusTip({});
        }
        return;
    }
    const ConsoleActions &act = *m_actions;
    QList<QAction *> stay{act.quit, act.about, act.shortcuts};
    stay << act.themes << act.zones << act.profiles;
    const auto actions = m_actions->findChildren<QAction *>(Qt::FindDirectChildrenOnly);
    for (QAction *action : actions) {
        if (action->isEnabled() && !stay.contains(action)) {
            action->setEnabled(false);
            action->setStatusTip(tr("after the set-up"));
            m_held << action;
        }
    }
    for (QMenu *menu : {act.targetsMenu, act.keysMenu}) {
        menu->menuAction()->setEnabled(false);
        m_held << menu->menuAction();
    }
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway on another machine: how it stands with it, and what of the window is not for it.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/connection_bar.h"
#include "ui/pages/page.h"
#include "ui/pages/settings_page.h"

#include <QAction>
#include <QStackedWidget>

namespace signalbox::ui {

void ConsoleWindow::connectFar()
{
    ConsoleSource &source = m_state.source();
    connect(m_connection, &ConnectionBar::retryAsked, this, [this] { m_state.source().retry(); });
    connect(m_connection, &ConnectionBar::tokenGiven, this, [this](const Secret &token, bool keep) {
        m_state.source().useToken(token, keep);
    });
    connect(m_settingsPage, &SettingsPage::tokenAsked, m_connection, &ConnectionBar::askForToken);
    connect(&source, &ConsoleSource::connectionChanged, this, [this] {
        refreshFrame();
        pageAt(m_pages->currentIndex())->refresh();
    });
    if (source.connection().isFar()) {
        m_actions->setUp->setEnabled(false);
        m_actions->setUp->setStatusTip(source.connection().isRecorded()
                                           ? tr("this is a recording")
                                           : tr("the gateway is on another machine"));
    }
}

void ConsoleWindow::refreshConnection()
{
    const Connection connection = m_state.source().connection();
    if (connection.isFar()) {
        m_connection->setConnection(connection, m_options.clock(), m_state.age());
    }
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around the pages: the bars above them, the sidebar's badges, the line below, and the veil
// over charts whose gateway is silent.
#include "ui/charts/time_chart.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/models/attention.h"
#include "ui/pages/alert_desk.h"
#include "ui/status_parts.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/widgets/flow_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/stat_tile.h"
#include "ui/widgets/status_strip.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void ConsoleWindow::refreshFrame()
{
    m_status->setParts(statusParts(m_state, m_options.rehearsal));
    refreshConnection();
    refreshStale();
    refreshVeil();
    if (m_state.isPaused()) {
        refreshPause();
    }
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    const int open = openBreakers(*snapshot);
    m_sidebar->setBadge(indexOf(u"providers"_s), open, tr("%n open breakers", nullptr, open));
    m_sidebar->setBadge(indexOf(u"alerts"_s),
                        m_alerts->open(),
                        tr("%n open alerts", nullptr, m_alerts->open()));
    const Connection connection = m_state.source().connection();
    m_sidebar->setFoot(connection.isFar() ? connection.address : text::fromUtf8(snapshot->listen),
                       text::fromUtf8(snapshot->revision));
}

void ConsoleWindow::refreshStale()
{
    if (!m_state.isStale() || !m_state.source().connection().isLive()) {
        return m_staleBar->hide(); // the bar of the connection says it, if need be
    }
    m_staleBar->say(NoticeBar::Tone::Warning,
                    tr("The gateway has said nothing for %1. What you see is what it said last.")
                        .arg(text::age(*m_state.age())),
                    tr("Retry"),
                    [this] { m_state.refreshNow(); });
}

/// What shows the present of a gateway that says nothing keeps what it has, shaded.
void ConsoleWindow::refreshVeil()
{
    const auto &snapshot = m_state.snapshot();
    const bool old = m_state.isStale() || !m_state.source().connection().isLive();
    const QString veil = old && snapshot != nullptr
                             ? tr("No data since %1").arg(text::clock(snapshot->at.system))
                             : QString();
    if (veil == m_veil) {
        return;
    }
    m_veil = veil;
    const auto cover = [&veil](const auto &widgets) {
        for (auto *widget : widgets) {
            widget->setVeil(veil);
        }
    };
    cover(findChildren<TimeChart *>());
    cover(findChildren<StatTile *>());
    cover(findChildren<FlowView *>());
}

void ConsoleWindow::refreshPause()
{
    const bool paused = m_state.isPaused();
    QAction *action = m_actions->pause;
    action->setChecked(paused);
    action->setIcon(themeIcon(paused ? u"play"_s : u"pause"_s));
    action->setIconText(paused ? tr("Resume") : tr("Pause"));
    setTip(action, paused ? tr("Go on") : tr("Freeze all pages at this instant"));
    if (!paused) {
        return m_pauseBar->hide();
    }
    m_pauseBar->say(NoticeBar::Tone::Info,
                    tr("Paused at %1 · %2 new requests")
                        .arg(text::clock(m_state.now()), text::count(m_state.newWhilePaused())),
                    tr("Resume"),
                    [this] { m_state.setPaused(false); });
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What the playground keeps, and what of it is shown again.
#include "ui/pages/playground_page.h"
#include "ui/pages/playground_past.h"
#include "ui/widgets/compose_panel.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/turn_list.h"

#include <QAction>

namespace signalbox::ui {

namespace {

constexpr int kKeepAfterMs = 1'500; ///< nothing has run, and no figures have come, for so long
constexpr int kNoticeMs = 6'000;

} // namespace

void PlaygroundPage::connectHistory()
{
    m_past->hide();
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(kKeepAfterMs);
    connect(&m_keeping, &QTimer::timeout, this, &PlaygroundPage::keep);
    connect(&m_session, &PlaygroundSession::runChanged, this, &PlaygroundPage::keepSoon);
    connect(&m_session, &PlaygroundSession::columnsChanged, this, [this] {
        if (m_session.vote()) {
            keepSoon();
        }
        showPast(m_actions.past->isChecked());
    });
    connect(m_history, &PlaygroundHistory::wasRead, this, &PlaygroundPage::openKept);
    connect(m_history, &PlaygroundHistory::troubled, this, [this](const QString &words) {
        m_notice->say(NoticeBar::Tone::Bad, words, tr("Close"));
    });
    connect(m_past, &PlaygroundPast::forgetAllAsked, this, &PlaygroundPage::askToForget);
    connect(m_past, &PlaygroundPast::closeAsked, m_actions.past, [this] {
        m_actions.past->setChecked(false);
    });
    connect(m_actions.past, &QAction::toggled, this, [this](bool on) {
        showPast(on);
        if (on) {
            m_past->open();
        }
    });
}

/// It names models: what is to be judged blind must not stand beside it.
void PlaygroundPage::showPast(bool shown)
{
    m_past->setVisible(shown && !m_session.hidesNames());
}

void PlaygroundPage::keepSoon()
{
    if (m_session.isRunning() || !m_session.hasAsked()) {
        m_keeping.stop();
    } else {
        m_keeping.start();
    }
}

/// Again with each news: it takes the place of what was kept of the same runs.
void PlaygroundPage::keep()
{
    if (!m_session.hidesNames()) {
        m_history->keep(m_session.sheet());
    }
}

void PlaygroundPage::openKept(const PlaygroundSheet &sheet)
{
    if (m_session.isRunning()) {
        return m_notice->say(NoticeBar::Tone::Info,
                             tr("It is running: stop it, or let it end, first."),
                             {},
                             {},
                             kNoticeMs);
    }
    m_preset = true;
    m_turns->setTurns(sheet.turns);
    m_compose->setParameters(sheet.shared);
    m_compose->setExtras(sheet.extras);
    m_session.restore(sheet);
}

void PlaygroundPage::askToForget(int sheets)
{
    m_notice->say(NoticeBar::Tone::Warning,
                  tr("%n comparison(s) that are not pinned will be gone for good.",
                     nullptr,
                     sheets),
                  tr("Forget Them"),
                  [this] { m_history->forgetUnpinned(); });
}

} // namespace signalbox::ui

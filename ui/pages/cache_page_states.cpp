// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is like while there is no cache to look at, and what may be changed of it.
#include "ui/charts/time_chart.h"
#include "ui/models/cache_text.h"
#include "ui/pages/cache_entries_panel.h"
#include "ui/pages/cache_page.h"
#include "ui/pages/cache_summary.h"
#include "ui/pages/config_change_bar.h"
#include "ui/pages/threshold_panel.h"
#include "ui/text/numbers.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/skeleton.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui {

bool CachePage::isOff() const
{
    return m_shown && m_shown->isOff();
}

QString CachePage::whyNoActs() const
{
    const Connection line = m_state.source().connection();
    if (!line.isLive()) {
        return tr("The gateway does not answer: nothing can be done to its cache now.");
    }
    return line.viewer ? tr("A viewer may not change the cache: %1 reads everything and changes "
                            "nothing.")
                             .arg(line.person)
                       : QString();
}

QString CachePage::whyNoChange() const
{
    if (const QString why = whyNoActs(); !why.isEmpty()) {
        return why;
    }
    return m_config == nullptr ? tr("The configuration cannot be reached from here.")
                               : m_config->running().whyFixed;
}

void CachePage::showStates()
{
    const bool known = m_shown.has_value();
    const bool kept = known && m_shown->entryCount > 0;
    m_waiting->setVisible(m_cache != nullptr && !known && m_problem.isEmpty());
    m_content->setVisible(known && (!isOff() || kept));
    m_off->setVisible(m_cache == nullptr || (isOff() && !kept));
    if (m_cache == nullptr) {
        return m_off->say(tr("No cache to look at"),
                          tr("This console is not connected to a gateway's cache."),
                          {});
    }
    m_summary->setVisible(known);
    const QString noChange = whyNoChange();
    m_entries->setWhyFixed(whyNoActs());
    m_threshold->setWhyFixed(noChange);
    const bool proposing = m_change != nullptr && !m_change->isHidden();
    m_chart->setVisible(!isOff() && !proposing); // what is proposed needs its room
    const QString verb = noChange.isEmpty() && !proposing ? tr("Turn On") : QString();
    if (isOff()) {
        m_off->say(tr("Cache is off"),
                   noChange.isEmpty()
                       ? tr("Turned on, the same request is paid for once and then answered from "
                            "the cache.\nAnswers by meaning stay off until you choose them.")
                       : noChange,
                   verb);
    }
    if (isOff() && kept) {
        const QString words = tr("Cache is off: nobody gets the %1 answers that are kept.")
                                  .arg(text::count(static_cast<std::int64_t>(m_shown->entryCount)));
        if (m_offBar->text() != words) {
            m_offBar->say(NoticeBar::Tone::Info, words, verb, [this] { proposeMode(); });
        }
    } else {
        m_offBar->hide();
    }
    if (m_problem.isEmpty()) {
        m_trouble->hide();
    } else if (m_trouble->text() != m_problem) {
        m_trouble->say(NoticeBar::Tone::Bad, m_problem, tr("Retry"), [this] {
            m_problem.clear();
            askAnew();
        });
    }
}

void CachePage::propose(const CacheChange &change, const QString &title)
{
    m_change->propose([this,
                       change](const QString &text) { return m_config->editCache(text, change); },
                      title);
    showStates();
}

/// The mode in which it cannot lie.
void CachePage::proposeMode()
{
    if (m_change != nullptr) {
        propose({.mode = u"exact"_s}, tr("Turn the cache on for requests that are the same"));
    }
}

void CachePage::proposeThreshold(double threshold)
{
    if (m_change != nullptr) {
        propose({.threshold = threshold},
                tr("Answer by meaning from a likeness of %1 on").arg(likenessText(threshold)));
    }
}

} // namespace signalbox::ui

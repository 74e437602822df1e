// SPDX-License-Identifier: GPL-3.0-or-later
// A change on trial for a share of the requests: begun, watched, ended, told.
#include "ui/models/trial_text.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/trial_bar.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

namespace {

constexpr Seconds kEndTold{3600}; ///< an end that is older is history

} // namespace

void RoutingPage::connectTrial()
{
    connect(m_trial, &TrialBar::rollBackAsked, this, [this] { endTrial(false); });
    connect(m_trial, &TrialBar::takeOverAsked, this, [this] { endTrial(true); });
    connect(m_config, &ConfigSource::trialChanged, this, [this] {
        refreshTrial();
        Q_EMIT draftChanged();
    });
    connect(m_config, &ConfigSource::trialEnded, this, [this](quint64 id, const QString &problem) {
        if (id != m_ending || id == 0) {
            return;
        }
        m_ending = 0;
        m_trial->setBusy(false);
        if (!problem.isEmpty()) {
            m_outcome->say(NoticeBar::Tone::Bad, problem);
        }
    });
}

void RoutingPage::applyToShare(const QString &why, const TrialTerms &terms)
{
    TrialTerms held = terms;
    held.expected = expected();
    beginApplying();
    m_config->applyToShare(m_applying,
                           m_draft->edited().text,
                           m_draft->base().revision,
                           why,
                           held,
                           m_proposal);
}

bool RoutingPage::hasTrial() const
{
    const auto trial = m_config == nullptr ? nullptr : m_config->trial();
    return trial != nullptr && !trial->end;
}

void RoutingPage::refreshTrial()
{
    m_trial->setFixed(m_draft->whyFixed());
    if (hasTrial()) {
        m_trialEnd->hide();
        m_trial->show(*m_config->trial(), m_state.now());
        return;
    }
    m_trial->hide();
    // What was tried out of this very draft runs now: nothing of it is unapplied any more.
    const auto trial = m_config->trial();
    if (trial != nullptr && isTakenOver(*trial->end) && m_draft->isModified()
        && m_draft->edited().text == m_config->running().text) {
        m_draft->carryOver(m_config->running(), m_draft->changedRoutes());
    }
    refreshTrialEnd();
}

/// Told until it is read, and of one that ended lately.
void RoutingPage::refreshTrialEnd()
{
    const auto trial = m_config->trial();
    if (trial == nullptr || trial->number <= m_readEnd
        || m_state.now() - trial->ended.value_or(SystemTime()) > kEndTold) {
        return m_trialEnd->hide();
    }
    const QString words = trialEnding(*trial);
    if (m_trialEnd->text() == words) {
        return;
    }
    const auto read = [this, number = trial->number] { m_readEnd = number; };
    m_trialEnd->say(isWorse(*trial->end)    ? NoticeBar::Tone::Bad
                    : isBadEnd(*trial->end) ? NoticeBar::Tone::Warning
                                            : NoticeBar::Tone::Info,
                    words,
                    tr("Dismiss"),
                    read);
}

void RoutingPage::endTrial(bool takeOver)
{
    if (!hasTrial() || m_ending != 0) {
        return;
    }
    m_trial->setBusy(true);
    m_ending = nextConfigRequest();
    m_config->endTrial(m_ending, takeOver, {});
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/config_change_bar.h"

#include "ui/state/routing_draft.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLinesShown = 10;

} // namespace

ConfigChangeBar::ConfigChangeBar(const QString &name, ConfigSource &config, QWidget *parent)
    : Card(parent)
    , m_config(config)
    , m_title(new QLabel(this))
    , m_problem(new NoticeBar(name + u".changeProblem"_s, this))
    , m_diff(new DiffView(name + u".changeDiff"_s, this))
    , m_apply(new QPushButton(tr("Apply"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(name + u".change"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_title->setWordWrap(true);
    m_problem->hide();
    m_diff->setFrameShape(QFrame::NoFrame);
    m_apply->setObjectName(name + u".applyChange"_s);
    m_apply->setProperty(kDressProperty, u"primary"_s);
    m_cancel->setObjectName(name + u".cancelChange"_s);
    auto *head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(m_title, 1);
    head->addWidget(m_cancel);
    head->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kGap);
    column->addLayout(head);
    column->addWidget(m_problem);
    column->addWidget(m_diff);
    connect(m_apply, &QPushButton::clicked, this, &ConfigChangeBar::apply);
    connect(m_cancel, &QPushButton::clicked, this, &ConfigChangeBar::close);
    connect(&m_config, &ConfigSource::applied, this, &ConfigChangeBar::onApplied);
    hide();
}

void ConfigChangeBar::propose(Edit edit, const QString &title)
{
    m_edit = std::move(edit);
    m_words = title;
    m_asked = 0;
    m_problem->hide();
    review();
    show();
    m_apply->setFocus(Qt::OtherFocusReason);
}

void ConfigChangeBar::review()
{
    const RunningConfig running = m_config.running();
    const EditedConfig edited = m_edit(running.text);
    const QString problem = running.whyFixed.isEmpty() ? edited.problem : running.whyFixed;
    m_base = running.revision;
    m_text = edited.text;
    m_title->setText(m_words);
    m_diff->setDiff(problem.isEmpty() ? m_config.diff(running.text, m_text)
                                      : std::vector<DiffHunk>());
    m_diff->setVisible(problem.isEmpty());
    const int lines = std::clamp(m_diff->blockCount(), 1, kLinesShown);
    m_diff->setFixedHeight((lines + 1) * m_diff->fontMetrics().lineSpacing());
    m_apply->setEnabled(problem.isEmpty());
    if (!problem.isEmpty()) {
        m_problem->say(NoticeBar::Tone::Bad, problem);
    }
}

void ConfigChangeBar::apply()
{
    m_asked = nextConfigRequest();
    m_apply->setEnabled(false);
    m_config.apply(m_asked, m_text, m_base, m_words);
}

void ConfigChangeBar::close()
{
    m_asked = 0;
    hide();
    Q_EMIT closed();
}

void ConfigChangeBar::onApplied(quint64 id, const ApplyOutcome &outcome)
{
    if (id != m_asked || m_asked == 0) {
        return;
    }
    m_asked = 0;
    QString problem = outcome.problem;
    switch (outcome.kind) {
    case ApplyOutcome::Kind::Applied:
        Q_EMIT applied();
        return close();
    case ApplyOutcome::Kind::Conflict:
        problem = tr("Somebody changed the configuration meanwhile. This is the change of what is "
                     "in force now; nothing was applied yet.");
        break;
    case ApplyOutcome::Kind::Faulty:
        problem = outcome.faults.empty() ? problem : outcome.faults.front().message;
        break;
    case ApplyOutcome::Kind::Failed:
        break;
    }
    m_problem->hide();
    review();
    m_problem->say(NoticeBar::Tone::Bad, problem);
}

} // namespace signalbox::ui

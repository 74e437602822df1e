// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's three modes: comparing by hand, the standings of votes, and batches.
#include "ui/pages/batch_panel.h"
#include "ui/pages/judge_panel.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/playground_past.h"
#include "ui/pages/vote_keeper.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segments.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

QWidget *PlaygroundPage::buildModes()
{
    auto *bar = new QWidget(this);
    m_modes = new Segments(tr("Mode"), {tr("Compare"), tr("Judge"), tr("Batch")}, bar);
    m_modes->setObjectName(u"playground.modes"_s);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addWidget(m_modes);
    m_tools = buildTools();
    row->addWidget(m_tools, 1);
    row->addStretch();
    return bar;
}

void PlaygroundPage::buildStack()
{
    m_stack = new QStackedWidget(this);
    m_judge = new JudgePanel(*m_keeper, *m_notice, m_stack);
    m_batch = new BatchPanel(m_batchSession, m_session, *m_notice, m_stack);
    auto *comparison = new QWidget(m_stack);
    auto *row = new QHBoxLayout(comparison);
    row->setContentsMargins(0, 0, 0, 0);
    if (m_history != nullptr) {
        m_past = new PlaygroundPast(*m_history, comparison);
        row->addWidget(m_past);
        connectHistory();
    }
    m_actions.past->setEnabled(m_history != nullptr);
    row->addWidget(m_halves, 1);
    m_stack->addWidget(comparison);
    m_stack->addWidget(m_judge);
    m_stack->addWidget(m_batch);
}

void PlaygroundPage::connectModes()
{
    connect(m_modes, &Segments::currentChanged, this, [this](int mode) {
        m_stack->setCurrentIndex(mode);
        m_tools->setVisible(static_cast<PlaygroundMode>(mode) == PlaygroundMode::Compare);
    });
    connect(m_judge, &JudgePanel::compareAsked, this, [this] {
        m_actions.blind->setChecked(true);
        setMode(PlaygroundMode::Compare);
    });
    connect(m_judge, &JudgePanel::vetoesAsked, this, &PlaygroundPage::vetoesAsked);
    connect(m_batch, &BatchPanel::compareAsked, this, [this] { setMode(PlaygroundMode::Compare); });
    const std::pair<QAction *, PlaygroundMode> modes[] = {{m_actions.compare,
                                                           PlaygroundMode::Compare},
                                                          {m_actions.judge, PlaygroundMode::Judge},
                                                          {m_actions.batch, PlaygroundMode::Batch}};
    for (const auto &[action, chosen] : modes) {
        connect(action, &QAction::triggered, this, [this, mode = chosen] { setMode(mode); });
    }
    connect(m_actions.batchOpen, &QAction::triggered, this, [this] {
        setMode(PlaygroundMode::Batch);
        m_batch->askForFile();
    });
    connect(m_actions.batchCsv, &QAction::triggered, this, [this] {
        m_batch->askWhereToExport(BatchFormat::Csv);
    });
    connect(m_actions.batchLines, &QAction::triggered, this, [this] {
        m_batch->askWhereToExport(BatchFormat::JsonLines);
    });
    if (m_store != nullptr) {
        connect(m_store, &JudgementStore::loaded, this, [this](const KeptJudgements &kept) {
            m_keeper->addPast(kept.votes);
            if (kept.plan) {
                m_batchSession.restore(*kept.plan, kept.answers);
            }
        });
        connect(m_store, &JudgementStore::trouble, this, [this](const QString &problem) {
            m_notice->say(NoticeBar::Tone::Bad, problem);
        });
        m_store->load();
    }
}

PlaygroundMode PlaygroundPage::mode() const
{
    return static_cast<PlaygroundMode>(m_modes->current());
}

void PlaygroundPage::setMode(PlaygroundMode mode)
{
    m_modes->setCurrent(static_cast<int>(mode));
}

void PlaygroundPage::runMode()
{
    if (mode() == PlaygroundMode::Batch) {
        return m_batch->start();
    }
    setMode(PlaygroundMode::Compare);
    m_session.runAll();
}

void PlaygroundPage::stopMode()
{
    m_session.stopAll();
    if (mode() == PlaygroundMode::Batch) {
        m_batch->pause();
    }
}

} // namespace signalbox::ui

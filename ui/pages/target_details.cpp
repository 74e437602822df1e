// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/target_details.h"

#include "ui/models/transitions_model.h"
#include "ui/pages/breaker_desk.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/change_row.h"
#include "ui/widgets/section.h"
#include "ui/widgets/target_trial.h"
#include "ui/widgets/tile_grid.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::size_t kChangesMax = 12;

QString orDash(const QString &text)
{
    return text.isEmpty() ? text::dash() : text;
}

} // namespace

TargetDetails::TargetDetails(ConsoleState &state, const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_parts(parts)
{
    setObjectName(u"details"_s);
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    setMinimumWidth(300);
}

QWidget *TargetDetails::content()
{
    auto *all = new QWidget;
    m_tile = new TileGrid(BreakerTile::Size::Large, all);
    m_parts.desk.serve(m_tile);
    m_trial = new TargetTrial(m_parts.settings, m_parts.playground, all);
    auto *changes = new QWidget(all);
    m_changes = new QVBoxLayout(changes);
    m_changes->setContentsMargins(kHalfGap, 0, kHalfGap, 0);
    m_changes->setSpacing(2);
    m_changesCard = new Section(tr("Changes"), changes, all);
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(kPad, 2, kPad, kPad);
    column->setSpacing(kPad);
    column->addWidget(m_tile);
    column->addWidget(new Section(tr("State and share"), buildFacts(), all));
    column->addWidget(new Section(tr("Test"), m_trial, all));
    column->addWidget(m_changesCard);
    column->addStretch();
    return all;
}

QWidget *TargetDetails::buildFacts()
{
    const std::array<QString, FactCount> titles{tr("By its own count"),
                                                tr("Forced"),
                                                tr("Share"),
                                                tr("Limits"),
                                                tr("Used up")};
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(kGap, 0, kGap, kHalfGap);
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kHalfGap);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < FactCount; ++i) {
        auto *title = new QLabel(titles[i], box);
        title->setFont(themeFont(TypeRole::Caption));
        title->setForegroundRole(QPalette::PlaceholderText);
        m_facts[i] = new QLabel(box);
        m_facts[i]->setObjectName(u"details.fact.%1"_s.arg(i));
        m_facts[i]->setWordWrap(true);
        grid->addWidget(title, static_cast<int>(i), 0, Qt::AlignTop);
        grid->addWidget(m_facts[i], static_cast<int>(i), 1, Qt::AlignTop);
    }
    return box;
}

void TargetDetails::choose(const TargetId &target)
{
    if (m_chosen != target) {
        m_chosen = target;
        refresh();
    }
}

QWidget *TargetDetails::firstStop() const
{
    const auto stops = m_tile->tabStops();
    return stops.isEmpty() ? nullptr : stops.first();
}

void TargetDetails::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void TargetDetails::refresh()
{
    const auto &snapshot = m_state.snapshot();
    if (!isVisible() || snapshot == nullptr) {
        return;
    }
    auto summaries = summariseTargets(*snapshot, m_state.now(), m_state.isStale());
    sortWorstFirst(summaries);
    auto found = std::find_if(summaries.begin(), summaries.end(), [this](const auto &summary) {
        return summary.target == m_chosen;
    });
    if (found == summaries.end()) { // none was chosen, or the configuration has it no more
        found = summaries.begin();
    }
    if (found == summaries.end()) {
        m_shown.reset();
        return m_tile->setSummaries({});
    }
    found->barred = m_state.source().whyNoCommands();
    m_shown = found->target;
    m_tile->setSummaries({*found});
    m_trial->setTarget(found->target);
    refreshFacts(*found);
    refreshChanges(*snapshot);
}

void TargetDetails::refreshFacts(const TargetSummary &summary)
{
    const QString share = tr("%1 by weight, %2 measured").arg(summary.weight, summary.measured);
    const std::array<QString, FactCount> facts{summary.calculated,
                                               orDash(summary.forced),
                                               share,
                                               summary.limits,
                                               orDash(summary.runsOut)};
    for (std::size_t i = 0; i < FactCount; ++i) {
        m_facts[i]->setText(facts[i]);
    }
}

void TargetDetails::refreshChanges(const telemetry::Snapshot &snapshot)
{
    std::vector<const telemetry::BreakerTransition *> own;
    for (auto change = snapshot.transitions.rbegin();
         change != snapshot.transitions.rend() && own.size() < kChangesMax;
         ++change) {
        if (change->target == m_shown) {
            own.push_back(&*change);
        }
    }
    while (m_rows.size() < own.size()) {
        auto *row = new ChangeRow(m_changesCard);
        connect(row, &ChangeRow::clicked, this, [this] {
            Q_EMIT leads({.page = u"requests"_s, .target = m_shown});
        });
        m_changes->addWidget(row);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < own.size());
        if (i < own.size()) {
            m_rows[i]->setChange(text::clock(own[i]->at),
                                 text::changeText(*own[i]),
                                 causeWithWords(*own[i], &m_parts.words));
        }
    }
    m_changesCard->setNote(own.empty() ? tr("None since the gateway started")
                                       : tr("newest first; Return: the requests"));
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/targets_editor.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// A target's share of its tier by the weights that run.
double inForceShare(const Targets &running, const TargetChoice &choice, Strategy strategy)
{
    double sum = 0;
    double own = 0;
    for (const TargetChoice &each : running) {
        const double weight = strategy == Strategy::Weighted ? std::max(0.0, each.weight) : 1;
        sum += each.tier == choice.tier ? weight : 0;
        own = each.target == choice.target && each.tier == choice.tier ? weight : own;
    }
    return sum > 0 ? own / sum : 0;
}

TierTarget liveTarget(const TargetChoice &choice, const LiveTargets &live)
{
    TierTarget target{.target = choice.target, .measured = telemetry::kNoData};
    const QString provider = text::fromUtf8(choice.target.provider());
    target.looks = {.name = text::modelName(choice.target),
                    .provider = provider,
                    .tag = text::providerTag(choice.target.provider(), {}),
                    .kind = u"other"_s};
    target.state = TargetsEditor::tr("Not running yet");
    target.p95 = text::dash();
    if (const auto found = live.targets.find(choice.target); found != live.targets.end()) {
        const TargetSummary &summary = found->second;
        target.looks = {.name = summary.model,
                        .provider = summary.provider,
                        .tag = summary.tag,
                        .kind = summary.kind,
                        .ordinal = summary.ordinal};
        target.glyph = summary.glyph;
        target.state = summary.headline;
        target.p95 = summary.numbers.p95Ms < 0 ? text::dash()
                                               : text::latency(summary.numbers.p95Ms);
    }
    if (live.route != nullptr) {
        const auto &shares = live.route->shares;
        const auto found = std::ranges::find(shares, choice.target, &telemetry::RouteShare::target);
        target.measured = found == shares.end() ? telemetry::kNoData : found->actual;
    }
    return target;
}

} // namespace

TargetsEditor::TargetsEditor(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_empty(new QWidget(this))
    , m_addFirst(new QPushButton(tr("Add Target…"), m_empty))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kGap);
    auto *row = new QHBoxLayout(m_empty);
    row->setContentsMargins(kGap, kGap, kGap, kGap);
    row->setSpacing(kPad);
    row->addWidget(new QLabel(tr("There are no targets here yet."), m_empty));
    row->addWidget(m_addFirst);
    row->addStretch();
    m_addFirst->setObjectName(u"addFirstTarget"_s);
    m_column->addWidget(m_empty);
    connect(m_addFirst, &QPushButton::clicked, this, &TargetsEditor::offerFirst);
}

void TargetsEditor::offerFirst()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const TargetId &target : m_content.all) {
        const QString name = text::fromUtf8(target.name());
        connect(menu->addAction(name), &QAction::triggered, this, [this, target, name] {
            const bool weighted = m_content.strategy == Strategy::Weighted;
            Q_EMIT edited(
                tr("Add %1").arg(name),
                [target, weighted](Targets &targets, Locks &locks) {
                    addTarget(targets, locks, target, 1, weighted);
                },
                0);
        });
    }
    menu->popup(m_addFirst->mapToGlobal(QPoint(0, m_addFirst->height())));
}

TierContent TargetsEditor::tierContent(int tier, bool first, const LiveTargets &live) const
{
    TierContent content{.tier = tier,
                        .owner = m_content.owner,
                        .first = first,
                        .weighted = m_content.strategy == Strategy::Weighted,
                        .ordered = m_content.strategy == Strategy::Priority,
                        .readOnly = m_content.readOnly,
                        .shares = sharesIn(m_content.targets, tier, m_content.locks),
                        .compares = m_content.compares && first};
    for (const std::size_t place : placesIn(m_content.targets, tier)) {
        TierTarget target = liveTarget(m_content.targets[place], live);
        target.inForce = inForceShare(m_content.inForce,
                                      m_content.targets[place],
                                      m_content.strategy);
        if (live.matrix != nullptr) {
            target.totals = totalsOf(*live.matrix, target.target);
        }
        content.targets.push_back(std::move(target));
    }
    for (const TargetId &target : m_content.all) {
        if (std::ranges::find(m_content.targets, target, &TargetChoice::target)
            == m_content.targets.end()) {
            content.available.push_back(target);
        }
    }
    if (live.route != nullptr) {
        for (const telemetry::RouteShare &share : live.route->shares) {
            content.samples += share.attempts;
        }
    }
    return content;
}

void TargetsEditor::setContent(const TargetsContent &content, const LiveTargets &live)
{
    m_content = content;
    const std::vector<int> tiers = tiersOf(content.targets);
    while (m_tiers.size() > tiers.size()) {
        delete m_tiers.back();
        m_tiers.pop_back();
    }
    while (m_tiers.size() < tiers.size()) {
        auto *box = new TierBox(this);
        connect(box, &TierBox::edited, this, &TargetsEditor::edited);
        m_column->addWidget(box);
        m_tiers.push_back(box);
    }
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        m_tiers[i]->setContent(tierContent(tiers[i], i == 0, live));
    }
    m_empty->setVisible(tiers.empty());
    m_addFirst->setEnabled(!content.readOnly);
}

} // namespace signalbox::ui

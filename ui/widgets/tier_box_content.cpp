// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows, the bar and the notes of a tier say.
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/target_labels.h"
#include "ui/widgets/tier_box.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void TierBox::refresh()
{
    setObjectName(u"tier.%1"_s.arg(m_content.tier));
    m_title->setText(tr("Tier %1").arg(m_content.tier));
    m_hint->setText(m_content.first ? tr("preferred")
                                    : tr("only while no target of a lower tier can be asked"));
    m_bar->setVisible(m_content.weighted && m_content.targets.size() > 1);
    std::vector<BarTarget> looks;
    for (const TierTarget &target : m_content.targets) {
        looks.push_back(target.looks);
    }
    m_bar->setAccessibleName(owned(tr("Weights of tier %1").arg(m_content.tier)));
    m_equalise->setAccessibleName(owned(tr("Equalise tier %1").arg(m_content.tier)));
    m_add->setAccessibleName(owned(tr("Add a target to tier %1").arg(m_content.tier)));
    m_bar->setTargets(std::move(looks));
    m_bar->setShares(m_content.shares);
    m_bar->setReadOnly(m_content.readOnly);
    refreshStrips();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        refreshRow(i);
    }
    refreshSharing();
    m_add->setEnabled(!m_content.readOnly && !m_content.available.empty());
    m_add->setToolTip(m_content.available.empty() ? tr("Every target is in the list already")
                                                  : tr("One more target for this tier"));
    refreshNote();
}

void TierBox::refreshStrips()
{
    std::vector<double> inForce;
    std::vector<double> measured;
    bool differs = false;
    for (std::size_t i = 0; i < m_content.targets.size(); ++i) {
        const TierTarget &target = m_content.targets[i];
        inForce.push_back(target.inForce);
        measured.push_back(std::isnan(target.measured) ? 0 : target.measured);
        differs = differs
                  || std::abs(target.inForce * kWholeWeight - m_content.shares[i].weight) > 1;
    }
    const bool any = m_content.samples > 0 && m_content.compares
                     && std::ranges::any_of(measured, [](double share) { return share > 0; });
    m_bar->setStrips(differs && m_content.compares ? inForce : std::vector<double>(),
                     any ? measured : std::vector<double>());
    QStringList words;
    if (differs && m_content.compares) {
        QStringList numbers;
        for (const double share : inForce) {
            numbers << QString::number(std::lround(share * kWholeWeight));
        }
        words << tr("in force %1").arg(numbers.join(u" / "_s));
    }
    if (any) {
        words << tr("measured in the last minute, %1 attempts").arg(text::count(m_content.samples));
    }
    m_bar->setToolTip(words.join(u", "_s));
    if (m_content.weighted) {
        const int sum = sumOf(m_content.shares);
        if (m_content.targets.size() > 1) {
            words.prepend(sum == 0 ? tr("No shares") : tr("Sum %1 %").arg(sum));
        }
    }
    m_sum->setText(words.join(u" · "_s));
}

void TierBox::refreshRow(std::size_t index)
{
    const TierTarget &target = m_content.targets[index];
    const Share &share = m_content.shares[index];
    Row &row = m_rows[index];
    row.name->setTarget(target.looks);
    row.rank->setText(m_content.weighted  ? tr("all", "of a tier's requests")
                      : m_content.ordered ? u"%1."_s.arg(index + 1)
                                          : u"·"_s);
    row.lock->setChecked(share.locked);
    row.lock->setIcon(themeIcon(share.locked ? u"lock"_s : u"unlock"_s));
    row.lock->setToolTip(share.locked ? tr("Locked: no edit changes it. Press to unlock")
                                      : tr("Lock this weight against other edits"));
    row.lock->setEnabled(!m_content.readOnly);
    if (row.weight->value() != share.weight) { // what is being typed stays
        const QSignalBlocker quiet(row.weight);
        row.weight->setValue(share.weight);
    }
    row.weight->setReadOnly(m_content.readOnly || share.locked);
    row.weight->setButtonSymbols(row.weight->isReadOnly() ? QAbstractSpinBox::NoButtons
                                                          : QAbstractSpinBox::UpDownArrows);
    row.weight->setToolTip(share.weight == 0 ? tr("Fallback only: asked when the others cannot be")
                                             : QString());
    row.menu->setEnabled(!m_content.readOnly);
    row.p95->setText(target.p95);
    row.state->setState(target.glyph, target.state);
    refreshMeasured(index);
}

/// The measured share, marked where chance alone does not explain the difference.
void TierBox::refreshMeasured(std::size_t index)
{
    const TierTarget &target = m_content.targets[index];
    QLabel *label = m_rows[index].measured;
    if (!m_content.compares || m_content.samples == 0 || std::isnan(target.measured)) {
        label->setText(m_content.compares ? text::dash() : QString());
        label->setToolTip({});
        return;
    }
    const double error = samplingError(target.inForce, m_content.samples);
    const double off = target.measured - target.inForce;
    const bool enough = m_content.samples >= kShareSamplesMin;
    const bool marked = enough && m_content.weighted && std::abs(off) > error;
    const QString share = text::percent(target.measured);
    label->setProperty("marked", marked);
    label->setForegroundRole(QPalette::WindowText);
    if (!m_content.weighted) {
        label->setText(share);
        label->setToolTip({});
    } else if (!enough) {
        label->setText(tr("%1 (n = %2)").arg(share).arg(m_content.samples));
        label->setToolTip(tr("Fewer than %1 attempts in the last minute: too few to compare with "
                             "the weights")
                              .arg(kShareSamplesMin));
    } else if (marked) {
        label->setText(tr("▲ %1, planned %2").arg(share, text::percent(target.inForce)));
        label->setToolTip(tr("Off by %1 points. Chance explains ± %2 at %3 attempts; failover, "
                             "rules or an open breaker can be the reason")
                              .arg(std::lround(std::abs(off) * 100))
                              .arg(error * 100, 0, 'f', 1)
                              .arg(m_content.samples));
    } else {
        label->setText(tr("%1 ± %2").arg(share).arg(error * 100, 0, 'f', 1));
        label->setToolTip(tr("As planned (%1), within what chance explains at %2 attempts")
                              .arg(text::percent(target.inForce))
                              .arg(m_content.samples));
    }
}

void TierBox::refreshNote()
{
    const bool none = m_content.weighted && !m_content.targets.empty()
                      && isFallbackOnly(m_content.shares);
    m_note->setVisible(none);
    m_note->setText(none ? tr("▲ All weights of this tier are 0: it serves only as fallback, in "
                              "the order of its targets. Equalise, or set a weight.")
                         : QString());
}

} // namespace signalbox::ui

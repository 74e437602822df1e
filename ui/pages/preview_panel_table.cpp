// SPDX-License-Identifier: GPL-3.0-or-later
// The preview's figures: of all traffic, and of each target, provider or hour.
#include "ui/pages/preview_panel.h"
#include "ui/text/foresight_text.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QHeaderView>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kRowTall = 22;
constexpr int kFigureWide = 92;

enum Parts { // in the order of the choice
    Targets,
    Providers,
    Hours
};

} // namespace

void PreviewPanel::showParts(const Foresight &foresight)
{
    m_table->clear();
    if (foresight.recorded == 0) {
        return;
    }
    const bool targets = m_parts->current() == Targets;
    addRow(foresight.all,
           tr("All traffic"),
           targets ? QString() : text::effectCost(foresight.all), // else it would hide the parts
           targets);
    const auto shares = [&](const std::vector<EffectRow> &rows) {
        for (const EffectRow &row : rows) {
            addRow(row,
                   text::fromUtf8(row.name),
                   text::effectSummary(row, foresight.replayed),
                   false);
        }
    };
    if (targets) {
        shares(foresight.targets);
    } else if (m_parts->current() == Providers) {
        shares(foresight.providers);
    } else {
        for (EffectRow row : foresight.hours) {
            const QString hour = text::effectHour(row.name);
            row.name.clear(); // every hour has all of its requests: no share is to be told
            addRow(row, hour, text::effectCost(row), false);
        }
    }
    fitColumns();
}

/// Wide enough for their figures, with room to tell them from their neighbours'.
void PreviewPanel::fitColumns()
{
    const QFontMetrics metrics(themeFont(TypeRole::Strong));
    for (int column = 1; column < m_table->columnCount(); ++column) {
        int widest = metrics.horizontalAdvance(m_table->headerItem()->text(column));
        for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *top = m_table->topLevelItem(i);
            for (int k = 0; k < top->childCount(); ++k) {
                widest = std::max(widest, metrics.horizontalAdvance(top->child(k)->text(column)));
            }
        }
        m_table->header()->resizeSection(column, std::max(kFigureWide, widest + 2 * kPad));
    }
}

void PreviewPanel::addRow(const EffectRow &row,
                          const QString &name,
                          const QString &summary,
                          bool open)
{
    auto *top = new QTreeWidgetItem(m_table,
                                    {summary.isEmpty() ? name : name + u"   "_s + summary});
    top->setFont(0, themeFont(TypeRole::Strong));
    top->setSizeHint(0, {0, kRowTall});
    top->setFirstColumnSpanned(true);
    for (const text::EffectLine &line : text::effectLines(row, m_shown->replayed)) {
        auto *item =
            new QTreeWidgetItem(top, {line.figure, line.now, line.after, line.change, line.band});
        item->setSizeHint(0, {0, kRowTall});
        for (int column = 1; column < 5; ++column) {
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
        if (line.worse) {
            item->setFont(3, themeFont(TypeRole::Strong));
            item->setToolTip(3, tr("Worse by more than chance"));
        }
    }
    top->setExpanded(open);
}

} // namespace signalbox::ui

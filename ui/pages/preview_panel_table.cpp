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

void alignFigures(QTreeWidgetItem &item)
{
    for (int column = 1; column < 5; ++column) {
        item.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
}

} // namespace

/// What is closed tells its share, or its cost; all traffic is open only where its lines hide no
/// hours.
void PreviewPanel::showParts(const Foresight &foresight)
{
    m_table->clear();
    if (foresight.recorded == 0) {
        return;
    }
    const auto parts = static_cast<Parts>(m_parts->current());
    addRow(foresight.all, tr("All traffic"), parts == Hours ? Sums::Cost : Sums::Nothing);
    for (const EffectRow &row : parts == Targets ? foresight.targets : foresight.providers) {
        if (parts != Hours) {
            addRow(row, text::fromUtf8(row.name), Sums::Share);
        }
    }
    for (EffectRow row : foresight.hours) {
        const QString hour = text::effectHour(row.name);
        row.name.clear(); // every hour has all of its requests: no share is to be told
        if (parts == Hours) {
            addRow(row, hour, Sums::Cost);
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
            widest = std::max(widest, metrics.horizontalAdvance(top->text(column)));
            for (int k = 0; k < top->childCount(); ++k) {
                widest = std::max(widest, metrics.horizontalAdvance(top->child(k)->text(column)));
            }
        }
        m_table->header()->resizeSection(column, std::max(kFigureWide, widest + 2 * kPad));
    }
}

void PreviewPanel::addRow(const EffectRow &row, const QString &name, Sums sums)
{
    QStringList texts{name};
    if (sums == Sums::Share) {
        texts[0] += u"   "_s + text::effectSummary(row, m_shown->replayed);
    } else if (sums == Sums::Cost) {
        const text::EffectLine line = text::effectCost(row);
        texts = {name + u"   "_s + line.figure, line.now, line.after, line.change, line.band};
    }
    auto *top = new QTreeWidgetItem(m_table, texts);
    top->setFont(0, themeFont(TypeRole::Strong));
    top->setSizeHint(0, {0, kRowTall});
    top->setFirstColumnSpanned(sums != Sums::Cost);
    alignFigures(*top);
    for (const text::EffectLine &line : text::effectLines(row, m_shown->replayed)) {
        auto *item =
            new QTreeWidgetItem(top, {line.figure, line.now, line.after, line.change, line.band});
        item->setSizeHint(0, {0, kRowTall});
        alignFigures(*item);
        if (line.worse) {
            item->setFont(3, themeFont(TypeRole::Strong));
            item->setToolTip(3, tr("Worse by more than chance"));
        }
    }
    top->setExpanded(sums == Sums::Nothing);
}

} // namespace signalbox::ui

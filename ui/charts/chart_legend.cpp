// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_legend.h"

#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

LegendEntry::LegendEntry(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
}

void LegendEntry::setContent(const QString &tag, const QString &name, const QString &value)
{
    m_tag = tag;
    m_value = value;
    setText(name);
    setAccessibleName(isChecked() ? tr("%1 %2").arg(name, value) : tr("%1, hidden").arg(name));
    setToolTip(tr("%1: %2\nClick hides or shows it, Ctrl+click shows it alone").arg(name, value));
    update();
}

void LegendEntry::setColour(const QColor &colour)
{
    m_colour = colour;
    update();
}

QSize LegendEntry::sizeHint() const
{
    const QFontMetrics metrics(themeFont(TypeRole::Caption));
    const QSizeF chip = tagChipSize();
    return {int(chip.width()) + kHalfGap + metrics.horizontalAdvance(m_value) + kPad,
            std::max(int(chip.height()), metrics.height()) + 6};
}

void LegendEntry::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const double middle = height() / 2.0;
    const QColor colour = isChecked() ? m_colour : theme.cardShade;
    const QRectF chip = paintTagChip(painter, {2, middle}, m_tag, colour);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(isChecked() ? theme.text : theme.muted);
    const QRectF room(chip.right() + kHalfGap, 0, width() - chip.right() - kHalfGap, height());
    painter.drawText(room,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     isChecked() ? m_value : tr("hidden", "a series of a chart"));
    if (!hasFocus()) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1.4));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.7, 0.7, -0.7, -0.7), 4, 4);
}

void LegendEntry::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isolate = event->modifiers().testFlag(Qt::ControlModifier)
                         && rect().contains(event->position().toPoint());
    if (!isolate) {
        return QAbstractButton::mouseReleaseEvent(event);
    }
    setDown(false);
    Q_EMIT isolateAsked();
}

void LegendEntry::keyPressEvent(QKeyEvent *event)
{
    const bool isolate = event->key() == Qt::Key_Space
                         && event->modifiers().testFlag(Qt::ControlModifier);
    if (!isolate) {
        return QAbstractButton::keyPressEvent(event);
    }
    Q_EMIT isolateAsked();
}

ChartLegend::ChartLegend(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChartLegend::setItems(const std::vector<Item> &items)
{
    const bool same = arrange(items);
    if (!same) {
        rebuild(items);
    }
    QSize widest = same ? m_cellSize : QSize();
    for (std::size_t i = 0; i < items.size(); ++i) {
        LegendEntry *entry = m_cells[i].entry;
        entry->setChecked(!m_hidden.contains(items[i].id));
        entry->setColour(items[i].colour);
        entry->setContent(items[i].tag, items[i].name, items[i].value);
        widest = widest.expandedTo(entry->sizeHint());
    }
    if (widest == m_cellSize && same) {
        return;
    }
    m_cellSize = widest;
    updateGeometry();
    place();
}

/// Puts the entries into the order of \p items, where they are for the same series: one that has
/// the focus keeps it.
bool ChartLegend::arrange(const std::vector<Item> &items)
{
    if (items.size() != m_cells.size()) {
        return false;
    }
    std::vector<Cell> cells;
    for (const Item &item : items) {
        const auto found = std::ranges::find(m_cells, item.id, &Cell::id);
        if (found == m_cells.end()) {
            return false;
        }
        cells.push_back(*found);
    }
    if (!std::ranges::equal(cells, m_cells, {}, &Cell::id, &Cell::id)) {
        m_cells = std::move(cells);
        place();
        Q_EMIT entriesChanged();
    }
    return true;
}

void ChartLegend::rebuild(const std::vector<Item> &items)
{
    for (const Cell &cell : m_cells) {
        delete cell.entry;
    }
    m_cells.clear();
    for (const Item &item : items) {
        auto *entry = new LegendEntry(this);
        entry->setObjectName(u"legend."_s + item.id);
        connect(entry, &LegendEntry::clicked, this, [this, id = item.id] { toggle(id); });
        connect(entry, &LegendEntry::isolateAsked, this, [this, id = item.id] { isolate(id); });
        entry->show();
        m_cells.push_back(Cell{.id = item.id, .entry = entry});
    }
    Q_EMIT entriesChanged();
}

QList<QWidget *> ChartLegend::entries() const
{
    QList<QWidget *> all;
    for (const Cell &cell : m_cells) {
        all << cell.entry;
    }
    return all;
}

void ChartLegend::setHidden(const QSet<QString> &hidden)
{
    if (hidden == m_hidden) {
        return;
    }
    m_hidden = hidden;
    for (const Cell &cell : m_cells) {
        cell.entry->setChecked(!m_hidden.contains(cell.id));
    }
    Q_EMIT hiddenChanged();
}

void ChartLegend::toggle(const QString &id)
{
    QSet<QString> hidden = m_hidden;
    if (!hidden.remove(id)) {
        hidden.insert(id);
    }
    setHidden(hidden);
}

void ChartLegend::isolate(const QString &id)
{
    QSet<QString> others;
    for (const Cell &cell : m_cells) {
        if (cell.id != id) {
            others.insert(cell.id);
        }
    }
    setHidden(others == m_hidden ? QSet<QString>() : others);
}

int ChartLegend::columns(int width) const
{
    return std::max(1, width / std::max(1, m_cellSize.width()));
}

int ChartLegend::heightForWidth(int width) const
{
    const int perRow = columns(width);
    const int rows = (static_cast<int>(m_cells.size()) + perRow - 1) / perRow;
    return std::max(1, rows) * m_cellSize.height();
}

QSize ChartLegend::sizeHint() const
{
    const int width = std::max(this->width(), m_cellSize.width());
    return {width, heightForWidth(width)};
}

void ChartLegend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    updateGeometry();
}

void ChartLegend::place()
{
    const int perRow = columns(width());
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const int index = static_cast<int>(i);
        const QPoint corner(index % perRow * m_cellSize.width(),
                            index / perRow * m_cellSize.height());
        m_cells[i].entry->setGeometry(QRect(corner, m_cellSize));
    }
}

} // namespace signalbox::ui

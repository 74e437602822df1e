// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attention_panel.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kRowsMax = 5;
constexpr double kGlyph = 15;

} // namespace

AttentionPanel::AttentionPanel(QWidget *parent)
    : Card(parent)
{
    setObjectName(u"attention"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void AttentionPanel::setItems(const std::vector<AttentionItem> &items)
{
    setVisible(!items.empty());
    if (items == m_items) {
        return;
    }
    const bool resized = items.size() != m_items.size();
    m_items = items;
    QStringList all;
    for (const AttentionItem &item : items) {
        all << u"%1: %2"_s.arg(item.subject, item.text);
    }
    setAccessibleName(tr("Needs attention"));
    setAccessibleDescription(all.join(u'\n'));
    setToolTip(all.join(u'\n'));
    if (resized) {
        updateGeometry();
    }
    update();
}

int AttentionPanel::rows() const
{
    return std::min(static_cast<int>(m_items.size()), kRowsMax);
}

double AttentionPanel::rowHeight() const
{
    return std::max(std::ceil(QFontMetricsF(themeFont(TypeRole::Body)).height()), kGlyph)
           + kHalfGap;
}

QSize AttentionPanel::sizeHint() const
{
    return {400, static_cast<int>((rows() + 1) * rowHeight()) + 2 * kGap};
}

void AttentionPanel::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(kPad, kGap, width() - 2 * kPad, rowHeight()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Needs attention"));
    double y = kGap + rowHeight();
    const auto beyond = static_cast<int>(m_items.size()) - rows();
    for (int i = 0; i < rows(); ++i) {
        const AttentionItem &item = m_items[static_cast<std::size_t>(i)];
        QRectF line(kPad, y, width() - 2 * kPad, rowHeight());
        const QRectF glyph(line.left(), line.center().y() - kGlyph / 2, kGlyph, kGlyph);
        paintStateGlyph(painter, glyph, item.glyph, theme);
        line.setLeft(glyph.right() + kGap);
        painter.setFont(themeFont(TypeRole::Strong));
        painter.setPen(theme.text);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, item.subject);
        line.setLeft(line.left() + QFontMetricsF(painter.font()).horizontalAdvance(item.subject)
                     + kPad);
        painter.setFont(themeFont(TypeRole::Body));
        painter.setPen(item.urgent ? theme.text : theme.muted);
        QString words = item.text;
        if (beyond > 0 && i + 1 == rows()) {
            words += tr(" (and %1 more below)").arg(beyond);
        }
        painter.drawText(line,
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font())
                             .elidedText(words, Qt::ElideRight, line.width()));
        y += rowHeight();
    }
}

} // namespace signalbox::ui

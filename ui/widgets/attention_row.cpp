// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attention_row.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kGlyph = 15;
constexpr int kArrow = 12;

} // namespace

AttentionRow::AttentionRow(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AttentionRow::setItem(const AttentionItem &item)
{
    if (item == m_item) {
        return;
    }
    m_item = item;
    setAccessibleName(u"%1: %2"_s.arg(item.subject, item.text));
    setToolTip(accessibleName());
    update();
}

QSize AttentionRow::sizeHint() const
{
    const int line = QFontMetrics(themeFont(TypeRole::Body)).height();
    return {300, std::max(line, kGlyph) + kHalfGap};
}

void AttentionRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.8, 0.8, -0.8, -0.8);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.4) : QPen(Qt::NoPen));
        painter.setBrush(theme.cardShade);
        painter.drawRoundedRect(box, 4, 4);
    }
    QRectF line = QRectF(rect()).adjusted(kHalfGap, 0, -kHalfGap, 0);
    const QRectF glyph(line.left(), line.center().y() - kGlyph / 2.0, kGlyph, kGlyph);
    paintStateGlyph(painter, glyph, m_item.glyph, theme);
    line.setLeft(glyph.right() + kGap);
    const QPixmap arrow = iconPixmap(u"later"_s, kArrow, theme.muted, devicePixelRatioF());
    painter.drawPixmap(QPointF(line.right() - kArrow, line.center().y() - kArrow / 2.0), arrow);
    line.setRight(line.right() - kArrow - kHalfGap);
    painter.setFont(themeFont(TypeRole::Strong));
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_item.subject);
    line.setLeft(line.left() + QFontMetricsF(painter.font()).horizontalAdvance(m_item.subject)
                 + kPad);
    painter.setFont(themeFont(TypeRole::Body));
    painter.setPen(m_item.urgent ? theme.text : theme.muted);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(line,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_item.text, Qt::ElideRight, line.width()));
}

void AttentionRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        return click();
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace signalbox::ui {

Card::Card(QWidget *parent)
    : QWidget(parent)
{}

Card *Card::around(QWidget *body, QWidget *parent)
{
    auto *card = new Card(parent);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(kHalfGap, kHalfGap, kHalfGap, kHalfGap);
    column->addWidget(body);
    card->followFocusOf(body);
    return card;
}

void Card::followFocusOf(QWidget *widget)
{
    widget->installEventFilter(this);
}

bool Card::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        m_focused = event->type() == QEvent::FocusIn;
        update();
    }
    return QWidget::eventFilter(watched, event);
}

void Card::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_focused ? theme.accent : theme.border, m_focused ? 1.6 : 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.8, 0.8, -0.8, -0.8), kRadius, kRadius);
}

} // namespace signalbox::ui

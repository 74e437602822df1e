// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/choice_marks.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>
#include <array>

namespace signalbox::ui {

namespace {

/// As large as there is room, in the middle, on whole pixels' middles.
QRectF squareIn(const QRect &rect)
{
    const int side = std::min(rect.width(), rect.height()) - 2;
    return {rect.center().x() - side / 2 + 0.5,
            rect.center().y() - side / 2 + 0.5,
            side - 1.0,
            side - 1.0};
}

bool isOn(const QStyleOption *option)
{
    return option->state.testFlag(QStyle::State_On)
           || option->state.testFlag(QStyle::State_NoChange);
}

/// The outline and its ground; the accent says that it is on.
void prepare(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool hovered = enabled && option->state.testFlag(QStyle::State_MouseOver);
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor line = isOn(option) || hovered ? theme.accent : theme.muted;
    painter->setPen(QPen(enabled ? line : theme.borderStrong, 1.2));
    const QColor on = enabled ? theme.accent : theme.borderStrong;
    painter->setBrush(isOn(option) ? on : hovered ? theme.cardShade : theme.card);
}

} // namespace

void paintCheckMark(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const QRectF box = squareIn(option->rect);
    painter->save();
    prepare(option, painter, theme);
    painter->drawRoundedRect(box, 3, 3);
    painter->setPen(
        QPen(theme.accentText, box.width() / 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option->state.testFlag(QStyle::State_NoChange)) {
        painter->drawLine(at(0.25, 0.5), at(0.75, 0.5));
    } else if (option->state.testFlag(QStyle::State_On)) {
        const std::array hook{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)};
        painter->drawPolyline(hook.data(), static_cast<int>(hook.size()));
    }
    painter->restore();
}

void paintRadioMark(const QStyleOption *option, QPainter *painter, const Theme &theme)
{
    const QRectF box = squareIn(option->rect);
    painter->save();
    prepare(option, painter, theme);
    painter->drawEllipse(box);
    if (option->state.testFlag(QStyle::State_On)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.accentText);
        painter->drawEllipse(box.center(), box.width() / 5, box.width() / 5);
    }
    painter->restore();
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/popover.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLayout>
#include <QPainter>

#include <algorithm>

namespace signalbox::ui {

Popover::Popover(const QString &name, int width, QWidget *window)
    : QWidget(window)
    , m_width(width)
{
    setObjectName(name);
    hide();
}

void Popover::openAt(QWidget *anchor, QWidget *first)
{
    m_anchor = anchor;
    place(anchor);
    show();
    raise();
    first->setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
}

void Popover::dismiss()
{
    qApp->removeEventFilter(this);
    hide();
    if (m_anchor != nullptr) {
        m_anchor->setFocus(Qt::PopupFocusReason);
    }
}

void Popover::place(const QWidget *anchor)
{
    setFixedWidth(m_width + 2 * kShadow);
    layout()->activate();
    adjustSize();
    const QRect bounds = parentWidget()->rect().adjusted(kGap, kGap, -kGap, -kGap);
    const QPoint below = anchor->mapTo(parentWidget(), QPoint(anchor->width(), anchor->height()));
    QRect box(QPoint(below.x() - width() + kShadow, below.y() - kShadow + kHalfGap), size());
    if (box.bottom() > bounds.bottom()) {
        box.moveBottom(below.y() - anchor->height() + kShadow - kHalfGap);
    }
    box.moveLeft(std::clamp(box.left(),
                            bounds.left(),
                            std::max(bounds.left(), bounds.right() - box.width())));
    box.moveTop(std::clamp(box.top(),
                           bounds.top(),
                           std::max(bounds.top(), bounds.bottom() - box.height())));
    move(box.topLeft());
}

void Popover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        return dismiss();
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        return submit();
    }
    QWidget::keyPressEvent(event);
}

bool Popover::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (event->type() == QEvent::MouseButtonPress && widget != nullptr
        && widget->window() == window() && widget != this && !isAncestorOf(widget)) {
        dismiss();
    }
    return QWidget::eventFilter(watched, event);
}

void Popover::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int ring = kShadow; ring > 0; --ring) {
        painter.setBrush(QColor(0, 0, 0, theme.dark ? 26 : 9));
        const double inset = kShadow - ring;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset + 1, -inset, -inset + 1),
                                10,
                                10);
    }
    painter.setPen(theme.borderStrong);
    painter.setBrush(theme.card);
    const double inset = kShadow - 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset),
                            kRadius,
                            kRadius);
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fill_bar.h"

#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr int kHeight = 6;
constexpr double kNearlyFull = 0.9;

} // namespace

FillBar::FillBar(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Indicator);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FillBar::setShare(double share, const QString &words)
{
    m_share = std::clamp(share, 0.0, 1.0);
    setAccessibleDescription(words);
    update();
}

QSize FillBar::sizeHint() const
{
    return {120, kHeight};
}

void FillBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF all(rect());
    const double radius = all.height() / 2;
    painter.setBrush(theme.grid);
    painter.drawRoundedRect(all, radius, radius);
    if (m_share > 0) {
        painter.setBrush(m_share >= kNearlyFull ? theme.halfOpen : theme.accent);
        const double width = std::max(all.height(), all.width() * m_share);
        painter.drawRoundedRect(QRectF(all.topLeft(), QSizeF(width, all.height())), radius, radius);
    }
}

} // namespace signalbox::ui

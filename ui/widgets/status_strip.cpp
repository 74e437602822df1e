// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/status_strip.h"

#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kGlyph = 11;

} // namespace

StatusStrip::StatusStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"status"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatusStrip::setParts(const std::vector<StatusPart> &parts)
{
    if (parts == m_parts) {
        return;
    }
    m_parts = parts;
    setAccessibleName(tr("Status: %1").arg(text()));
    setToolTip(text());
    update();
}

QString StatusStrip::text() const
{
    QStringList all;
    for (const StatusPart &part : m_parts) {
        all << part.text;
    }
    return all.join(u" · "_s);
}

QSize StatusStrip::sizeHint() const
{
    return {300, QFontMetrics(themeFont(TypeRole::Caption)).height() + kPad};
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.card);
    painter.fillRect(QRect(0, 0, width(), 1), theme.border);
    painter.setFont(themeFont(TypeRole::Caption));
    const QFontMetricsF metrics(painter.font());
    double x = kWide;
    for (const StatusPart &part : m_parts) {
        if (part.hasGlyph) {
            const QRectF glyph(x, (height() - kGlyph) / 2, kGlyph, kGlyph);
            paintStateGlyph(painter, glyph, {part.glyph, false}, theme);
            x += kGlyph + 6;
        }
        const double room = std::max(0.0, width() - x - kWide);
        painter.setPen(theme.text);
        painter.drawText(QRectF(x, 1, room, height() - 1),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(part.text, Qt::ElideRight, room));
        x += metrics.horizontalAdvance(part.text) + kPad;
        painter.setPen(theme.borderStrong);
        if (&part != &m_parts.back()) {
            painter.drawLine(QPointF(x, 7), QPointF(x, height() - 6));
        }
        x += kPad;
    }
}

} // namespace signalbox::ui

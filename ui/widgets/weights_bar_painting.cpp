// SPDX-License-Identifier: GPL-3.0-or-later
// How the bar looks: colour, tag and texture each tell one target from the next.
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"
#include "ui/widgets/weights_bar.h"

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <numeric>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kTextureTall = 7;
constexpr double kStripPx = 4;
constexpr double kStripGap = 3;

Qt::BrushStyle textureOf(std::size_t index)
{
    constexpr std::array styles{Qt::SolidPattern,
                                Qt::BDiagPattern,
                                Qt::Dense4Pattern,
                                Qt::VerPattern,
                                Qt::DiagCrossPattern,
                                Qt::HorPattern,
                                Qt::FDiagPattern,
                                Qt::CrossPattern};
    return styles[index % styles.size()];
}

QColor mixed(const QColor &colour, const QColor &ground, float share)
{
    const float rest = 1 - share;
    return QColor::fromRgbF(colour.redF() * share + ground.redF() * rest,
                            colour.greenF() * share + ground.greenF() * rest,
                            colour.blueF() * share + ground.blueF() * rest);
}

void paintPadlock(QPainter &painter, const QRectF &box, const QColor &colour)
{
    painter.save();
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(Qt::NoBrush);
    const QRectF bow(box.left() + 2, box.top(), box.width() - 4, box.height());
    painter.drawArc(bow, 0, 180 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(box.left(), box.center().y(), box.width(), box.height() / 2),
                            1,
                            1);
    painter.restore();
}

} // namespace

QColor WeightsBar::colourOf(std::size_t index) const
{
    return Theme::of(this).provider(m_targets[index].kind, m_targets[index].ordinal);
}

void WeightsBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(bar(), kRadius - 2, kRadius - 2);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(bar(), theme.cardShade);
    if (isFallbackOnly(m_shares)) {
        painter.setPen(theme.muted);
        painter.setFont(themeFont(TypeRole::Body));
        painter.drawText(bar(), Qt::AlignCenter, tr("All weights are 0: fallback only"));
    } else {
        for (std::size_t i = 0; i < m_shares.size(); ++i) {
            paintSegment(painter, i);
        }
    }
    painter.restore();
    painter.setPen(QPen(theme.borderStrong, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    for (int i = 0; !isFallbackOnly(m_shares) && i + 1 < static_cast<int>(m_shares.size()); ++i) {
        paintDivider(painter, i);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(bar().adjusted(-1, -1, 1, 1), kRadius - 1, kRadius - 1);
    }
    double top = bar().bottom() + kStripGap + 2;
    for (const std::vector<double> *strip : {&m_inForce, &m_measured}) {
        if (!strip->empty()) {
            paintStrip(painter, *strip, top);
            top += kStripPx + kStripGap;
        }
    }
}

void WeightsBar::paintSegment(QPainter &painter, std::size_t index) const
{
    const QRectF box = segment(index);
    if (box.width() <= 0) {
        return;
    }
    const Theme &theme = Theme::of(this);
    const QColor colour = colourOf(index);
    painter.fillRect(box, mixed(colour, theme.card, theme.dark ? 0.26F : 0.16F));
    const QRectF foot(box.left(), box.bottom() - kTextureTall, box.width(), kTextureTall);
    painter.fillRect(foot, mixed(colour, theme.card, 0.4F));
    painter.fillRect(foot, QBrush(colour, textureOf(index)));
    paintLabels(painter, index, box.adjusted(0, 0, 0, -kTextureTall));
}

/// The tag, the name and the number, as far as there is room: the rows below have them anyway.
void WeightsBar::paintLabels(QPainter &painter, std::size_t index, const QRectF &box) const
{
    const Theme &theme = Theme::of(this);
    const QSizeF chip = tagChipSize();
    QRectF room = box.adjusted(kGap, 0, -kGap, 0);
    if (room.width() < chip.width()) {
        return;
    }
    const QFont strong = themeFont(TypeRole::Strong);
    const QString number = tr("%1 %").arg(m_shares[index].weight);
    const double wide = QFontMetricsF(strong).horizontalAdvance(number);
    const double lock = m_shares[index].locked ? 15 : 0;
    paintTagChip(painter, {room.left(), room.center().y()}, m_targets[index].tag, colourOf(index));
    room.setLeft(room.left() + chip.width() + kGap);
    if (room.width() < wide + lock) {
        return;
    }
    painter.setFont(strong);
    painter.setPen(theme.text);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, number);
    room.setRight(room.right() - wide - kHalfGap);
    if (lock > 0) {
        paintPadlock(painter, {room.right() - 9, room.center().y() - 6, 9, 12}, theme.text);
        room.setRight(room.right() - lock);
    }
    painter.setFont(themeFont(TypeRole::Body));
    const QFontMetricsF metrics(painter.font());
    const QString name = metrics.elidedText(m_targets[index].name, Qt::ElideRight, room.width());
    if (name.size() > 3) {
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

void WeightsBar::paintDivider(QPainter &painter, int divider) const
{
    const Theme &theme = Theme::of(this);
    const QRectF box = bar();
    const double x = edgeOf(divider);
    const auto left = static_cast<std::size_t>(divider);
    const bool stuck = m_readOnly || m_shares[left].locked || m_shares[left + 1].locked;
    const bool chosen = divider == m_current && (hasFocus() || m_drag);
    const QColor ink = chosen || divider == m_hovered ? theme.accent : theme.borderStrong;
    painter.setPen(QPen(theme.card, 3, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    painter.setPen(QPen(ink, chosen ? 2 : 1, stuck ? Qt::DotLine : Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    if (stuck) {
        return;
    }
    const QRectF grip(x - 3.5, box.center().y() - 10, 7, 20);
    painter.setPen(QPen(ink, chosen ? 1.6 : 1));
    painter.setBrush(chosen ? theme.accent : theme.card);
    painter.drawRoundedRect(grip, 3, 3);
    painter.setPen(QPen(chosen ? theme.accentText : theme.muted, 1));
    for (const double y : {-3.0, 0.0, 3.0}) {
        painter.drawLine(QPointF(x - 1.5, grip.center().y() + y),
                         QPointF(x + 1.5, grip.center().y() + y));
    }
}

void WeightsBar::paintStrip(QPainter &painter, const std::vector<double> &parts, double top) const
{
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    double left = bar().left();
    for (std::size_t i = 0; sum > 0 && i < parts.size() && i < m_targets.size(); ++i) {
        const double wide = bar().width() * parts[i] / sum;
        painter.fillRect(QRectF(left, top, std::max(0.0, wide - 1), kStripPx), colourOf(i));
        left += wide;
    }
}

} // namespace signalbox::ui

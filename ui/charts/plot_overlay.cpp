// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_overlay.h"

#include "ui/charts/marker_paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// Pushes tags that would overlap apart, keeping them inside the plot.
void spread(std::vector<EndTag> &tags, double top, double bottom)
{
    std::sort(tags.begin(), tags.end(), [](const EndTag &a, const EndTag &b) { return a.y < b.y; });
    const double pitch = tagChipSize().height() + 1;
    double lowest = top;
    for (EndTag &tag : tags) {
        tag.y = std::max(tag.y, lowest);
        lowest = tag.y + pitch;
    }
    double highest = bottom;
    std::for_each(tags.rbegin(), tags.rend(), [&](EndTag &tag) {
        tag.y = std::min(tag.y, highest);
        highest = tag.y - pitch;
    });
}

} // namespace

PlotOverlay::PlotOverlay(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
}

void PlotOverlay::setFrame(const PlotFrame &frame)
{
    m_frame = frame;
    update();
}

void PlotOverlay::setTags(std::vector<EndTag> tags)
{
    const double half = tagChipSize().height() / 2;
    spread(tags, m_frame.area.top() + half - kHalfGap, m_frame.area.bottom() - half + 2);
    m_tags = std::move(tags);
    update();
}

void PlotOverlay::setDots(std::vector<LoneDot> dots)
{
    m_dots = std::move(dots);
    update();
}

void PlotOverlay::setMarkers(const std::vector<ChartMarker> &markers)
{
    m_markers = markers;
    update();
}

void PlotOverlay::setSpan(std::optional<std::pair<double, double>> span)
{
    m_span = span;
    update();
}

void PlotOverlay::setVeil(const QString &words)
{
    m_veil = words;
    update();
}

void PlotOverlay::setCrosshair(std::optional<qint64> at, const Reading *reading)
{
    const QRect before = crosshairRect();
    m_at = at;
    m_reading = reading == nullptr ? std::nullopt : std::optional<Reading>(*reading);
    update(before.united(crosshairRect()));
}

QRect PlotOverlay::crosshairRect() const
{
    if (!m_at) {
        return {};
    }
    if (m_reading) {
        return rect();
    }
    const int x = static_cast<int>(m_frame.x(static_cast<double>(*m_at)));
    return {x - 2, 0, 5, height()};
}

void PlotOverlay::paintEvent(QPaintEvent *)
{
    if (!m_frame.area.isValid() || !m_frame.emptyText.isEmpty()) {
        return;
    }
    QPainter painter(this);
    paintSpan(painter);
    paintMarkers(painter, m_markers, m_frame, Theme::of(this));
    paintDots(painter);
    paintTags(painter);
    paintVeil(painter);
    if (!m_at) {
        return;
    }
    const double x = std::round(m_frame.x(static_cast<double>(*m_at))) + 0.5;
    if (x < m_frame.area.left() || x > m_frame.area.right() + 1) {
        return;
    }
    painter.setPen(QPen(Theme::of(this).text, 1));
    painter.drawLine(QPointF(x, m_frame.area.top()), QPointF(x, m_frame.area.bottom()));
    if (m_reading) {
        paintReading(painter, *m_reading);
    }
}

void PlotOverlay::paintVeil(QPainter &painter) const
{
    if (m_veil.isEmpty()) {
        return;
    }
    const Theme &theme = Theme::of(this);
    QColor shade = theme.card;
    shade.setAlphaF(0.55F);
    painter.fillRect(rect(), shade);
    QColor hatch = theme.muted;
    hatch.setAlphaF(0.22F);
    painter.fillRect(m_frame.area, QBrush(hatch, Qt::BDiagPattern));
    painter.setFont(themeFont(TypeRole::Caption));
    const QFontMetricsF metrics(painter.font());
    const double room = m_frame.area.width() - 2 * kGap;
    const QString words = metrics.elidedText(m_veil, Qt::ElideRight, room - 2 * kGap);
    const QSizeF size(metrics.horizontalAdvance(words) + 2 * kGap, metrics.height() + kHalfGap);
    const QRectF box(m_frame.area.topLeft() + QPointF(kGap, kGap), size);
    painter.setPen(theme.border);
    painter.setBrush(theme.card);
    painter.drawRect(box);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void PlotOverlay::paintSpan(QPainter &painter) const
{
    if (!m_span) {
        return;
    }
    const Theme &theme = Theme::of(this);
    QColor ground = theme.accent;
    ground.setAlphaF(0.16F);
    const double left = std::max(m_span->first, m_frame.area.left());
    const double right = std::min(m_span->second, m_frame.area.right());
    const QRectF band(left, m_frame.area.top(), right - left, m_frame.area.height());
    painter.fillRect(band, ground);
    painter.setPen(QPen(theme.accent, 1));
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
}

void PlotOverlay::paintTags(QPainter &painter) const
{
    for (const EndTag &tag : m_tags) {
        paintTagChip(painter, {m_frame.area.right() + kHalfGap, tag.y}, tag.tag, tag.colour);
    }
}

void PlotOverlay::paintDots(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const LoneDot &dot : m_dots) {
        painter.setBrush(dot.colour);
        painter.drawEllipse(dot.at, 1.8, 1.8);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QSizeF PlotOverlay::readingSize(const Reading &reading) const
{
    const QFontMetricsF metrics(themeFont(TypeRole::Caption));
    double names = 0;
    double values = 0;
    for (const ReadingRow &row : reading.rows) {
        names = std::max(names, metrics.horizontalAdvance(row.name));
        values = std::max(values, metrics.horizontalAdvance(row.value));
    }
    double width = tagChipSize().width() + kGap + names + kWide + values;
    width = std::max(width, metrics.horizontalAdvance(reading.time));
    for (const QString &note : reading.notes) {
        width = std::max(width, metrics.horizontalAdvance(note) + kWide);
    }
    const double pitch = metrics.height() + kHalfGap;
    const auto lines = 1 + std::max<std::size_t>(reading.rows.size(), 1)
                       + static_cast<std::size_t>(reading.notes.size());
    return {std::min(width + 2 * kGap, m_frame.area.width()),
            static_cast<double>(lines) * pitch + kGap};
}

void PlotOverlay::paintReading(QPainter &painter, const Reading &reading) const
{
    const Theme &theme = Theme::of(this);
    const QSizeF size = readingSize(reading);
    const double x = m_frame.x(static_cast<double>(reading.atMs));
    const bool onTheLeft = x + kGap + size.width() > width();
    QRectF box(QPointF(onTheLeft ? x - kGap - size.width() : x + kGap, m_frame.area.top()), size);
    box.moveLeft(std::max(0.5, box.left()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.borderStrong);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(box, 5, 5);

    painter.setFont(themeFont(TypeRole::Caption));
    const double pitch = QFontMetricsF(painter.font()).height() + kHalfGap;
    QRectF line(box.left() + kGap, box.top() + kHalfGap, box.width() - 2 * kGap, pitch);
    painter.setPen(theme.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, reading.time);
    if (reading.rows.empty()) {
        painter.drawText(line.translated(0, pitch),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         tr("no data"));
    }
    for (const ReadingRow &row : reading.rows) {
        line.translate(0, pitch);
        if (row.chosen) {
            painter.fillRect(line.adjusted(-kHalfGap, 0, kHalfGap, 0), theme.accentSoft);
        }
        const QRectF chip =
            paintTagChip(painter, {line.left(), line.center().y()}, row.tag, row.colour);
        painter.setPen(row.chosen ? theme.text : theme.muted);
        painter.drawText(line.adjusted(chip.width() + kGap, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         row.name);
        painter.setPen(theme.text);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
    }
    if (reading.rows.empty()) {
        line.translate(0, pitch);
    }
    for (const ChartMarker &sign : reading.signs) {
        line.translate(0, pitch);
        paintMarkerSign(painter, QRectF(line.left(), line.center().y() - 5, 10, 10), sign, theme);
        painter.setPen(theme.text);
        const QRectF room = line.adjusted(kWide, 0, 0, 0);
        const QString fitting =
            QFontMetricsF(painter.font()).elidedText(sign.text, Qt::ElideRight, room.width());
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, fitting);
    }
}

} // namespace signalbox::ui

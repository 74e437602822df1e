// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/breaker_tile.h"

#include "ui/text/names.h"
#include "ui/theme/accessible_role.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kGlyph = 17;
constexpr int kFiguresInRow = 3;
constexpr int kUrgent = 60;
constexpr double kTotalsLine = 20; ///< what the line over the totals takes
constexpr double kStripHeight = 22; ///< what the last day takes

double lineHeight(TypeRole role)
{
    return std::ceil(QFontMetricsF(themeFont(role)).height());
}

void write(
    QPainter &painter, TypeRole role, const QColor &ink, const QRectF &box, const QString &words)
{
    painter.setFont(themeFont(role));
    painter.setPen(ink);
    painter.drawText(box,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(painter.font()).elidedText(words, Qt::ElideRight, box.width()));
}

} // namespace

BreakerTile::BreakerTile(const TargetId &target, Size size, QWidget *parent)
    : Card(parent)
    , m_target(target)
    , m_size(size)
    , m_trip(new QPushButton(tr("Trip…"), this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_more(new QToolButton(this))
{
    setObjectName(u"tile."_s + text::fromUtf8(target.name()));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    buildButtons();
}

void BreakerTile::buildButtons()
{
    const QString name = text::fromUtf8(m_target.name());
    m_trip->setObjectName(u"trip"_s);
    m_trip->setAccessibleName(tr("%1: trip").arg(name));
    m_reset->setObjectName(u"reset"_s);
    m_reset->setAccessibleName(tr("%1: reset").arg(name));
    m_more->setObjectName(u"more"_s);
    m_more->setText(u"⋮"_s);
    m_more->setAccessibleName(tr("%1: more actions").arg(name));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(this, QAccessible::Grouping);
    m_more->setProperty(kDressProperty, u"quiet"_s);
    for (QAbstractButton *button :
         {static_cast<QAbstractButton *>(m_trip), static_cast<QAbstractButton *>(m_reset)}) {
        button->setFont(themeFont(TypeRole::Caption));
    }

    auto *menu = new QMenu(m_more);
    m_drain = menu->addAction(tr("Drain"));
    m_hold = menu->addAction(tr("Hold Closed…"));
    m_more->setMenu(menu);
    updateButtons();
    connect(m_trip, &QPushButton::clicked, this, [this] { Q_EMIT tripAsked(m_target, m_trip); });
    connect(m_reset, &QPushButton::clicked, this, [this] { Q_EMIT resetAsked(m_target); });
    connect(m_hold, &QAction::triggered, this, [this] { Q_EMIT holdAsked(m_target); });
    connect(m_drain, &QAction::triggered, this, [this] {
        Q_EMIT drainAsked(m_target, !m_summary.drained);
    });
}

void BreakerTile::setSummary(const TargetSummary &summary)
{
    if (summary == m_summary) {
        return;
    }
    m_summary = summary;
    setAccessibleName(u"%1 %2: %3"_s.arg(summary.provider, summary.model, summary.headline));
    setAccessibleDescription(spoken(summary));
    setToolTip(summary.cause.isEmpty() ? summary.headline
                                       : u"%1\n%2"_s.arg(summary.headline, summary.cause));
    updateButtons();
    update();
}

void BreakerTile::updateButtons()
{
    const QString &barred = m_summary.barred;
    const bool free = barred.isEmpty();
    m_trip->setEnabled(free && m_summary.state != u"forced_open"_s);
    m_reset->setEnabled(free && m_summary.canReset);
    m_hold->setEnabled(free && m_summary.state != u"forced_closed"_s);
    m_drain->setEnabled(free);
    m_trip->setToolTip(free ? tr("Force the breaker open: no request goes there") : barred);
    m_reset->setToolTip(free ? tr("Take any force away and close the breaker") : barred);
    m_more->setToolTip(free ? tr("Drain, hold closed") : barred);
    m_drain->setText(m_summary.drained ? tr("Undrain") : tr("Drain"));
}

double BreakerTile::headHeight() const
{
    return std::max(lineHeight(TypeRole::Strong), tagChipSize().height())
           + lineHeight(TypeRole::Body) + lineHeight(TypeRole::Caption) + 2 * kHalfGap;
}

double BreakerTile::figureHeight() const
{
    return lineHeight(TypeRole::Caption) + lineHeight(TypeRole::Body) + kHalfGap + 1;
}

QSize BreakerTile::sizeHint() const
{
    const int rows = m_size == Size::Large ? 6 : 2;
    const double buttons = std::max(m_trip->sizeHint().height(), 24);
    const double height = 2 * kPad + headHeight() + kGap + rows * figureHeight() + kHalfGap
                          + buttons + (m_size == Size::Large ? kTotalsLine + kStripHeight : 0);
    return {264, static_cast<int>(std::ceil(height))};
}

QSize BreakerTile::minimumSizeHint() const
{
    return {232, sizeHint().height()};
}

void BreakerTile::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    placeButtons();
}

/// Whoever presses a tile means its target: the focus goes there, and the details with it.
void BreakerTile::mousePressEvent(QMouseEvent *event)
{
    m_more->setFocus(Qt::MouseFocusReason);
    Card::mousePressEvent(event);
}

void BreakerTile::placeButtons()
{
    const QSize more(24, 24);
    m_more->setGeometry(QRect(QPoint(width() - kGap - more.width(), kGap), more));
    int right = width() - kPad;
    for (QPushButton *button : {m_trip, m_reset}) {
        const int wide = button->fontMetrics().horizontalAdvance(button->text()) + 2 * kPad;
        const QSize size(wide, std::max(button->fontMetrics().height() + kGap, 24));
        const QPoint corner(right - size.width(), height() - kPad + 2 - size.height());
        button->setGeometry(QRect(corner, size));
        right -= size.width() + kGap;
    }
}

void BreakerTile::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    if (m_summary.severity >= kUrgent) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.open);
        painter.drawRoundedRect(QRectF(1, kRadius, 3, height() - 2 * kRadius), 1.5, 1.5);
    }
    QRectF room = QRectF(rect()).adjusted(kPad, kPad - 2, -kPad, -kPad);
    paintHead(painter, room);
    room.setTop(room.top() + headHeight() + kGap);
    painter.setPen(theme.border);
    painter.drawLine(QPointF(room.left(), room.top() - 5), QPointF(room.right(), room.top() - 5));
    paintFigures(painter, room, m_summary.figures);
    if (m_size == Size::Large) {
        paintFigures(painter, room.adjusted(0, 2 * figureHeight(), 0, 0), m_summary.details);
    }
    if (m_size == Size::Large) {
        paintTotalsLine(painter, room);
        const double top = room.top() + 6 * figureHeight() + kTotalsLine;
        paintStrip(painter, QRectF(room.left(), top, room.width(), kStripHeight - kGap));
    }
    paintRun(painter, room);
}

void BreakerTile::paintHead(QPainter &painter, QRectF room) const
{
    const Theme &theme = Theme::of(this);
    const double first = std::max(lineHeight(TypeRole::Strong), tagChipSize().height());
    QRectF line(room.left(), room.top(), room.width() - 20, first);
    const QColor colour = theme.provider(m_summary.kind, m_summary.ordinal);
    const QRectF chip =
        paintTagChip(painter, {line.left(), line.center().y()}, m_summary.tag, colour);
    line.setLeft(chip.right() + kGap - 1);
    write(painter, TypeRole::Strong, theme.text, line, m_summary.model);

    line = QRectF(room.left(), line.bottom() + kHalfGap, room.width(), lineHeight(TypeRole::Body));
    const QRectF glyph(line.left(), line.center().y() - kGlyph / 2, kGlyph, kGlyph);
    paintStateGlyph(painter, glyph, m_summary.glyph, theme);
    line.setLeft(line.left() + kGlyph + kGap);
    write(painter, TypeRole::Body, theme.text, line, m_summary.headline);

    line = QRectF(room.left(), line.bottom() + 3, room.width(), lineHeight(TypeRole::Caption));
    const QString words = m_summary.cause.isEmpty() ? m_summary.provider : m_summary.cause;
    write(painter, TypeRole::Caption, theme.muted, line, words);
}

void BreakerTile::paintFigures(QPainter &painter,
                               QRectF room,
                               const std::vector<Figure> &figures) const
{
    const Theme &theme = Theme::of(this);
    const double wide = room.width() / kFiguresInRow;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const auto column = static_cast<double>(i % kFiguresInRow);
        const std::size_t line = i / kFiguresInRow;
        const auto row = static_cast<double>(line);
        const double below = row >= 2 && &figures == &m_summary.details ? kTotalsLine : 0;
        const QPointF corner(room.left() + column * wide,
                             room.top() + row * figureHeight() + below);
        const QRectF label(corner, QSizeF(wide - kHalfGap, lineHeight(TypeRole::Caption)));
        write(painter, TypeRole::Caption, theme.muted, label, figures[i].label);
        const QRectF value(label.bottomLeft(), QSizeF(label.width(), lineHeight(TypeRole::Body)));
        // Rather smaller than cut off: a figure without its unit is none.
        const double wanted =
            QFontMetricsF(themeFont(TypeRole::Body)).horizontalAdvance(figures[i].value);
        const TypeRole role = wanted <= value.width() ? TypeRole::Body : TypeRole::Caption;
        write(painter, role, theme.text, value, figures[i].value);
    }
}

/// Parts the last minute from what is counted since the start.
void BreakerTile::paintTotalsLine(QPainter &painter, QRectF room) const
{
    const Theme &theme = Theme::of(this);
    const double y = std::round(room.top() + 4 * figureHeight()) + kTotalsLine / 2 - 2.5;
    const double half = lineHeight(TypeRole::Caption) / 2;
    const QString words = tr("Since the start");
    write(painter,
          TypeRole::Caption,
          theme.muted,
          QRectF(room.left(), y - half, room.width(), 2 * half),
          words);
    const double from = room.left() + QFontMetricsF(painter.font()).horizontalAdvance(words) + kGap;
    painter.setPen(theme.border);
    painter.drawLine(QPointF(from, y), QPointF(room.right(), y));
}

/// The last day: the worse, the taller, so that it can be read without colours.
void BreakerTile::paintStrip(QPainter &painter, QRectF where) const
{
    const Theme &theme = Theme::of(this);
    const QString words = tr("24 h");
    const double half = lineHeight(TypeRole::Caption) / 2;
    write(painter,
          TypeRole::Caption,
          theme.muted,
          QRectF(where.left(), where.center().y() - half, where.width(), 2 * half),
          words);
    const double left = where.left() + QFontMetricsF(painter.font()).horizontalAdvance(words)
                        + kGap;
    const double pitch = (where.right() - left) / kStripCells;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int i = 0; i < kStripCells; ++i) {
        const StripState state = m_summary.strip[static_cast<std::size_t>(i)];
        const double share = state == StripState::Open       ? 1
                             : state == StripState::HalfOpen ? 0.7
                             : state == StripState::Closed   ? 0.4
                                                             : 0.1;
        const QColor ink = state == StripState::Open       ? theme.open
                           : state == StripState::HalfOpen ? theme.halfOpen
                           : state == StripState::Closed   ? theme.closed
                                                           : theme.borderStrong;
        const double x = std::round(left + i * pitch);
        const double next = std::round(left + (i + 1) * pitch);
        const double tall = std::round(share * where.height());
        painter.fillRect(QRectF(x, where.bottom() - tall, std::max(1.0, next - x - 1), tall), ink);
    }
}

/// The run of failures as filled and hollow squares, with its words.
void BreakerTile::paintRun(QPainter &painter, QRectF room) const
{
    if (m_summary.failuresToOpen <= 0) {
        return;
    }
    const Theme &theme = Theme::of(this);
    const double middle = m_trip->geometry().center().y() + 0.5;
    double x = room.left();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < std::min(m_summary.failuresToOpen, 6); ++i) {
        const bool failed = i < m_summary.failuresInRow;
        painter.setPen(QPen(failed ? theme.open : theme.borderStrong, 1));
        painter.setBrush(failed ? QBrush(theme.open) : QBrush(Qt::NoBrush));
        painter.drawRect(QRectF(x + 0.5, middle - 3.5, 7, 7));
        x += 10;
    }
    // A failed probe adds to the run that opened it.
    const bool beyond = m_summary.failuresInRow > m_summary.failuresToOpen;
    const QString words = beyond ? tr("%1 in a row", "failures").arg(m_summary.failuresInRow)
                                 : tr("%1 of %2 in a row", "failures")
                                       .arg(m_summary.failuresInRow)
                                       .arg(m_summary.failuresToOpen);
    const double right = m_reset->x() - kHalfGap;
    const double half = lineHeight(TypeRole::Caption) / 2;
    write(painter,
          TypeRole::Caption,
          theme.muted,
          QRectF(x + kHalfGap, middle - half, right - x - kHalfGap, 2 * half),
          words);
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stat_tile.h"

#include "ui/text/numbers.h"
#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kHistoryHeight = 24;

} // namespace

StatTile::StatTile(const QString &name, QString title, QWidget *parent)
    : Card(parent)
    , m_title(std::move(title))
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(this, QAccessible::Button);
    setCursor(Qt::PointingHandCursor);
    followFocusOf(this);
}

void StatTile::setStat(const Stat &stat)
{
    m_stat = stat;
    tell();
}

void StatTile::setVeil(const QString &words)
{
    m_veil = words;
    tell();
}

void StatTile::tell()
{
    const bool old = !m_veil.isEmpty();
    setAccessibleName(old ? u"%1 – %2"_s.arg(m_title, m_veil)
                          : u"%1 %2 %3"_s.arg(m_title, m_stat.value, m_stat.unit));
    QStringList notes{old ? lastValue() : m_stat.note, old ? m_veil : m_stat.changeNote};
    notes.removeAll(QString());
    setAccessibleDescription(notes.join(u'\n'));
    setToolTip(notes.join(u'\n'));
    update();
}

QString StatTile::lastValue() const
{
    return tr("was %1 %2", "a number and its unit").arg(m_stat.value, m_stat.unit).trimmed();
}

QSize StatTile::sizeHint() const
{
    const int title = QFontMetrics(themeFont(TypeRole::Caption)).height();
    const int value = QFontMetrics(themeFont(TypeRole::Display)).height();
    return {170, 2 * title + value + kHistoryHeight + 2 * kGap + kHalfGap};
}

QSize StatTile::minimumSizeHint() const
{
    return {110, sizeHint().height()};
}

void StatTile::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    QRectF room = QRectF(rect()).adjusted(kPad, kGap, -kPad, -kGap);
    const auto write = [&](TypeRole role, const QColor &colour, QRectF box, const QString &words) {
        painter.setFont(themeFont(role));
        painter.setPen(colour);
        const QFontMetricsF metrics(painter.font());
        painter.drawText(box,
                         Qt::AlignLeft | Qt::AlignBottom,
                         metrics.elidedText(words, Qt::ElideRight, box.width()));
        return metrics.horizontalAdvance(words);
    };
    const double caption = QFontMetricsF(themeFont(TypeRole::Caption)).height();
    const double display = QFontMetricsF(themeFont(TypeRole::Display)).height();
    write(TypeRole::Caption, theme.muted, {room.topLeft(), QSizeF(room.width(), caption)}, m_title);
    const QRectF line(room.left(), room.top() + caption, room.width(), display);
    const QColor ink = m_stat.alarming ? theme.open : theme.text;
    if (m_stat.value.isEmpty()) { // nothing was heard yet: where it is going to stand
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.cardShade);
        painter.drawRoundedRect(QRectF(line.left(), line.top() + kGap, 64, display - kPad), 4, 4);
        painter.drawRoundedRect(QRectF(line.left(), line.bottom() + 2, 96, caption - 4), 4, 4);
        return;
    }
    const QRectF note(room.left(), line.bottom(), room.width(), caption);
    if (!m_veil.isEmpty()) {
        write(TypeRole::Display, theme.muted, line, text::dash());
        write(TypeRole::Caption, theme.muted, note, lastValue());
        painter.setOpacity(kVeiledOpacity);
    } else {
        const double used = write(TypeRole::Display, ink, line, m_stat.value);
        const QRectF unit = line.adjusted(used + kHalfGap + 1, 0, 0, -3);
        write(TypeRole::Body, theme.muted, unit, m_stat.unit);
        paintChange(painter, {room.topLeft(), QSizeF(room.width(), caption)});
        write(TypeRole::Caption, theme.muted, note, m_stat.note);
    }
    paintHistory(painter, room.adjusted(0, room.height() - kHistoryHeight + kHalfGap, 0, 0));
}

void StatTile::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT pressed();
    }
}

void StatTile::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
        return pressed();
    }
    Card::keyPressEvent(event);
}

/// At the right end of the \p title's line; not at all where it would touch the title.
void StatTile::paintChange(QPainter &painter, const QRectF &title) const
{
    painter.setFont(themeFont(TypeRole::Caption));
    const QFontMetricsF metrics(painter.font());
    const double room = title.width() - metrics.horizontalAdvance(m_title) - kPad;
    if (metrics.horizontalAdvance(m_stat.change) <= room) {
        painter.setPen(Theme::of(this).muted);
        painter.drawText(title, Qt::AlignRight | Qt::AlignBottom, m_stat.change);
    }
}

void StatTile::paintHistory(QPainter &painter, const QRectF &where) const
{
    double highest = 0;
    for (const double value : m_stat.history) {
        highest = std::isnan(value) ? highest : std::max(highest, value);
    }
    if (m_stat.history.size() < 2) {
        return;
    }
    const Theme &theme = Theme::of(this);
    const double step = where.width() / static_cast<double>(m_stat.history.size());
    const QColor ink = m_stat.alarming ? theme.open : theme.accent;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (qsizetype i = 0; i < m_stat.history.size(); ++i) {
        const double value = m_stat.history[i];
        if (std::isnan(value)) {
            continue;
        }
        const double share = highest > 0 ? value / highest : 0;
        const double height = std::max(1.0, std::round(share * where.height()));
        const double left = std::round(where.left() + static_cast<double>(i) * step);
        const double right = std::round(where.left() + static_cast<double>(i + 1) * step) - 1;
        QColor bar = ink;
        bar.setAlphaF(i + 1 == m_stat.history.size() ? 1.0F : 0.38F);
        painter.fillRect(QRectF(left, where.bottom() - height, std::max(1.0, right - left), height),
                         bar);
    }
}

} // namespace signalbox::ui

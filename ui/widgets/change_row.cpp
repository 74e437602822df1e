// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/change_row.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWrapped = static_cast<int>(Qt::AlignLeft) | static_cast<int>(Qt::AlignTop)
                         | static_cast<int>(Qt::TextWordWrap);
constexpr qsizetype kLongWord = 24;
constexpr int kTall = 10'000;

int lineHeight(TypeRole role)
{
    return QFontMetrics(themeFont(role)).height();
}

/// Addresses and the like have no blanks: they may be parted anywhere.
QString breakable(const QString &text)
{
    QString result;
    qsizetype run = 0;
    for (const QChar letter : text) {
        run = letter.isSpace() ? 0 : run + 1;
        result += letter;
        if (run >= kLongWord) {
            result += QChar(0x200b);
        }
    }
    return result;
}

} // namespace

ChangeRow::ChangeRow(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChangeRow::setChange(const QString &time, const QString &change, const QString &cause)
{
    if (time == m_time && change == m_change && breakable(cause) == m_cause) {
        return;
    }
    m_time = time;
    m_change = change;
    m_cause = breakable(cause);
    setAccessibleName(u"%1 %2: %3"_s.arg(time, change, cause));
    setToolTip(tr("The requests of this target"));
    updateGeometry();
    update();
}

int ChangeRow::heightForWidth(int width) const
{
    const QFontMetrics metrics(themeFont(TypeRole::Caption));
    const QRect room(0, 0, std::max(40, width - 2 * kHalfGap), kTall);
    const int cause = m_cause.isEmpty() ? 0
                                        : metrics.boundingRect(room, kWrapped, m_cause).height();
    return lineHeight(TypeRole::Body) + cause + 2 * kHalfGap;
}

QSize ChangeRow::sizeHint() const
{
    const int wide = std::max(width(), 240);
    return {wide, heightForWidth(wide)};
}

QSize ChangeRow::minimumSizeHint() const
{
    return {160, lineHeight(TypeRole::Body) + 2 * kHalfGap};
}

void ChangeRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(theme.accent, 1.4) : QPen(Qt::NoPen));
        painter.setBrush(theme.cardShade);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.8, 0.8, -0.8, -0.8), 4, 4);
    }
    QRect room = rect().adjusted(kHalfGap, kHalfGap, -kHalfGap, -kHalfGap);
    painter.setFont(themeFont(TypeRole::Body));
    painter.setPen(theme.muted);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignTop, m_time);
    const int indent = painter.fontMetrics().horizontalAdvance(m_time) + kGap;
    painter.setPen(theme.text);
    painter.drawText(room.adjusted(indent, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop, m_change);
    room.setTop(room.top() + lineHeight(TypeRole::Body));
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    painter.drawText(room, kWrapped, m_cause);
}

void ChangeRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        return click();
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace signalbox::ui

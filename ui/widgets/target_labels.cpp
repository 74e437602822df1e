// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/target_labels.h"

#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kGlyph = 14;
constexpr int kNameRoom = 190;
constexpr int kStateRoom = 110;

int lineTall()
{
    return QFontMetrics(themeFont(TypeRole::Body)).height() + kHalfGap;
}

} // namespace

TargetLabel::TargetLabel(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(kNameRoom);
}

void TargetLabel::setTarget(const BarTarget &target)
{
    m_target = target;
    setAccessibleName(u"%1 %2"_s.arg(target.provider, target.name));
    setToolTip(accessibleName());
    update();
}

QSize TargetLabel::sizeHint() const
{
    return {kNameRoom, lineTall()};
}

void TargetLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const QColor colour = theme.provider(m_target.kind, m_target.ordinal);
    const QRectF chip = paintTagChip(painter, {0, height() / 2.0}, m_target.tag, colour);
    QRectF line = QRectF(rect()).adjusted(chip.right() + kGap, 0, 0, 0);
    painter.setFont(themeFont(TypeRole::Body));
    painter.setPen(isEnabled() ? theme.text : theme.muted);
    const QFontMetricsF metrics(painter.font());
    const QString name = metrics.elidedText(m_target.name, Qt::ElideMiddle, line.width());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    line.setLeft(line.left() + metrics.horizontalAdvance(name) + kGap);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    if (line.width() > QFontMetricsF(painter.font()).horizontalAdvance(m_target.provider)) {
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_target.provider);
    }
}

StateLabel::StateLabel(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(kStateRoom);
}

void StateLabel::setState(StateGlyph glyph, const QString &words)
{
    m_glyph = glyph;
    m_words = words;
    setAccessibleName(words);
    setToolTip(words);
    update();
}

QSize StateLabel::sizeHint() const
{
    return {kStateRoom, std::max(lineTall(), kGlyph)};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintStateGlyph(painter, QRectF(0, (height() - kGlyph) / 2.0, kGlyph, kGlyph), m_glyph, theme);
    const QRectF line = QRectF(rect()).adjusted(kGlyph + kGap - 2, 0, 0, 0);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.text);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(line,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_words, Qt::ElideRight, line.width()));
}

} // namespace signalbox::ui

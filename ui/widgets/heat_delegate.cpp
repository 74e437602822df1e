// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/heat_delegate.h"

#include "ui/models/matrix_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// The best is the colour of what is well, the worst that of what is not; both faint, so that the
/// words stay readable on them.
QColor groundOf(const Theme &theme, double heat)
{
    if (heat < 0) {
        return theme.card;
    }
    QColor ground = heat < 0.5 ? theme.closed : theme.halfOpen;
    ground.setAlphaF(float(0.04 + 0.30 * std::abs(heat - 0.5) * 2));
    return ground;
}

} // namespace

QSize HeatDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const QFontMetrics strong(themeFont(TypeRole::Strong));
    const QFontMetrics caption(themeFont(TypeRole::Caption));
    const int wide = std::max(caption.horizontalAdvance(
                                  index.data(MatrixModel::BandRole).toString()),
                              caption.horizontalAdvance(u"0,000.00 – 0,000.00"_s));
    return {wide + 2 * kPad, strong.height() + 2 * caption.height() + 2 * kGap};
}

void HeatDelegate::paint(QPainter *painter,
                         const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    const QRect cell = option.rect.adjusted(1, 1, -1, -1);
    painter->fillRect(cell, groundOf(theme, index.data(MatrixModel::HeatRole).toDouble()));
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(theme.accent);
        painter->drawRect(cell.adjusted(0, 0, -1, -1));
    }
    const QRect inner = cell.adjusted(kPad, kGap, -kPad, -kGap);
    const auto write = [&](int top, const QString &words, TypeRole role, const QColor &colour) {
        painter->setFont(themeFont(role));
        painter->setPen(colour);
        const QFontMetrics metrics(painter->font());
        const QRect line(inner.left(), top, inner.width(), metrics.height());
        painter->drawText(line,
                          Qt::AlignRight | Qt::AlignVCenter,
                          metrics.elidedText(words, Qt::ElideRight, line.width()));
        return line.bottom() + 1;
    };
    int top = write(inner.top(), index.data().toString(), TypeRole::Strong, theme.text);
    top = write(top, index.data(MatrixModel::BandRole).toString(), TypeRole::Caption, theme.muted);
    write(top, index.data(MatrixModel::CountRole).toString(), TypeRole::Caption, theme.muted);
    painter->restore();
}

} // namespace signalbox::ui

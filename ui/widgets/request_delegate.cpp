// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/request_delegate.h"

#include "ui/models/requests_model.h"
#include "ui/models/targets_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QPainter>

namespace signalbox::ui {

namespace {

constexpr double kMark = 8;
constexpr double kGlyph = 14;

QColor inkOf(RequestsModel::Tone tone, const Theme &theme)
{
    switch (tone) {
    case RequestsModel::Quiet:
        return theme.muted;
    case RequestsModel::Bad:
        return theme.open;
    case RequestsModel::Plain:
    case RequestsModel::Good:
    case RequestsModel::Warning:
        return theme.text;
    }
    return theme.text;
}

/// A disc for good, a triangle for a warning, a cross for bad: shape before colour.
void paintMark(QPainter &painter, QPointF centre, RequestsModel::Tone tone, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double half = kMark / 2;
    if (tone == RequestsModel::Good) {
        painter.setBrush(theme.closed);
        painter.drawEllipse(centre, half - 0.5, half - 0.5);
    } else if (tone == RequestsModel::Warning) {
        painter.setBrush(theme.halfOpen);
        painter.drawPolygon(QPolygonF{centre + QPointF(0, -half),
                                      centre + QPointF(half + 0.5, half),
                                      centre + QPointF(-half - 0.5, half)});
    } else {
        painter.setPen(QPen(theme.open, 2, Qt::SolidLine, Qt::RoundCap));
        const double arm = half - 0.5;
        painter.drawLine(centre - QPointF(arm, arm), centre + QPointF(arm, arm));
        painter.drawLine(centre + QPointF(-arm, arm), centre + QPointF(arm, -arm));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void RequestDelegate::paint(QPainter *painter,
                            const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, theme.accentSoft);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.grid);
    QRectF room = QRectF(option.rect).adjusted(kGap, 0, -kGap, 0);
    const auto tone = static_cast<RequestsModel::Tone>(index.data(RequestsModel::ToneRole).toInt());
    const QString tag = index.data(RequestsModel::TagRole).toString();
    if (!tag.isEmpty()) {
        const QColor colour = theme.provider(index.data(RequestsModel::KindRole).toString());
        const QRectF chip = paintTagChip(*painter, {room.left(), room.center().y()}, tag, colour);
        room.setLeft(chip.right() + 6);
    }
    const QVariant shape = index.data(TargetsModel::GlyphRole);
    if (shape.isValid()) {
        const StateGlyph glyph{static_cast<GlyphShape>(shape.toInt()),
                               index.data(TargetsModel::ForcedRole).toBool()};
        paintStateGlyph(*painter,
                        QRectF(room.left(), room.center().y() - kGlyph / 2, kGlyph, kGlyph),
                        glyph,
                        theme);
        room.setLeft(room.left() + kGlyph + 6);
    }
    const bool marked = tone == RequestsModel::Good || tone == RequestsModel::Bad
                        || (tone == RequestsModel::Warning
                            && index.column() == RequestsModel::Status);
    if (marked) {
        paintMark(*painter, {room.left() + kMark / 2, room.center().y()}, tone, theme);
        room.setLeft(room.left() + kMark + 6);
    }
    if (const QColor swatch = index.data(Qt::DecorationRole).value<QColor>(); swatch.isValid()) {
        painter->fillRect(QRectF(room.left(), room.center().y() - kMark / 2, kMark, kMark), swatch);
        room.setLeft(room.left() + kMark + 6);
    }
    QFont font = option.font;
    font.setBold(index.data(Qt::FontRole).value<QFont>().bold());
    painter->setFont(font);
    painter->setPen(inkOf(tone, theme));
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    const QString words = index.data(Qt::DisplayRole).toString();
    painter->drawText(room,
                      int(alignment == 0 ? Qt::AlignVCenter | Qt::AlignLeft : alignment),
                      QFontMetrics(font).elidedText(words, Qt::ElideRight, int(room.width())));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(theme.accent);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -1.5, -1.5));
    }
    painter->restore();
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/breaker_count_tile.h"

#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kGlyph = 16;
constexpr int kColumns = 2;

} // namespace

BreakerCountTile::BreakerCountTile(QWidget *parent)
    : Card(parent)
{
    setObjectName(u"stat.breakers"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setMinimumWidth(184);
}

void BreakerCountTile::setCounts(const std::vector<Count> &counts)
{
    m_counts = counts;
    QStringList words;
    for (const Count &count : counts) {
        words << u"%1 %2"_s.arg(QString::number(count.number), count.word);
    }
    setAccessibleName(tr("Breakers: %1").arg(words.join(u", "_s)));
    setToolTip(words.join(u'\n'));
    update();
}

void BreakerCountTile::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const QRectF room = QRectF(rect()).adjusted(kPad, kGap, -kPad, -kGap);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    const double caption = QFontMetricsF(painter.font()).height();
    painter.drawText(QRectF(room.topLeft(), QSizeF(room.width(), caption)),
                     Qt::AlignLeft | Qt::AlignBottom,
                     tr("Breakers"));
    const double wide = room.width() / kColumns;
    const double high = (room.height() - caption - kHalfGap) / 2;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const auto column = static_cast<double>(i % kColumns);
        const std::size_t line = i / kColumns;
        const auto row = static_cast<double>(line);
        const QRectF cell(room.left() + column * wide,
                          room.top() + caption + kHalfGap + row * high,
                          wide,
                          high);
        const QRectF glyph(cell.left(), cell.center().y() - kGlyph / 2, kGlyph, kGlyph);
        paintStateGlyph(painter, glyph, {m_counts[i].shape, false}, theme);
        painter.setPen(theme.text);
        painter.setFont(themeFont(TypeRole::Strong));
        const QString number = QString::number(m_counts[i].number);
        const QRectF words = cell.adjusted(kGlyph + 6, 0, 0, 0);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, number);
        const double used = QFontMetricsF(painter.font()).horizontalAdvance(number) + kHalfGap;
        painter.setFont(themeFont(TypeRole::Caption));
        painter.setPen(theme.muted);
        const QRectF word = words.adjusted(used, 0, 0, 0);
        painter.drawText(word,
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font())
                             .elidedText(m_counts[i].word, Qt::ElideRight, word.width()));
    }
}

} // namespace signalbox::ui

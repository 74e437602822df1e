// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/skeleton.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kPatienceMs = 1000;
constexpr int kTileWidth = 300;
constexpr int kTileHeight = 200;
constexpr int kTiles = 6;
constexpr int kRows = 12;
constexpr int kRowHeight = 28;

void paintTile(QPainter &painter, const QRect &tile, const Theme &theme)
{
    painter.setPen(theme.border);
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.cardShade);
    const QRect inner = tile.adjusted(kPad, kPad, -kPad, -kPad);
    int top = inner.top();
    for (const int percent : {55, 35, 80, 70, 60}) {
        painter.drawRoundedRect(QRect(inner.left(), top, inner.width() * percent / 100, kPad),
                                4,
                                4);
        top += kPad + kPad;
    }
}

} // namespace

Skeleton::Skeleton(Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_shape(shape)
{
    setObjectName(u"skeleton"_s);
    setAccessibleName(tr("Waiting for the gateway"));
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_tells = true;
        update();
    });
    m_patience.start(kPatienceMs);
}

QSize Skeleton::sizeHint() const
{
    return m_shape == Shape::Tiles ? QSize(kTileWidth, 2 * kTileHeight + kPad)
                                   : QSize(kTileWidth, kRows * kRowHeight);
}

void Skeleton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int columns = std::max(1, (width() + kPad) / (kTileWidth + kPad));
    if (m_shape == Shape::Tiles) {
        const int wide = (width() - (columns - 1) * kPad) / columns;
        for (int i = 0; i < kTiles; ++i) {
            const QPoint corner(i % columns * (wide + kPad), i / columns * (kTileHeight + kPad));
            paintTile(painter, QRect(corner, QSize(wide, kTileHeight)), theme);
        }
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.cardShade);
        for (int i = 0; i < kRows; ++i) {
            const int share = 90 - i * 37 % 40;
            painter.drawRoundedRect(QRect(0, i * kRowHeight + kGap, width() * share / 100, kPad),
                                    4,
                                    4);
        }
    }
    if (m_tells) {
        painter.setFont(themeFont(TypeRole::Body));
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(0, kWide, 0, 0),
                         Qt::AlignHCenter | Qt::AlignTop,
                         tr("Waiting for the gateway…"));
    }
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_grid.h"

#include "ui/text/names.h"
#include "ui/theme/theme.h"

#include <QResizeEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTileWidthMin = 246;

} // namespace

TileGrid::TileGrid(BreakerTile::Size size, QWidget *parent)
    : QWidget(parent)
    , m_size(size)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TileGrid::setSummaries(const std::vector<TargetSummary> &summaries)
{
    std::vector<BreakerTile *> order;
    for (const TargetSummary &summary : summaries) {
        BreakerTile *tile = tileOf(summary.target);
        tile->setSummary(summary);
        order.push_back(tile);
    }
    if (order == m_tiles) {
        return;
    }
    removeOthers(order);
    m_tiles = order;
    place();
    updateGeometry();
    Q_EMIT reordered();
}

BreakerTile *TileGrid::tileOf(const TargetId &target)
{
    const QString name = u"tile."_s + text::fromUtf8(target.name());
    if (auto *tile = findChild<BreakerTile *>(name, Qt::FindDirectChildrenOnly); tile != nullptr) {
        return tile;
    }
    auto *tile = new BreakerTile(target, m_size, this);
    connect(tile, &BreakerTile::tripAsked, this, &TileGrid::tripAsked);
    connect(tile, &BreakerTile::holdAsked, this, &TileGrid::holdAsked);
    connect(tile, &BreakerTile::resetAsked, this, &TileGrid::resetAsked);
    connect(tile, &BreakerTile::drainAsked, this, &TileGrid::drainAsked);
    m_tileHeight = tile->sizeHint().height();
    tile->show();
    return tile;
}

void TileGrid::focusOn(const TargetId &target)
{
    const QString name = u"tile."_s + text::fromUtf8(target.name());
    if (auto *tile = findChild<BreakerTile *>(name, Qt::FindDirectChildrenOnly); tile != nullptr) {
        tile->findChild<QWidget *>(u"more"_s)->setFocus(Qt::TabFocusReason);
    }
}

void TileGrid::removeOthers(const std::vector<BreakerTile *> &kept)
{
    for (BreakerTile *tile : m_tiles) {
        if (std::find(kept.begin(), kept.end(), tile) == kept.end()) {
            delete tile;
        }
    }
}

QList<QWidget *> TileGrid::tabStops() const
{
    QList<QWidget *> stops;
    for (const BreakerTile *tile : m_tiles) {
        for (const auto &name : {u"more"_s, u"reset"_s, u"trip"_s}) {
            stops << tile->findChild<QWidget *>(name);
        }
    }
    return stops;
}

int TileGrid::columns(int width) const
{
    return std::max(1, (width + kPad) / (kTileWidthMin + kPad));
}

int TileGrid::heightForWidth(int width) const
{
    const int perRow = columns(width);
    const int rows = (static_cast<int>(m_tiles.size()) + perRow - 1) / perRow;
    return std::max(0, rows * (m_tileHeight + kPad) - kPad);
}

QSize TileGrid::sizeHint() const
{
    return {3 * (kTileWidthMin + kPad), heightForWidth(std::max(width(), kTileWidthMin))};
}

void TileGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    if (columns(event->size().width()) != columns(event->oldSize().width())) {
        updateGeometry(); // other rows want another height
    }
}

void TileGrid::place()
{
    const int perRow = columns(width());
    const auto left = [&](int column) { return column * (width() + kPad) / perRow; };
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const int column = static_cast<int>(i) % perRow;
        const int row = static_cast<int>(i) / perRow;
        m_tiles[i]->setGeometry(left(column),
                                row * (m_tileHeight + kPad),
                                left(column + 1) - kPad - left(column),
                                m_tileHeight);
    }
}

} // namespace signalbox::ui

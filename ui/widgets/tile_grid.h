// SPDX-License-Identifier: GPL-3.0-or-later
// The tiles of all targets in as many columns as fit.
#pragma once

#include "ui/models/target_summary.h"
#include "ui/widgets/breaker_tile.h"

#include <QWidget>

namespace signalbox::ui {

class TileGrid : public QWidget
{
    Q_OBJECT

public:
    explicit TileGrid(BreakerTile::Size size, QWidget *parent = nullptr);

    /// The tiles' buttons, row by row.
    [[nodiscard]] QList<QWidget *> tabStops() const;
    /// Tiles in the order of \p summaries; those of targets already there are kept.
    void setSummaries(const std::vector<TargetSummary> &summaries);
    /// Gives the focus to the tile's first button; nothing where there is no such target.
    void focusOn(const TargetId &target);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void tripAsked(const signalbox::TargetId &target, QWidget *anchor);
    void holdAsked(const signalbox::TargetId &target);
    void resetAsked(const signalbox::TargetId &target);
    void drainAsked(const signalbox::TargetId &target, bool drain);
    /// The tiles stand in another order now.
    void reordered();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    BreakerTile *tileOf(const TargetId &target);
    void removeOthers(const std::vector<BreakerTile *> &kept);
    void place();
    [[nodiscard]] int columns(int width) const;

    BreakerTile::Size m_size;
    std::vector<BreakerTile *> m_tiles;
    int m_tileHeight = 0;
};

} // namespace signalbox::ui

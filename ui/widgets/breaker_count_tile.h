// SPDX-License-Identifier: GPL-3.0-or-later
// How many breakers are in which state, by shape and number.
#pragma once

#include "ui/theme/state_glyph.h"
#include "ui/widgets/card.h"

#include <vector>

namespace signalbox::ui {

class BreakerCountTile : public Card
{
    Q_OBJECT

public:
    struct Count
    {
        GlyphShape shape = GlyphShape::Unknown;
        int number = 0;
        QString word;
    };

    explicit BreakerCountTile(QWidget *parent = nullptr);

    /// Worst first; states without a breaker are left out by the caller.
    void setCounts(const std::vector<Count> &counts);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<Count> m_counts;
};

} // namespace signalbox::ui

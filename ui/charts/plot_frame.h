// SPDX-License-Identifier: GPL-3.0-or-later
// Where the plot lies in its view and which values its edges stand for.
#pragma once

#include "ui/charts/scales.h"

#include <QRectF>
#include <QString>

#include <functional>

namespace signalbox::ui {

struct PlotFrame
{
    QRectF area; ///< of the plot, in the view
    TimeTicks time;
    double top = 1; ///< the value axis goes from 0 to this
    double valueStep = 1;
    std::function<QString(double)> label; ///< writes a value
    QString emptyText; ///< shown instead of a plot when not empty

    [[nodiscard]] double x(double ms) const
    {
        const auto span = static_cast<double>(time.toMs - time.fromMs);
        return area.left() + (ms - static_cast<double>(time.fromMs)) / span * area.width();
    }
    [[nodiscard]] double y(double value) const
    {
        return area.bottom() - value / top * area.height();
    }
    [[nodiscard]] double ms(double x) const
    {
        const auto span = static_cast<double>(time.toMs - time.fromMs);
        return static_cast<double>(time.fromMs) + (x - area.left()) / area.width() * span;
    }
};

} // namespace signalbox::ui

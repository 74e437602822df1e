// SPDX-License-Identifier: GPL-3.0-or-later
// What one run cost and how long it took, the best of the row marked in words.
#pragma once

#include "ui/models/playground_text.h"

#include <QWidget>

#include <array>

class QLabel;

namespace signalbox::ui {

class FigureGrid : public QWidget
{
    Q_OBJECT

public:
    /// \p name begins the values' object names: `NAME.0` for the first of PlaygroundFigure.
    explicit FigureGrid(const QString &name, QWidget *parent = nullptr);

    using Best = std::array<bool, kPlaygroundFigures>;
    void show(const PlaygroundFigures &figures, const Best &best);
    /// Nothing of them is on the screen, nor in what assistive technology reads.
    void hideFigures();

private:
    std::array<QLabel *, kPlaygroundFigures> m_titles{};
    std::array<QLabel *, kPlaygroundFigures> m_values{};
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/figure_grid.h"

#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kInARow = 3;

} // namespace

FigureGrid::FigureGrid(const QString &name, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(name);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(0);
    for (int i = 0; i < kPlaygroundFigures; ++i) {
        const auto at = static_cast<std::size_t>(i);
        m_titles[at] = new QLabel(figureTitle(static_cast<PlaygroundFigure>(i)), this);
        m_titles[at]->setFont(themeFont(TypeRole::Caption));
        m_titles[at]->setForegroundRole(QPalette::PlaceholderText);
        m_values[at] = new QLabel(this);
        m_values[at]->setObjectName(u"%1.%2"_s.arg(name).arg(i));
        m_values[at]->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const int row = i / kInARow * 2;
        m_titles[at]->setContentsMargins(0, row > 0 ? kHalfGap : 0, 0, 0);
        grid->addWidget(m_titles[at], row, i % kInARow);
        grid->addWidget(m_values[at], row + 1, i % kInARow);
    }
    for (int column = 0; column < kInARow; ++column) {
        grid->setColumnStretch(column, 1);
    }
    show({}, {});
}

void FigureGrid::show(const PlaygroundFigures &figures, const Best &best)
{
    for (std::size_t i = 0; i < best.size(); ++i) {
        const auto figure = static_cast<PlaygroundFigure>(i);
        const QString text = figureText(figure, figures);
        const QString shown = best[i] ? text + u" ★"_s : text;
        QString spoken = u"%1: %2"_s.arg(figureTitle(figure), text);
        if (best[i]) {
            spoken += u", "_s + bestWord(figure);
        }
        if (m_values[i]->text() != shown) {
            m_values[i]->setText(shown);
        }
        m_values[i]->setFont(themeFont(best[i] ? TypeRole::Strong : TypeRole::Body));
        m_values[i]->setAccessibleName(spoken);
        m_values[i]->setToolTip(best[i] ? bestWord(figure) : QString());
        m_values[i]->setForegroundRole(figures.logged ? QPalette::WindowText
                                                      : QPalette::PlaceholderText);
    }
}

void FigureGrid::hideFigures()
{
    show({}, {});
}

} // namespace signalbox::ui

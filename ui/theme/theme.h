// SPDX-License-Identifier: GPL-3.0-or-later
// Every colour, type size and distance of the console, for light and for dark.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QStringView>

class QWidget;

namespace signalbox::ui {

/// The grid: all distances are multiples of four pixels.
inline constexpr int kHalfGap = 4;
inline constexpr int kGap = 8;
inline constexpr int kPad = 12;
inline constexpr int kWide = 16;
inline constexpr double kRadius = 7;

enum class TypeRole {
    Caption,
    Body,
    Strong,
    Title,
    Value,
    Display
};

/// A palette as a value. Widgets ask `Theme::of(this)` whenever they paint, so that a change of
/// the application's palette is all that switching takes.
struct Theme
{
    bool dark = false;
    QColor window;
    QColor card;
    QColor cardShade; ///< a card's quiet inner ground: headers, hovered rows, sparkline floors
    QColor border;
    QColor borderStrong; ///< of things that can be pressed
    QColor grid;
    QColor text;
    QColor muted; ///< at least 4.5:1 on card and window
    QColor accent;
    QColor accentText; ///< on accent
    QColor accentSoft; ///< selected rows
    QColor brand; ///< the brass of the mark
    QColor sidebar;
    QColor sidebarCurrent;
    QColor sidebarText;
    QColor sidebarMuted;
    QColor closed;
    QColor halfOpen;
    QColor open;
    QColor drained;
    QColor openSoft; ///< ground of what needs attention
    QColor halfOpenSoft;

    static const Theme &day();
    static const Theme &night();
    /// The theme whose palette \p widget has.
    static const Theme &of(const QWidget *widget);

    [[nodiscard]] QPalette palette() const;
    /// A provider's own colour, the same on every screen. \p ordinal tells apart the providers
    /// of the kinds that have none of their own.
    [[nodiscard]] QColor provider(QStringView kind, int ordinal = 0) const;
};

/// The application's font in a role; figures are tabular.
QFont themeFont(TypeRole role);
/// The text colour that can be read on \p ground.
QColor inkOn(const QColor &ground);

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the theme the operator chose, or the desktop's, on the whole application.
#pragma once

#include "ui/theme/desktop_scheme.h"

#include <QObject>

namespace signalbox::ui {

enum class ThemeChoice {
    System,
    Light,
    Dark
};

/// Sets style, font and palette of the application when made, and the palette at every change.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    explicit ThemeSwitch(QObject *parent = nullptr);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

private:
    void apply() const;

    DesktopScheme m_desktop;
    ThemeChoice m_choice = ThemeChoice::System;
};

} // namespace signalbox::ui

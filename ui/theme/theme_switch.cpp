// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_switch.h"

#include "ui/theme/accessible_role.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QToolTip>

namespace signalbox::ui {

ThemeSwitch::ThemeSwitch(QObject *parent)
    : QObject(parent)
{
    QApplication::setStyle(new ConsoleStyle);
    installAccessibility();
    connect(&m_desktop, &DesktopScheme::changed, this, &ThemeSwitch::apply);
    apply();
}

void ThemeSwitch::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void ThemeSwitch::apply() const
{
    const bool dark = m_choice == ThemeChoice::Dark
                      || (m_choice == ThemeChoice::System && m_desktop.isDark());
    const QPalette palette = (dark ? Theme::night() : Theme::day()).palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace signalbox::ui

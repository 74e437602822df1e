// SPDX-License-Identifier: GPL-3.0-or-later
// What our widgets are to a screen reader, and what happens when it presses them.
#pragma once

#include <QAccessible>

namespace signalbox::ui {

/// Without it a widget of our own is a filler. To be called first in its constructor: what has been
/// named already is known as what it was. A Button is pressed by assistive technology as by Return;
/// a Slider has the properties `value`, `minimum` and `maximum`.
void setAccessibleRole(QWidget *widget, QAccessible::Role role);

/// Has assistive technology press checkable buttons as a person does: Qt's own only turn the mark,
/// and nobody hears of a click.
void installAccessibility();

} // namespace signalbox::ui

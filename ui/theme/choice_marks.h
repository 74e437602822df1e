// SPDX-License-Identifier: GPL-3.0-or-later
// The marks of check boxes and round choices.
#pragma once

class QPainter;
class QStyleOption;

namespace signalbox::ui {

struct Theme;

/// Their outlines have at least 3:1 against any ground, as WCAG 2.2, 1.4.11 asks.
void paintCheckMark(const QStyleOption *option, QPainter *painter, const Theme &theme);
void paintRadioMark(const QStyleOption *option, QPainter *painter, const Theme &theme);

} // namespace signalbox::ui

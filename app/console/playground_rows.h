// SPDX-License-Identifier: GPL-3.0-or-later
// What a kept comparison is listed and found by.
#pragma once

#include "ui/playground_history.h"

#include <QString>

#include <string>
#include <vector>

namespace signalbox::app {

/// How the user's first words begin, in one line.
std::string titleOf(const ui::PlaygroundSheet &sheet);
/// What can be searched, in small letters: prompt, models, answers; bounded.
std::string wordsOf(const ui::PlaygroundSheet &sheet);
/// The columns as a sheet of their own without any texts: the same JSON, and one way to read it.
std::string columnsOf(const ui::PlaygroundSheet &sheet);
/// What columnsOf() has written; none for anything else.
std::vector<ui::KeptColumn> columnsIn(const std::string &json);
/// Of LIKE with `\`: \p word anywhere, whose `%` and `_` are letters.
std::string likePattern(QString word);

} // namespace signalbox::app

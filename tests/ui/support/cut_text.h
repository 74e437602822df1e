// SPDX-License-Identifier: GPL-3.0-or-later
// Words that a window has no room for.
#pragma once

#include <QStringList>

class QWidget;

namespace signalbox::ui {

struct CutTexts
{
    int seen = 0; ///< labels and buttons that were looked at
    QStringList cut; ///< their words, with the room they have and the room they need
};

/// Of the labels and buttons of \p window that can be seen. Labels that wrap, pictures and what
/// draws itself are passed over.
[[nodiscard]] CutTexts cutTexts(const QWidget &window);

} // namespace signalbox::ui

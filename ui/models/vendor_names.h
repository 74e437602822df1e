// SPDX-License-Identifier: GPL-3.0-or-later
// Whether an answer says whose it is.
#pragma once

#include <QString>
#include <QStringList>

namespace signalbox::ui {

/// The words in \p text that name who made or serves \p model (`openai/gpt-4.1`, or a route's name):
/// its vendor, the family's name, or the parts of the name themselves; as they are written there, each
/// once. Another vendor's name gives nobody away.
[[nodiscard]] QStringList ownNamesIn(const QString &text, const QString &model);

} // namespace signalbox::ui

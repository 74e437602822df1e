// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as somebody can read it.
#pragma once

#include <QString>

namespace signalbox::ui::text {

/// \p json with a line for each member, in the order it has; a text that does not begin like JSON, or one
/// that was cut, comes out as far as it goes, with every character of its strings.
[[nodiscard]] QString indentedJson(const QString &json);

} // namespace signalbox::ui::text

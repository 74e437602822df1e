// SPDX-License-Identifier: GPL-3.0-or-later
// The `{{name}}` of a prompt: what they are called, and what stands in their places.
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace signalbox::ui {

/// Which `{{name}}` are in \p text, each once, in the order they come. A name begins with a letter or `_`
/// and goes on with letters, digits, `_`, `-`, `.` and blanks; blanks around it do not count.
[[nodiscard]] QStringList variablesIn(const QString &text);

/// \p text with what \p valueOf knows for its names; the others stay as they are. A value is no
/// template: what looks like a variable in it is none.
[[nodiscard]] QString filledBy(
    const QString &text, const std::function<std::optional<QString>(const QString &name)> &valueOf);

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What the columns ask, as programs with OpenAI's client.
#pragma once

#include "ui/models/playground_prompt.h"

#include <QString>

#include <vector>

namespace signalbox::ui {

/// A script that asks each of \p asks after the other and prints what comes. The key is read from the
/// environment: SIGNALBOX_KEY.
[[nodiscard]] QString pythonFor(const QString &address, const std::vector<PlaygroundAsk> &asks);
/// The same as a module of JavaScript.
[[nodiscard]] QString nodeFor(const QString &address, const std::vector<PlaygroundAsk> &asks);

/// \p json as a literal of Python: its `true`, `false` and `null` outside of texts are Python's.
[[nodiscard]] QString pythonLiteral(const QString &json);

} // namespace signalbox::ui

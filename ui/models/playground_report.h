// SPDX-License-Identifier: GPL-3.0-or-later
// A comparison as one HTML page that needs nothing else: no script, no font, no address is in it.
#pragma once

#include "ui/models/playground_sheet.h"

#include <QString>

namespace signalbox::ui {

/// Prompt, figures, the timeline as a drawing, every answer as it came. Light or dark as the reader's
/// browser is. What models wrote is text in it, never markup.
[[nodiscard]] QString sheetAsHtml(const PlaygroundSheet &sheet);

} // namespace signalbox::ui

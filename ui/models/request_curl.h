// SPDX-License-Identifier: GPL-3.0-or-later
// A finished request as a command for a shell.
#pragma once

#include "core/domain/record.h"

#include <QString>

namespace signalbox::ui {

/// To the gateway at \p address (`http://127.0.0.1:8377`), in the client's dialect, with `$SIGNALBOX_KEY`
/// where a key belongs. Texts are not kept: `...` stands in their place.
[[nodiscard]] QString curlFor(const RequestRecord &record, const QString &address);

} // namespace signalbox::ui

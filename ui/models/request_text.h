// SPDX-License-Identifier: GPL-3.0-or-later
// A finished request in words: its status and what happened on the way.
#pragma once

#include "core/domain/record.h"

#include <QString>

namespace signalbox::ui {

/// `200 ok`, `503 overloaded`, `200 stream cut off`, `499 client left`.
QString statusText(const RequestRecord &record);
/// Attempt by attempt, one line each, for a tooltip.
QString attemptsText(const RequestRecord &record);
/// Whether the client got a complete answer.
bool isComplete(const RequestRecord &record);

} // namespace signalbox::ui

// SPDX-License-Identifier: Apache-2.0
// What a decoder told, in a line.
#pragma once

#include "core/domain/chat_event.h"

#include <QByteArray>

namespace signalbox::test {

/// One word or so for everything that was told, the last usage at the end: prompt, cached and cache
/// write tokens, then completion and reasoning.
QByteArray told(const std::vector<ChatEvent> &events);

} // namespace signalbox::test

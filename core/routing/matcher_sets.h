// SPDX-License-Identifier: Apache-2.0
// Conditions as sets of values: empty ones, and those that contain others.
#pragma once

#include "core/domain/settings.h"

namespace signalbox::routing {

/// No value that the fact can have passes.
[[nodiscard]] bool isImpossible(const Condition &condition);

/// Whatever passes \p narrow passes \p wide, which asks for the same fact and key. False where that
/// cannot be told.
[[nodiscard]] bool contains(const Condition &wide, const Condition &narrow);

/// Every request passes.
[[nodiscard]] bool isCertain(const Condition &condition);

} // namespace signalbox::routing

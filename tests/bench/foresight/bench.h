// SPDX-License-Identifier: Apache-2.0
// The two halves of ./dev bench foresight.
#pragma once

namespace signalbox::tests {

/// Projects so many changes and lives the week again with each: 0 when all bounds are kept.
int measureTruth(int changes);
/// Prints how long a million requests take, and a preview of a day of 100,000.
void measureSpeed();

} // namespace signalbox::tests

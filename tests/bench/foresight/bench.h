// SPDX-License-Identifier: Apache-2.0
// The two halves of ./dev bench foresight.
#pragma once

namespace signalbox::tests {

/// Projects so many changes and lives the week again with each: 0 when all bounds are kept. Weeks and
/// changes follow from \p seed alone.
int measureTruth(int changes, int seed);
/// Prints how long a million requests take, and a preview of a day of 100,000.
void measureSpeed();

} // namespace signalbox::tests

// SPDX-License-Identifier: Apache-2.0
// What becomes of the requests whose route the change changes, as a trial would count them.
#pragma once

#include "core/replay/bands.h"

#include <string>
#include <vector>

namespace signalbox::replay {

/// The part of \p run that is of \p routes, went by their rules and weights, and counts; who had no
/// room has failed in it. Breakers are no route's: nobody trips there. Indices are those of \p run.
[[nodiscard]] Run partOf(const Run &run,
                         const Traffic &traffic,
                         const std::vector<std::string> &routes);

/// \p question is of the run after the change. Empty where no route changes. \p banded: with bands,
/// which take as long as those of all; of a sample nothing is expected, so that it needs none.
[[nodiscard]] EffectRow changedRow(const BandQuestion &question,
                                   const Run &now,
                                   const std::vector<std::string> &routes,
                                   bool banded,
                                   Random &random);

} // namespace signalbox::replay

// SPDX-License-Identifier: Apache-2.0
// What asking a second target would bring and cost, before it is switched on.
#pragma once

#include "core/domain/foresight.h"
#include "core/replay/prices.h"
#include "core/replay/replayer.h"

#include <memory>
#include <optional>
#include <vector>

namespace signalbox::replay {

/// A hedge for every route of \p draft that has none and two targets: after the time within which 19
/// of 20 of its requests \p without have begun to be answered. Replays the draft once more, with
/// them; nothing when that was told not to go on.
[[nodiscard]] std::optional<std::vector<HedgeEffect>> hedgesFor(
    const Traffic &traffic,
    const Outcomes &outcomes,
    const std::shared_ptr<const Configuration> &draft,
    const Run &without,
    const ReplayOptions &options);

/// What the shadows that \p draft has would cost, by what was recorded of them.
[[nodiscard]] std::vector<ShadowEffect> shadowsOf(const Traffic &traffic,
                                                  const Outcomes &outcomes,
                                                  const Configuration &draft,
                                                  const Prices &prices,
                                                  const Run &run);

} // namespace signalbox::replay

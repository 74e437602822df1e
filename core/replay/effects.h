// SPDX-License-Identifier: Apache-2.0
// A replay's requests added up: all of them, by target, by provider, by hour.
#pragma once

#include "core/domain/foresight.h"
#include "core/replay/run.h"
#include "core/replay/traffic.h"

#include <span>
#include <string>
#include <vector>

namespace signalbox::replay {

[[nodiscard]] Effect effectOfAll(const Run &run);
/// By target's number, as many as the run knows.
[[nodiscard]] std::vector<Effect> effectsByTarget(const Run &run);
/// Of all targets whose numbers are \p members.
[[nodiscard]] Effect effectOfTargets(const Run &run, std::span<const std::uint32_t> members);
/// By UTC hour, from the one of the first request on; empty without any.
[[nodiscard]] std::vector<Effect> effectsByHour(const Traffic &traffic, const Run &run);
/// The hour at \p index of effectsByHour().
[[nodiscard]] SystemTime hourAt(const Traffic &traffic, std::size_t index);
/// The value below which \p share of \p values lie: the nearest rank. Reorders them.
[[nodiscard]] std::optional<Micros> quantile(std::vector<std::int64_t> &values, double share);

} // namespace signalbox::replay

// SPDX-License-Identifier: Apache-2.0
// The numbers of an answer of embeddings, for our own use.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// Coordinates of one vector; more are none.
inline constexpr std::size_t kDimensionsMax = 16'384;

/// The vectors of \p answer, in OpenAI's form, by the places of their texts. Nothing unless it has \p count of
/// them, each once, of as many numbers, and with a direction.
[[nodiscard]] std::optional<std::vector<std::vector<float>>> vectorsOf(std::string_view answer,
                                                                       std::size_t count);

} // namespace signalbox::providers

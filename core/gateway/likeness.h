// SPDX-License-Identifier: Apache-2.0
// How alike two texts are, by a measure that anybody can compute again.
#pragma once

#include <cstddef>
#include <string_view>

namespace signalbox::gateway {

/// Of longer texts their first so many bytes are compared: some 1 ms.
inline constexpr std::size_t kLikenessBytesMax = std::size_t{16} * 1024;

/// Sorensen and Dice's coefficient of the texts' runs of three characters, each as often as it
/// stands there: twice the common ones over all. 1 for equal texts, 0 where nothing is common.
/// Letters of ASCII count without regard to case, any white space as one blank, and a blank stands
/// before and behind each text.
[[nodiscard]] double likeness(std::string_view a, std::string_view b);

} // namespace signalbox::gateway

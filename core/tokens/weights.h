// SPDX-License-Identifier: Apache-2.0
// Tokens per trait of a text in each family.
#pragma once

#include "core/tokens/family.h"
#include "core/tokens/text_traits.h"

#include <array>

namespace signalbox::tokens {

/// By Trait. Some are negative: they correct others that occur with them.
using Weights = std::array<double, kTraits>;

/// O200k, Cl100k and Qwen are fitted to exact counts, see docs/TOKENS.md. The others scale O200k's by
/// what their providers billed for recorded texts, or by what the makers publish.
[[nodiscard]] const Weights &weightsOf(TokenFamily family);

} // namespace signalbox::tokens

// SPDX-License-Identifier: Apache-2.0
// The input also chooses the provider.
#pragma once

#include "core/domain/settings.h"

#include <array>
#include <cstdint>

namespace signalbox::fuzz {

/// One kind per format and per special case of the classifier.
inline constexpr std::array kKinds = {ProviderKind::OpenAi,
                                      ProviderKind::Anthropic,
                                      ProviderKind::Qwen,
                                      ProviderKind::DeepSeek,
                                      ProviderKind::Mistral,
                                      ProviderKind::OpenRouter,
                                      ProviderKind::OpenAiCompatible,
                                      ProviderKind::Gemini};

/// The kind that the low seven bits of \p byte name: `F` the first, `G` the next, ....
inline ProviderKind kindOf(std::uint8_t byte)
{
    constexpr unsigned kFirst = 'F';
    return kKinds[((byte & 0x7FU) + 8 * kKinds.size() - kFirst) % kKinds.size()];
}

} // namespace signalbox::fuzz

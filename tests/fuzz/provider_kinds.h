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
                                      ProviderKind::OpenAiCompatible};

/// The kind that the low seven bits of \p byte name.
inline ProviderKind kindOf(std::uint8_t byte)
{
    return kKinds[(byte & 0x7FU) % kKinds.size()];
}

} // namespace signalbox::fuzz

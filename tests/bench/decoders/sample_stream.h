// SPDX-License-Identifier: Apache-2.0
// Streams of any length in the three formats, each frame as a provider was recorded to send it.
#pragma once

#include "core/domain/settings.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::bench {

struct SampleStream
{
    std::string bytes;
    std::vector<std::size_t> frameEnds; ///< offsets, of the content's frames and all others
    std::size_t textBytes = 0; ///< what the content of all frames adds up to
};

/// A whole answer with \p frames frames of content, in the format of \p kind.
[[nodiscard]] SampleStream sampleStream(ProviderKind kind, std::size_t frames);

} // namespace signalbox::bench

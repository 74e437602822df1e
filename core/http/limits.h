// SPDX-License-Identifier: Apache-2.0
// The bounds of one HTTP message as a value; beyond one the answer is a refusal, never growth.
#pragma once

#include "core/base/bounds.h"

#include <cstddef>
#include <cstdint>

namespace signalbox::http {

/// The bounds of one message, whose reasons stand in core/base/bounds.h. The defaults are those
/// for requests from applications.
struct Limits
{
    std::size_t startLineBytesMax = bounds::kStartLineBytesMax;
    std::size_t headBytesMax = bounds::kRequestHeadBytesMax;
    std::size_t headersMax = bounds::kHeadersMax;
    std::size_t leadingBlankLinesMax = bounds::kLeadingBlankLinesMax;
    std::uint64_t bodyBytesMax = bounds::kRequestBodyBytesMax;
    std::size_t chunkLineBytesMax = bounds::kChunkLineBytesMax;
    std::size_t chunkExtensionBytesMax = bounds::kChunkExtensionBytesMax;
    std::size_t trailerBytesMax = bounds::kTrailerBytesMax;
    std::size_t trailersMax = bounds::kTrailersMax;
    std::size_t interimAnswersMax = bounds::kInterimAnswersMax;

    friend bool operator==(const Limits &, const Limits &) = default;
};

/// For answers of upstreams.
[[nodiscard]] constexpr Limits responseLimits()
{
    Limits limits;
    limits.headBytesMax = bounds::kAnswerHeadBytesMax;
    limits.bodyBytesMax = bounds::kJsonAnswerBytesMax;
    limits.leadingBlankLinesMax = 0; // what precedes a status line is a rest of something else
    return limits;
}

} // namespace signalbox::http

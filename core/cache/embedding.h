// SPDX-License-Identifier: Apache-2.0
// The built-in embedding: a question as a point, so that questions in the same words are near each
// other. It needs no network and no model, and knows no meaning beyond its tables of words.
#pragma once

#include "core/cache/question.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace signalbox::cache {

/// Coordinates of the built-in embedding: few enough for 100,000 of them to be looked through,
/// enough for chance to make two strangers as alike as 0.2 at most.
inline constexpr std::size_t kEmbeddingSize = 512;

/// A direction, in steps of 1/127 of the largest coordinate: a quarter of what floats take. An
/// embedder's have all as many coordinates.
struct Embedding
{
    std::vector<std::int8_t> steps;
    float scale = 0; ///< a step's length where the whole has length 1; 0 for a text without words

    friend bool operator==(const Embedding &, const Embedding &) = default;
};

/// The same, borrowed from where many lie together.
struct Point
{
    std::span<const std::int8_t> steps;
    float scale = 0;
};
[[nodiscard]] inline Point pointOf(const Embedding &embedding)
{
    return {embedding.steps, embedding.scale};
}

/// The direction of \p coordinates, whatever their length.
[[nodiscard]] Embedding quantized(std::span<const float> coordinates);

/// Words, pairs of neighbours and letters in threes of \p question, each at a place
/// and with a sign that its hash gives, weighted by 1 + ln(how often).
[[nodiscard]] Embedding embedded(const Question &question);

/// The cosine of the angle between them, -1..1, exact to about 0.01; 0 where one is without words, or
/// they are of different embedders, which the number of coordinates tells.
[[nodiscard]] float similarity(Point one, Point other);
[[nodiscard]] inline float similarity(const Embedding &one, const Embedding &other)
{
    return similarity(pointOf(one), pointOf(other));
}

/// The names of the embedder and of its version: what was embedded by another is of no use.
inline constexpr std::string_view kLocalEmbedder = "local/1";

} // namespace signalbox::cache

// SPDX-License-Identifier: Apache-2.0
// How an embedder and the vetoes do on pairs of questions whose truth is known: what a threshold
// is chosen by.
#pragma once

#include "core/cache/veto.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::cache {

struct LabelledPair
{
    std::string one;
    std::string other;
    bool same = false; ///< one answer fits both
};

/// What a threshold would do.
struct AtThreshold
{
    float threshold = 0;
    std::size_t hits = 0; ///< of pairs that are the same
    std::size_t falseHits = 0; ///< of pairs that are not

    /// Of all hits those that are right; 1 where there are none.
    [[nodiscard]] double precision() const;
    friend bool operator==(const AtThreshold &, const AtThreshold &) = default;
};

struct Evaluation
{
    std::size_t same = 0; ///< pairs
    std::size_t different = 0;
    std::vector<AtThreshold> vetoed; ///< by ascending threshold, 0 to 1 in hundredths
    std::vector<AtThreshold> unvetoed; ///< the same without vetoes
    /// How many pairs that are not the same each veto spoke against, and how many that are.
    std::array<std::size_t, kVetoCount> right{};
    std::array<std::size_t, kVetoCount> wrong{};

    /// The lowest threshold from which on there is no false hit; nothing when there is none such.
    [[nodiscard]] std::optional<float> recommended() const;
    /// Of the pairs that are the same those that are hits.
    [[nodiscard]] double recall(const AtThreshold &at) const;
};

/// How alike two questions are, -1..1.
using Score = std::function<float(const std::string &one, const std::string &other)>;

/// With the built-in embedding.
[[nodiscard]] float localScore(const std::string &one, const std::string &other);

[[nodiscard]] Evaluation evaluate(std::span<const LabelledPair> pairs, const Score &score);

} // namespace signalbox::cache

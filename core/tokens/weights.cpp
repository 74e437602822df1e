// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/weights.h"

namespace signalbox::tokens {
namespace {

/// In the order of Trait: words, numbers, space, signs, ideographs, other scripts. Fitted
/// (docs/TOKENS.md), but for the fourth, set by hand.
constexpr Weights kO200k = {1.080, -0.042, 0.071,  0.05,   1.193,  0.116, //
                            0.827, 0.290,  0.798,  0.857,  0.597,  -0.6, //
                            1.012, 0.155,  -0.092, -0.154, -0.231, 0.162, -0.430, //
                            0.696, 0.478,  0.136,  0.621,  0.708,  0.968, //
                            0.390, 1.833,  0.260,  0.500,  1.471,  1};
constexpr Weights kCl100k = {1.082, -0.010, 0.016,  0.05,   1.293,  0.119, //
                             1.008, 0.286,  0.602,  1.056,  0.589,  -0.513, //
                             0.877, 0.161,  -0.101, -0.058, -0.296, 0.188,  -0.436, //
                             0.944, 0.361,  -0.6,   2.386,  0.874,  1.497, //
                             0.319, 1.919,  0.477,  0.500,  1.661,  1};
constexpr Weights kQwen = {1.076, -0.023, 0.037,  0.05,   1.036,  0.099, //
                           0.160, 0.994,  0.815,  0.840,  0.581,  -0.6, //
                           1.042, 0.134,  -0.066, -0.196, -0.221, 0.167, -0.426, //
                           0.519, 0.731,  1.356,  0.565,  0.582,  1.017, //
                           0.475, 0.694,  0.340,  0.500,  1.634,  1};

constexpr std::size_t at(Trait trait)
{
    return static_cast<std::size_t>(trait);
}

/// A guess: what English costs relative to o200k's count, and Chinese per ideograph.
constexpr Weights scaled(double latin, double chinese)
{
    Weights weights = kO200k;
    for (std::size_t i = 0; i < kTraits; ++i) {
        weights[i] *= i >= at(Trait::Han) && i <= at(Trait::Hangul) ? chinese / 0.7 : latin;
    }
    return weights;
}

/// Each digit is a token.
constexpr Weights withSingleDigits(Weights weights)
{
    weights[at(Trait::Number)] = kQwen[at(Trait::Number)];
    weights[at(Trait::Digit)] = kQwen[at(Trait::Digit)];
    return weights;
}

constexpr Weights kDeepSeek = scaled(1.02, 0.6);
constexpr Weights kMistral = withSingleDigits(scaled(1.05, 0.8));
constexpr Weights kClaude = scaled(1.15, 0.95);
constexpr Weights kClaudeNew = scaled(1.5, 1.1);
constexpr Weights kGemini = scaled(1.08, 0.7);

} // namespace

const Weights &weightsOf(TokenFamily family)
{
    switch (family) {
    case TokenFamily::O200k:
        break;
    case TokenFamily::Cl100k:
        return kCl100k;
    case TokenFamily::Qwen:
        return kQwen;
    case TokenFamily::DeepSeek:
        return kDeepSeek;
    case TokenFamily::Mistral:
        return kMistral;
    case TokenFamily::Claude:
        return kClaude;
    case TokenFamily::ClaudeNew:
        return kClaudeNew;
    case TokenFamily::Gemini:
        return kGemini;
    }
    return kO200k;
}

} // namespace signalbox::tokens

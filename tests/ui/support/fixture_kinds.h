// SPDX-License-Identifier: GPL-3.0-or-later
// The fixture's providers and its dice.
#pragma once

#include <array>
#include <cstdint>

namespace signalbox::ui {

struct Kind
{
    const char *id;
    double rate; ///< attempts per second
    double medianMs;
    double usdPerAttempt;
};

inline constexpr std::array<Kind, 7> kKinds{{{"qwen", 9.1, 420, 0.000018},
                                             {"openai", 14.6, 610, 0.000041},
                                             {"anthropic", 8.2, 980, 0.000063},
                                             {"deepseek", 3.9, 1240, 0.000009},
                                             {"mistral", 4.2, 540, 0.000014},
                                             {"gemini", 2.4, 710, 0.000012},
                                             {"openrouter", 0.4, 1510, 0}}};

/// Noise in [0, 1) that depends on its arguments only.
inline double noise(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 31U;
    x *= 0x94D049BB133111EBULL;
    x ^= x >> 29U;
    return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

} // namespace signalbox::ui

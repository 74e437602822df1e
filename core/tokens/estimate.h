// SPDX-License-Identifier: Apache-2.0
// How many tokens a text or a prompt will be billed as, estimated from its scripts and words.
#pragma once

#include "core/domain/chat_request.h"
#include "core/tokens/family.h"
#include "core/tokens/text_traits.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

/// The kinds of tokens whose number is corrected by itself, see calibration.h.
enum class Part : std::uint8_t {
    Words,
    Signs, ///< signs, numbers, blanks and line ends
    Ideographs, ///< Chinese, with its punctuation
    Scripts, ///< all other letters and symbols
    Framing, ///< what the provider writes around messages and tools
};

inline constexpr std::size_t kParts = static_cast<std::size_t>(Part::Framing) + 1;

/// An estimate by its parts; their sum is the estimate.
struct TokenParts
{
    std::array<double, kParts> tokens{};

    double &operator[](Part part) { return tokens[static_cast<std::size_t>(part)]; }
    [[nodiscard]] double sum() const
    {
        double sum = 0;
        for (const double part : tokens) {
            sum += part;
        }
        return sum;
    }
};

/// What a prompt's tokens depend on, whoever counts them.
struct PromptTraits
{
    TextTraits text; ///< of all messages, tools and formats
    int messages = 0;
    int images = 0;
    int smallImages = 0; ///< of these, asked to be looked at in low detail
    bool tools = false;
    std::int64_t given = 0; ///< tokens that came as such, in place of text
};

[[nodiscard]] PromptTraits traitsOf(const ChatRequest &request);

[[nodiscard]] TokenParts partsOf(const TextTraits &text, TokenFamily family);
/// With the family's framing. Images are not among the parts, see imageTokens().
[[nodiscard]] TokenParts partsOf(const PromptTraits &prompt, TokenFamily family);
/// What its images are billed as: a flat rate each, for a picture of about a megapixel.
[[nodiscard]] std::int64_t imageTokens(const PromptTraits &prompt, TokenFamily family);

/// Median error 2 to 3 % on a page of prose, code or JSON, see docs/TOKENS.md. 0 only for an empty
/// text. Of texts over 256 KiB the beginning stands for the whole.
[[nodiscard]] std::int64_t estimateTokens(std::string_view text, TokenFamily family);

/// What a prompt costs: its messages with their framing, images at a flat rate, tools and formats.
[[nodiscard]] std::int64_t estimatePrompt(const PromptTraits &prompt, TokenFamily family);
[[nodiscard]] std::int64_t estimatePrompt(const ChatRequest &request, TokenFamily family);

} // namespace signalbox::tokens

// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/estimate.h"

#include "core/tokens/weights.h"

#include <algorithm>
#include <cmath>

namespace signalbox::tokens {
namespace {

constexpr Part partOf(std::size_t trait)
{
    const auto kind = static_cast<Trait>(trait);
    if (kind <= Trait::Capitals) {
        return Part::Words;
    }
    if (kind <= Trait::Underscore) {
        return Part::Signs;
    }
    return kind <= Trait::CjkSign ? Part::Ideographs : Part::Scripts;
}

/// By Trait.
constexpr std::array<Part, kTraits> kPartOf = [] {
    std::array<Part, kTraits> parts{};
    for (std::size_t i = 0; i < kTraits; ++i) {
        parts[i] = partOf(i);
    }
    return parts;
}();

/// How much of a text is looked at, so that the largest body costs less than a millisecond.
constexpr std::size_t kSampleBytesMax = std::size_t{256} * 1024;

/// A book is like its first chapters; nobody waits for the rest to be looked at.
void addSampled(std::string_view text, TextTraits &sum)
{
    if (text.size() <= kSampleBytesMax) {
        addTraits(text, sum);
        return;
    }
    TextTraits sample;
    addTraits(text.substr(0, kSampleBytesMax), sample);
    const double scale = static_cast<double>(text.size()) / static_cast<double>(kSampleBytesMax);
    for (std::size_t i = 0; i < kTraits; ++i) {
        sum.counts[i] += std::llround(static_cast<double>(sample.counts[i]) * scale);
    }
}

/// What is around a prompt's texts, in tokens.
struct Frame
{
    double message = 4; ///< its start, its role, its end
    double answer = 3; ///< what begins the answer
    double tools = 0; ///< once, where there are any
    std::int64_t image = 765; ///< 1024 by 1024
    std::int64_t smallImage = 85;
};

/// OpenAI's and Qwen's messages are exact, measured on recorded usage. All else is an assumption of
/// the right size, which bills correct.
Frame frameOf(TokenFamily family)
{
    switch (family) {
    case TokenFamily::O200k:
    case TokenFamily::Cl100k:
        break;
    case TokenFamily::Qwen:
        return {.message = 5, .image = 1334, .smallImage = 1334};
    case TokenFamily::DeepSeek:
        return {.message = 2, .answer = 2, .image = 765, .smallImage = 765};
    case TokenFamily::Mistral:
        return {.message = 3, .answer = 1, .image = 1400, .smallImage = 1400};
    case TokenFamily::Claude:
    case TokenFamily::ClaudeNew:
        return {.message = 4, .answer = 3, .tools = 346, .image = 1398, .smallImage = 1398};
    case TokenFamily::Gemini:
        return {.message = 1, .answer = 0, .image = 258, .smallImage = 258};
    }
    return {};
}

bool isSmall(const ChatMessage::Part &image)
{
    const auto key = image.text.find("\"detail\"");
    return key != std::string::npos && image.text.find("\"low\"", key) != std::string::npos;
}

} // namespace

PromptTraits traitsOf(const ChatRequest &request)
{
    PromptTraits prompt;
    prompt.messages = static_cast<int>(request.messages.size());
    for (const ChatMessage &message : request.messages) {
        addSampled(message.toolCallsJson, prompt.text);
        for (const ChatMessage::Part &part : message.parts) {
            if (part.kind == ChatMessage::PartKind::Text) {
                addSampled(part.text, prompt.text);
            } else {
                ++prompt.images;
                prompt.smallImages += isSmall(part) ? 1 : 0;
            }
        }
    }
    for (const std::string_view name : {"tools", "functions", "response_format"}) {
        if (const RawField *field = request.field(name)) {
            addSampled(field->json, prompt.text);
            prompt.tools |= name != "response_format";
        }
    }
    return prompt;
}

TokenParts partsOf(const TextTraits &text, TokenFamily family)
{
    TokenParts parts;
    const Weights &weights = weightsOf(family);
    for (std::size_t i = 0; i < kTraits; ++i) {
        parts[kPartOf[i]] += weights[i] * static_cast<double>(text.counts[i]);
    }
    for (double &part : parts.tokens) {
        part = std::max(part, 0.0);
    }
    return parts;
}

TokenParts partsOf(const PromptTraits &prompt, TokenFamily family)
{
    const Frame frame = frameOf(family);
    TokenParts parts = partsOf(prompt.text, family);
    parts[Part::Framing] = frame.answer + frame.message * prompt.messages
                           + (prompt.tools ? frame.tools : 0);
    return parts;
}

std::int64_t imageTokens(const PromptTraits &prompt, TokenFamily family)
{
    const Frame frame = frameOf(family);
    return frame.image * (prompt.images - prompt.smallImages)
           + frame.smallImage * prompt.smallImages;
}

std::int64_t estimateTokens(std::string_view text, TokenFamily family)
{
    if (text.empty()) {
        return 0;
    }
    TextTraits traits;
    addSampled(text, traits);
    return std::max<std::int64_t>(1, std::llround(partsOf(traits, family).sum()));
}

std::int64_t estimatePrompt(const PromptTraits &prompt, TokenFamily family)
{
    return std::llround(partsOf(prompt, family).sum()) + imageTokens(prompt, family) + prompt.given;
}

std::int64_t estimatePrompt(const ChatRequest &request, TokenFamily family)
{
    return estimatePrompt(traitsOf(request), family);
}

} // namespace signalbox::tokens

// SPDX-License-Identifier: Apache-2.0
#include "core/providers/usage_reader.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

/// Figures of a stream only grow; some hosts repeat them as zero at its end.
void raiseTo(std::int64_t &count, JsonValue &value)
{
    count = std::max(count, readTokens(value).value_or(0));
}

void readInto(std::int64_t &count, JsonValue &value)
{
    count = readTokens(value).value_or(count);
}

void readPromptDetail(Usage &usage, std::string_view name, JsonValue &value)
{
    if (name == "cached_tokens") {
        readInto(usage.cachedTokens, value);
    } else if (name == "cache_write_tokens" || name == "cache_creation_input_tokens") {
        readInto(usage.cacheWriteTokens, value);
    }
}

void readMember(Usage &usage, std::string_view name, JsonValue &value)
{
    if (name == "prompt_cache_hit_tokens" || name == "cached_tokens") {
        readInto(usage.cachedTokens, value);
    } else if (name == "prompt_tokens_details") {
        forEachMember(value, [&](std::string_view detail, JsonValue &count) {
            readPromptDetail(usage, detail, count);
        });
    } else if (name == "completion_tokens_details") {
        forEachMember(value, [&](std::string_view detail, JsonValue &count) {
            if (detail == "reasoning_tokens") {
                readInto(usage.reasoningTokens, count);
            }
        });
    } else if (name == "cost") {
        const auto lexeme = asLexeme(value);
        usage.statedCost = lexeme ? Money::fromDecimal(*lexeme) : std::nullopt;
    }
}

} // namespace

std::optional<std::int64_t> readTokens(JsonValue &value)
{
    const auto count = asInteger(value);
    return count ? std::optional(std::clamp<std::int64_t>(*count, 0, kStatedTokensMax))
                 : std::nullopt;
}

std::optional<Usage> readOpenAiUsage(JsonValue &value)
{
    Usage usage;
    bool any = false;
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "prompt_tokens" || name == "completion_tokens") {
            const auto count = readTokens(member);
            any = any || count.has_value();
            (name == "prompt_tokens" ? usage.promptTokens
                                     : usage.completionTokens) = count.value_or(0);
            return;
        }
        readMember(usage, name, member);
    });
    return any ? std::optional(usage) : std::nullopt;
}

std::optional<Usage> readGeminiUsage(JsonValue &value)
{
    std::int64_t prompt = 0;
    std::int64_t toolUse = 0;
    std::int64_t candidates = 0;
    std::int64_t total = 0;
    Usage usage;
    bool any = false;
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        std::int64_t *count = name == "promptTokenCount"          ? &prompt
                              : name == "toolUsePromptTokenCount" ? &toolUse
                              : name == "candidatesTokenCount"    ? &candidates
                              : name == "thoughtsTokenCount"      ? &usage.reasoningTokens
                              : name == "cachedContentTokenCount" ? &usage.cachedTokens
                              : name == "totalTokenCount"         ? &total
                                                                  : nullptr;
        const auto tokens = count == nullptr ? std::nullopt : readTokens(member);
        if (tokens) {
            *count = *tokens;
            any = true;
        }
    });
    usage.promptTokens = prompt + toolUse;
    usage.completionTokens = candidates + usage.reasoningTokens;
    if (candidates == 0) { // left out where there is no word beside the thoughts
        usage.completionTokens = std::max(usage.completionTokens, total - usage.promptTokens);
    }
    return any ? std::optional(usage) : std::nullopt;
}

void AnthropicUsage::read(JsonValue &value)
{
    forEachMember(value, [this](std::string_view name, JsonValue &member) {
        if (name == "input_tokens") {
            raiseTo(m_input, member);
            m_any = true;
        } else if (name == "cache_read_input_tokens") {
            raiseTo(m_cacheRead, member);
        } else if (name == "cache_creation_input_tokens") {
            raiseTo(m_cacheWrite, member);
        } else if (name == "cache_creation") {
            forEachMember(member, [this](std::string_view age, JsonValue &count) {
                if (age == "ephemeral_1h_input_tokens") {
                    raiseTo(m_cacheWriteHour, count);
                }
            });
        } else if (name == "output_tokens") {
            raiseTo(m_output, member);
            m_any = true;
        } else if (name == "output_tokens_details") {
            forEachMember(member, [this](std::string_view detail, JsonValue &count) {
                if (detail == "thinking_tokens") {
                    raiseTo(m_thinking, count);
                }
            });
        }
    });
}

Usage AnthropicUsage::usage() const
{
    Usage usage;
    usage.promptTokens = m_input + m_cacheRead + m_cacheWrite;
    usage.cachedTokens = m_cacheRead;
    usage.cacheWriteTokens = m_cacheWrite;
    usage.cacheWriteHourTokens = m_cacheWriteHour;
    usage.completionTokens = m_output;
    usage.reasoningTokens = m_thinking;
    return usage;
}

} // namespace signalbox::providers

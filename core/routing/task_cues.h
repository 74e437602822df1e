// SPDX-License-Identifier: Apache-2.0
// The words by which a request says what it wants, English and Chinese, and their quick lookup.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace signalbox::routing {

/// What a classifier sees in a request. Up to Figures they are words, then shapes.
enum class TaskFeature : std::uint8_t {
    Translate, ///< translate, 翻译
    Language, ///< a language's name
    Summarise, ///< summarise, key points, 总结
    Extract, ///< extract, identify, 提取
    Fields, ///< what is extracted: dates, names, json, 字段
    CodeWords, ///< function, python, 代码
    Reason, ///< prove, solve, 证明, 计算
    Quantity, ///< how many, 多少
    Write, ///< write, draft, 写一
    Rework, ///< rewrite, proofread, classify, 润色, 分类
    Talk, ///< greetings, thanks, recommend, 你好
    Ask, ///< what, why, how, 什么
    Fence, ///< a code block
    CodeSigns, ///< brackets and operators among the text
    Identifiers, ///< snake_case, camelCase, calls(
    Figures, ///< numbers and arithmetic signs among the text
    Question, ///< ends with a question mark
    Short, ///< under about fifty words
    WantsJson, ///< response_format asks for JSON
    Tools, ///< the request has tools
};
inline constexpr std::size_t kTaskFeatures = 20;
inline constexpr std::size_t kTaskCues = 12; ///< the first ones are words

/// The key of a lower-case word, built letter by letter: five bits tell letters apart, so that words
/// of up to twelve have keys of their own.
inline constexpr std::uint64_t kNoWord = 0;
constexpr std::uint64_t withLetter(std::uint64_t word, char lower)
{
    return std::rotl(word, 5) ^ static_cast<unsigned char>(lower);
}
/// The key of two words, or of two CJK characters, in a row.
constexpr std::uint64_t pairKey(std::uint64_t first, std::uint64_t second)
{
    return (first * 0x9E3779B97F4A7C15ULL) ^ second;
}

/// The cue with this key, or kTaskFeatures (as a number) when it is none.
[[nodiscard]] std::size_t cueOf(std::uint64_t key);

} // namespace signalbox::routing

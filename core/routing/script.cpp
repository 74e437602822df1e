// SPDX-License-Identifier: Apache-2.0
#include "core/routing/script.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::routing {
namespace {

// Longer "tags" are comparisons or prose; it also bounds the search for the closing bracket.
constexpr std::size_t kTagBytesMax = 512;
constexpr std::size_t kFenceLengthMin = 3;
constexpr std::size_t kFenceIndentMax = 3;

bool isAsciiLetter(char c)
{
    const auto lower = static_cast<unsigned char>(static_cast<unsigned char>(c) | 0x20U);
    return lower >= 'a' && lower <= 'z';
}

/// Blocks of alphabetic scripts outside ASCII and CJK. Marks between letters count with them.
bool isOtherLetter(char32_t c)
{
    static constexpr std::array<std::pair<char32_t, char32_t>, 8> kBlocks = {{
        {0x00C0, 0x02AF}, // Latin beyond ASCII
        {0x0370, 0x10FF}, // Greek, Cyrillic, Armenian, Hebrew, Arabic, the Indic scripts, Thai, ...
        {0x1200, 0x1FFF}, // Ethiopic to Greek Extended
        {0x2C00, 0x2DFF}, // Glagolitic, Coptic, Cyrillic Extended
        {0xA4D0, 0xABFF}, // Lisu to Meetei Mayek
        {0xFB00, 0xFDFF}, // presentation forms
        {0xFE70, 0xFEFE}, // Arabic presentation forms
        {0x10000, 0x1D7FF}, // historic scripts, mathematical letters
    }};
    if (c == 0x00D7 || c == 0x00F7) {
        return false; // multiplication and division signs
    }
    return std::ranges::any_of(kBlocks, [c](const auto &block) {
        return c >= block.first && c <= block.second;
    });
}

/// One past the tag that begins at \p at, or \p at when none does.
std::size_t afterTag(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at + 1, kTagBytesMax);
    if (rest.empty() || (!isAsciiLetter(rest[0]) && rest[0] != '/' && rest[0] != '!')) {
        return at;
    }
    const std::size_t end = rest.find_first_of("<>");
    const bool closed = end != std::string_view::npos && rest[end] == '>';
    return closed ? at + 1 + end + 1 : at;
}

/// One past the URL that begins at \p at, or \p at when none does. A URL is ASCII, so that it ends
/// where Chinese text goes on without a space.
std::size_t afterUrl(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    const bool isUrl = rest.starts_with("http://") || rest.starts_with("https://")
                       || rest.starts_with("www.");
    if (!isUrl) {
        return at;
    }
    const auto *const end = std::ranges::find_if(rest, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= ' ' || byte >= 0x7F || c == '<' || c == '>' || c == '"';
    });
    return at + static_cast<std::size_t>(end - rest.begin());
}

std::string_view lineAt(std::string_view text, std::size_t at)
{
    return text.substr(at, text.find('\n', at) - at);
}

/// The run of backticks or tildes that begins \p line, empty when it is shorter than a fence.
std::string_view fenceOf(std::string_view line)
{
    const std::size_t start = line.find_first_not_of(' ');
    // A blank line has no start: npos is far beyond any indent.
    if (start > kFenceIndentMax || (line[start] != '`' && line[start] != '~')) {
        return {};
    }
    const std::size_t end = std::min(line.find_first_not_of(line[start], start), line.size());
    return end - start >= kFenceLengthMin ? line.substr(start, end - start) : std::string_view();
}

/// One past the code block whose opening fence is the line at \p at, or \p at when it is none. A
/// block that is never closed reaches to the end, as in CommonMark.
std::size_t afterCodeBlock(std::string_view text, std::size_t at)
{
    const std::string_view opening = fenceOf(lineAt(text, at));
    if (opening.empty()) {
        return at;
    }
    std::size_t next = text.find('\n', at);
    while (next != std::string_view::npos) {
        const std::size_t start = next + 1;
        const std::string_view closing = fenceOf(lineAt(text, start));
        next = text.find('\n', start);
        if (closing.starts_with(opening)) {
            break;
        }
    }
    return std::min(next, text.size());
}

/// One past whatever is not counted at \p at, or \p at when the character there is.
std::size_t afterUncounted(std::string_view text, std::size_t at)
{
    const char c = text[at];
    if (c == '<') {
        return afterTag(text, at);
    }
    if (c == 'h' || c == 'w') {
        const bool wordStart = at == 0 || !isAsciiLetter(text[at - 1]);
        return wordStart ? afterUrl(text, at) : at;
    }
    const bool lineStart = at == 0 || text[at - 1] == '\n';
    if (lineStart && (c == '`' || c == '~' || c == ' ')) {
        return afterCodeBlock(text, at);
    }
    return at;
}

/// Without URLs and code blocks, so that only tags are not counted.
bool isBare(std::string_view text)
{
    const auto holds = [text](std::string_view word) { return text.find(word) != text.npos; };
    return !holds("://") && !holds("www.") && !holds("```") && !holds("~~~");
}

/// Blocks of this size are looked at without a branch, which lets the compiler do it in few steps.
constexpr std::size_t kBlockBytes = 64;

/// What stands before the first tag or character beyond ASCII.
std::string_view asciiWords(std::string_view text)
{
    const auto ends = [](char c) { return c == '<' || static_cast<unsigned char>(c) >= 0x80; };
    std::size_t end = 0;
    for (; end + kBlockBytes <= text.size(); end += kBlockBytes) {
        const char *block = text.data() + end;
        std::uint8_t found = 0; // counted: a flag would be asked for at each byte
        for (std::size_t i = 0; i < kBlockBytes; ++i) {
            found = static_cast<std::uint8_t>(found + (ends(block[i]) ? 1 : 0));
        }
        if (found != 0) {
            break;
        }
    }
    while (end < text.size() && !ends(text[end])) {
        ++end;
    }
    return text.substr(0, end);
}

std::int64_t lettersIn(std::string_view ascii)
{
    std::int64_t letters = 0;
    for (; ascii.size() >= kBlockBytes; ascii.remove_prefix(kBlockBytes)) {
        const char *block = ascii.data();
        std::uint8_t sum = 0;
        for (std::size_t i = 0; i < kBlockBytes; ++i) {
            sum = static_cast<std::uint8_t>(sum + (isAsciiLetter(block[i]) ? 1 : 0));
        }
        letters += sum;
    }
    return letters + std::ranges::count_if(ascii, isAsciiLetter);
}

} // namespace

void ScriptCounter::add(std::string_view text)
{
    const bool bare = isBare(text);
    std::size_t at = 0;
    while (at < text.size()) {
        if (bare) {
            const std::string_view words = asciiWords(text.substr(at));
            m_letters += lettersIn(words);
            at += words.size();
            if (at == text.size()) {
                break;
            }
        }
        const std::size_t after = afterUncounted(text, at);
        if (after != at) {
            at = after;
        } else if (static_cast<unsigned char>(text[at]) < 0x80) {
            m_letters += isAsciiLetter(text[at]) ? 1 : 0;
            ++at;
        } else {
            const char32_t c = nextCodePoint(text, at);
            const bool cjk = isCjk(c);
            m_cjk += cjk ? 1 : 0;
            m_letters += !cjk && isOtherLetter(c) ? 1 : 0;
        }
    }
}

double ScriptCounter::cjkShare() const
{
    const std::int64_t counted = m_cjk + m_letters;
    return counted == 0 ? 0.0 : static_cast<double>(m_cjk) / static_cast<double>(counted);
}

std::string proseOf(std::string_view text, std::size_t bytesMax)
{
    std::string prose;
    std::size_t at = 0;
    while (at < text.size() && prose.size() < bytesMax) {
        const std::size_t after = afterUncounted(text, at);
        if (after != at) {
            prose += ' ';
            at = after;
        } else {
            const std::size_t start = at;
            static_cast<void>(nextCodePoint(text, at));
            prose += text.substr(start, at - start);
        }
    }
    return prose;
}

std::vector<CjkRun> cjkRuns(std::string_view text)
{
    std::vector<CjkRun> runs;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t after = afterUncounted(text, at); after != at) {
            at = after;
            continue;
        }
        const std::size_t begin = at;
        if (isCjk(nextCodePoint(text, at))) {
            if (runs.empty() || runs.back().end != begin) {
                runs.push_back({begin, begin});
            }
            runs.back().end = at;
        }
    }
    return runs;
}

double cjkShare(std::string_view text)
{
    ScriptCounter counter;
    counter.add(text);
    return counter.cjkShare();
}

} // namespace signalbox::routing

// SPDX-License-Identifier: Apache-2.0
// How much of a text is Chinese, Japanese or Korean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::routing {

/// Counts CJK characters (Han, Kana, Hangul and their punctuation) and the letters of all other
/// scripts. Markup tags, fenced code blocks and URLs are not counted: they are in Latin letters
/// whatever language the text is in. One pass; ill-formed bytes count as nothing.
class ScriptCounter
{
public:
    void add(std::string_view text);
    /// CJK characters over all characters counted, 0..1; 0 when there were none.
    [[nodiscard]] double cjkShare() const;

private:
    std::int64_t m_cjk = 0;
    std::int64_t m_letters = 0;
};

/// What ScriptCounter looks at: \p text without markup tags, fenced code blocks and URLs, up to
/// about \p bytesMax bytes of it; a character is never cut.
[[nodiscard]] std::string proseOf(std::string_view text, std::size_t bytesMax);

/// Bytes of CJK characters in a row: from the first up to, not including, the second.
struct CjkRun
{
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(const CjkRun &, const CjkRun &) = default;
};

/// Where \p text has the characters that ScriptCounter counts as CJK, in order.
[[nodiscard]] std::vector<CjkRun> cjkRuns(std::string_view text);

/// The share of one text.
[[nodiscard]] double cjkShare(std::string_view text);

} // namespace signalbox::routing

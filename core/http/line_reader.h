// SPDX-License-Identifier: Apache-2.0
// One CRLF-ended line at a time out of bytes that come in any pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::http {

/// Collects lines. A line that lies whole in one piece is not copied.
class LineReader
{
public:
    enum class Got : std::uint8_t {
        NeedMore, ///< all bytes were taken, the line goes on
        Line, ///< line() holds one
        TooLong, ///< the line exceeds its limit, its end may not have come yet
        BareBreak, ///< a LF without CR, or a CR without LF
    };

    /// Takes the rest of a line off the front of \p bytes; \p bytesMax includes its CRLF.
    Got take(std::string_view &bytes, std::size_t bytesMax);
    /// The line without its CRLF, until the next take() and while the piece lives.
    [[nodiscard]] std::string_view line() const { return m_line; }
    /// What has come of an unfinished line.
    [[nodiscard]] std::string_view pending() const;
    void clear();

private:
    std::string m_pending;
    std::string_view m_line;
    bool m_delivered = false; ///< m_pending holds a line that was handed out
};

} // namespace signalbox::http

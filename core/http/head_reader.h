// SPDX-License-Identifier: Apache-2.0
// A start line and the header lines after it, under the limits; common to both directions.
#pragma once

#include "core/base/result.h"
#include "core/http/error.h"
#include "core/http/headers.h"
#include "core/http/limits.h"
#include "core/http/line_reader.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::http {

/// Reads one head: the start line is handed out raw, header lines are collected.
class HeadReader
{
public:
    enum class Got : std::uint8_t {
        NeedMore, ///< all bytes were taken
        StartLine, ///< startLine() may be read until the next take()
        End, ///< the empty line came, headers() is complete
        Failed, ///< error() says why
    };

    explicit HeadReader(const Limits &limits);

    /// Takes bytes off the front of \p bytes up to the next thing to tell.
    Got take(std::string_view &bytes);
    [[nodiscard]] std::string_view startLine() const { return m_line.line(); }
    [[nodiscard]] Headers &headers() { return m_headers; }
    [[nodiscard]] Error error() const { return m_error; }
    /// A byte of a head has come, blank lines before it aside.
    [[nodiscard]] bool begun() const;
    /// Ready for the next head.
    void reset();

private:
    Got takeStartLine(std::string_view &bytes);
    Got takeHeaderLine(std::string_view &bytes);
    Got fail(Error error);

    Limits m_limits;
    LineReader m_line;
    Headers m_headers;
    std::size_t m_headBytes = 0;
    std::size_t m_blankLines = 0;
    bool m_hasStartLine = false;
    Error m_error = Error::BadStartLine;
};

/// Checks a header line (RFC 9112 section 5, obs-fold refused) and adds it to \p headers.
Status<Error> addHeaderLine(Headers &headers, std::string_view line);

} // namespace signalbox::http

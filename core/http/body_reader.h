// SPDX-License-Identifier: Apache-2.0
// A message body out of its framing: none, a length, chunks, or until the connection ends.
#pragma once

#include "core/http/error.h"
#include "core/http/limits.h"
#include "core/http/line_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox::http {

/// How a body's end is known (RFC 9112 section 6.3).
enum class Framing : std::uint8_t {
    None,
    Length,
    Chunked,
    UntilClose
};

/// Unwraps one body. Nothing is copied but chunk-size lines that come in pieces.
class BodyReader
{
public:
    explicit BodyReader(const Limits &limits);

    /// Begins a body; \p length counts with Framing::Length only.
    void start(Framing framing, std::uint64_t length);
    /// Lets the body grow beyond Limits::bodyBytesMax: its consumer bounds what it keeps.
    void liftLimit() { m_bodyBytesMax = UINT64_MAX; }

    /// The next decoded bytes, a part of \p bytes, off whose front it takes them and the framing.
    /// An empty piece means that all was taken, the body is complete, or it failed.
    std::string_view take(std::string_view &bytes);
    /// The connection ended; completes a body that runs until then.
    void finish();

    [[nodiscard]] bool complete() const { return m_state == State::Complete; }
    [[nodiscard]] std::optional<Error> error() const { return m_error; }
    [[nodiscard]] std::uint64_t bodyBytes() const { return m_bodyBytes; }

private:
    enum class State : std::uint8_t {
        Plain, ///< m_left bytes by Content-Length
        Endless, ///< until the connection ends
        ChunkSize,
        ChunkData, ///< m_left bytes of a chunk
        ChunkEnd,
        Trailers,
        Complete,
        Failed,
    };

    std::string_view takeData(std::string_view &bytes);
    void takeLine(std::string_view &bytes);
    void onChunkSize(std::string_view line);
    void onTrailer(std::string_view line);
    [[nodiscard]] std::size_t lineBytesMax() const;
    [[nodiscard]] Error tooLongError() const;
    void fail(Error error);

    Limits m_limits;
    std::uint64_t m_bodyBytesMax = 0;
    State m_state = State::Complete;
    LineReader m_line;
    std::uint64_t m_left = 0;
    std::uint64_t m_bodyBytes = 0;
    std::size_t m_extensionBytes = 0;
    std::size_t m_trailerBytes = 0;
    std::size_t m_trailers = 0;
    std::optional<Error> m_error;
};

} // namespace signalbox::http

// SPDX-License-Identifier: Apache-2.0
// Every bound of the HTTP codec, with its reason; beyond one the answer is a refusal, never growth.
#pragma once

#include <cstddef>
#include <cstdint>

namespace signalbox::http {

/// The bounds of one message. The defaults are those for requests from applications.
struct Limits
{
    /// Bytes of the request or status line with its CRLF; RFC 9112 section 3 asks for 8000 at least.
    std::size_t startLineBytesMax = 8ULL * 1024;
    /// Bytes of start line and headers together; the contract answers 431 beyond it.
    std::size_t headBytesMax = 32ULL * 1024;
    /// Header lines; SDKs send about 20, a browser behind two proxies about 40.
    std::size_t headersMax = 128;
    /// Empty lines before a start line; RFC 9112 section 2.2 asks a server to forgive at least one.
    std::size_t leadingBlankLinesMax = 1;
    /// Bytes of the decoded body; `server.max_body_mb`, by default room for a few inline images.
    std::uint64_t bodyBytesMax = 20ULL * 1024 * 1024;
    /// Bytes of one chunk-size line with extensions and CRLF; a size alone takes at most 18.
    std::size_t chunkLineBytesMax = 512;
    /// Bytes of all chunk extensions of a body; nobody uses them but to waste a server's time.
    std::size_t chunkExtensionBytesMax = 4ULL * 1024;
    /// Bytes of all trailer lines; they are checked and dropped.
    std::size_t trailerBytesMax = 8ULL * 1024;
    /// Trailer lines; checksums and timings, a handful in practice.
    std::size_t trailersMax = 32;
    /// 1xx answers before the final one; 100 and 103 come once each.
    std::size_t interimAnswersMax = 8;

    friend bool operator==(const Limits &, const Limits &) = default;
};

/// For answers of upstreams: providers send long cookies, policies and rate-limit headers.
[[nodiscard]] constexpr Limits responseLimits()
{
    Limits limits;
    limits.headBytesMax = 64ULL * 1024;
    limits.bodyBytesMax = 64ULL * 1024 * 1024;
    limits.leadingBlankLinesMax = 0; // what precedes a status line is a rest of something else
    return limits;
}

/// Bytes of one server-sent event; an inline image in one chunk is about 3 MB.
constexpr std::size_t kSseEventBytesMax = 8ULL * 1024 * 1024;

/// Bytes of a method; the longest registered one has 17.
constexpr std::size_t kMethodBytesMax = 32;

/// Bytes set aside for a body before any of it came: a promised length alone must not cost memory.
constexpr std::size_t kBodyBytesReservedMax = 64ULL * 1024;

} // namespace signalbox::http

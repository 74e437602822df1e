// SPDX-License-Identifier: Apache-2.0
// Why a message was refused, grouped by what can be done about it.
#pragma once

#include <cstdint>
#include <string_view>

namespace signalbox::http {

/// The reason a message or a part of it was refused. After one the connection cannot go on.
enum class Error : std::uint8_t {
    // Malformed: the sender must write it differently. 400 to a client.
    BadStartLine, ///< not `METHOD SP target SP HTTP/d.d`
    BadMethod, ///< not a token, or longer than kMethodBytesMax
    BadTarget, ///< no form of RFC 9112 section 3.2 that the method may have, or with user info
    BareLineBreak, ///< a LF without CR, or a CR without LF
    BadHeaderName, ///< no colon, no name, or not a token; a blank before the colon too
    BadHeaderValue, ///< a control character in a value
    FoldedHeader, ///< a continuation line (obs-fold)
    HostMissing, ///< HTTP/1.1 without Host
    HostRepeated, ///< more than one Host
    BadHost, ///< Host is empty or not `host[:port]`
    LengthWithTransferCoding, ///< Content-Length beside Transfer-Encoding in a request
    LengthRepeated, ///< Content-Length twice in a request, or with different values in an answer
    BadLength, ///< Content-Length is not a plain decimal number
    BadTransferCoding, ///< chunked is there but not once and last, or the list is empty
    TransferCodingInHttp10, ///< Transfer-Encoding in an HTTP/1.0 request
    BadChunkSize, ///< not 1 to 16 hexadecimal digits
    BadChunkExtension, ///< not `;name[=value]`
    BadChunkEnd, ///< the chunk's bytes are not followed by CRLF
    BadEscape, ///< a `%` without two hexadecimal digits, or one that stands for a control character

    // Too large: less would do. 413, 414 or 431 to a client.
    StartLineTooLong, ///< over Limits::startLineBytesMax
    HeadTooLarge, ///< over Limits::headBytesMax
    TooManyHeaders, ///< over Limits::headersMax
    BodyTooLarge, ///< over Limits::bodyBytesMax
    ChunkLineTooLong, ///< over Limits::chunkLineBytesMax
    ChunkExtensionsTooLarge, ///< over Limits::chunkExtensionBytesMax
    TrailersTooLarge, ///< over Limits::trailerBytesMax or trailersMax

    // Unsupported: well-formed, but not spoken here. 417, 501 or 505 to a client.
    UnsupportedVersion, ///< neither HTTP/1.0 nor HTTP/1.1
    UnsupportedTransferCoding, ///< any coding but chunked
    UnsupportedExpectation, ///< Expect is not 100-continue

    // Of an upstream's answer only: the attempt failed. 502 if it reaches a client.
    BadStatusLine, ///< not `HTTP/1.x SP ddd [SP reason]` with 100 to 599
    UnexpectedUpgrade, ///< 101, though no upgrade was asked for
    TooManyInterimAnswers, ///< over Limits::interimAnswersMax
    Cut, ///< the connection ended before the message did
    EventTooLarge, ///< one server-sent event over its limit
};

/// The status that tells a client what was wrong with its request.
[[nodiscard]] int statusFor(Error error);
/// One sentence for the error's message, without the offending bytes.
[[nodiscard]] std::string_view describe(Error error);

} // namespace signalbox::http

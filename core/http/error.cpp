// SPDX-License-Identifier: Apache-2.0
#include "core/http/error.h"

#include "core/base/check.h"

#include <cstddef>
#include <iterator>

namespace signalbox::http {

int statusFor(Error error)
{
    switch (error) {
    case Error::BadStartLine:
    case Error::BadMethod:
    case Error::BadTarget:
    case Error::BareLineBreak:
    case Error::BadHeaderName:
    case Error::BadHeaderValue:
    case Error::FoldedHeader:
    case Error::HostMissing:
    case Error::HostRepeated:
    case Error::BadHost:
    case Error::LengthWithTransferCoding:
    case Error::LengthRepeated:
    case Error::BadLength:
    case Error::BadTransferCoding:
    case Error::TransferCodingInHttp10:
    case Error::BadChunkSize:
    case Error::BadChunkExtension:
    case Error::BadChunkEnd:
    case Error::BadEscape:
    case Error::ChunkLineTooLong:
    case Error::ChunkExtensionsTooLarge:
        return 400;
    case Error::BodyTooLarge:
        return 413;
    case Error::StartLineTooLong:
        return 414;
    case Error::UnsupportedExpectation:
        return 417;
    case Error::HeadTooLarge:
    case Error::TooManyHeaders:
    case Error::TrailersTooLarge:
        return 431;
    case Error::UnsupportedTransferCoding:
        return 501;
    case Error::BadStatusLine:
    case Error::UnexpectedUpgrade:
    case Error::TooManyInterimAnswers:
    case Error::Cut:
    case Error::EventTooLarge:
        return 502;
    case Error::UnsupportedVersion:
        return 505;
    }
    SB_CHECK(false);
    return 500;
}

namespace {

struct Sentence
{
    Error error;
    std::string_view text;
};

/// In the order of the enumeration, which describe() relies on.
constexpr Sentence kSentences[] = {
    {Error::BadStartLine, "The request line is malformed."},
    {Error::BadMethod, "The method is not a token or too long."},
    {Error::BadTarget, "The request target is malformed or not allowed with this method."},
    {Error::BareLineBreak, "A line does not end with CR LF."},
    {Error::BadHeaderName, "A header line has no valid name before its colon."},
    {Error::BadHeaderValue, "A header value contains a control character."},
    {Error::FoldedHeader, "A header is continued on the next line, which is obsolete."},
    {Error::HostMissing, "HTTP/1.1 needs a Host header."},
    {Error::HostRepeated, "There is more than one Host header."},
    {Error::BadHost, "The Host header is not a host with an optional port."},
    {Error::LengthWithTransferCoding, "Content-Length and Transfer-Encoding exclude each other."},
    {Error::LengthRepeated, "There is more than one Content-Length."},
    {Error::BadLength, "Content-Length is not a plain decimal number."},
    {Error::BadTransferCoding, "Transfer-Encoding must name chunked once and last."},
    {Error::TransferCodingInHttp10, "HTTP/1.0 has no Transfer-Encoding."},
    {Error::BadChunkSize, "A chunk size is not a hexadecimal number."},
    {Error::BadChunkExtension, "A chunk extension is malformed."},
    {Error::BadChunkEnd, "A chunk is not followed by CR LF."},
    {Error::BadEscape, "A percent escape is malformed or stands for a control character."},
    {Error::StartLineTooLong, "The start line is too long."},
    {Error::HeadTooLarge, "The headers are too large."},
    {Error::TooManyHeaders, "There are too many headers."},
    {Error::BodyTooLarge, "The body is too large."},
    {Error::ChunkLineTooLong, "A chunk-size line is too long."},
    {Error::ChunkExtensionsTooLarge, "The chunk extensions are too large."},
    {Error::TrailersTooLarge, "The trailers are too large."},
    {Error::UnsupportedVersion, "Only HTTP/1.0 and HTTP/1.1 are spoken here."},
    {Error::UnsupportedTransferCoding, "The only transfer coding understood here is chunked."},
    {Error::UnsupportedExpectation, "The only expectation understood here is 100-continue."},
    {Error::BadStatusLine, "The status line is malformed."},
    {Error::UnexpectedUpgrade, "The upstream switched protocols unasked."},
    {Error::TooManyInterimAnswers, "The upstream sent too many interim answers."},
    {Error::Cut, "The connection ended before the message did."},
    {Error::EventTooLarge, "A server-sent event is too large."},
};

} // namespace

std::string_view describe(Error error)
{
    const auto index = static_cast<std::size_t>(error);
    SB_CHECK(index < std::size(kSentences) && kSentences[index].error == error);
    return kSentences[index].text;
}

} // namespace signalbox::http

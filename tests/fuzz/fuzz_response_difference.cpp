// SPDX-License-Identifier: Apache-2.0
// What our response parser accepts, Beast's accepts as the same answer. We may refuse more, as with
// requests. Forgiven here because providers do it, and refused by Beast: Content-Length beside
// chunked, which RFC 9112 section 6.3 says to ignore, and a Connection that is no list of tokens
// (neither connection is used again); and a status line without a blank behind its
// status; and trailers that are headers of framing, which we drop.
#include "tests/fuzz/beast_message.h"

#include "core/base/check.h"
#include "core/http/response_parser.h"

#include <cstdint>
#include <optional>
#include <string>

namespace {

namespace beast = boost::beast::http;
using signalbox::http::ResponseParser;
using signalbox::http::Stage;

struct Ours
{
    ResponseParser parser;
    std::string body;
    std::size_t taken = 0;

    void read(std::string_view bytes)
    {
        while (taken < bytes.size() && parser.stage() < Stage::Complete) {
            const auto step = parser.feed(bytes.substr(taken));
            body += step.body;
            taken += step.taken;
        }
        parser.finish();
    }
};

/// Beast takes an interim answer for the answer: they are read over as ours does. Nothing when it
/// refuses one for its Connection, which we drop with the rest of its headers.
std::optional<std::size_t> interimBytes(std::string_view bytes)
{
    std::size_t taken = 0;
    while (true) {
        beast::response_parser<beast::string_body> parser;
        const auto reading = signalbox::fuzz::readWithBeast(parser, bytes.substr(taken));
        const bool interim = bytes.substr(taken).starts_with("HTTP/1.1 1")
                             || bytes.substr(taken).starts_with("HTTP/1.0 1");
        if (interim && reading.error == beast::error::bad_value) {
            return std::nullopt;
        }
        if (!interim || !parser.is_done()) {
            return taken;
        }
        taken += reading.taken;
    }
}

/// `HTTP/1.1 429` and the line's end: the blank before an absent reason is absent too.
bool lacksBlankAfterStatus(std::string_view bytes)
{
    constexpr std::size_t kStatusLineBytes = 12;
    return bytes.find("\r\n") == kStatusLineBytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    Ours ours;
    ours.read(bytes);
    if (ours.parser.stage() != Stage::Complete) {
        return 0;
    }
    const auto &head = ours.parser.head();
    const bool framedTwice = head.headers.has("Transfer-Encoding")
                             && head.headers.has("Content-Length");
    if (framedTwice || signalbox::fuzz::hasOddConnection(head.headers)) {
        SB_CHECK(!ours.parser.reusable() || head.headers.listIsTokens("Connection"));
        return 0;
    }
    const auto interim = interimBytes(bytes);
    if (!interim || lacksBlankAfterStatus(bytes.substr(*interim))) {
        return 0;
    }
    beast::response_parser<beast::string_body> theirs;
    auto reading = signalbox::fuzz::readWithBeast(theirs, bytes.substr(*interim));
    if (!reading.error && !theirs.is_done()) {
        theirs.put_eof(reading.error);
    }
    if (signalbox::fuzz::refusesTrailers(theirs, reading.error)) {
        return 0;
    }
    SB_CHECK(!reading.error && theirs.is_done());
    SB_CHECK(reading.taken + *interim == ours.taken);
    const auto &message = theirs.get();
    SB_CHECK(static_cast<int>(message.result_int()) == head.status);
    SB_CHECK(message.body() == ours.body);
    SB_CHECK(theirs.keep_alive() || !head.keepAlive);
    SB_CHECK(signalbox::fuzz::sameHeaders(head.headers, message));
    return 0;
}

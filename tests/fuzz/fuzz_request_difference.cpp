// SPDX-License-Identifier: Apache-2.0
// What our request parser accepts, Beast's accepts as the same request. We may refuse more:
//   methods, targets and hosts with odd characters; absent or repeated Host; HTTP/1.x beyond 1.1;
//   bare LF, obsolete folding, blanks before a colon; length beside chunked; any other coding;
//   repeated or signed lengths; heads, chunk lines and trailers over http::Limits.
// Forgiven here and not by Beast: one empty line before a request (RFC 9112 section 2.2), and a
// Connection that is no list of tokens, after which the connection is closed; trailers that are
// headers of framing, which we drop.
#include "tests/fuzz/beast_message.h"

#include "core/base/check.h"
#include "core/http/request_parser.h"

#include <cstdint>

namespace {

namespace beast = boost::beast::http;
using signalbox::http::RequestParser;
using signalbox::http::Stage;

/// Reads the request at the front of \p bytes with both; says how long it was, 0 when there is none.
std::size_t compareOne(std::string_view bytes)
{
    RequestParser ours;
    std::string_view rest = bytes;
    while (!rest.empty() && ours.stage() < Stage::Complete) {
        rest.remove_prefix(ours.feed(rest));
    }
    if (ours.stage() == Stage::Failed) {
        return 0;
    }
    const std::size_t blank = bytes.starts_with("\r\n") ? 2 : 0;
    beast::request_parser<beast::string_body> theirs;
    const auto reading = signalbox::fuzz::readWithBeast(theirs, bytes.substr(blank));
    if (ours.stage() != Stage::Complete) {
        SB_CHECK(!theirs.is_done());
        return 0;
    }
    const std::size_t taken = bytes.size() - rest.size();
    if (signalbox::fuzz::hasOddConnection(ours.head().headers)) {
        SB_CHECK(!ours.head().keepAlive || ours.head().headers.listIsTokens("Connection"));
        return taken;
    }
    if (signalbox::fuzz::refusesTrailers(theirs, reading.error)) {
        return taken;
    }
    SB_CHECK(!reading.error && theirs.is_done());
    SB_CHECK(reading.taken + blank == taken);
    const auto &message = theirs.get();
    const auto head = ours.takeHead();
    SB_CHECK(std::string_view(message.method_string()) == head.method);
    SB_CHECK(std::string_view(message.target()) == head.target);
    SB_CHECK(message.body() == ours.takeBody());
    SB_CHECK(theirs.keep_alive() || !head.keepAlive);
    SB_CHECK(signalbox::fuzz::sameHeaders(head.headers, message));
    return taken;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view bytes(reinterpret_cast<const char *>(data), size);
    for (std::size_t taken = 1; taken > 0 && !bytes.empty();) {
        taken = compareOne(bytes);
        bytes.remove_prefix(taken);
    }
    return 0;
}

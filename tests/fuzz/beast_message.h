// SPDX-License-Identifier: Apache-2.0
// A second opinion on one HTTP message: Boost.Beast's parser.
#pragma once

#include "core/http/headers.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>

namespace signalbox::fuzz {

/// How far Beast came with the bytes it was given.
struct BeastReading
{
    boost::beast::error_code error; ///< need_more is none
    std::size_t taken = 0;
};

/// Feeds \p bytes until the message is done, refused, or more is needed.
template <typename Parser>
BeastReading readWithBeast(Parser &parser, std::string_view bytes)
{
    BeastReading reading;
    parser.eager(true);
    parser.header_limit(1U << 20U);
    parser.body_limit(std::uint64_t{1} << 40U);
    while (!parser.is_done() && reading.taken < bytes.size()) {
        const auto rest = bytes.substr(reading.taken);
        const std::size_t taken = parser.put(boost::asio::buffer(rest), reading.error);
        reading.taken += taken;
        if (reading.error == boost::beast::http::error::need_more) {
            reading.error = {};
            break;
        }
        if (reading.error || taken == 0) {
            break;
        }
    }
    return reading;
}

/// Beast refuses a message whose Connection or Proxy-Connection is no list of tokens. We answer it
/// and reuse nothing; Proxy-Connection means nothing to us.
inline bool hasOddConnection(const http::Headers &headers)
{
    return !headers.listIsTokens("Connection") || !headers.listIsTokens("Proxy-Connection");
}

/// Beast takes trailers for headers and refuses a message whose trailers would frame it anew. RFC
/// 9110 section 6.5.1 has a recipient ignore them, which is what we do.
template <typename Parser>
bool refusesTrailers(const Parser &parser, const boost::beast::error_code &code)
{
    using boost::beast::http::error;
    const bool ofField = code == error::bad_transfer_encoding || code == error::bad_content_length
                         || code == error::multiple_content_length || code == error::bad_value;
    return ofField && parser.is_header_done() && parser.chunked();
}

/// True when each header of \p ours has the same values, in their order, among Beast's \p fields.
/// Beast adds trailers to its own.
template <typename Fields>
bool sameHeaders(const http::Headers &ours, const Fields &fields)
{
    for (const http::Header header : ours) {
        auto [at, last] = fields.equal_range(header.name);
        for (const std::string_view value : ours.all(header.name)) {
            if (at == last || std::string_view(at->value()) != value) {
                return false;
            }
            ++at;
        }
    }
    return true;
}

} // namespace signalbox::fuzz

// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/reply_script.h"

#include "app/simulator/wire_time.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>
#include <sstream>

namespace signalbox::simulator {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string chunk(const std::string &bytes)
{
    if (bytes.empty()) {
        return {};
    }
    return beast::buffers_to_string(http::make_chunk(boost::asio::buffer(bytes)));
}

std::string lastChunk()
{
    return beast::buffers_to_string(http::make_chunk_last());
}

Step::Then stepOf(Break how)
{
    switch (how) {
    case Break::Reset:
    case Break::ResetBeforeHead:
        return Step::Then::Reset;
    case Break::Stall:
    case Break::Hang:
        return Step::Then::Hold;
    case Break::Cut:
    case Break::EndEarly:
        return Step::Then::Close;
    case Break::None:
        break;
    }
    return Step::Then::Finish;
}

} // namespace

ReplyScript::ReplyScript(Reply reply, bool keepAlive, SystemTime date)
    : m_reply(std::move(reply))
    , m_keepAlive(keepAlive && m_reply.breakHow == Break::None)
    , m_date(date)
{}

Step ReplyScript::next()
{
    if (!m_begun) {
        m_begun = true;
        return first();
    }
    const bool breaks = m_reply.breakHow != Break::None;
    if (breaks
        && (!m_reply.stream || m_piece >= std::min(m_reply.breakAfter, m_reply.pieceCount))) {
        return breaking();
    }
    if (m_piece < m_reply.pieceCount) {
        const std::size_t index = m_piece++;
        return {timeOf(index), chunk(m_reply.stream->piece(index)), false, Step::Then::Next};
    }
    return {timeOf(m_piece),
            chunk(m_reply.stream->closing()) + lastChunk(),
            false,
            Step::Then::Finish};
}

Step ReplyScript::first()
{
    if (m_reply.breakHow == Break::ResetBeforeHead || m_reply.breakHow == Break::Hang) {
        return {m_reply.headAfter, {}, false, stepOf(m_reply.breakHow)};
    }
    if (!m_reply.stream) {
        return whole();
    }
    return {m_reply.headAfter, head(0) + chunk(m_reply.stream->opening()), true, Step::Then::Next};
}

/// A body that is not streamed; of one that breaks off, the share of its tokens that got out.
Step ReplyScript::whole()
{
    const std::string &body = m_reply.body;
    if (m_reply.breakHow == Break::None) {
        return {m_reply.headAfter, head(body.size()) + body, true, Step::Then::Finish};
    }
    const std::size_t pieces = std::max<std::size_t>(1, m_reply.pieceCount);
    const std::size_t share = std::min(m_reply.breakAfter, pieces - 1);
    std::string part = body.substr(0, body.size() * share / pieces);
    if (m_reply.breakHow != Break::EndEarly) {
        return {m_reply.headAfter, head(body.size()) + part, true, Step::Then::Next};
    }
    part += m_reply.lastWords;
    return {m_reply.headAfter, head(part.size()) + part, true, Step::Then::Close};
}

Step ReplyScript::breaking()
{
    Step step{timeOf(m_piece), {}, false, stepOf(m_reply.breakHow)};
    if (!m_reply.stream) {
        step.at = m_reply.headAfter + m_reply.perPiece;
    } else if (m_reply.breakHow == Break::EndEarly) {
        step.bytes = chunk(m_reply.lastWords) + lastChunk();
    }
    return step;
}

std::string ReplyScript::head(std::size_t contentLength) const
{
    http::response<http::empty_body> response;
    response.version(11);
    response.result(static_cast<unsigned>(m_reply.status));
    if (m_reply.status == 529) {
        response.reason("Site Overloaded");
    }
    response.set(http::field::date, httpDate(m_date));
    response.set(http::field::server, "signalbox-sim");
    for (const auto &header : m_reply.headers) {
        response.insert(header.first, header.second);
    }
    if (m_reply.stream) {
        response.set(http::field::transfer_encoding, "chunked");
    } else {
        response.set(http::field::content_length, std::to_string(contentLength));
    }
    response.set(http::field::connection, m_keepAlive ? "keep-alive" : "close");
    std::ostringstream text;
    text << response.base();
    return text.str();
}

Nanos ReplyScript::timeOf(std::size_t piece) const
{
    return m_reply.firstPieceAfter + m_reply.perPiece * static_cast<std::int64_t>(piece);
}

} // namespace signalbox::simulator

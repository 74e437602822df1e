// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/client_reply.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::gateway {

ClientReply::ClientReply(ExchangeId exchange,
                         const providers::Dialect &dialect,
                         const ChatRequest &request)
    : m_exchange(exchange)
    , m_dialect(dialect)
    , m_stream(request.stream)
    , m_writer(dialect.writer(request))
{}

void ClientReply::restart(providers::AnswerDefaults defaults)
{
    SB_CHECK(!m_content);
    m_held.clear();
    m_whole = {};
    m_passedOn.clear();
    m_writer->restart(std::move(defaults));
}

bool ClientReply::beginsWith(const ChatChunk &chunk) const
{
    return m_stream && !m_content && chunk.hasContent();
}

void ClientReply::add(ChatChunk chunk, Actions &out)
{
    if (!m_stream) {
        m_passedOn = std::move(chunk.wholeJson);
        m_whole.add(chunk);
        return;
    }
    if (!m_content) {
        m_held.push_back(std::move(chunk));
        return;
    }
    std::string bytes;
    m_writer->addChunk(chunk, bytes);
    send(std::move(bytes), out);
}

void ClientReply::begin(http::Headers headers, Actions &out)
{
    SB_CHECK(!m_content);
    m_content = true;
    if (!m_begun) {
        sendHead(std::move(headers), out);
    }
    std::string bytes;
    for (const ChatChunk &chunk : std::exchange(m_held, {})) {
        m_writer->addChunk(chunk, bytes);
    }
    send(std::move(bytes), out);
}

void ClientReply::comment(http::Headers headers, Actions &out)
{
    SB_CHECK(m_stream);
    if (!m_begun) {
        sendHead(std::move(headers), out);
    }
    send(": waiting\n\n", out);
}

void ClientReply::seam(const providers::Seam &seam, Actions &out) const
{
    std::string bytes;
    m_writer->addSeam(seam, bytes);
    send(std::move(bytes), out);
}

void ClientReply::sendHead(http::Headers headers, Actions &out)
{
    m_begun = true;
    Respond head{m_exchange, 200, std::move(headers), {}, true};
    head.headers.add("content-type", "text/event-stream; charset=utf-8");
    head.headers.add("cache-control", "no-cache");
    out.emplace_back(std::move(head));
}

void ClientReply::complete(http::Headers headers, const std::optional<Usage> &usage, Actions &out)
{
    if (!m_stream) {
        Respond answer{m_exchange, 200, std::move(headers), {}, false};
        answer.headers.add("content-type", "application/json");
        answer.body = m_passedOn.empty() ? m_writer->whole(m_whole.whole(), usage)
                                         : std::move(m_passedOn);
        out.emplace_back(std::move(answer));
        return;
    }
    if (!m_content) {
        begin(std::move(headers), out); // an answer without content is an answer too
    }
    std::string bytes;
    m_writer->addEnd(usage, bytes);
    send(std::move(bytes), out);
    out.emplace_back(EndStream{m_exchange});
}

void ClientReply::refuse(const ErrorAnswer &error,
                         const std::vector<AttemptRecord> &attempts,
                         http::Headers headers,
                         Actions &out)
{
    SB_CHECK(!m_begun);
    for (const http::Header header : errorHeaders(error)) {
        headers.set(header.name, header.value);
    }
    out.emplace_back(Respond{m_exchange,
                             error.status,
                             std::move(headers),
                             errorBody(error, attempts, m_dialect),
                             false});
}

void ClientReply::breakOff(const ErrorAnswer &error,
                           const std::vector<AttemptRecord> &attempts,
                           Actions &out)
{
    SB_CHECK(m_begun);
    std::string bytes;
    m_writer->addError(toApiError(error, attempts), bytes);
    send(std::move(bytes), out);
    out.emplace_back(EndStream{m_exchange});
}

void ClientReply::send(std::string bytes, Actions &out) const
{
    if (!bytes.empty()) {
        out.emplace_back(SendBytes{m_exchange, std::move(bytes)});
    }
}

} // namespace signalbox::gateway

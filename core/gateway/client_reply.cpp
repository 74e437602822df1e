// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/client_reply.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::gateway {

ClientReply::ClientReply(ExchangeId exchange, Wish wish)
    : m_exchange(exchange)
    , m_wish(wish)
    , m_encoder({}, wish.includeUsage)
{}

void ClientReply::restart(providers::AnswerDefaults defaults)
{
    SB_CHECK(!m_sent);
    m_held.clear();
    m_whole = {};
    m_passedOn.clear();
    m_encoder = providers::ChatEncoder(defaults, m_wish.includeUsage);
    m_defaults = std::move(defaults);
}

bool ClientReply::beginsWith(const ChatChunk &chunk) const
{
    return m_wish.stream && !m_sent && chunk.hasContent();
}

void ClientReply::add(ChatChunk chunk, Actions &out)
{
    if (!m_wish.stream) {
        m_passedOn = std::move(chunk.wholeJson);
        m_whole.add(chunk);
        return;
    }
    if (!m_sent) {
        m_held.push_back(std::move(chunk));
        return;
    }
    std::string bytes;
    m_encoder.encodeChunk(chunk, bytes);
    send(std::move(bytes), out);
}

void ClientReply::begin(http::Headers headers, Actions &out)
{
    SB_CHECK(!m_sent);
    m_sent = true;
    Respond head{m_exchange, 200, std::move(headers), {}, true};
    head.headers.add("content-type", "text/event-stream; charset=utf-8");
    head.headers.add("cache-control", "no-cache");
    out.emplace_back(std::move(head));
    std::string bytes;
    for (const ChatChunk &chunk : std::exchange(m_held, {})) {
        m_encoder.encodeChunk(chunk, bytes);
    }
    send(std::move(bytes), out);
}

void ClientReply::complete(http::Headers headers, Actions &out)
{
    if (!m_wish.stream) {
        Respond answer{m_exchange, 200, std::move(headers), {}, false};
        answer.headers.add("content-type", "application/json");
        answer.body = m_passedOn.empty() ? providers::encodeCompletion(m_whole.whole(), m_defaults)
                                         : std::move(m_passedOn);
        out.emplace_back(std::move(answer));
        return;
    }
    if (!m_sent) {
        begin(std::move(headers), out); // an answer without content is an answer too
    }
    std::string bytes;
    m_encoder.encodeDone(bytes);
    send(std::move(bytes), out);
    out.emplace_back(EndStream{m_exchange});
}

void ClientReply::refuse(const ErrorAnswer &error,
                         const std::vector<AttemptRecord> &attempts,
                         http::Headers headers,
                         Actions &out)
{
    SB_CHECK(!m_sent);
    for (const http::Header header : errorHeaders(error)) {
        headers.set(header.name, header.value);
    }
    out.emplace_back(
        Respond{m_exchange, error.status, std::move(headers), errorBody(error, attempts), false});
}

void ClientReply::breakOff(const ErrorAnswer &error,
                           const std::vector<AttemptRecord> &attempts,
                           Actions &out)
{
    SB_CHECK(m_sent);
    std::string bytes;
    providers::ChatEncoder::encodeError(toApiError(error, attempts), bytes);
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

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/client_connection.h"

#include "core/base/bounds.h"
#include "core/http/writer.h"
#include "core/runtime/net/read_buffer.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;
using boost::system::error_code;

ClientConnection::ClientConnection(
    Owner &owner, BodyBudget &budget, Socket socket, const Terms &terms, SteadyTime now)
    : m_owner(owner)
    , m_budget(budget)
    , m_stream(std::move(socket), terms.tls)
    , m_patience(terms.patience)
    , m_parser(terms.limits)
    , m_now(now)
    , m_since(now)
    , m_progress(now)
{}

void ClientConnection::start()
{
    watch();
}

void ClientConnection::watch()
{
    if (m_watching || m_phase == Phase::Closed) {
        return;
    }
    m_watching = true;
    m_stream.awaitBytes([self = shared_from_this()](const error_code &error) {
        self->m_watching = false;
        if (!error && self->m_phase != Phase::Closed) {
            self->readable();
        }
    });
}

void ClientConnection::readable()
{
    switch (m_phase) {
    case Phase::Reading:
        // Bytes read earlier come first; resume() is on its way to them, or waits for the client.
        if (!m_slow && m_unread.empty()) {
            readRequest();
        }
        break;
    case Phase::Serving:
        checkStillThere();
        break;
    case Phase::Lingering:
        linger();
        break;
    case Phase::Closed:
        break;
    }
}

void ClientConnection::readRequest()
{
    error_code error;
    auto &buffer = readBuffer();
    const std::size_t got = m_stream.read(asio::buffer(buffer), error);
    if (error == asio::error::would_block) {
        watch();
        return;
    }
    if (error) {
        close();
        return;
    }
    consume({buffer.data(), got});
    if (m_phase != Phase::Closed) {
        watch();
    }
}

void ClientConnection::consume(std::string_view bytes)
{
    while (!bytes.empty() && m_parser.stage() < http::Stage::Complete) {
        const bool inBody = m_parser.stage() == http::Stage::Body;
        const std::size_t taken = m_parser.feed(bytes);
        bytes.remove_prefix(taken);
        m_windowBytes += inBody ? taken : 0;
        if (m_parser.stage() == http::Stage::Body && m_parser.head().expectContinue
            && !m_continueSent && bytes.empty()) {
            m_continueSent = true;
            http::appendContinue(m_outgoing);
            flush(Next::Later);
        }
    }
    touch();
    if (m_parser.stage() == http::Stage::Failed) {
        refuse(Refusal::Kind::Malformed, m_parser.error());
        return;
    }
    if (!holdBody()) {
        refuse(Refusal::Kind::NoRoom);
        return;
    }
    if (m_parser.stage() == http::Stage::Complete) {
        m_unread.append(bytes);
        handOver();
    }
}

/// Starts the clocks that the request's progress asks for.
void ClientConnection::touch()
{
    if (!m_headBegun && m_parser.begun()) {
        m_headBegun = true;
        m_since = m_now;
    }
    if (!m_bodyBegun && m_parser.stage() == http::Stage::Body) {
        m_bodyBegun = true;
        m_since = m_now;
        m_windowBytes = 0;
    }
}

void ClientConnection::handOver()
{
    m_phase = Phase::Serving;
    m_keepAlive = m_parser.head().keepAlive && !m_closing;
    m_headOnly = m_parser.head().method == "HEAD";
    m_knowsChunks = m_parser.head().version == http::Version::Http11;
    m_progress = m_now;
    http::RequestHead head = m_parser.takeHead();
    std::string body = m_parser.takeBody();
    m_parser.reset();
    m_headBegun = false;
    m_bodyBegun = false;
    m_continueSent = false;
    m_owner.requestArrived(*this, std::move(head), std::move(body));
}

void ClientConnection::refuse(Refusal::Kind kind, http::Error error)
{
    const bool hasHead = m_parser.hasHead();
    m_phase = Phase::Serving;
    m_keepAlive = false;
    m_headOnly = hasHead && m_parser.head().method == "HEAD";
    if (hasHead) {
        m_owner.requestRefused(*this,
                               {kind, error, &m_parser.head().headers, m_parser.head().path});
    } else {
        m_owner.requestRefused(*this, {kind, error});
    }
}

/// Books what has come of the body; false when there is no room for it.
bool ClientConnection::holdBody()
{
    const std::uint64_t more = m_parser.body().size() - m_bodyHeld;
    if (!m_budget.take(more)) {
        return false;
    }
    m_bodyHeld += more;
    return true;
}

void ClientConnection::letGoOfBody()
{
    m_budget.giveBack(std::exchange(m_bodyHeld, 0));
}

/// Readable while serving: the next request, or the end of the client.
void ClientConnection::checkStillThere()
{
    if (m_stream.hasEnded()) {
        gone();
        return;
    }
    if (m_unread.size() >= bounds::kPipelinedBytesMax) {
        return; // watched again once this answer is out
    }
    // The next request is taken off the socket, so that an end behind it can still be seen.
    error_code error;
    auto &buffer = readBuffer();
    const std::size_t read = m_stream.read(asio::buffer(buffer), error);
    if (error && error != asio::error::would_block) {
        gone();
        return;
    }
    m_unread.append(buffer.data(), read);
    watch();
}

void ClientConnection::gone()
{
    const auto keep = shared_from_this();
    if (std::exchange(m_phase, Phase::Closed) == Phase::Serving) {
        m_owner.clientGone(*this);
    }
    letGoOfBody();
    m_stream.close();
    m_owner.connectionClosed(*this);
}

void ClientConnection::closeSoon()
{
    m_closing = true;
    m_keepAlive = false;
}

void ClientConnection::close()
{
    if (m_phase == Phase::Closed) {
        return;
    }
    const auto keep = shared_from_this();
    m_phase = Phase::Closed;
    letGoOfBody();
    m_stream.close();
    m_owner.connectionClosed(*this);
}

void ClientConnection::abandon()
{
    m_phase = Phase::Closed;
    letGoOfBody();
    m_stream.close();
}

void ClientConnection::sweep(SteadyTime now)
{
    m_now = now;
    if (!m_outgoing.empty()) {
        if (now - m_progress > m_patience.writeStall) {
            gone();
            return;
        }
        if (m_phase != Phase::Reading || !m_headBegun) {
            m_since = now; // the waits below begin when the answers are out
        }
    }
    const Nanos waited = now - m_since;
    if (m_phase == Phase::Lingering && waited > bounds::kLingerMax) {
        close();
        return;
    }
    if (m_phase != Phase::Reading) {
        return;
    }
    if (!m_headBegun) {
        if (waited > (m_stream.isSecuring() ? m_patience.head : m_patience.idle)) {
            close();
        }
        return;
    }
    bool tooSlow = !m_bodyBegun && waited > m_patience.head;
    if (m_bodyBegun && waited > m_patience.bodyWindow) {
        tooSlow = m_windowBytes < m_patience.bodyWindowBytes;
        m_windowBytes = 0;
        m_since = now;
    }
    if (tooSlow) {
        refuse(Refusal::Kind::TooSlow);
    }
}

} // namespace signalbox::runtime

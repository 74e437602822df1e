// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/upstream_pool.h"

#include "core/base/bounds.h"
#include "core/base/check.h"
#include "core/http/url.h"
#include "core/http/writer.h"
#include "core/runtime/net/client_tls.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;
namespace asio = boost::asio;

namespace {

/// The call as HTTP; an error when a key or name holds what no header may.
Result<std::string, http::Error> requestBytes(const CallUpstream &call, const http::Url &url)
{
    http::Headers headers;
    headers.add("host", url.hostHeader());
    headers.add("accept-encoding", "identity"); // none named would allow any, RFC 9110, 12.5.3
    for (const auto &[name, value] : call.call.headers) {
        headers.add(name, value);
    }
    if (!call.key.isEmpty()) {
        std::string value = call.call.auth.prefix;
        value += call.key.expose();
        headers.add(call.call.auth.header, value);
    }
    if (!call.call.body.empty() || call.call.method == "POST") {
        headers.add("content-length", std::to_string(call.call.body.size()));
    }
    std::string bytes;
    bytes.reserve(512 + call.call.body.size());
    const auto written =
        http::appendRequestHead(bytes, call.call.method, url.basePath + call.call.path, headers);
    if (!written) {
        return Failure{written.error()};
    }
    bytes += call.call.body;
    return bytes;
}

} // namespace

UpstreamPool::UpstreamPool(asio::io_context &loop, Sink sink)
    : m_loop(loop)
    , m_sink(std::move(sink))
{}

UpstreamPool::~UpstreamPool() = default;

void UpstreamPool::call(CallUpstream call, SteadyTime now)
{
    m_now = now;
    const http::Url &url = urlOf(call.provider->baseUrl);
    const UpstreamPlace place{url.secure, url.host, url.port, call.provider->caFile};
    auto request = requestBytes(call, url);
    if (!request) {
        asio::post(m_loop, [this, attempt = call.attempt] {
            m_sink(attempt,
                   UpstreamFailed{OutcomeClass::AuthFailed, "the key cannot stand in a header"});
        });
        return;
    }
    if (UpstreamConnection *idle = takeIdle(place)) {
        m_calls[call.attempt] = idle;
        // Told before the bytes go out, but never from inside this call.
        asio::post(m_loop, [this, attempt = call.attempt] {
            if (m_calls.contains(attempt)) {
                m_sink(attempt, UpstreamConnected{true});
            }
        });
        idle->call(call.attempt, std::move(*request));
        return;
    }
    startOnNew(call.attempt, place, std::move(*request));
}

const http::Url &UpstreamPool::urlOf(const std::string &baseUrl)
{
    const auto known = m_urls.find(baseUrl);
    if (known != m_urls.end()) {
        return known->second;
    }
    if (m_urls.size() >= bounds::kUpstreamUrlsMax) {
        m_urls.clear();
    }
    auto url = http::parseUrl(baseUrl);
    SB_CHECK(url.ok()); // the configuration was checked
    return m_urls.emplace(baseUrl, std::move(*url)).first->second;
}

void UpstreamPool::startOnNew(AttemptId attempt, const UpstreamPlace &place, std::string request)
{
    UpstreamConnection &connection = connectNew(place);
    m_calls[attempt] = &connection;
    connection.call(attempt, std::move(request));
}

UpstreamConnection &UpstreamPool::connectNew(const UpstreamPlace &place)
{
    UpstreamConnection::Owner &owner = *this;
    auto made = std::make_unique<UpstreamConnection>(owner, place);
    UpstreamConnection &connection = *made;
    m_connections[&connection] = Held{std::move(made), m_now, false};
    Transport::Handler &handler = connection.handler();
    connection.open(place.secure ? makeTlsTransport(m_loop, handler, tlsContext(place.caFile))
                                 : makePlainTransport(m_loop, handler));
    return connection;
}

UpstreamConnection *UpstreamPool::takeIdle(const UpstreamPlace &place)
{
    const auto found = m_idle.find(place);
    if (found == m_idle.end() || found->second.empty()) {
        return nullptr;
    }
    // The newest is the least likely to be closed by the other side meanwhile.
    UpstreamConnection *connection = found->second.back();
    found->second.pop_back();
    m_connections[connection].idle = false;
    return connection;
}

void UpstreamPool::cancel(AttemptId attempt)
{
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end()) {
        return;
    }
    UpstreamConnection *connection = found->second;
    m_calls.erase(found);
    connection->close();
    discard(*connection);
}

void UpstreamPool::release(AttemptId attempt, SteadyTime now)
{
    m_now = now;
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end()) {
        return;
    }
    m_connections[found->second].since = now;
    found->second->release();
    m_calls.erase(found);
}

void UpstreamPool::setReading(AttemptId attempt, bool reading)
{
    const auto found = m_calls.find(attempt);
    if (found != m_calls.end()) {
        found->second->setReading(reading);
    }
}

void UpstreamPool::sweep(SteadyTime now)
{
    m_now = now;
    std::vector<UpstreamConnection *> old;
    for (auto &[connection, held] : m_connections) {
        const bool idleTooLong = held.idle && now - held.since > bounds::kIdleUpstreamMax;
        const bool talksOn = !held.idle && connection->isReleased()
                             && now - held.since > bounds::kReleasedUpstreamMax;
        if (idleTooLong || talksOn) {
            old.push_back(connection);
        }
    }
    for (UpstreamConnection *connection : old) {
        connection->close();
        discard(*connection);
    }
}

void UpstreamPool::forgetAuthorities()
{
    m_tlsContexts.clear();
    std::vector<UpstreamConnection *> vouchedFor;
    for (const auto &[connection, held] : m_connections) {
        if (held.idle && connection->place().secure) {
            vouchedFor.push_back(connection);
        }
    }
    for (UpstreamConnection *connection : vouchedFor) {
        connection->close();
        discard(*connection);
    }
}

void UpstreamPool::callEvent(AttemptId attempt, UpstreamEvent event)
{
    const bool last = std::holds_alternative<UpstreamEnd>(event)
                      || std::holds_alternative<UpstreamFailed>(event);
    if (last) {
        m_calls.erase(attempt);
    }
    m_sink(attempt, std::move(event));
}

void UpstreamPool::connectionIdle(UpstreamConnection &connection)
{
    auto &idle = m_idle[connection.place()];
    if (idle.size() >= bounds::kIdleUpstreamsPerPlaceMax) {
        connection.close();
        discard(connection);
        return;
    }
    idle.push_back(&connection);
    Held &held = m_connections[&connection];
    held.idle = true;
    held.since = m_now;
}

void UpstreamPool::connectionDead(UpstreamConnection &connection)
{
    discard(connection);
}

void UpstreamPool::callStale(AttemptId attempt, std::string request)
{
    const auto found = m_calls.find(attempt);
    if (found == m_calls.end()) {
        return;
    }
    const UpstreamPlace place = found->second->place();
    startOnNew(attempt, place, std::move(request));
}

void UpstreamPool::discard(UpstreamConnection &connection)
{
    const auto found = m_connections.find(&connection);
    if (found == m_connections.end()) {
        return;
    }
    if (found->second.idle) {
        std::erase(m_idle[connection.place()], &connection);
    }
    // It may be on the stack below us: destroyed from the loop, once that has unwound.
    asio::post(m_loop,
               [dying = std::shared_ptr<UpstreamConnection>(std::move(found->second.connection))] {
               });
    m_connections.erase(found);
}

std::shared_ptr<asio::ssl::context> UpstreamPool::tlsContext(const std::string &caFile)
{
    auto &context = m_tlsContexts[caFile];
    if (!context) {
        context = makeClientTls(caFile);
    }
    return context;
}

} // namespace signalbox::runtime

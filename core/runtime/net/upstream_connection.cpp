// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/upstream_connection.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/runtime/clock.h"

#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

/// A kept connection that ends this soon after a call went out was ending already. Later than
/// that the upstream may have worked on the call, and bill it: then it is a failure like others.
constexpr Millis kStaleMax{300};

/// What a refused or cut answer means: with a head it was an answer that broke, else none came.
OutcomeClass outcomeOf(http::Error error, bool hasHead)
{
    if (error != http::Error::Cut) {
        return OutcomeClass::Unparseable;
    }
    return hasHead ? OutcomeClass::StreamBroken : OutcomeClass::ConnectionReset;
}

} // namespace

UpstreamConnection::UpstreamConnection(Owner &owner, UpstreamPlace place)
    : m_owner(owner)
    , m_place(std::move(place))
{}

UpstreamConnection::~UpstreamConnection()
{
    if (m_transport) {
        m_transport->close();
    }
}

void UpstreamConnection::open(std::shared_ptr<Transport> transport)
{
    m_transport = std::move(transport);
    m_transport->connect(m_place.host, m_place.port);
}

void UpstreamConnection::call(AttemptId attempt, std::string request)
{
    SB_CHECK(m_attempt == 0 && !m_dead);
    m_attempt = attempt;
    m_released = false;
    m_headTold = false;
    m_request = std::move(request);
    if (!m_connected) {
        return;
    }
    m_reused = true;
    m_calledAt = steadyNow();
    m_parser.reset();
    m_transport->send(m_request);
}

void UpstreamConnection::release()
{
    m_released = true;
    m_transport->setReading(true);
}

void UpstreamConnection::setReading(bool reading)
{
    if (m_connected && !m_dead) {
        m_transport->setReading(reading);
    }
}

void UpstreamConnection::close()
{
    m_attempt = 0;
    m_transport->close();
    m_dead = true;
}

void UpstreamConnection::transportConnected()
{
    m_connected = true;
    tell(UpstreamConnected{});
    if (!m_dead) {
        m_transport->send(m_request);
    }
}

void UpstreamConnection::transportBytes(std::string_view bytes)
{
    if (m_attempt == 0) {
        die(); // an idle upstream has nothing to say
        return;
    }
    m_request.clear();
    while (!bytes.empty() && m_parser.stage() < http::Stage::Complete) {
        const auto step = m_parser.feed(bytes);
        bytes.remove_prefix(step.taken);
        if (isPacked()) {
            fail(OutcomeClass::Unparseable, "the answer has a content-encoding, not asked for");
            return;
        }
        tellHeadIfNew();
        if (!step.body.empty() && !m_dead) {
            tell(UpstreamBytes{step.body});
        }
        if (m_dead) {
            return; // cancelled by what it was told
        }
    }
    if (m_parser.stage() == http::Stage::Failed) {
        fail(OutcomeClass::Unparseable, std::string(http::describe(m_parser.error())));
    } else if (m_parser.stage() == http::Stage::Complete) {
        if (!bytes.empty()) {
            (void)m_parser.feed(bytes); // marks the connection as not to be used again
        }
        answerComplete();
    }
}

/// Of answers only: what a refusal says is told by its status already.
bool UpstreamConnection::isPacked() const
{
    if (m_headTold || !m_parser.hasHead() || m_parser.stage() == http::Stage::Failed) {
        return false;
    }
    const http::ResponseHead &head = m_parser.head();
    const auto coding = head.headers.find("content-encoding");
    const bool plain = !coding || coding->empty() || equalsIgnoreCase(*coding, "identity");
    return head.status >= 200 && head.status < 300 && !plain;
}

void UpstreamConnection::tellHeadIfNew()
{
    if (m_headTold || !m_parser.hasHead() || m_parser.stage() == http::Stage::Failed) {
        return;
    }
    m_headTold = true;
    const http::ResponseHead &head = m_parser.head();
    const auto type = head.headers.find("content-type");
    if (m_parser.stage() == http::Stage::Body && type
        && http::isMediaType(*type, "text/event-stream")) {
        m_parser.streamBody();
    }
    tell(UpstreamHead{head.status, head.headers});
}

void UpstreamConnection::transportEnded(TransportEnd end)
{
    m_dead = true;
    if (m_attempt == 0) {
        m_owner.connectionDead(*this);
        return;
    }
    if (!m_connected) {
        fail(end.outcome, std::move(end.detail));
        return;
    }
    const bool stale = m_reused && steadyNow() - m_calledAt < kStaleMax;
    if (!m_parser.begun() && stale && !m_released) {
        m_owner.callStale(std::exchange(m_attempt, 0), std::move(m_request));
        m_owner.connectionDead(*this);
        return;
    }
    m_parser.finish();
    if (m_parser.stage() == http::Stage::Complete) {
        answerComplete();
        return;
    }
    const OutcomeClass outcome = end.closed || m_parser.hasHead()
                                     ? outcomeOf(m_parser.error(), m_parser.hasHead())
                                     : OutcomeClass::ConnectionReset;
    fail(outcome, std::move(end.detail));
}

void UpstreamConnection::tell(UpstreamEvent event)
{
    if (m_attempt != 0 && !m_released) {
        m_owner.callEvent(m_attempt, std::move(event));
    }
}

void UpstreamConnection::answerComplete()
{
    tell(UpstreamEnd{});
    const bool reusable = !m_dead && m_parser.reusable();
    m_attempt = 0;
    if (reusable) {
        m_transport->setReading(true);
        m_owner.connectionIdle(*this);
    } else {
        die();
    }
}

void UpstreamConnection::fail(OutcomeClass outcome, std::string detail)
{
    tell(UpstreamFailed{outcome, std::move(detail)});
    m_attempt = 0;
    die();
}

void UpstreamConnection::die()
{
    m_dead = true;
    m_transport->close();
    m_owner.connectionDead(*this);
}

} // namespace signalbox::runtime

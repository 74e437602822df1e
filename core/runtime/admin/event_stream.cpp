// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/event_stream.h"

#include "core/base/bounds.h"
#include "core/http/sse_writer.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr Millis kTickEvery{500};

} // namespace

EventStream::EventStream(boost::asio::io_context &loop, Gateway &gateway)
    : m_gateway(gateway)
    , m_ticker(loop)
{}

bool EventStream::subscribe(ExchangeId id)
{
    if (m_ended || m_subscribers.size() >= bounds::kEventStreamsMax) {
        return false;
    }
    Respond begin;
    begin.exchange = id;
    begin.headers.add("content-type", "text/event-stream");
    begin.headers.add("cache-control", "no-store");
    begin.streamed = true;
    Actions actions;
    actions.emplace_back(std::move(begin));
    m_rim->perform(std::move(actions));
    const Now now = readClock();
    Subscriber &subscriber = m_subscribers[id];
    subscriber.lastTransition = now.system;
    push(id, subscriber, "snapshot", toText(toJson(*m_gateway.snapshot(now))));
    if (!std::exchange(m_ticking, true)) {
        tick();
    }
    return true;
}

void EventStream::tick()
{
    m_ticker.expires_after(kTickEvery);
    m_ticker.async_wait([this](const boost::system::error_code &stopped) {
        if (stopped || m_subscribers.empty()) {
            m_ticking = false;
            return;
        }
        pushSnapshot();
        tick();
    });
}

void EventStream::pushSnapshot()
{
    const auto snapshot = m_gateway.snapshot(readClock());
    const std::string state = toText(toJson(*snapshot));
    for (auto &[id, subscriber] : m_subscribers) {
        for (const telemetry::BreakerTransition &transition : snapshot->transitions) {
            if (transition.at > subscriber.lastTransition) {
                push(id, subscriber, "breaker", toText(toJson(transition)));
            }
        }
        if (!snapshot->transitions.empty()) {
            subscriber.lastTransition = std::max(subscriber.lastTransition,
                                                 snapshot->transitions.back().at);
        }
        push(id, subscriber, "snapshot", state);
    }
}

void EventStream::requestFinished(const RequestRecord &record)
{
    if (m_subscribers.empty()) {
        return;
    }
    const std::string data = toText(record, Detail::Row);
    for (auto &[id, subscriber] : m_subscribers) {
        push(id, subscriber, "request", data);
    }
}

void EventStream::push(ExchangeId id,
                       Subscriber &subscriber,
                       std::string_view event,
                       const std::string &data)
{
    if (subscriber.slow) {
        ++subscriber.missed;
        return;
    }
    SendBytes piece{id, {}};
    if (subscriber.missed > 0) {
        http::appendEvent(piece.bytes,
                          nlohmann::json{{"events", std::exchange(subscriber.missed, 0)}}.dump(),
                          "missed");
    }
    http::appendEvent(piece.bytes, data, event);
    Actions actions;
    actions.emplace_back(std::move(piece));
    m_rim->perform(std::move(actions));
}

void EventStream::clientGone(ExchangeId id)
{
    m_subscribers.erase(id);
}

void EventStream::clientSlow(ExchangeId id, bool slow)
{
    const auto found = m_subscribers.find(id);
    if (found != m_subscribers.end()) {
        found->second.slow = slow;
    }
}

void EventStream::shutDown()
{
    m_ended = true;
    m_ticker.cancel();
    for (const auto &entry : std::exchange(m_subscribers, {})) {
        Actions actions;
        actions.emplace_back(EndStream{entry.first});
        actions.emplace_back(Finished{entry.first, nullptr});
        m_rim->perform(std::move(actions));
    }
}

} // namespace signalbox::runtime

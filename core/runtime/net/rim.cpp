// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/rim.h"

#include "core/base/check.h"
#include "core/base/overloaded.h"
#include "core/gateway/error_answer.h"
#include "core/runtime/clock.h"

#include <algorithm>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace signalbox::runtime {

using namespace gateway;
namespace asio = boost::asio;

namespace {

/// How often waits of seconds (idle connections, slow clients) are looked after.
constexpr Millis kSweepEvery{200};

/// So many clients that each may have an upstream, as the process' limit of open files allows.
std::size_t clientsThatFit(std::size_t wanted)
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) {
        return wanted;
    }
    const std::size_t sockets = files.rlim_cur
                                - std::min<rlim_t>(files.rlim_cur, bounds::kOtherFilesMax);
    return std::clamp<std::size_t>(sockets / 2, 1, wanted);
}

/// The exchange of whose streamed answer \p action is a part; 0 when it is none.
ExchangeId streamOf(const Action &action)
{
    if (const auto *head = std::get_if<Respond>(&action)) {
        return head->streamed ? head->exchange : 0;
    }
    if (const auto *piece = std::get_if<SendBytes>(&action)) {
        return piece->exchange;
    }
    const auto *end = std::get_if<EndStream>(&action);
    return end == nullptr ? 0 : end->exchange;
}

bool continues(const Action &action, const Action &next)
{
    return streamOf(action) != 0 && streamOf(action) == streamOf(next)
           && !std::holds_alternative<Respond>(next);
}

} // namespace

Rim::Rim(asio::io_context &loop, Gateway &gateway, RecordSink records, const RimOptions &options)
    : m_loop(loop)
    , m_gateway(gateway)
    , m_records(std::move(records))
    , m_options(options)
    , m_bodies(options.bodyBytesInAllMax)
    , m_listener(loop)
    , m_pool(loop,
             [this](AttemptId attempt, UpstreamEvent event) {
                 upstreamEvent(attempt, std::move(event));
             })
    , m_pictures(
          loop,
          [this](ExchangeId exchange, std::size_t number, PictureResult result) {
              pictureCame(exchange, number, std::move(result));
          },
          options.pictures)
    , m_questions(loop,
                  [this](ExchangeId exchange, const std::optional<cache::Alike> &alike) {
                      questionCompared(exchange, alike);
                  })
    , m_timer(loop)
{}

Rim::~Rim()
{
    for (auto &entry : std::exchange(m_clients, {})) {
        entry.second.connection->abandon();
    }
}

Status<std::string> Rim::listen(const std::string &address)
{
    m_options.clientsMax = clientsThatFit(m_options.clientsMax);
    auto opened = m_listener.open(address, [this](asio::ip::tcp::socket socket) {
        accepted(std::move(socket));
    });
    if (opened) {
        m_nextSweep = steadyNow() + kSweepEvery;
        rearm();
    }
    return opened;
}

void Rim::accepted(asio::ip::tcp::socket socket)
{
    if (m_clients.size() >= m_options.clientsMax) {
        m_gateway.turnedAway();
        return;
    }
    const ClientConnection::Terms terms = clientTerms();
    // One body of the greatest size allowed must always fit.
    m_bodies.setBytesMax(std::max(m_options.bodyBytesInAllMax, terms.limits.bodyBytesMax));
    ClientConnection::Owner &owner = *this;
    auto connection =
        std::make_shared<ClientConnection>(owner, m_bodies, std::move(socket), terms, steadyNow());
    m_clients[connection.get()] = Client{connection, 0};
    connection->start();
}

ClientConnection::Terms Rim::clientTerms() const
{
    const ServerSettings &server = m_gateway.configuration().server;
    ClientConnection::Terms terms;
    terms.limits.bodyBytesMax = static_cast<std::uint64_t>(server.maxBodyBytes);
    terms.patience = m_options.patience;
    terms.patience.head = server.header;
    terms.tls = m_tls;
    return terms;
}

void Rim::setTls(ServerTls tls)
{
    m_tls = std::move(tls);
    m_listener.setSecure(m_tls != nullptr);
}

void Rim::requestArrived(ClientConnection &connection, http::RequestHead head, std::string body)
{
    const ExchangeId id = ++m_lastExchange;
    m_clients.at(&connection).exchange = id;
    m_serving[id] = &connection;
    if (m_sideDoor != nullptr && m_sideDoor->owns(head)) {
        m_atSideDoor[id] = true;
        m_sideDoor->requested(id, std::move(head), std::move(body));
        return;
    }
    m_tap.asked(id, body);
    Actions actions;
    m_gateway.arrived(id, Arrival{std::move(head), std::move(body)}, readClock(), actions);
    perform(std::move(actions));
}

void Rim::requestRefused(ClientConnection &connection, const Refusal &refusal)
{
    const auto answer = [&] {
        switch (refusal.kind) {
        case Refusal::Kind::Malformed:
            return refusedByCodec(refusal.error);
        case Refusal::Kind::TooSlow:
            return requestTimeout();
        case Refusal::Kind::NoRoom:
            return overloaded();
        }
        SB_CHECK(false);
    }();
    connection.respond(answer.status,
                       m_gateway.refuseUnread(answer, refusal.headers, refusal.path, readClock()),
                       Gateway::refusalBody(answer, refusal.path),
                       false);
}

void Rim::clientGone(ClientConnection &connection)
{
    const ExchangeId id = std::exchange(m_clients.at(&connection).exchange, 0);
    m_serving.erase(id);
    if (m_atSideDoor.erase(id) > 0) {
        m_sideDoor->clientGone(id);
        return;
    }
    Actions actions;
    m_gateway.clientGone(id, readClock(), actions);
    perform(std::move(actions));
}

void Rim::clientSlow(ClientConnection &connection, bool slow)
{
    const ExchangeId id = m_clients.at(&connection).exchange;
    if (m_atSideDoor.contains(id)) {
        m_sideDoor->clientSlow(id, slow);
        return;
    }
    if (slow) {
        m_slow.insert(id);
    } else {
        m_slow.erase(id);
    }
    m_gateway.clientSlow(id, slow, readClock());
    if (const auto attempt = m_gateway.attemptOf(id)) {
        m_pool.setReading(*attempt, !slow);
    }
    rearm();
}

void Rim::connectionClosed(ClientConnection &connection)
{
    m_clients.erase(&connection);
}

void Rim::upstreamEvent(AttemptId attempt, const UpstreamEvent &event)
{
    Actions actions;
    m_gateway.upstream(attempt, event, readClock(), actions);
    perform(std::move(actions));
    if (!m_slow.empty() && std::holds_alternative<UpstreamHead>(event)) {
        holdForSlowClient(attempt);
    }
}

/// Whoever goes on with an answer finds the client as it is.
void Rim::holdForSlowClient(AttemptId attempt)
{
    const bool slow = std::ranges::any_of(m_slow, [&](ExchangeId id) {
        return m_gateway.attemptOf(id) == attempt;
    });
    if (slow) {
        m_pool.setReading(attempt, false);
    }
}

void Rim::pictureCame(ExchangeId exchange, std::size_t number, PictureResult result)
{
    Actions actions;
    m_gateway.picture(exchange, number, std::move(result), readClock(), actions);
    perform(std::move(actions));
}

void Rim::questionCompared(ExchangeId exchange, const std::optional<cache::Alike> &alike)
{
    Actions actions;
    m_gateway.compared(exchange, alike, readClock(), actions);
    perform(std::move(actions));
}

void Rim::passIndexOrders()
{
    if (m_gateway.cache().hasIndexOrders()) {
        m_questions.take(m_gateway.cache().takeIndexOrders());
    }
}

void Rim::passStudied()
{
    for (Studied &studied : m_gateway.takeStudied()) {
        if (m_studySink) {
            m_studySink(std::move(studied));
        }
    }
}

void Rim::forgetAuthorities()
{
    m_pool.forgetAuthorities();
    m_pictures.forgetAuthorities();
}

void Rim::perform(Actions actions)
{
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const bool continued = i + 1 < actions.size() && continues(actions[i], actions[i + 1]);
        performOne(actions[i],
                   continued ? ClientConnection::Next::AtOnce : ClientConnection::Next::Later);
    }
    passIndexOrders();
    rearm();
    passStudied(); // behind all else: who is told may perform() again
}

void Rim::performOne(Action &action, ClientConnection::Next next)
{
    std::visit(Overloaded{
                   [&](CallUpstream &call) { m_pool.call(std::move(call), steadyNow()); },
                   [&](CancelUpstream &cancel) { m_pool.cancel(cancel.attempt); },
                   [&](ReleaseUpstream &release) { m_pool.release(release.attempt, steadyNow()); },
                   [&](FetchPicture &fetch) { m_pictures.fetch(fetch); },
                   [&](CancelPictures &cancel) { m_pictures.cancel(cancel.exchange); },
                   [&](CompareQuestion &question) {
                       passIndexOrders();
                       m_questions.compare(std::move(question));
                   },
                   [&](Respond &answer) {
                       m_tap.answered(answer.exchange, answer.body);
                       if (ClientConnection *connection = connectionOf(answer.exchange)) {
                           if (!answer.streamed) {
                               // The next request of this connection may come from inside respond().
                               m_serving.erase(answer.exchange);
                               m_clients.at(connection).exchange = 0;
                           }
                           connection->respond(answer.status,
                                               std::move(answer.headers),
                                               std::move(answer.body),
                                               answer.streamed,
                                               next);
                       }
                   },
                   [&](SendBytes &piece) {
                       m_tap.answered(piece.exchange, piece.bytes);
                       if (ClientConnection *connection = connectionOf(piece.exchange)) {
                           connection->send(piece.bytes, next);
                       }
                   },
                   [&](EndStream &end) {
                       if (ClientConnection *connection = connectionOf(end.exchange)) {
                           m_serving.erase(end.exchange);
                           m_clients.at(connection).exchange = 0;
                           connection->end();
                       }
                   },
                   [&](Finished &done) { finished(done); },
               },
               action);
}

ClientConnection *Rim::connectionOf(ExchangeId exchange)
{
    const auto found = m_serving.find(exchange);
    return found == m_serving.end() ? nullptr : found->second;
}

void Rim::finished(Finished &action)
{
    m_atSideDoor.erase(action.exchange);
    m_slow.erase(action.exchange);
    m_serving.erase(action.exchange);
    auto bodies = m_tap.take(action.exchange);
    if (action.record && bodies && m_bodySink) {
        bodies->id = action.record->id;
        bodies->arrived = action.record->arrived;
        m_bodySink(std::move(*bodies));
    }
    if (action.record) {
        m_records(std::move(action.record));
    }
    finishDrainIfDone();
}

void Rim::rearm()
{
    SteadyTime next = std::min({m_nextSweep, m_drainUntil, m_graceUntil});
    if (const auto deadline = m_gateway.nextDeadline()) {
        next = std::min(next, *deadline);
    }
    // Being woken too early is harmless, so a timer that stands earlier is left alone.
    if (next >= m_armedFor) {
        return;
    }
    m_armedFor = next;
    m_timer.expires_at(next);
    m_timer.async_wait([this](const boost::system::error_code &error) {
        if (!error) {
            onTimer();
        }
    });
}

void Rim::onTimer()
{
    m_armedFor = SteadyTime::max();
    const Now now = readClock();
    Actions actions;
    m_gateway.advance(now, actions);
    if (now.steady >= m_nextSweep) {
        m_nextSweep = now.steady + kSweepEvery;
        std::vector<std::shared_ptr<ClientConnection>> connections;
        connections.reserve(m_clients.size());
        for (const auto &entry : m_clients) {
            connections.push_back(entry.second.connection);
        }
        for (const auto &connection : connections) {
            connection->sweep(now.steady);
        }
        m_pool.sweep(now.steady);
    }
    if (now.steady >= m_graceUntil) {
        m_graceUntil = SteadyTime::max();
    }
    if (now.steady >= m_drainUntil) {
        m_drainUntil = SteadyTime::max();
        m_gateway.shutDown(now, actions);
    }
    perform(std::move(actions));
    finishDrainIfDone();
}

void Rim::drain(Millis patience, std::function<void()> done)
{
    m_listener.close();
    Actions actions;
    m_gateway.endOwnCalls(readClock(), actions);
    perform(std::move(actions));
    m_drained = std::move(done);
    m_drainUntil = steadyNow() + patience;
    m_graceUntil = std::min(m_drainUntil, steadyNow() + bounds::kDrainGrace);
    if (m_sideDoor != nullptr) {
        m_sideDoor->shutDown();
    }
    std::vector<std::shared_ptr<ClientConnection>> connections;
    for (const auto &entry : m_clients) {
        connections.push_back(entry.second.connection);
    }
    for (const auto &connection : connections) {
        connection->closeSoon();
    }
    rearm();
    finishDrainIfDone();
}

void Rim::finishDrainIfDone()
{
    const auto waitsForKernel = [](const auto &entry) {
        return entry.second.connection->hasOutgoing();
    };
    const bool late = m_drainUntil == SteadyTime::max();
    const bool inGrace = m_graceUntil != SteadyTime::max();
    if (m_drained && !inGrace && m_gateway.inFlight() == 0 && m_serving.empty()
        && (late || std::ranges::none_of(m_clients, waitsForKernel))) {
        asio::post(m_loop, std::exchange(m_drained, nullptr));
    }
}

} // namespace signalbox::runtime

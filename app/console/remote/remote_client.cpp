// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_client.h"

#include "core/base/bounds.h"
#include "core/base/overloaded.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/record_json.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using State = ui::Connection::State;

namespace {

constexpr int kPollMs = 1000;
constexpr Seconds kSkewIgnored{2};
constexpr std::size_t kOrdersMax = 100;
constexpr int kDoublingsMax = 16;

QString verbOf(ui::BreakerAction action)
{
    switch (action) {
    case ui::BreakerAction::Trip:
        return u"trip"_s;
    case ui::BreakerAction::Hold:
        return u"hold"_s;
    case ui::BreakerAction::Reset:
        return u"reset"_s;
    case ui::BreakerAction::Drain:
        return u"drain"_s;
    case ui::BreakerAction::Undrain:
        return u"undrain"_s;
    }
    return {};
}

QByteArray bodyOf(const ui::BreakerCommand &command)
{
    QJsonObject body;
    if (!command.reason.empty()) {
        body.insert(u"reason"_s, QString::fromStdString(command.reason));
    }
    if (command.duration) {
        body.insert(u"for_s"_s, static_cast<double>(command.duration->count()));
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

Millis reconnectDelay(const RemoteOptions &options, int failures, Random &random)
{
    const int doublings = std::clamp(failures - 1, 0, kDoublingsMax);
    const Millis whole = std::min(options.firstWait * (1 << doublings), options.longestWait);
    const auto half = whole.count() / 2;
    return Millis(half + static_cast<std::int64_t>(random.unit() * static_cast<double>(half)));
}

RemoteClient::RemoteClient(RemoteOptions options)
    : m_options(std::move(options))
    , m_random(m_options.seed)
    , m_http(m_options.address, m_options.tls, m_options.answerWithin, this)
    , m_poll(this)
    , m_silence(this)
    , m_retry(this)
    , m_lanes{Lane{SeriesMirror(Seconds(1)), false},
              Lane{SeriesMirror(Seconds(10)), false},
              Lane{SeriesMirror(Seconds(60)), false},
              Lane{SeriesMirror(Seconds(3600)), false}}
    , m_finished(bounds::kConsoleRecordsMax)
    , m_results(bounds::kConsoleResultsMax)
    , m_orders(kOrdersMax)
{
    m_silence.setSingleShot(true);
    m_retry.setSingleShot(true);
    m_poll.setInterval(kPollMs);
    connect(&m_silence, &QTimer::timeout, this, &RemoteClient::onSilence);
    connect(&m_retry, &QTimer::timeout, this, &RemoteClient::connectNow);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        m_now.state == State::Connected ? askSeries() : growGaps();
    });
    m_link.publish(std::make_shared<const RemoteLink>(m_now));
}

RemoteClient::~RemoteClient()
{
    m_http.abortAll();
}

void RemoteClient::order(Order order)
{
    m_orders.put(std::move(order));
    QMetaObject::invokeMethod(this, &RemoteClient::takeOrders, Qt::QueuedConnection);
}

void RemoteClient::takeOrders()
{
    for (const Order &order : m_orders.take().items) {
        std::visit(Overloaded{[this](const Secret &token) {
                                  m_hasToken = true;
                                  m_http.setToken(token);
                                  m_failures = 0;
                                  connectNow();
                              },
                              [this](const Retry &) {
                                  if (m_hasToken
                                      && !(m_listening && m_now.state == State::Connected)) {
                                      connectNow();
                                  }
                              },
                              [this](const ui::BreakerCommand &command) { act(command); }},
                   order);
    }
}

void RemoteClient::act(const ui::BreakerCommand &command)
{
    if (m_now.state != State::Connected) {
        return finish(command.id, tr("The gateway is away; nothing was sent."));
    }
    const QString target = QString::fromUtf8(
        QUrl::toPercentEncoding(QString::fromStdString(command.target.name())));
    const quint64 id = command.id;
    m_pending.emplace(id, target);
    m_http.post(u"targets/"_s + target + u'/' + verbOf(command.action),
                bodyOf(command),
                [this, id](const RemoteAnswer &answer) {
                    const auto trouble = troubleIn(answer, m_options.address);
                    finish(id, trouble ? trouble->words : QString());
                    if (trouble && trouble->token) {
                        askForToken(trouble->words);
                    }
                });
}

void RemoteClient::finish(quint64 id, const QString &problem)
{
    m_pending.erase(id);
    m_results.put({id, problem});
    ring();
}

void RemoteClient::connectNow()
{
    drop(tr("The connection began anew; whether it arrived is not known."));
    m_retry.stop();
    if (m_now.state == State::TokenNeeded) {
        setLink({.state = State::Connecting, .skew = m_now.skew});
    }
    m_http.get(u"state"_s, {}, [this](const RemoteAnswer &answer) { onState(answer); });
}

void RemoteClient::onState(const RemoteAnswer &answer)
{
    const QString where = m_options.address.toString();
    if (const auto trouble = troubleIn(answer, m_options.address); trouble) {
        return trouble->token ? askForToken(trouble->words) : goAway(trouble->words);
    }
    const auto json = runtime::parseJson(
        {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
    if (!json || !json->is_object() || !json->contains("targets")) {
        return goAway(
            tr("%1 answers, but not as a Signalbox does. Is the address right?").arg(where));
    }
    m_now.identity = runtime::identityFromJson(*json);
    if (m_now.identity.api < runtime::kAdminApi) {
        return goAway(tr("The gateway at %1 is too old for this console: bring it up to this "
                         "console's version.")
                          .arg(where));
    }
    if (m_now.identity.api > runtime::kAdminApi) {
        return goAway(tr("The gateway at %1 is too new for this console: bring the console up to "
                         "the gateway's version, %2.")
                          .arg(where, QString::fromStdString(m_now.identity.version)));
    }
    if (takeSnapshot(json)) {
        listen();
    }
}

void RemoteClient::listen()
{
    m_parser = http::SseParser();
    m_listening = true;
    m_lookedAgain = false;
    m_http.listen(
        u"events"_s,
        [this](const QByteArray &bytes) { onPiece(bytes); },
        [this](const RemoteAnswer &answer) {
            const auto trouble = troubleIn(answer, m_options.address);
            const QString words = trouble ? trouble->words
                                          : tr("The gateway at %1 ended the connection.")
                                                .arg(m_options.address.toString());
            const bool token = trouble && trouble->token;
            token ? askForToken(words) : goAway(words);
        });
    m_silence.start(m_options.answerWithin);
    m_poll.start();
    askSeries();
    askFinished();
}

void RemoteClient::onPiece(const QByteArray &bytes)
{
    m_silence.start(m_options.silentAfter);
    std::string_view rest(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (auto got = m_parser.take(rest); got != http::SseParser::Got::NeedMore;
         got = m_parser.take(rest)) {
        if (got == http::SseParser::Got::Failed) {
            return goAway(tr("%1 sends events that are too long to be a gateway's.")
                              .arg(m_options.address.toString()));
        }
        if (got == http::SseParser::Got::Event) {
            onEvent(m_parser.event());
        }
        if (!m_listening) {
            return; // an event was the last straw
        }
    }
}

void RemoteClient::onEvent(const http::SseEvent &event)
{
    if (event.event == "snapshot") {
        if (takeSnapshot(runtime::parseJson(event.data))) {
            m_failures = 0;
            m_retry.stop();
            RemoteLink link = m_now;
            link.state = State::Connected;
            link.problem.clear();
            link.retryAt.reset();
            setLink(std::move(link));
        }
    } else if (event.event == "request") {
        const auto json = runtime::parseJson(event.data);
        auto record = json ? runtime::recordFromJson(*json) : std::nullopt;
        if (record) {
            takeRecord(std::make_shared<const RequestRecord>(std::move(*record)));
        }
    } else if (event.event == "missed") {
        askFinished(); // the ledger has what we were too slow for
    }
}

/// The stream is open and nothing comes: it may be the way there. Waits a little for it.
void RemoteClient::onSilence()
{
    if (m_now.state == State::Away || m_now.state == State::Connecting) {
        return goAway(tr("%1 does not answer.").arg(m_options.address.authority()));
    }
    RemoteLink link = m_now;
    link.state = State::Away;
    link.problem = tr("%1 has fallen silent.").arg(m_options.address.authority());
    link.retryAt = runtime::readClock().system + m_options.hangUpAfter;
    setLink(std::move(link));
    m_silence.start(m_options.hangUpAfter);
}

void RemoteClient::goAway(const QString &words)
{
    drop(words);
    const Millis wait = reconnectDelay(m_options, ++m_failures, m_random);
    RemoteLink link = m_now;
    link.state = State::Away;
    link.problem = words;
    link.retryAt = runtime::readClock().system + wait;
    setLink(std::move(link));
    m_retry.start(wait);
    m_poll.start();
    growGaps();
}

void RemoteClient::askForToken(const QString &words)
{
    drop(words);
    m_hasToken = false;
    RemoteLink link = m_now;
    link.state = State::TokenNeeded;
    link.problem = words;
    link.retryAt.reset();
    setLink(std::move(link));
    m_poll.start();
}

/// Lets go of all that is in the air.
void RemoteClient::drop(const QString &words)
{
    m_http.abortAll();
    m_listening = false;
    m_silence.stop();
    m_retry.stop();
    m_held.clear();
    m_holds = false;
    for (Lane &lane : m_lanes) {
        lane.asked = false;
    }
    for (const auto &[id, target] : std::exchange(m_pending, {})) {
        m_results.put({id, words});
    }
    ring();
}

void RemoteClient::setLink(RemoteLink link)
{
    m_now = std::move(link);
    m_link.publish(std::make_shared<const RemoteLink>(m_now));
    ring();
}

bool RemoteClient::takeSnapshot(const std::optional<runtime::Json> &json)
{
    auto snapshot = json ? runtime::snapshotFromJson(*json)
                         : Result<telemetry::Snapshot, std::string>(Failure{std::string("JSON")});
    if (!snapshot) {
        goAway(tr("%1 sends a state that makes no sense to this console (%2).")
                   .arg(m_options.address.toString(), QString::fromStdString(snapshot.error())));
        return false;
    }
    const Micros ahead = snapshot->at.system - runtime::readClock().system;
    if (std::chrono::abs(ahead - m_now.skew) > kSkewIgnored) {
        m_now.skew = std::chrono::abs(ahead) > kSkewIgnored ? ahead : Micros(0);
    }
    m_state = std::move(*snapshot);
    publish();
    return true;
}

SystemTime RemoteClient::gatewayNow() const
{
    return runtime::readClock().system + m_now.skew;
}

void RemoteClient::publish()
{
    if (!m_state) {
        return;
    }
    auto whole = std::make_shared<telemetry::Snapshot>(*m_state);
    std::vector<std::string> ids;
    ids.reserve(whole->providers.size());
    for (const telemetry::ProviderView &provider : whole->providers) {
        ids.push_back(provider.id);
    }
    whole->seconds = m_lanes[0].mirror.set(ids);
    whole->tens = m_lanes[1].mirror.set(ids);
    whole->minutes = m_lanes[2].mirror.set(ids);
    whole->hours = m_lanes[3].mirror.set(ids);
    m_published.publish(std::move(whole));
    ring();
}

void RemoteClient::ring()
{
    // One queued event at a time, however much the gateway says.
    if (!m_rung.exchange(true)) {
        Q_EMIT doorbell();
    }
}

} // namespace signalbox::app

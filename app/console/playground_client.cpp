// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/playground_client.h"

#include "app/console/gateway_request.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr std::size_t kNewsMax = 4'096; ///< one a tick and column, while the console looks away
constexpr std::size_t kOrdersMax = 1'024;
constexpr qint64 kReadAtOnce = 1024 * 1024; ///< the rest waits in the socket: the peer has to wait
constexpr qsizetype kPlainBytesMax = 1024 * 1024;
constexpr int kCountPatienceMs = 10'000;

bool isStream(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute) == 200
           && reply.header(QNetworkRequest::ContentTypeHeader)
                  .toString()
                  .startsWith("text/event-stream"_L1);
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

PlaygroundClient::PlaygroundClient()
    : m_tick(this)
    , m_news(kNewsMax)
    , m_orders(kOrdersMax)
{
    for (QNetworkAccessManager *network : {&m_streams, &m_counts}) {
        network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
    m_tick.setInterval(kTellEvery);
    connect(&m_tick, &QTimer::timeout, this, &PlaygroundClient::tellAll);
}

PlaygroundClient::~PlaygroundClient()
{
    for (const auto &[run, talk] : m_talks) {
        talk.reply->disconnect(this);
        talk.reply->abort();
    }
}

void PlaygroundClient::ask(const ui::PlaygroundQuestion &question, const PlaygroundAccess &access)
{
    order(Ask{question, access});
}

void PlaygroundClient::stop(quint64 run)
{
    order(Stop{run});
}

void PlaygroundClient::count(quint64 id, const QByteArray &body, const PlaygroundAccess &access)
{
    order(Count{id, body, access});
}

void PlaygroundClient::order(Order order)
{
    if (m_orders.put(std::move(order))) {
        QMetaObject::invokeMethod(this, &PlaygroundClient::takeOrders, Qt::QueuedConnection);
    }
}

void PlaygroundClient::takeOrders()
{
    const auto orders = m_orders.take();
    for (const Order &order : orders.items) {
        std::visit([this](const auto &what) { begin(what); }, order);
    }
}

QNetworkReply *PlaygroundClient::post(QNetworkAccessManager &network,
                                      const QString &path,
                                      const QByteArray &body,
                                      const PlaygroundAccess &access,
                                      const QByteArray &requestId)
{
    QNetworkReply *reply = network.post(gatewayRequest(access, path, requestId), body);
    reply->setReadBufferSize(kReadAtOnce);
    if (access.isThisProcess) {
        connect(reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
    }
    return reply;
}

void PlaygroundClient::begin(const Ask &ask)
{
    const quint64 run = ask.question.run;
    Talk &talk = m_talks[run];
    talk.since.start();
    talk.reply = post(m_streams,
                      u"/v1/chat/completions"_s,
                      ask.question.body,
                      ask.access,
                      ask.question.requestId.toUtf8());
    connect(talk.reply,
            &QNetworkReply::sslErrors,
            this,
            [this, run](const QList<QSslError> &errors) {
                const auto found = m_talks.find(run);
                if (found != m_talks.end() && !errors.isEmpty()) {
                    found->second.trouble = tr("The gateway's certificate is not trusted: %1.")
                                                .arg(errors.first().errorString());
                }
            });
    connect(talk.reply, &QNetworkReply::readyRead, this, [this, run] { read(run); });
    connect(talk.reply, &QNetworkReply::finished, this, [this, run] { end(run, false); });
    if (!m_tick.isActive()) {
        m_tick.start();
    }
}

void PlaygroundClient::begin(const Stop &stop)
{
    if (m_talks.contains(stop.run)) {
        end(stop.run, true);
    }
}

void PlaygroundClient::begin(const Count &count)
{
    QNetworkReply *reply =
        post(m_counts, u"/v1/messages/count_tokens"_s, count.body, count.access, {});
    QTimer::singleShot(kCountPatienceMs, reply, [reply] { reply->abort(); });
    connect(reply, &QNetworkReply::finished, this, [this, reply, id = count.id] {
        reply->deleteLater();
        Counted counted{.id = id};
        const QByteArray body = reply->isOpen() ? reply->readAll() : QByteArray();
        if (reply->error() == QNetworkReply::NoError) {
            counted.count.tokens =
                QJsonDocument::fromJson(body).object().value(u"input_tokens"_s).toInteger();
            counted.count.exact = reply->rawHeader("x-signalbox-token-count") == "exact";
            counted.count.ceiling = Money::fromDecimal(
                reply->rawHeader("x-signalbox-cost-usd-max").toStdString());
        } else {
            const int status = statusOf(*reply);
            counted.count.problem = status > 0 ? readFailure(body, status).message
                                               : reply->errorString();
        }
        publish(std::move(counted));
    });
}

void PlaygroundClient::read(quint64 run)
{
    Talk &talk = m_talks.at(run);
    const QByteArray bytes = talk.reply->readAll();
    if (!isStream(*talk.reply)) {
        talk.body.append(bytes.left(kPlainBytesMax - talk.body.size()));
        return;
    }
    const double now = static_cast<double>(talk.since.nsecsElapsed()) / 1e6;
    talk.reader.take(bytes, now);
    if (talk.reader.hasContent() && !talk.firstTokenMs) {
        talk.firstTokenMs = now;
        tell(run, talk); // the first is worth a ring of its own
    }
    if (talk.reader.failure()) {
        end(run, false);
    }
}

void PlaygroundClient::tell(quint64 run, Talk &talk)
{
    const bool newHead = !talk.toldHead && statusOf(*talk.reply) > 0;
    const bool newFirst = !talk.toldFirst && talk.firstTokenMs;
    if (!newHead && !newFirst && !talk.reader.hasPiece()) {
        return;
    }
    ui::PlaygroundPiece piece = talk.reader.takePiece();
    piece.run = run;
    if (newHead) {
        piece.id = QString::fromLatin1(talk.reply->rawHeader("x-signalbox-id"));
        piece.target = QString::fromUtf8(talk.reply->rawHeader("x-signalbox-target"));
        talk.toldHead = true;
    }
    if (newFirst) {
        piece.firstTokenMs = talk.firstTokenMs;
        talk.toldFirst = true;
    }
    publish(std::move(piece));
}

/// While the console has not fetched the last news, what comes is gathered here.
void PlaygroundClient::tellAll()
{
    if (m_talks.empty()) {
        return m_tick.stop();
    }
    if (m_rung) {
        return;
    }
    for (auto &[run, talk] : m_talks) {
        tell(run, talk);
    }
}

void PlaygroundClient::end(quint64 run, bool stopped)
{
    const auto found = m_talks.find(run);
    Talk &talk = found->second;
    QNetworkReply *reply = talk.reply;
    reply->disconnect(this);
    ui::PlaygroundEnd end{.run = run, .stopped = stopped};
    end.totalMs = static_cast<double>(talk.since.nsecsElapsed()) / 1e6;
    const int status = statusOf(*reply);
    const bool streams = isStream(*reply);
    if (!stopped && streams && !talk.reader.failure()) {
        talk.reader.take(reply->isOpen() ? reply->readAll() : QByteArray(), end.totalMs);
        talk.reader.finish(end.totalMs);
    } else if (!stopped && !streams && reply->isOpen()) {
        talk.body.append(reply->readAll().left(kPlainBytesMax - talk.body.size()));
    }
    if (talk.reader.hasContent() && !talk.firstTokenMs) {
        talk.firstTokenMs = end.totalMs;
    }
    tell(run, talk);
    end.finishReason = talk.reader.finishReason();
    end.usage = talk.reader.usage();
    const QByteArray attempts = reply->rawHeader("x-signalbox-attempts");
    if (!attempts.isEmpty()) {
        end.attempts = attempts.toInt();
    }
    if (!stopped && streams) {
        end.failure = talk.reader.failure();
    } else if (!stopped && status > 0 && talk.trouble.isEmpty()) {
        end.failure = readFailure(talk.body, status);
    } else if (!stopped) {
        end.failure = ui::PlaygroundFailure{.code = u"unreachable"_s,
                                            .message = talk.trouble.isEmpty()
                                                           ? tr("The gateway was not reached: %1.")
                                                                 .arg(reply->errorString())
                                                           : talk.trouble};
    }
    m_talks.erase(found);
    reply->abort();
    reply->deleteLater();
    publish(std::move(end));
}

void PlaygroundClient::publish(News news)
{
    m_news.put(std::move(news));
    if (!m_rung.exchange(true)) {
        Q_EMIT doorbell();
    }
}

} // namespace signalbox::app

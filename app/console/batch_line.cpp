// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/batch_line.h"

#include "app/console/gateway_request.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSslError>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr std::size_t kNewsMax = 1'024; ///< far more than may be in the air
constexpr qint64 kReadAtOnce = 1024 * 1024;
constexpr qsizetype kAnswerBytesMax = 8 * 1024 * 1024;

/// What the model wrote, and behind it the calls it wants made.
QString textIn(const QJsonObject &message)
{
    QStringList parts{message.value(u"content"_s).toString(),
                      message.value(u"refusal"_s).toString()};
    const QJsonArray calls = message.value(u"tool_calls"_s).toArray();
    for (const QJsonValue &call : calls) {
        const QJsonValue function = call[u"function"_s];
        parts << u"%1(%2)"_s.arg(function[u"name"_s].toString(),
                                 function[u"arguments"_s].toString());
    }
    parts.removeAll(QString());
    return parts.join(u'\n');
}

/// Whether anybody can have got the request.
bool wasSent(QNetworkReply::NetworkError error)
{
    return error != QNetworkReply::ConnectionRefusedError
           && error != QNetworkReply::HostNotFoundError
           && error != QNetworkReply::SslHandshakeFailedError
           && error != QNetworkReply::ProxyConnectionRefusedError
           && error != QNetworkReply::ProxyNotFoundError;
}

} // namespace

ui::BatchAnswer readBatchAnswer(const QByteArray &body, int status)
{
    ui::BatchAnswer answer;
    const QJsonObject told = QJsonDocument::fromJson(body).object();
    const QJsonArray choices = told.value(u"choices"_s).toArray();
    if (status != 200 || choices.isEmpty()) {
        const ui::PlaygroundFailure failure = readFailure(body, status);
        answer.failure = failure.code.isEmpty() ? failure.message
                                                : failure.code + u": "_s + failure.message;
        return answer;
    }
    answer.text = textIn(choices[0][u"message"_s].toObject());
    answer.finishReason = choices[0][u"finish_reason"_s].toString();
    if (const QJsonValue usage = told.value(u"usage"_s); usage.isObject()) {
        answer.usage = Usage();
        answer.usage->promptTokens = usage[u"prompt_tokens"_s].toInteger();
        answer.usage->completionTokens = usage[u"completion_tokens"_s].toInteger();
    }
    return answer;
}

BatchClient::BatchClient()
    : m_news(kNewsMax)
    , m_orders(kNewsMax)
{
    for (QNetworkAccessManager &network : m_networks) {
        network.setParent(this); // so that it moves to the thread with us
        network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
}

BatchClient::~BatchClient()
{
    for (const auto &[run, talk] : m_talks) {
        talk.reply->disconnect(this);
        talk.reply->abort();
    }
}

void BatchClient::ask(quint64 run, const QByteArray &body, const PlaygroundAccess &access)
{
    if (m_orders.put({run, body, access})) {
        QMetaObject::invokeMethod(this, &BatchClient::takeOrders, Qt::QueuedConnection);
    }
}

void BatchClient::takeOrders()
{
    const auto orders = m_orders.take();
    for (const Order &order : orders.items) {
        begin(order);
    }
}

void BatchClient::begin(const Order &order)
{
    std::array<int, kNetworks> busy{};
    for (const auto &[run, talk] : m_talks) {
        ++busy[talk.network];
    }
    Talk &talk = m_talks[order.run];
    talk.network = static_cast<std::size_t>(std::ranges::min_element(busy) - busy.begin());
    talk.since.start();
    talk.reply =
        m_networks[talk.network].post(gatewayRequest(order.access, u"/v1/chat/completions"_s, {}),
                                      order.body);
    talk.reply->setReadBufferSize(kReadAtOnce);
    const quint64 run = order.run;
    connect(talk.reply,
            &QNetworkReply::sslErrors,
            this,
            [this, run, own = order.access.isThisProcess](const QList<QSslError> &errors) {
                Talk &asked = m_talks.at(run);
                if (own) {
                    asked.reply->ignoreSslErrors();
                } else if (!errors.isEmpty()) {
                    asked.trouble = tr("The gateway's certificate is not trusted: %1.")
                                        .arg(errors.first().errorString());
                }
            });
    connect(talk.reply, &QNetworkReply::readyRead, this, [this, run] { read(run); });
    connect(talk.reply, &QNetworkReply::finished, this, [this, run] { end(run); });
}

void BatchClient::read(quint64 run)
{
    Talk &talk = m_talks.at(run);
    talk.body += talk.reply->readAll();
    if (talk.body.size() > kAnswerBytesMax) {
        talk.trouble = tr("The answer is too long.");
        talk.reply->abort();
    }
}

void BatchClient::end(quint64 run)
{
    const auto found = m_talks.find(run);
    Talk &talk = found->second;
    QNetworkReply *reply = talk.reply;
    reply->disconnect(this);
    talk.body += reply->isOpen() ? reply->readAll() : QByteArray();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    News news{.run = run};
    if (status == 0 || !talk.trouble.isEmpty()
        || (status == 200 && reply->error() != QNetworkReply::NoError)) {
        news.answer.failure = !talk.trouble.isEmpty() ? talk.trouble
                              : status == 0
                                  ? tr("The gateway was not reached: %1.").arg(reply->errorString())
                                  : tr("The answer broke off: %1.").arg(reply->errorString());
        news.sent = status != 0 || wasSent(reply->error());
    } else {
        news.answer = readBatchAnswer(talk.body, status);
    }
    news.answer.id = QString::fromLatin1(reply->rawHeader("x-signalbox-id"));
    news.answer.target = QString::fromUtf8(reply->rawHeader("x-signalbox-target"));
    news.answer.cost = Money::fromDecimal(reply->rawHeader("x-signalbox-cost-usd").toStdString());
    news.answer.totalMs = static_cast<double>(talk.since.nsecsElapsed()) / 1e6;
    m_talks.erase(found);
    reply->deleteLater();
    publish(std::move(news));
}

void BatchClient::publish(News news)
{
    m_news.put(std::move(news));
    if (!m_rung.exchange(true)) {
        Q_EMIT doorbell();
    }
}

BatchLine::BatchLine(const PlaygroundLine &line)
    : m_line(line)
    , m_client(new BatchClient)
{
    m_client->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
    connect(m_client, &BatchClient::doorbell, this, &BatchLine::onDoorbell, Qt::QueuedConnection);
    connect(&line, &ui::PlaygroundSource::changed, this, &BatchSource::changed);
    m_thread.setObjectName(u"batch"_s);
    m_thread.start();
}

BatchLine::~BatchLine()
{
    m_thread.quit();
    m_thread.wait();
}

void BatchLine::ask(quint64 run, const QByteArray &body)
{
    m_client->ask(run, body, m_line.access());
}

void BatchLine::onDoorbell()
{
    m_client->answerDoorbell();
    const auto batch = m_client->takeNews();
    for (const BatchClient::News &news : batch.items) {
        Q_EMIT answered(news.run, news.answer, news.sent);
    }
}

} // namespace signalbox::app

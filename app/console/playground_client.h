// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's requests in the air, on a thread of their own.
#pragma once

#include "app/console/playground_reader.h"

#include "core/base/secret.h"
#include "core/runtime/doors.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <atomic>
#include <map>
#include <memory>
#include <variant>

class QNetworkReply;
class QNetworkRequest;

namespace signalbox::app {

/// Where the gateway is and what opens it.
struct PlaygroundAccess
{
    QUrl address; ///< may have a path, under which a proxy offers the gateway
    Secret key;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    bool isThisProcess = false; ///< it is we who answer: the certificate may name another host
};

/// Its sockets and timers live on a thread of its own; what says "any thread" crosses by Inbox, and
/// an argument-less signal rings. No redirect is followed and no cookie kept.
class PlaygroundClient : public QObject
{
    Q_OBJECT

public:
    struct Counted
    {
        quint64 id = 0;
        ui::PlaygroundCount count = {};
    };
    using News = std::variant<ui::PlaygroundPiece, ui::PlaygroundEnd, Counted>;
    static constexpr std::chrono::milliseconds kTellEvery{50};

    PlaygroundClient();
    ~PlaygroundClient() override;

    // Any thread.
    void ask(const ui::PlaygroundQuestion &question, const PlaygroundAccess &access);
    void stop(quint64 run);
    void count(quint64 id, const QByteArray &body, const PlaygroundAccess &access);
    /// To be called before fetching: the next news rings again.
    void answerDoorbell() { m_rung = false; }
    [[nodiscard]] runtime::Inbox<News>::Batch takeNews() { return m_news.take(); }

Q_SIGNALS:
    /// There is news. Comes from its own thread: connect queued.
    void doorbell();

private:
    struct Talk
    {
        QNetworkReply *reply = nullptr;
        QElapsedTimer since;
        PlaygroundReader reader;
        QByteArray body; ///< of an answer that is no stream
        QString trouble; ///< why the line is not to be trusted
        bool toldHead = false;
        std::optional<double> firstTokenMs;
        bool toldFirst = false;
    };
    struct Ask
    {
        ui::PlaygroundQuestion question;
        PlaygroundAccess access;
    };
    struct Stop
    {
        quint64 run = 0;
    };
    struct Count
    {
        quint64 id = 0;
        QByteArray body;
        PlaygroundAccess access;
    };
    using Order = std::variant<Ask, Stop, Count>;

    void order(Order order);
    void takeOrders();
    void begin(const Ask &ask);
    void begin(const Stop &stop);
    void begin(const Count &count);
    QNetworkReply *post(QNetworkAccessManager &network,
                        const QString &path,
                        const QByteArray &body,
                        const PlaygroundAccess &access,
                        const QByteArray &requestId);
    void read(quint64 run);
    void tell(quint64 run, Talk &talk);
    void tellAll();
    void end(quint64 run, bool stopped);
    void publish(News news);

    QNetworkAccessManager m_streams{this};
    QNetworkAccessManager m_counts{this}; ///< apart: streams may hold every connection of the other
    QTimer m_tick;
    std::map<quint64, Talk> m_talks;
    runtime::Inbox<News> m_news;
    runtime::Inbox<Order> m_orders;
    std::atomic<bool> m_rung = false;
};

} // namespace signalbox::app

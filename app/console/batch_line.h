// SPDX-License-Identifier: GPL-3.0-or-later
// A batch's requests: whole ones, through the gateway's own door, on a thread of their own.
#pragma once

#include "app/console/playground_line.h"
#include "ui/batch_source.h"

#include <array>
#include <atomic>
#include <map>

namespace signalbox::app {

/// What a reply says: its text, figures and price, or in words why there is none.
[[nodiscard]] ui::BatchAnswer readBatchAnswer(const QByteArray &body, int status);

/// Its sockets live on a thread of its own; orders and news cross by Inbox, and an argument-less signal
/// rings. No redirect is followed and nothing is sent twice.
class BatchClient : public QObject
{
    Q_OBJECT

public:
    struct News
    {
        quint64 run = 0;
        ui::BatchAnswer answer = {};
        bool sent = true;
    };

    BatchClient();
    ~BatchClient() override;

    // Any thread.
    void ask(quint64 run, const QByteArray &body, const PlaygroundAccess &access);
    /// To be called before fetching: the next news rings again.
    void answerDoorbell() { m_rung = false; }
    [[nodiscard]] runtime::Inbox<News>::Batch takeNews() { return m_news.take(); }

Q_SIGNALS:
    /// There is news. Comes from its own thread: connect queued.
    void doorbell();

private:
    /// Qt opens six connections to a host for each of them.
    static constexpr std::size_t kNetworks = 4;

    struct Talk
    {
        QNetworkReply *reply = nullptr;
        std::size_t network = 0;
        QElapsedTimer since;
        QByteArray body;
        QString trouble; ///< why the line is not to be trusted
    };
    struct Order
    {
        quint64 run = 0;
        QByteArray body;
        PlaygroundAccess access;
    };

    void takeOrders();
    void begin(const Order &order);
    void read(quint64 run);
    void end(quint64 run);
    void publish(News news);

    std::array<QNetworkAccessManager, kNetworks> m_networks;
    std::map<quint64, Talk> m_talks;
    runtime::Inbox<News> m_news;
    runtime::Inbox<Order> m_orders;
    std::atomic<bool> m_rung = false;
};

/// The UI thread's end of it.
class BatchLine : public ui::BatchSource
{
    Q_OBJECT

public:
    /// \p line has the address, what opens it, and why it may not be used; it must outlive this.
    explicit BatchLine(const PlaygroundLine &line);
    ~BatchLine() override;

    [[nodiscard]] QString whyNot() const override { return m_line.whyNot(); }
    void ask(quint64 run, const QByteArray &body) override;

private:
    void onDoorbell();

    const PlaygroundLine &m_line;
    QThread m_thread;
    BatchClient *m_client; ///< its thread's
};

} // namespace signalbox::app

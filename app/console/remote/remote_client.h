// SPDX-License-Identifier: GPL-3.0-or-later
// Follows a gateway on another machine and keeps at it: asks, listens, waits, asks again.
#pragma once

#include "app/console/remote/remote_http.h"
#include "app/console/remote/remote_verdict.h"
#include "app/console/remote/series_mirror.h"
#include "ui/console_source.h"

#include "core/base/random.h"
#include "core/http/sse_parser.h"
#include "core/runtime/admin/state_reader.h"
#include "core/runtime/doors.h"
#include "core/runtime/ledger/json_fields.h"

#include <QObject>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <array>
#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>

namespace signalbox::app {

struct RemoteOptions
{
    QUrl address;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    std::uint64_t seed = 0; ///< of the jitter
    Millis answerWithin{10'000};
    Millis silentAfter{1'800}; ///< the gateway speaks twice a second
    Millis hangUpAfter{4'000}; ///< after it fell silent
    Millis firstWait{1'000}; ///< before it is asked again; doubled each time
    Millis longestWait{30'000};
};

/// How it stands, as one immutable value.
struct RemoteLink
{
    ui::Connection::State state = ui::Connection::State::Connecting;
    QString problem = {};
    std::optional<SystemTime> retryAt = {}; ///< by this machine's clock
    runtime::RemoteIdentity identity = {};
    Micros skew{0}; ///< how far the gateway's clock is ahead of ours; 0 within two seconds
};

/// Between \p wait's half and the whole of it, doubled for each failure in a row.
[[nodiscard]] Millis reconnectDelay(const RemoteOptions &options, int failures, Random &random);

/// Its timers and sockets live on a thread of its own; what says "any thread" crosses by Latest and
/// Inbox, and an argument-less signal rings.
class RemoteClient : public QObject
{
    Q_OBJECT

public:
    struct CommandResult
    {
        quint64 id = 0;
        QString problem; ///< empty: it worked
    };
    static constexpr int kCommandsMax = 50;
    using Records = runtime::Inbox<std::shared_ptr<const RequestRecord>>;

    explicit RemoteClient(RemoteOptions options);
    ~RemoteClient() override;

    // Any thread.
    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const
    {
        return m_published.read();
    }
    [[nodiscard]] std::shared_ptr<const RemoteLink> link() const { return m_link.read(); }
    [[nodiscard]] Records::Batch takeFinished() { return m_finished.take(); }
    [[nodiscard]] runtime::Inbox<CommandResult>::Batch takeResults() { return m_results.take(); }
    /// To be called before fetching: the next news rings again.
    void answerDoorbell() { m_rung = false; }
    /// Begins, or begins anew with another token.
    void useToken(const Secret &token) { order(token); }
    void retryNow() { order(Retry()); }
    /// \pre fewer than kCommandsMax wait for their results.
    void send(const ui::BreakerCommand &command) { order(command); }

Q_SIGNALS:
    /// There is news. Comes from its own thread: connect queued.
    void doorbell();

private:
    struct Retry
    {};
    using Order = std::variant<Secret, Retry, ui::BreakerCommand>;
    struct Lane
    {
        SeriesMirror mirror;
        bool asked = false;
    };

    void order(Order order);
    void takeOrders();
    void act(const ui::BreakerCommand &command);
    void finish(quint64 id, const QString &problem);

    // the line
    void connectNow();
    void onState(const RemoteAnswer &answer);
    void listen();
    void onPiece(const QByteArray &bytes);
    void onEvent(const http::SseEvent &event);
    void onSilence();
    void goAway(const QString &words);
    void askForToken(const QString &words);
    void drop(const QString &words);
    void setLink(RemoteLink link);
    bool takeSnapshot(const std::optional<runtime::Json> &json);

    // what it tells
    void askSeries();
    void onSeries(std::size_t lane, const RemoteAnswer &answer);
    void askFinished();
    void onFinished(const RemoteAnswer &answer);
    void takeRecord(std::shared_ptr<const RequestRecord> record);
    void growGaps();
    void publish();
    void ring();
    [[nodiscard]] SystemTime gatewayNow() const;

    RemoteOptions m_options;
    Random m_random;
    RemoteHttp m_http;
    http::SseParser m_parser;
    QTimer m_poll; ///< of the series, once a second; of the gaps while nobody answers
    QTimer m_silence;
    QTimer m_retry;
    bool m_hasToken = false;
    bool m_listening = false; ///< the stream is open
    int m_failures = 0; ///< in a row
    RemoteLink m_now; ///< what was published last

    std::optional<telemetry::Snapshot> m_state; ///< without series
    std::array<Lane, 4> m_lanes;
    std::map<quint64, QString> m_pending; ///< commands in the air, by id
    std::deque<std::shared_ptr<const RequestRecord>> m_held; ///< until the past has been read
    bool m_holds = false;
    bool m_lookedAgain = false; ///< since the stream was opened
    std::deque<std::string> m_seenOrder;
    std::set<std::string, std::less<>> m_seen;
    std::optional<SystemTime> m_lastArrived;

    runtime::Latest<telemetry::Snapshot> m_published;
    runtime::Latest<RemoteLink> m_link;
    Records m_finished;
    runtime::Inbox<CommandResult> m_results;
    runtime::Inbox<Order> m_orders;
    std::atomic<bool> m_rung = false;
};

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_source.h"

#include "app/console/remote/remote_verdict.h"

#include "core/runtime/clock.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using State = ui::Connection::State;

namespace {

constexpr Millis kLedgerWithin{30'000}; ///< words of an error are looked for in every row

} // namespace

RemoteSource::RemoteSource(const RemoteOptions &options, const Secret &token, Keychain &keychain)
    : m_address(options.address)
    , m_client(new RemoteClient(options))
    , m_token(options.address, token, keychain)
    , m_config(options.address, options.tls, options.answerWithin, *this)
    , m_ledger(options.address, options.tls, kLedgerWithin)
    , m_cache(options.address, options.tls, kLedgerWithin)
    , m_foresight(options.address, options.tls)
{
    m_client->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
    connect(m_client,
            &RemoteClient::doorbell,
            this,
            &RemoteSource::onDoorbell,
            Qt::QueuedConnection);
    connect(&m_token, &RemoteToken::found, this, [this](const Secret &found) {
        m_missing.clear();
        m_inUse = found;
        m_client->useToken(found);
        m_config.useToken(found);
        m_ledger.useToken(found);
        m_cache.useToken(found);
        m_foresight.useToken(found);
        refreshConnection();
    });
    connect(&m_token, &RemoteToken::missing, this, [this](const QString &why) {
        m_missing = why;
        refreshConnection();
    });
    connect(&m_token, &RemoteToken::changed, this, &RemoteSource::refreshConnection);
    m_thread.setObjectName(u"far-gateway"_s);
    m_thread.start();
    refreshConnection();
    m_token.look();
}

RemoteSource::~RemoteSource()
{
    m_thread.quit();
    m_thread.wait();
}

std::shared_ptr<const telemetry::Snapshot> RemoteSource::snapshot() const
{
    return m_client->snapshot();
}

ui::FinishedBatch RemoteSource::takeFinished()
{
    auto batch = m_client->takeFinished();
    return {std::move(batch.items), static_cast<std::int64_t>(batch.refused)};
}

void RemoteSource::send(const ui::BreakerCommand &command)
{
    if (m_commands >= RemoteClient::kCommandsMax) {
        QTimer::singleShot(0, this, [this, id = command.id] {
            Q_EMIT commandFinished(id, false, tr("Too many commands wait already."));
        });
        return;
    }
    ++m_commands;
    m_client->send(command);
}

QString RemoteSource::whyNoCommands() const
{
    if (m_connection.state != State::Connected) {
        return tr("The gateway does not answer: nothing can be done to its targets now.");
    }
    if (m_connection.viewer) {
        return tr("A viewer may not act on targets: %1 reads everything and changes nothing.")
            .arg(m_connection.person);
    }
    return {};
}

SystemTime RemoteSource::now() const
{
    return runtime::readClock().system + m_client->link()->skew;
}

void RemoteSource::onDoorbell()
{
    m_client->answerDoorbell();
    refreshConnection();
    for (const auto &result : m_client->takeResults().items) {
        --m_commands;
        Q_EMIT commandFinished(result.id, result.problem.isEmpty(), result.problem);
    }
    Q_EMIT doorbell();
}

void RemoteSource::refreshConnection()
{
    const auto link = m_client->link();
    ui::Connection connection;
    connection.state = m_missing.isEmpty() ? link->state : State::TokenNeeded;
    connection.problem = m_missing.isEmpty() ? link->problem : m_missing;
    connection.address = m_address.toString();
    if (link->retryAt) {
        connection.retryAt = *link->retryAt + link->skew;
    }
    connection.person = QString::fromStdString(link->identity.person);
    connection.viewer = link->state == State::Connected && link->identity.viewer;
    connection.version = QString::fromStdString(link->identity.version);
    connection.caution = cautionFor(m_address);
    if (connection.state == State::Connected) {
        m_token.worked();
    }
    connection.tokenPlace = m_token.place();
    connection.canKeep = m_token.canKeep();
    if (connection != m_connection) {
        m_connection = connection;
        Q_EMIT connectionChanged();
    }
}

} // namespace signalbox::app

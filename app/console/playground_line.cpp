// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/playground_line.h"

#include "app/console/remote/remote_source.h"

#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::app {

Secret makeConsoleKey()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), sizeof words);
    return Secret(bytes.toHex().toStdString());
}

PlaygroundLine::PlaygroundLine(Access access, WhyNot whyNot)
    : m_access(std::move(access))
    , m_whyNot(std::move(whyNot))
    , m_client(new PlaygroundClient)
{
    m_client->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
    connect(m_client,
            &PlaygroundClient::doorbell,
            this,
            &PlaygroundLine::onDoorbell,
            Qt::QueuedConnection);
    m_thread.setObjectName(u"playground"_s);
    m_thread.start();
}

PlaygroundLine::PlaygroundLine(std::function<QUrl()> address, Secret key)
    : PlaygroundLine(
        [address = std::move(address), key = std::move(key)] {
            return PlaygroundAccess{.address = address(), .key = key, .isThisProcess = true};
        },
        [] { return QString(); })
{}

PlaygroundLine::PlaygroundLine(RemoteSource &source, const QSslConfiguration &tls)
    : PlaygroundLine(
        [&source, tls] {
            return PlaygroundAccess{.address = source.address(), .key = source.token(), .tls = tls};
        },
        [&source]() -> QString {
            const ui::Connection connection = source.connection();
            if (!connection.isLive()) {
                return tr("The gateway does not answer: nothing can be asked through it now.");
            }
            return connection.viewer ? tr("A viewer may not spend money: %1 reads everything and "
                                          "asks nothing.")
                                           .arg(connection.person)
                                     : QString();
        })
{
    connect(&source, &ui::ConsoleSource::connectionChanged, this, &PlaygroundSource::changed);
}

PlaygroundLine::~PlaygroundLine()
{
    m_thread.quit();
    m_thread.wait();
}

QString PlaygroundLine::address() const
{
    QString address = m_access().address.toString(QUrl::RemoveUserInfo);
    while (address.endsWith(u'/')) {
        address.chop(1);
    }
    return address;
}

void PlaygroundLine::ask(const ui::PlaygroundQuestion &question)
{
    m_client->ask(question, m_access());
}

void PlaygroundLine::count(quint64 id, const QByteArray &body)
{
    m_client->count(id, body, m_access());
}

void PlaygroundLine::onDoorbell()
{
    m_client->answerDoorbell();
    const auto batch = m_client->takeNews();
    for (const PlaygroundClient::News &news : batch.items) {
        if (const auto *part = std::get_if<ui::PlaygroundPiece>(&news)) {
            Q_EMIT piece(*part);
        } else if (const auto *last = std::get_if<ui::PlaygroundEnd>(&news)) {
            Q_EMIT ended(*last);
        } else if (const auto *count = std::get_if<PlaygroundClient::Counted>(&news)) {
            Q_EMIT counted(count->id, count->count);
        }
    }
}

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/recording/file_recorder.h"

#include "app/console/recording/recording_file.h"
#include "app/console/remote/remote_verdict.h"

#include "core/runtime/replace_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr std::size_t kJobsMax = 8; ///< each is a human's wish
constexpr Millis kRecordWithin{120'000}; ///< a month of requests is read for seconds

bool launchOnceMore(const QString &path)
{
    return QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--open"_s, path});
}

} // namespace

FileRecorder::FileRecorder(Launch launch)
    : m_launch(launch ? std::move(launch) : launchOnceMore)
    , m_thread("recorder", kJobsMax)
{}

QString FileRecorder::whyNot() const
{
    return tr("This is a recording already.");
}

void FileRecorder::record(SystemTime, SystemTime, const QString &)
{
    complain(whyNot());
}

/// From any thread: said on the UI's.
void FileRecorder::complain(const QString &problem)
{
    QMetaObject::invokeMethod(
        this, [this, problem] { Q_EMIT failed(problem); }, Qt::QueuedConnection);
}

void FileRecorder::keep(std::shared_ptr<const std::string> bytes, const QString &path)
{
    const bool taken = m_thread.add([this, bytes = std::move(bytes), path] {
        const auto counts = RecordingFile::check(*bytes, tr("What the gateway sent"));
        if (!counts) {
            return complain(counts.error());
        }
        if (const auto written = runtime::replaceFile(path.toStdString(), *bytes); !written) {
            return complain(QString::fromStdString(written.error()));
        }
        ui::MadeRecording recording{.path = path,
                                    .bytes = static_cast<qint64>(bytes->size()),
                                    .requests = counts->requests,
                                    .requestsLeftOut = counts->requestsLeftOut,
                                    .ledgerProblem = QString::fromStdString(counts->ledgerProblem)};
        QMetaObject::invokeMethod(
            this,
            [this, recording = std::move(recording)] { Q_EMIT made(recording); },
            Qt::QueuedConnection);
    });
    if (!taken) {
        complain(tr("Too many recordings wait already."));
    }
}

void FileRecorder::open(const QString &path)
{
    const bool taken = m_thread.add([this, path] {
        const auto counts = RecordingFile::check(path);
        if (!counts) {
            return complain(counts.error());
        }
        QMetaObject::invokeMethod(
            this,
            [this, path] {
                if (m_launch(path)) {
                    Q_EMIT opened(path);
                } else {
                    Q_EMIT failed(tr("Another window could not be started."));
                }
            },
            Qt::QueuedConnection);
    });
    if (!taken) {
        complain(tr("Too many recordings wait already."));
    }
}

void LocalRecorder::record(SystemTime since, SystemTime until, const QString &path)
{
    using runtime::Recorded;
    m_service.record({since, until}, [this, path](std::shared_ptr<const Recorded> recorded) {
        if (recorded == nullptr) {
            return complain(tr("The ledger has too many questions to answer already."));
        }
        keep(std::shared_ptr<const std::string>(recorded, &recorded->bytes), path);
    });
}

RemoteRecorder::RemoteRecorder(RemoteSource &source, const QSslConfiguration &tls)
    : m_source(source)
    , m_http(source.address(), tls, kRecordWithin)
{}

RemoteRecorder::~RemoteRecorder()
{
    m_http.abortAll(); // nobody waits for them
}

QString RemoteRecorder::whyNot() const
{
    const ui::Connection connection = m_source.connection();
    if (connection.state != ui::Connection::State::Connected) {
        return tr("The gateway does not answer: nothing can be recorded now.");
    }
    if (connection.viewer) {
        return tr("A viewer makes no recordings: they are made to be taken elsewhere.");
    }
    return {};
}

void RemoteRecorder::record(SystemTime since, SystemTime until, const QString &path)
{
    QUrlQuery query;
    query.addQueryItem(u"since"_s, QString::fromStdString(toIso8601(since)));
    query.addQueryItem(u"until"_s, QString::fromStdString(toIso8601(until)));
    m_http.setToken(m_source.token());
    m_http.get(u"recording"_s, query, [this, path](const RemoteAnswer &answer) {
        if (const auto trouble = troubleIn(answer, m_source.address())) {
            return complain(trouble->words);
        }
        keep(std::make_shared<const std::string>(answer.body.toStdString()), path);
    });
}

} // namespace signalbox::app

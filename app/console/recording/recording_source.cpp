// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/recording/recording_source.h"

#include "app/console/config_view.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

struct RecordedWords
{
    Q_DECLARE_TR_FUNCTIONS(RecordedWords)
};

qint64 msOf(SystemTime time)
{
    return std::chrono::floor<Millis>(time.time_since_epoch()).count();
}

QString nameOf(const runtime::RecordingHeader &header)
{
    const QString host = QString::fromStdString(header.host);
    return host.isEmpty() ? QString::fromStdString(header.gateway) : host;
}

/// What is not in it, sentence by sentence.
QString lackOf(const runtime::Recording &recording)
{
    const runtime::RecordingCounts &counts = recording.counts;
    QStringList lack;
    if (!recording.whole) {
        lack << RecordedWords::tr("The file is cut off: it holds the newest %1 requests.")
                    .arg(ui::text::count(counts.requests));
    }
    if (counts.requestsLeftOut > 0) {
        lack << RecordedWords::tr("%1 older requests were left out.")
                    .arg(ui::text::count(counts.requestsLeftOut));
    }
    if (!counts.ledgerProblem.empty()) {
        lack << RecordedWords::tr("Requests are missing, because the ledger could not be read: %1.")
                    .arg(QString::fromStdString(counts.ledgerProblem));
    }
    return lack.join(u' ');
}

ui::Connection connectionOf(const runtime::Recording &recording)
{
    const runtime::RecordingHeader &header = recording.header;
    ui::Connection connection;
    connection.state = ui::Connection::State::Recorded;
    connection.address = RecordedWords::tr("Recording of %1").arg(nameOf(header));
    connection.version = QString::fromStdString(header.version);
    connection.problem =
        RecordedWords::tr("Recording of %1, %2. Breakers and rates stand as they were at %3.")
            .arg(nameOf(header),
                 ui::fullRangeText(msOf(header.period.since), msOf(header.period.until)),
                 ui::text::clock(header.made));
    if (const QString lack = lackOf(recording); !lack.isEmpty()) {
        connection.problem += u' ' + lack;
    }
    return connection;
}

} // namespace

RecordingSource::RecordingSource(const RecordingFile &file)
    : m_file(file)
    , m_snapshot(std::make_shared<const telemetry::Snapshot>(file.recording().snapshot))
    , m_connection(connectionOf(file.recording()))
{}

ui::FinishedBatch RecordingSource::takeFinished()
{
    ui::FinishedBatch batch;
    if (!std::exchange(m_told, true)) {
        batch.records = m_file.latest();
    }
    return batch;
}

QString RecordingSource::whyNoCommands() const
{
    return tr("This is a recording: nothing can be done to its targets.");
}

void RecordingSource::send(const ui::BreakerCommand &command)
{
    QTimer::singleShot(0, this, [this, id = command.id] {
        Q_EMIT commandFinished(id, false, whyNoCommands());
    });
}

RecordingConfig::RecordingConfig(const RecordingFile &file)
    : m_file(file)
{
    const runtime::Recording &recording = file.recording();
    m_running.text = QString::fromStdString(recording.configText);
    m_running.revision = QString::fromStdString(recording.snapshot.revision);
    m_running.settings = settingsOf(m_running.text);
    m_running.whyFixed = tr("This is a recording: its configuration can be read, not changed.");
    const auto present = std::ranges::find(recording.revisions,
                                           recording.snapshot.revision,
                                           [](const runtime::RecordedRevision &one) {
                                               return one.revision.revision;
                                           });
    m_running.number = present == recording.revisions.end() ? 0 : present->revision.number;
}

void RecordingConfig::refuse(quint64 id)
{
    ui::ApplyOutcome outcome;
    outcome.problem = m_running.whyFixed;
    QTimer::singleShot(0, this, [this, id, outcome] { Q_EMIT applied(id, outcome); });
}

void RecordingConfig::apply(quint64 id,
                            const QString & /*text*/,
                            const QString & /*base*/,
                            const QString & /*why*/,
                            const ui::ChangeOrigin & /*origin*/)
{
    refuse(id);
}

void RecordingConfig::applyToShare(
    quint64 id, const QString &, const QString &, const QString &, const TrialTerms &, qint64)
{
    refuse(id);
}

void RecordingConfig::endTrial(quint64 id, bool, const QString &)
{
    QTimer::singleShot(0, this, [this, id] { Q_EMIT trialEnded(id, m_running.whyFixed); });
}

void RecordingConfig::rollBack(quint64 id, qint64, const QString &, const QString &)
{
    refuse(id);
}

void RecordingConfig::askProposals(quint64 id)
{
    QTimer::singleShot(0, this, [this, id] { Q_EMIT proposalsArrived(id, {}, {}); });
}

void RecordingConfig::refuseProposal(quint64 id, qint64, const QString &)
{
    QTimer::singleShot(0, this, [this, id] { Q_EMIT proposalRefused(id, m_running.whyFixed); });
}

void RecordingConfig::askRevisions(quint64 id)
{
    std::vector<ui::ConfigRevision> views;
    for (const runtime::RecordedRevision &one : m_file.recording().revisions) {
        views.push_back(app::viewOf(one.revision));
    }
    QTimer::singleShot(0, this, [this, id, views] { Q_EMIT revisionsArrived(id, views, {}); });
}

void RecordingConfig::askRevision(quint64 id, qint64 number)
{
    const auto &all = m_file.recording().revisions;
    const auto found = std::ranges::find(all, number, [](const runtime::RecordedRevision &one) {
        return one.revision.number;
    });
    QString text;
    QString problem;
    std::vector<ui::DiffHunk> changes;
    if (found == all.end()) {
        problem = tr("That revision is not in the recording.");
    } else {
        text = QString::fromStdString(found->text);
        const auto before = std::next(found); // newest first
        if (before != all.end()) {
            changes = diff(QString::fromStdString(before->text), text);
        }
    }
    QTimer::singleShot(0, this, [this, id, text, changes, problem] {
        Q_EMIT revisionArrived(id, text, changes, problem);
    });
}

void RecordingConfig::explain(quint64 id, const QByteArray &, const QString &)
{
    const QString problem = tr("This is a recording: there is no gateway to decide anything.");
    QTimer::singleShot(0, this, [this, id, problem] {
        Q_EMIT explained(id, {.record = nullptr, .problem = problem});
    });
}

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/recording/recording_file.h"

#include "core/runtime/ledger/ledger_store.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using runtime::RecordingFault;

namespace {

struct RecordingWords
{
    Q_DECLARE_TR_FUNCTIONS(RecordingWords)
};

constexpr std::size_t kBatch = 500;

QString sentenceFor(RecordingFault fault, const QString &name)
{
    switch (fault) {
    case RecordingFault::NotARecording:
        return RecordingWords::tr("%1 is no recording of Signalbox.").arg(name);
    case RecordingFault::LaterFormat:
        return RecordingWords::tr("%1 was made by a later version of Signalbox, which writes what "
                                  "this one cannot read.")
            .arg(name);
    case RecordingFault::Damaged:
        return RecordingWords::tr("%1 is damaged: it is not what was written.").arg(name);
    case RecordingFault::Cut:
        return RecordingWords::tr("%1 is cut off before there is anything to show.").arg(name);
    case RecordingFault::TooLarge:
        return RecordingWords::tr("%1 is larger than a recording can be.").arg(name);
    case RecordingFault::NotTaken:
        return RecordingWords::tr("The requests of %1 cannot be kept here: there may be no room in "
                                  "the temporary folder.")
            .arg(name);
    }
    return {};
}

Result<QByteArray, QString> bytesOf(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly)) {
        return Failure{RecordingWords::tr("%1 cannot be read: %2").arg(path, file.errorString())};
    }
    if (file.size() > RecordingFile::kFileBytesMax) {
        return Failure{sentenceFor(RecordingFault::TooLarge, name)};
    }
    return file.read(RecordingFile::kFileBytesMax + 1);
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The widths that a console knows, as one set each; gaps for providers that a page does not have.
std::shared_ptr<const telemetry::Snapshot::SeriesSet> setOf(const runtime::SeriesPage &page,
                                                            const telemetry::Snapshot &snapshot)
{
    const auto seriesOf = [&](std::vector<telemetry::SeriesPoint> points) {
        return telemetry::Series{page.bucket, page.first, std::move(points)};
    };
    auto set = std::make_shared<telemetry::Snapshot::SeriesSet>();
    set->total = seriesOf(page.total);
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        const auto known = std::ranges::find_if(page.providers, [&](const auto &one) {
            return one.first == provider.id;
        });
        set->byProvider.push_back(
            seriesOf(known != page.providers.end()
                         ? known->second
                         : std::vector(page.total.size(), telemetry::SeriesPoint::unknown())));
    }
    return set;
}

void giveSeries(runtime::Recording &recording)
{
    telemetry::Snapshot &snapshot = recording.snapshot;
    const std::pair<Seconds, std::shared_ptr<const telemetry::Snapshot::SeriesSet> &> places[] =
        {{Seconds(1), snapshot.seconds},
         {Seconds(10), snapshot.tens},
         {Seconds(60), snapshot.minutes},
         {Seconds(3600), snapshot.hours}};
    for (const auto &[width, place] : places) {
        for (const runtime::SeriesPage &page : recording.series) {
            if (page.bucket == width) {
                place = setOf(page, snapshot);
            }
        }
    }
}

} // namespace

std::string RecordingFile::ledgerPath() const
{
    return m_folder.filePath(u"ledger.sqlite"_s).toStdString();
}

Result<runtime::RecordingCounts, QString> RecordingFile::check(std::string_view bytes,
                                                               const QString &name)
{
    const auto read = runtime::readRecording(bytes, [](const RequestRecord &) { return true; });
    if (!read) {
        return Failure{sentenceFor(read.error(), name)};
    }
    return read->counts;
}

Result<runtime::RecordingCounts, QString> RecordingFile::check(const QString &path)
{
    const auto bytes = bytesOf(path);
    return bytes ? check(viewOf(*bytes), QFileInfo(path).fileName())
                 : Result<runtime::RecordingCounts, QString>(Failure{bytes.error()});
}

Result<std::unique_ptr<RecordingFile>, QString> RecordingFile::open(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes) {
        return Failure{bytes.error()};
    }
    std::unique_ptr<RecordingFile> file(new RecordingFile(QFileInfo(path).fileName()));
    auto recording = file->fill(viewOf(*bytes));
    if (!recording) {
        return Failure{recording.error()};
    }
    file->m_recording = std::move(*recording);
    giveSeries(file->m_recording);
    std::ranges::reverse(file->m_latest); // they came newest first
    return file;
}

/// Has the requests and the audit written into the ledger, in batches.
Result<runtime::Recording, QString> RecordingFile::fill(std::string_view bytes)
{
    auto store = runtime::LedgerStore::open(ledgerPath());
    if (!store) {
        return Failure{sentenceFor(RecordingFault::NotTaken, m_name)};
    }
    std::vector<runtime::LedgerEntry> waiting;
    const auto flush = [&] {
        const bool written = store->write(waiting).ok();
        waiting.clear();
        return written;
    };
    auto recording = runtime::readRecording(bytes, [&](RequestRecord record) {
        auto shared = std::make_shared<const RequestRecord>(std::move(record));
        if (m_latest.size() < kLatestMax) {
            m_latest.push_back(shared);
        }
        waiting.emplace_back(std::move(shared));
        return waiting.size() < kBatch || flush();
    });
    if (!recording) {
        return Failure{sentenceFor(recording.error(), m_name)};
    }
    waiting.insert(waiting.end(), recording->audit.rbegin(), recording->audit.rend());
    if (!flush()) {
        return Failure{sentenceFor(RecordingFault::NotTaken, m_name)};
    }
    return std::move(*recording);
}

} // namespace signalbox::app

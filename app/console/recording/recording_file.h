// SPDX-License-Identifier: GPL-3.0-or-later
// A recording that was opened: its values, and its requests in a ledger of their own.
#pragma once

#include "core/base/result.h"
#include "core/domain/record.h"
#include "core/runtime/recording/recording_reader.h"

#include <QString>
#include <QTemporaryDir>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::app {

/// The ledger's folder is private and goes with this object.
class RecordingFile
{
public:
    /// Larger files are refused unread; none that we make is.
    static constexpr qint64 kFileBytesMax = 256LL * 1024 * 1024;
    static constexpr std::size_t kLatestMax = 2000; ///< what lists of the latest hold

    /// Reads all of \p path; else a sentence with the file's name. Takes about a second for 20,000
    /// requests.
    [[nodiscard]] static Result<std::unique_ptr<RecordingFile>, QString> open(const QString &path);
    /// Whether open() could, without keeping anything: the counts, or the sentence.
    [[nodiscard]] static Result<runtime::RecordingCounts, QString> check(const QString &path);
    /// The same of bytes, called \p name in the sentence.
    [[nodiscard]] static Result<runtime::RecordingCounts, QString> check(std::string_view bytes,
                                                                         const QString &name);

    [[nodiscard]] const runtime::Recording &recording() const { return m_recording; }
    /// Of the ledger with its requests, for LocalLedger.
    [[nodiscard]] std::string ledgerPath() const;
    /// The newest requests, oldest first.
    [[nodiscard]] const std::vector<std::shared_ptr<const RequestRecord>> &latest() const
    {
        return m_latest;
    }
    /// The file's name without its folder.
    [[nodiscard]] const QString &name() const { return m_name; }

private:
    explicit RecordingFile(QString name)
        : m_name(std::move(name))
    {}
    [[nodiscard]] Result<runtime::Recording, QString> fill(std::string_view bytes);

    QString m_name;
    QTemporaryDir m_folder;
    runtime::Recording m_recording;
    std::vector<std::shared_ptr<const RequestRecord>> m_latest;
};

} // namespace signalbox::app

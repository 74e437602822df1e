// SPDX-License-Identifier: GPL-3.0-or-later
// A batch into a file, a stretch of prompts a turn of the event loop, so that the window stays at hand.
#pragma once

#include "ui/models/batch_file.h"

#include <QObject>
#include <QSaveFile>

#include <memory>

namespace signalbox::ui {

class BatchSession;

/// The file is there when all prompts are in it, and as it was before when anything went wrong.
class BatchExport : public QObject
{
    Q_OBJECT

public:
    /// \p session must outlive it.
    explicit BatchExport(const BatchSession &session, QObject *parent = nullptr);

    /// What is being written is given up.
    void begin(BatchFormat format, const QString &path);
    [[nodiscard]] bool isRunning() const { return m_file != nullptr; }

Q_SIGNALS:
    /// \p problem is a sentence; empty: all is written.
    void finished(const QString &path, const QString &problem);

private:
    void step();
    void end(const QString &problem);

    const BatchSession &m_session;
    std::unique_ptr<QSaveFile> m_file; ///< null: nothing is being written
    BatchFormat m_format = BatchFormat::Csv;
    int m_row = 0;
};

} // namespace signalbox::ui

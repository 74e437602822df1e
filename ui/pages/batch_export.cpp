// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/batch_export.h"

#include "ui/pages/batch_session.h"

#include <QTimer>

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr int kRowsAtOnce = 50;

} // namespace

BatchExport::BatchExport(const BatchSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &BatchSession::replaced, this, [this] {
        if (isRunning()) {
            end(tr("the batch is another one now."));
        }
    });
}

void BatchExport::begin(BatchFormat format, const QString &path)
{
    if (m_session.run() == nullptr) {
        return;
    }
    m_format = format;
    m_row = 0;
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        return end(m_file->errorString());
    }
    m_file->write(batchFileHead(*m_session.run(), m_format));
    QTimer::singleShot(0, this, &BatchExport::step);
}

void BatchExport::step()
{
    if (!isRunning()) {
        return;
    }
    const BatchRun &run = *m_session.run();
    const int until = std::min(m_row + kRowsAtOnce, run.plan().prompts());
    for (; m_row < until; ++m_row) {
        const QByteArray lines = batchFileLines(run, m_row, m_format);
        if (m_file->write(lines) != lines.size()) {
            return end(m_file->errorString());
        }
    }
    if (m_row < run.plan().prompts()) {
        QTimer::singleShot(0, this, &BatchExport::step);
    } else {
        end(m_file->commit() ? QString() : m_file->errorString());
    }
}

void BatchExport::end(const QString &problem)
{
    const QString path = m_file->fileName();
    m_file.reset();
    Q_EMIT finished(path, problem);
}

} // namespace signalbox::ui

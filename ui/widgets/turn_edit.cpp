// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/turn_edit.h"

#include <QFileInfo>
#include <QImage>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace signalbox::ui {

namespace {

/// Files on this machine, and nothing else among them.
QStringList filesIn(const QMimeData &source)
{
    QStringList files;
    const QList<QUrl> urls = source.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) {
            files << url.toLocalFile();
        }
    }
    return files.size() == urls.size() ? files : QStringList();
}

} // namespace

bool TurnEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return (m_takes && (source->hasImage() || !filesIn(*source).isEmpty()))
           || QPlainTextEdit::canInsertFromMimeData(source);
}

/// Words before pictures: a table that is copied comes as both.
void TurnEdit::insertFromMimeData(const QMimeData *source)
{
    const QStringList files = m_takes ? filesIn(*source) : QStringList();
    if (!files.isEmpty()) {
        std::ranges::for_each(files, [this](const QString &file) { Q_EMIT fileDropped(file); });
    } else if (m_takes && source->hasImage() && !source->hasText()) {
        Q_EMIT picturePasted(qvariant_cast<QImage>(source->imageData()));
    } else {
        QPlainTextEdit::insertFromMimeData(source);
    }
}

} // namespace signalbox::ui

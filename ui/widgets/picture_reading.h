// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures from files and the clipboard, made ready to be sent.
#pragma once

#include "ui/models/playground_prompt.h"

#include <QFuture>
#include <QImage>
#include <QString>

namespace signalbox::ui {

/// Of one picture as it is sent; providers take no more.
inline constexpr qsizetype kPictureBytesMax = 5 * 1024 * 1024;
inline constexpr int kPicturesMax = 8; ///< of one turn

struct ReadPicture
{
    PlaygroundImage image = {};
    QImage small = {}; ///< to be shown
    QString problem = {}; ///< in a sentence; empty: there is none
};

/// The file as it is if it is PNG, JPEG, GIF or WebP; else as PNG, if it is a picture at all. On the
/// worker pool; await it with QFuture::then() and a context.
[[nodiscard]] QFuture<ReadPicture> readPicture(const QString &path);
/// \p image as PNG, made smaller where it is too large. Likewise.
[[nodiscard]] QFuture<ReadPicture> readPicture(const QImage &image);

} // namespace signalbox::ui

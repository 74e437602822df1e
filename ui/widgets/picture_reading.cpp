// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_reading.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kFileBytesMax = 64LL * 1024 * 1024;
constexpr int kSideMax = 2'048; ///< of what has to be written anew: none looks closer
constexpr int kSmallSide = 64;

struct PictureWords
{
    Q_DECLARE_TR_FUNCTIONS(PictureWords)
};

QString tooLarge(const QString &name)
{
    return PictureWords::tr("%1 has more than %2 MB, which is the most for a picture.")
        .arg(name)
        .arg(kPictureBytesMax / 1024 / 1024);
}

QImage fitted(const QImage &image, int side)
{
    const bool fits = image.width() <= side && image.height() <= side;
    return fits ? image : image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

ReadPicture picture(const QString &name, const QString &type, const QByteArray &bytes)
{
    if (bytes.size() > kPictureBytesMax) {
        return {.problem = tooLarge(name)};
    }
    return {.image = {.name = name, .type = type, .base64 = bytes.toBase64()}};
}

ReadPicture asPng(const QString &name, const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    fitted(image, kSideMax).save(&buffer, "PNG");
    ReadPicture read = picture(name, u"image/png"_s, bytes);
    read.small = fitted(image, kSmallSide);
    return read;
}

ReadPicture ofFile(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {.problem = PictureWords::tr("%1 cannot be read: %2").arg(name, file.errorString())};
    }
    if (file.size() > kFileBytesMax) {
        return {.problem = tooLarge(name)};
    }
    QByteArray bytes = file.readAll();
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QByteArray format = reader.format();
    const QImage image = reader.read();
    const bool asItIs = format == "png" || format == "jpeg" || format == "gif"
                        || (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP");
    if (image.isNull() && !asItIs) {
        return {.problem = PictureWords::tr("%1 is no picture that can be sent.").arg(name)};
    }
    if (!asItIs) {
        return asPng(name, image);
    }
    const QString type = u"image/"_s + (format.isEmpty() ? u"webp"_s : QString::fromLatin1(format));
    ReadPicture read = picture(name, type, bytes);
    read.small = fitted(image, kSmallSide);
    return read;
}

template <typename Work>
QFuture<ReadPicture> onThePool(Work work)
{
    auto promise = std::make_shared<QPromise<ReadPicture>>();
    promise->start(); // or who asks for the result before the pool begins would not wait
    QFuture<ReadPicture> future = promise->future();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

QFuture<ReadPicture> readPicture(const QString &path)
{
    return onThePool([path] { return ofFile(path); });
}

QFuture<ReadPicture> readPicture(const QImage &image)
{
    return onThePool([image] { return asPng(PictureWords::tr("pasted.png"), image); });
}

} // namespace signalbox::ui

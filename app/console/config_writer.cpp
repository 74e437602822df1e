// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/config_writer.h"

#include "core/runtime/config_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

Status<std::string> write(const QString &path, const std::string &text, bool isNew)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    const bool opened = file.open(QIODevice::WriteOnly);
    if (opened && isNew) {
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    // commit() of Qt 6.4 does not hear of what fails while the buffer is written out.
    if (!opened || file.write(text.data(), size) != size || !file.flush() || !file.commit()) {
        return Failure{path.toStdString()
                       + " cannot be written: " + file.errorString().toStdString()};
    }
    return Nothing();
}

} // namespace

std::string revisionsDir(const std::string &stateDir)
{
    return stateDir + "/revisions";
}

Status<std::string> replaceConfiguration(const std::string &path,
                                         const std::string &text,
                                         const std::string &stateDir)
{
    const QString target = QString::fromStdString(path);
    const QString kept = QString::fromStdString(revisionsDir(stateDir));
    for (const QString &folder : {kept, QFileInfo(target).absolutePath()}) {
        if (!QDir().mkpath(folder)) {
            return Failure{"the folder " + folder.toStdString() + " cannot be made"};
        }
    }
    QFile old(target);
    if (!old.exists()) {
        return write(target, text, true);
    }
    if (!old.open(QIODevice::ReadOnly)) {
        return Failure{path + " cannot be read: " + old.errorString().toStdString()};
    }
    const std::string before = old.readAll().toStdString();
    const QString revision = QString::fromStdString(runtime::revisionOf(before));
    if (auto copied = write(u"%1/%2.toml"_s.arg(kept, revision), before, true); !copied) {
        return copied;
    }
    return write(target, text, false);
}

} // namespace signalbox::app

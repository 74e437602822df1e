// SPDX-License-Identifier: Apache-2.0
// Reads snippets of configuration for the tests of this room.
#pragma once

#include "core/config/read.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTest>

#include <string>

namespace signalbox::test {

/// Two providers and a route that snippets may refer to; goes behind them.
inline const char *const kHouse = R"(
[[provider]]
id = "qwen"
kind = "qwen"
keys = ["env:QWEN_KEY"]
[[provider.model]]
name = "qwen-plus"
aliases = ["plus"]
[[provider]]
id = "anthropic"
kind = "anthropic"
[[provider.model]]
name = "claude-haiku-4-5"
[[route]]
name = "house"
targets = [{ target = "qwen/qwen-plus" }]
)";

inline bool someZoneExists(std::string_view zone)
{
    return zone == "UTC" || zone == "Europe/Berlin";
}

inline auto readText(const std::string &text)
{
    return config::read(text, "0123456789ab", {.zoneExists = someZoneExists});
}

/// The faults of \p text as lines without a file's name; `ok` when there is none.
inline QString faultLines(const std::string &text)
{
    const auto result = readText(text);
    if (result) {
        return QStringLiteral("ok");
    }
    std::string lines;
    for (const config::Fault &fault : result.error()) {
        lines += (lines.empty() ? "" : "\n") + config::toLine(fault, "").substr(1);
    }
    return QString::fromStdString(lines);
}

inline void row(const char *name, const std::string &toml, const std::string &expected)
{
    QTest::newRow(name) << QByteArray::fromStdString(toml) << QString::fromStdString(expected);
}

/// For tables of snippets and the faults they have.
inline void columns()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("expected");
}

/// The faults of the row's snippet, kHouse behind it, are exactly those expected.
inline void compareFaults()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, expected);
    QCOMPARE(faultLines(toml.toStdString() + kHouse), expected);
}

inline std::string fileText(const char *path)
{
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/") + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace signalbox::test

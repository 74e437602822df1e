// SPDX-License-Identifier: Apache-2.0
// Rows of (request that must be refused, reason), and their judgement.
#pragma once

#include "tests/unit/http/message_log.h"

#include "core/http/error.h"

#include <QTest>

#include <string>

namespace signalbox::tests {

inline const std::string kHead = "POST / HTTP/1.1\r\nHost: h\r\n";

inline void row(const char *name, const std::string &sample, http::Error error)
{
    QTest::newRow(name) << QByteArray::fromStdString(sample) << static_cast<int>(error);
}

/// A request with one more header line.
inline void headerRow(const char *name, const std::string &line, http::Error error)
{
    row(name, kHead + line + "\r\n\r\n", error);
}

inline void startRow(const char *name, const std::string &line, http::Error error)
{
    row(name, line + "\r\nHost: h\r\n\r\n", error);
}

inline void chunkRow(const char *name, const std::string &body, http::Error error)
{
    row(name, kHead + "Transfer-Encoding: chunked\r\n\r\n" + body, error);
}

inline std::string lines(int count, const std::string &line)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += line;
    }
    return text;
}

/// Reads the row's sample, whole and (if short) in every cut, and expects its reason.
inline void expectRefusal()
{
    QFETCH(QByteArray, sample);
    QFETCH(int, error);
    const std::string reason(http::describe(static_cast<http::Error>(error)));
    const auto run = [](const Pieces &pieces) { return readRequests(pieces); };
    QCOMPARE(run(Pieces{sample.toStdString()}), "refused: " + reason + "\n");
    if (sample.size() < 2000) {
        const std::string difference = firstDifferingCut(sample.toStdString(), run);
        QVERIFY2(difference.empty(), difference.c_str());
    }
}

} // namespace signalbox::tests

// SPDX-License-Identifier: Apache-2.0
// Patterns in texts. Qt's, for the standard library's take seconds to compile.
#pragma once

#include <QRegularExpression>
#include <QString>

#include <string>
#include <vector>

namespace signalbox::test {

/// The whole of \p text is as \p pattern says.
inline bool matches(const std::string &text, const QString &pattern)
{
    const QRegularExpression whole(QRegularExpression::anchoredPattern(pattern));
    return whole.match(QString::fromStdString(text)).hasMatch();
}

/// What in \p text is as \p pattern says, in order.
inline std::vector<std::string> found(const std::string &text, const QString &pattern)
{
    std::vector<std::string> all;
    auto matches = QRegularExpression(pattern).globalMatch(QString::fromStdString(text));
    while (matches.hasNext()) {
        all.push_back(matches.next().captured().toStdString());
    }
    return all;
}

} // namespace signalbox::test

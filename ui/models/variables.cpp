// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/variables.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

const QRegularExpression &variable()
{
    static const QRegularExpression
        pattern(u"\\{\\{\\s*([\\p{L}_][\\p{L}\\p{N}_.\\- ]*?)\\s*\\}\\}"_s,
                QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

} // namespace

QStringList variablesIn(const QString &text)
{
    QStringList names;
    auto matches = variable().globalMatch(text);
    while (matches.hasNext()) {
        names << matches.next().captured(1);
    }
    names.removeDuplicates();
    return names;
}

QString filledBy(const QString &text,
                 const std::function<std::optional<QString>(const QString &name)> &valueOf)
{
    QString all;
    qsizetype from = 0;
    auto matches = variable().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (const std::optional<QString> value = valueOf(match.captured(1))) {
            all += QStringView(text).sliced(from, match.capturedStart() - from);
            all += *value;
            from = match.capturedEnd();
        }
    }
    return all += QStringView(text).sliced(from);
}

} // namespace signalbox::ui

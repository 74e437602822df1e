// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct RequestText
{
    Q_DECLARE_TR_FUNCTIONS(RequestText)
};

} // namespace

bool isComplete(const RequestRecord &record)
{
    return record.outcome == OutcomeClass::Success && !record.abandoned && record.status < 400;
}

QString statusText(const RequestRecord &record)
{
    const OutcomeClass outcome = record.abandoned ? OutcomeClass::ClientGone : record.outcome;
    if (outcome == OutcomeClass::Success && record.status >= 400 && !record.errorCode.empty()) {
        return u"%1 %2"_s.arg(QString::number(record.status), text::fromUtf8(record.errorCode));
    }
    return u"%1 %2"_s.arg(QString::number(record.status), text::outcomeWord(outcome));
}

QString attemptsText(const RequestRecord &record)
{
    QStringList lines;
    int number = 0;
    for (const AttemptRecord &attempt : record.attempts) {
        QString line = RequestText::tr("%1. %2: %3 after %4")
                           .arg(QString::number(++number),
                                text::fromUtf8(attempt.target.name()),
                                text::outcomeWord(attempt.outcome),
                                text::latency(attempt.total));
        if (!attempt.reason.empty()) {
            line += u" (%1)"_s.arg(text::fromUtf8(attempt.reason));
        }
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace signalbox::ui

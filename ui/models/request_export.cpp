// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_export.h"

#include "ui/text/csv.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString millis(Micros duration)
{
    return QString::number(static_cast<double>(duration.count()) / 1000.0, 'f', 3);
}

QString amount(const Cost &cost)
{
    return cost.amount ? text::fromUtf8(cost.amount->toDecimal()) : QString();
}

QString utc(SystemTime time)
{
    return text::fromUtf8(toIso8601(time));
}

QString word(bool yes)
{
    return yes ? u"true"_s : u"false"_s;
}

QByteArray csvLine(const RequestRecord &record)
{
    const Usage &usage = record.usage;
    return text::csvLine({utc(record.arrived),
                          text::fromUtf8(record.id),
                          text::fromUtf8(record.client),
                          text::fromUtf8(record.dialect),
                          text::fromUtf8(record.operation),
                          text::fromUtf8(record.modelAsked),
                          text::fromUtf8(record.route),
                          text::fromUtf8(record.rule),
                          text::fromUtf8(record.target.name()),
                          QString::number(record.status),
                          text::fromUtf8(toString(record.outcome)),
                          text::fromUtf8(record.errorCode),
                          word(record.abandoned),
                          QString::number(record.attempts.size()),
                          text::fromUtf8(record.cache),
                          QString::number(usage.promptTokens),
                          QString::number(usage.cachedTokens),
                          QString::number(usage.completionTokens),
                          QString::number(usage.reasoningTokens),
                          record.firstToken ? millis(*record.firstToken) : QString(),
                          millis(record.total),
                          amount(record.cost),
                          word(record.cost.estimated)});
}

QJsonValue amountValue(const Cost &cost)
{
    return cost.amount ? QJsonValue(amount(cost)) : QJsonValue();
}

QJsonObject attemptObject(const AttemptRecord &attempt)
{
    return {{u"target"_s, text::fromUtf8(attempt.target.name())},
            {u"started_after_ms"_s, static_cast<double>(attempt.startedAfter.count()) / 1000.0},
            {u"total_ms"_s, static_cast<double>(attempt.total.count()) / 1000.0},
            {u"status"_s, attempt.httpStatus},
            {u"outcome"_s, text::fromUtf8(toString(attempt.outcome))},
            {u"reason"_s, text::fromUtf8(attempt.reason)},
            {u"cost_usd"_s, amountValue(attempt.cost)},
            {u"cost_estimated"_s, attempt.cost.estimated}};
}

QByteArray jsonLine(const RequestRecord &record)
{
    QJsonArray attempts;
    for (const AttemptRecord &attempt : record.attempts) {
        attempts.append(attemptObject(attempt));
    }
    const Usage &usage = record.usage;
    const QJsonObject object{{u"time_utc"_s, utc(record.arrived)},
                             {u"id"_s, text::fromUtf8(record.id)},
                             {u"client"_s, text::fromUtf8(record.client)},
                             {u"dialect"_s, text::fromUtf8(record.dialect)},
                             {u"operation"_s, text::fromUtf8(record.operation)},
                             {u"model_asked"_s, text::fromUtf8(record.modelAsked)},
                             {u"route"_s, text::fromUtf8(record.route)},
                             {u"rule"_s, text::fromUtf8(record.rule)},
                             {u"target"_s, text::fromUtf8(record.target.name())},
                             {u"status"_s, record.status},
                             {u"outcome"_s, text::fromUtf8(toString(record.outcome))},
                             {u"error"_s, text::fromUtf8(record.errorCode)},
                             {u"abandoned"_s, record.abandoned},
                             {u"cache"_s, text::fromUtf8(record.cache)},
                             {u"prompt_tokens"_s, static_cast<qint64>(usage.promptTokens)},
                             {u"cached_tokens"_s, static_cast<qint64>(usage.cachedTokens)},
                             {u"completion_tokens"_s, static_cast<qint64>(usage.completionTokens)},
                             {u"reasoning_tokens"_s, static_cast<qint64>(usage.reasoningTokens)},
                             {u"first_token_ms"_s,
                              record.firstToken ? QJsonValue(
                                  static_cast<double>(record.firstToken->count()) / 1000.0)
                                                : QJsonValue()},
                             {u"total_ms"_s, static_cast<double>(record.total.count()) / 1000.0},
                             {u"cost_usd"_s, amountValue(record.cost)},
                             {u"cost_estimated"_s, record.cost.estimated},
                             {u"attempts"_s, attempts}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

QString suffixOf(RequestFormat format)
{
    return format == RequestFormat::Csv ? u"csv"_s : u"jsonl"_s;
}

QByteArray requestFileHead(RequestFormat format)
{
    if (format == RequestFormat::JsonLines) {
        return {};
    }
    return "time_utc,id,client,dialect,operation,model_asked,route,rule,target,status,outcome,"
           "error,"
           "abandoned,attempts,cache,prompt_tokens,cached_tokens,completion_tokens,"
           "reasoning_tokens,first_token_ms,total_ms,cost_usd,cost_estimated\r\n";
}

QByteArray requestFileLine(const RequestRecord &record, RequestFormat format)
{
    return format == RequestFormat::Csv ? csvLine(record) : jsonLine(record);
}

void RequestExport::begin(LedgerSource &ledger,
                          RequestFilter filter,
                          RequestFormat format,
                          const QString &path)
{
    stop();
    m_ledger = &ledger;
    m_filter = std::move(filter);
    m_filter.cursor.clear();
    m_filter.limit = kPageRows;
    m_format = format;
    m_rows = 0;
    m_file = std::make_unique<QSaveFile>(path);
    if (!m_file->open(QIODevice::WriteOnly)) {
        return end(tr("%1 was not written: %2").arg(path, m_file->errorString()));
    }
    m_file->write(requestFileHead(format));
    readPage();
}

void RequestExport::stop()
{
    m_asked.takeBack();
    m_file.reset(); // what was not committed is no file
}

void RequestExport::readPage()
{
    m_asked = m_ledger->requests(m_filter,
                                 [this](const LedgerAnswer<RequestPage> &answer) { take(answer); });
}

void RequestExport::take(const LedgerAnswer<RequestPage> &answer)
{
    if (!answer) {
        return end(answer.error());
    }
    m_rows += static_cast<std::int64_t>(answer->requests.size());
    if (m_rows > kRowsMax || (m_rows == kRowsMax && answer->next)) {
        return end(
            tr("Nothing was written: more than %1 requests match. Narrow the filter or choose "
               "a shorter period.")
                .arg(text::count(kRowsMax)));
    }
    QByteArray lines;
    for (const RequestRecord &record : answer->requests) {
        lines += requestFileLine(record, m_format);
    }
    if (m_file->write(lines) != lines.size()) {
        return end(tr("%1 was not written: %2").arg(m_file->fileName(), m_file->errorString()));
    }
    if (!answer->next) {
        const bool kept = m_file->commit();
        return end(
            kept ? QString()
                 : tr("%1 was not written: %2").arg(m_file->fileName(), m_file->errorString()));
    }
    Q_EMIT progressed(m_rows);
    m_filter.cursor = *answer->next;
    readPage();
}

void RequestExport::end(const QString &problem)
{
    const QString path = m_file->fileName();
    stop();
    Q_EMIT finished(path, problem);
}

} // namespace signalbox::ui

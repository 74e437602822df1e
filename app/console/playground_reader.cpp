// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/playground_reader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr double kArrivalsApartMs = 5; ///< what comes closer together is one arrival
constexpr qsizetype kWordsMax = 300; ///< of a body that is no error of ours

struct PlaygroundWords
{
    Q_DECLARE_TR_FUNCTIONS(PlaygroundWords)
};

ui::PlaygroundFailure failureOf(const QJsonObject &error, int status)
{
    ui::PlaygroundFailure failure{.status = status,
                                  .code = error.value(u"code"_s).toString(),
                                  .message = error.value(u"message"_s).toString(),
                                  .origin = error.value(u"origin"_s).toString(),
                                  .provider = error.value(u"provider"_s).toString()};
    const QJsonArray attempts = error.value(u"attempts"_s).toArray();
    for (const QJsonValue &value : attempts) {
        const QJsonObject attempt = value.toObject();
        failure.attempts.push_back({.target = attempt.value(u"target"_s).toString(),
                                    .status = attempt.value(u"status"_s).toInt(),
                                    .reason = attempt.value(u"reason"_s).toString(),
                                    .ms = attempt.value(u"ms"_s).toDouble()});
    }
    return failure;
}

} // namespace

ui::PlaygroundFailure readFailure(const QByteArray &body, int status)
{
    const QJsonObject error = QJsonDocument::fromJson(body).object().value(u"error"_s).toObject();
    if (!error.value(u"message"_s).toString().isEmpty()) {
        return failureOf(error, status);
    }
    return {.status = status,
            .message = PlaygroundWords::tr("The gateway, or what stands before it, answered %1: %2")
                           .arg(QString::number(status),
                                QString::fromUtf8(body.left(kWordsMax)).simplified())};
}

void PlaygroundReader::take(const QByteArray &bytes, double ms)
{
    const qsizetype text = m_piece.text.size();
    const qsizetype reasoning = m_piece.reasoning.size();
    read(bytes);
    note(ms,
         static_cast<int>(m_piece.text.size() - text),
         static_cast<int>(m_piece.reasoning.size() - reasoning));
}

void PlaygroundReader::note(double ms, int text, int reasoning)
{
    if (text + reasoning == 0) {
        return;
    }
    QList<ui::PlaygroundArrival> &arrivals = m_piece.arrivals;
    if (!arrivals.isEmpty() && ms - arrivals.last().ms < kArrivalsApartMs) {
        arrivals.last().text += text;
        arrivals.last().reasoning += reasoning;
    } else {
        arrivals.append({.ms = ms, .text = text, .reasoning = reasoning});
    }
}

void PlaygroundReader::read(const QByteArray &bytes)
{
    m_bytes += bytes.size();
    if (m_bytes > kAnswerBytesMax) {
        return fail(u"answer_too_long"_s,
                    PlaygroundWords::tr("The answer is too long to be shown."));
    }
    std::string_view rest(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    using Got = http::SseParser::Got;
    for (Got got = m_parser.take(rest); got != Got::NeedMore; got = m_parser.take(rest)) {
        if (got == Got::Failed) {
            return fail(u"unreadable"_s,
                        PlaygroundWords::tr("An event of the stream is too long to be read."));
        }
        if (got == Got::Event) {
            onEvent(m_parser.event().data);
        }
    }
}

void PlaygroundReader::finish(double ms)
{
    const qsizetype text = m_piece.text.size();
    const qsizetype reasoning = m_piece.reasoning.size();
    if (m_parser.finish() == http::SseParser::Got::Event) {
        onEvent(m_parser.event().data);
    }
    note(ms,
         static_cast<int>(m_piece.text.size() - text),
         static_cast<int>(m_piece.reasoning.size() - reasoning));
    if (!m_done) {
        fail(u"stream_cut"_s, PlaygroundWords::tr("The stream ended before the answer did."));
    }
}

void PlaygroundReader::fail(const QString &code, const QString &message)
{
    if (!m_failure) { // the first one says why
        m_failure = ui::PlaygroundFailure{.status = 200, .code = code, .message = message};
    }
}

void PlaygroundReader::onEvent(std::string_view data)
{
    if (data == "[DONE]") {
        m_done = true;
        return;
    }
    const QJsonObject event = QJsonDocument::fromJson(
                                  QByteArray::fromRawData(data.data(),
                                                          static_cast<qsizetype>(data.size())))
                                  .object();
    if (event.value(u"error"_s).isObject()) {
        m_failure = failureOf(event.value(u"error"_s).toObject(), 200);
        return;
    }
    if (event.value(u"usage"_s).isObject()) {
        onUsage(event.value(u"usage"_s).toObject());
    }
    const QJsonArray choices = event.value(u"choices"_s).toArray();
    for (const QJsonValue &value : choices) {
        const QJsonObject choice = value.toObject();
        onDelta(choice.value(u"delta"_s).toObject());
        const QString reason = choice.value(u"finish_reason"_s).toString();
        m_finishReason = reason.isEmpty() ? m_finishReason : reason;
    }
}

void PlaygroundReader::onDelta(const QJsonObject &delta)
{
    const QString text = delta.value(u"content"_s).toString()
                         + delta.value(u"refusal"_s).toString();
    const QString reasoning = delta.value(u"reasoning_content"_s).toString();
    m_piece.text += text;
    m_piece.reasoning += reasoning;
    const QJsonArray calls = delta.value(u"tool_calls"_s).toArray();
    for (const QJsonValue &value : calls) {
        const QJsonObject call = value.toObject();
        const QJsonObject function = call.value(u"function"_s).toObject();
        m_piece.tools.push_back({.index = call.value(u"index"_s).toInt(),
                                 .name = function.value(u"name"_s).toString(),
                                 .arguments = function.value(u"arguments"_s).toString(),
                                 .id = call.value(u"id"_s).toString()});
    }
    m_hasContent = m_hasContent || !text.isEmpty() || !reasoning.isEmpty() || !calls.isEmpty();
}

void PlaygroundReader::onUsage(const QJsonObject &usage)
{
    Usage read;
    read.promptTokens = usage.value(u"prompt_tokens"_s).toInteger();
    read.completionTokens = usage.value(u"completion_tokens"_s).toInteger();
    read.cachedTokens =
        usage.value(u"prompt_tokens_details"_s).toObject().value(u"cached_tokens"_s).toInteger();
    read.reasoningTokens = usage.value(u"completion_tokens_details"_s)
                               .toObject()
                               .value(u"reasoning_tokens"_s)
                               .toInteger();
    m_usage = read;
}

bool PlaygroundReader::hasPiece() const
{
    return m_piece != ui::PlaygroundPiece();
}

ui::PlaygroundPiece PlaygroundReader::takePiece()
{
    return std::exchange(m_piece, {});
}

} // namespace signalbox::app

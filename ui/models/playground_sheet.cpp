// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_sheet.h"

#include "ui/models/playground_text.h"

#include "core/base/redaction.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using State = PlaygroundRun::State;

constexpr int kVersion = 2;

QJsonValue millis(const std::optional<Micros> &time)
{
    return time ? QJsonValue(static_cast<double>(time->count()) / 1'000) : QJsonValue();
}

QString stateName(State state)
{
    switch (state) {
    case State::Idle:
        return u"idle"_s;
    case State::Waiting:
        return u"waiting"_s;
    case State::Streaming:
        return u"streaming"_s;
    case State::Finished:
        return u"finished"_s;
    case State::Stopped:
        return u"stopped"_s;
    case State::Failed:
        return u"failed"_s;
    }
    return {};
}

QJsonObject parametersJson(const PlaygroundParameters &with)
{
    QJsonObject json;
    addParameters(json, with);
    return json;
}

QJsonObject turnJson(const PlaygroundTurn &turn)
{
    QJsonObject json{{u"role"_s, roleName(turn.role)}, {u"content"_s, turn.text}};
    if (!turn.images.isEmpty()) {
        QJsonArray images;
        for (const PlaygroundImage &image : turn.images) {
            images.append(QJsonObject{{u"name"_s, image.name},
                                      {u"type"_s, image.type},
                                      {u"base64"_s, QString::fromLatin1(image.base64)}});
        }
        json.insert(u"images"_s, images);
    }
    if (!turn.calls.isEmpty()) {
        QJsonArray calls;
        for (const PlaygroundCall &call : turn.calls) {
            calls.append(QJsonObject{{u"id"_s, call.id},
                                     {u"name"_s, call.name},
                                     {u"arguments"_s, call.arguments}});
        }
        json.insert(u"tool_calls"_s, calls);
    }
    if (!turn.callId.isEmpty()) {
        json.insert(u"tool_call_id"_s, turn.callId);
    }
    return json;
}

QJsonArray turnsJson(const std::vector<PlaygroundTurn> &turns)
{
    QJsonArray json;
    for (const PlaygroundTurn &turn : turns) {
        json.append(turnJson(turn));
    }
    return json;
}

QJsonObject usageJson(const Usage &usage)
{
    return {{u"prompt_tokens"_s, qint64(usage.promptTokens)},
            {u"cached_tokens"_s, qint64(usage.cachedTokens)},
            {u"completion_tokens"_s, qint64(usage.completionTokens)},
            {u"reasoning_tokens"_s, qint64(usage.reasoningTokens)},
            {u"estimated"_s, usage.estimated}};
}

QJsonObject figuresJson(const PlaygroundFigures &figures)
{
    const auto speed = tokensPerSecond(figures);
    QJsonObject json{{u"first_token_ms"_s, millis(figures.firstToken)},
                     {u"total_ms"_s, millis(figures.total)},
                     {u"tokens_per_s"_s, speed ? QJsonValue(*speed) : QJsonValue()},
                     {u"attempts"_s,
                      figures.attempts ? QJsonValue(*figures.attempts) : QJsonValue()},
                     {u"source"_s, figures.logged ? u"log"_s : u"console"_s}};
    const bool known = figures.cost && figures.cost->amount;
    json.insert(u"cost_usd"_s,
                known ? QJsonValue(QString::fromStdString(figures.cost->amount->toDecimal()))
                      : QJsonValue());
    if (figures.cost) {
        json.insert(u"price"_s, known ? u"known"_s : u"unknown"_s);
        json.insert(u"cost_estimated"_s, figures.cost->estimated);
    }
    if (figures.outputPrice) {
        json.insert(u"output_pico_usd_per_token"_s, qint64(figures.outputPrice->picosPerToken()));
    }
    if (figures.usage) {
        json.insert(u"usage"_s, usageJson(*figures.usage));
    }
    return json;
}

QJsonValue failureJson(const std::optional<PlaygroundFailure> &failure)
{
    if (!failure) {
        return {};
    }
    QJsonArray attempts;
    for (const PlaygroundAttempt &attempt : failure->attempts) {
        attempts.append(QJsonObject{{u"target"_s, attempt.target},
                                    {u"status"_s, attempt.status},
                                    {u"reason"_s, attempt.reason},
                                    {u"ms"_s, attempt.ms}});
    }
    return QJsonObject{{u"status"_s, failure->status},
                       {u"code"_s, failure->code},
                       {u"message"_s, failure->message},
                       {u"origin"_s, failure->origin},
                       {u"provider"_s, failure->provider},
                       {u"attempts"_s, attempts}};
}

/// `310.2,12,0;355,30,0`: milliseconds, units of text and of reasoning so far. As a list it would take
/// five lines for each.
QString arrivalsText(const PlaygroundTrack &track)
{
    QStringList arrivals;
    for (const TrackPoint &point : track.points()) {
        arrivals << u"%1,%2,%3"_s.arg(QString::number(point.ms, 'f', 1))
                        .arg(point.text)
                        .arg(point.reasoning);
    }
    return arrivals.join(u';');
}

QJsonObject runJson(const PlaygroundRun &run)
{
    QJsonArray tools;
    for (const ToolPiece &tool : run.tools()) {
        tools.append(QJsonObject{{u"id"_s, tool.id},
                                 {u"name"_s, tool.name},
                                 {u"arguments"_s, tool.arguments}});
    }
    return {{u"messages"_s, turnsJson(run.ask().turns)},
            {u"parameters"_s, parametersJson(run.ask().parameters)},
            {u"model"_s, run.ask().model},
            {u"state"_s, stateName(run.state())},
            {u"id"_s, run.id()},
            {u"request_id"_s, run.requestId()},
            {u"target"_s, run.target()},
            {u"output"_s, run.text()},
            {u"reasoning"_s, run.reasoning()},
            {u"tool_calls"_s, tools},
            {u"finish_reason"_s, run.finishReason()},
            {u"metrics"_s, figuresJson(run.figures())},
            {u"arrivals_ms_text_reasoning"_s, arrivalsText(run.track())},
            {u"error"_s, failureJson(run.failure())}};
}

/// The last run's members stand in the column itself, those before it beside.
QJsonObject columnJson(const PlaygroundSheetColumn &column, int number)
{
    QJsonObject json = column.runs.empty() ? QJsonObject() : runJson(column.runs.back());
    json.insert(u"column"_s, columnLetter(number));
    json.insert(u"model"_s, column.model);
    json.insert(u"own_parameters"_s, parametersJson(column.own));
    QJsonArray earlier;
    for (std::size_t i = 0; i + 1 < column.runs.size(); ++i) {
        earlier.append(runJson(column.runs[i]));
    }
    json.insert(u"earlier_runs"_s, earlier);
    return json;
}

QJsonObject promptJson(const PlaygroundSheet &sheet)
{
    QJsonArray variables;
    for (const PlaygroundVariable &variable : sheet.extras.variables) {
        variables.append(QJsonObject{{u"name"_s, variable.name}, {u"value"_s, variable.value}});
    }
    return {{u"messages"_s, turnsJson(sheet.turns)},
            {u"parameters"_s, parametersJson(sheet.shared)},
            {u"variables"_s, variables},
            {u"tools"_s, sheet.extras.tools},
            {u"schema"_s, sheet.extras.schema},
            {u"repeat"_s, sheet.extras.repeat}};
}

void blot(QString &text)
{
    std::string bytes = text.toStdString();
    if (blotKeys(bytes)) {
        text = QString::fromStdString(bytes);
    }
}

void blot(std::vector<PlaygroundTurn> &turns)
{
    for (PlaygroundTurn &turn : turns) {
        blot(turn.text);
        for (PlaygroundCall &call : turn.calls) {
            blot(call.arguments);
        }
    }
}

PlaygroundRun blotted(const PlaygroundRun &run)
{
    PlaygroundRun::Kept kept = run.kept();
    blot(kept.ask.turns);
    blot(kept.ask.tools);
    blot(kept.ask.schema);
    for (ToolPiece &tool : kept.tools) {
        blot(tool.arguments);
    }
    if (kept.failure) {
        blot(kept.failure->message);
        for (PlaygroundAttempt &attempt : kept.failure->attempts) {
            blot(attempt.reason);
        }
    }
    const auto lengths = std::pair{kept.text.size(), kept.reasoning.size()};
    blot(kept.text);
    blot(kept.reasoning);
    if (lengths != std::pair{kept.text.size(), kept.reasoning.size()}) {
        kept.track = {}; // its places are those of the text as it came
    }
    return PlaygroundRun(std::move(kept));
}

} // namespace

QString isoTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

QByteArray sheetAsJson(const PlaygroundSheet &sheet)
{
    QJsonArray columns;
    for (const PlaygroundSheetColumn &column : sheet.columns) {
        columns.append(columnJson(column, static_cast<int>(columns.size())));
    }
    return QJsonDocument(QJsonObject{{u"format"_s, u"signalbox-playground"_s},
                                     {u"version"_s, kVersion},
                                     {u"id"_s, sheet.id},
                                     {u"at"_s, isoTime(sheet.atMs)},
                                     {u"prompt"_s, promptJson(sheet)},
                                     {u"columns"_s, columns}})
        .toJson(QJsonDocument::Indented);
}

PlaygroundSheet withoutKeys(PlaygroundSheet sheet)
{
    blot(sheet.turns);
    for (PlaygroundVariable &variable : sheet.extras.variables) {
        blot(variable.value);
    }
    blot(sheet.extras.tools);
    blot(sheet.extras.schema);
    for (PlaygroundSheetColumn &column : sheet.columns) {
        for (PlaygroundRun &run : column.runs) {
            run = blotted(run);
        }
    }
    return sheet;
}

QString promptDigest(const PlaygroundSheet &sheet)
{
    const PlaygroundAsk ask{.model = u"any"_s,
                            .turns = filled(sheet.turns, sheet.extras.variables),
                            .tools = sheet.extras.tools,
                            .schema = sheet.extras.schema};
    return QString::fromLatin1(
        QCryptographicHash::hash(chatBody(ask), QCryptographicHash::Sha256).toHex());
}

} // namespace signalbox::ui

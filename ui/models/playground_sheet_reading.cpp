// SPDX-License-Identifier: GPL-3.0-or-later
// A sheet read back from the JSON it was written as.
#include "ui/models/playground_sheet.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using State = PlaygroundRun::State;

QString textIn(const QJsonObject &json, const QString &name)
{
    return json.value(name).toString();
}

std::optional<double> numberIn(const QJsonObject &json, const QString &name)
{
    const QJsonValue value = json.value(name);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<Micros> timeIn(const QJsonObject &json, const QString &name)
{
    const auto ms = numberIn(json, name);
    return ms ? std::optional(Micros(std::llround(*ms * 1'000))) : std::nullopt;
}

PlaygroundParameters parametersIn(const QJsonObject &json)
{
    const auto tokens = numberIn(json, u"max_tokens"_s);
    return {.temperature = numberIn(json, u"temperature"_s),
            .topP = numberIn(json, u"top_p"_s),
            .maxTokens = tokens ? std::optional(static_cast<int>(*tokens)) : std::nullopt,
            .effort = textIn(json, u"reasoning_effort"_s)};
}

TurnRole roleIn(const QJsonObject &json)
{
    for (const TurnRole role : {TurnRole::System, TurnRole::Assistant, TurnRole::Tool}) {
        if (textIn(json, u"role"_s) == roleName(role)) {
            return role;
        }
    }
    return TurnRole::User;
}

PlaygroundTurn turnIn(const QJsonObject &json)
{
    PlaygroundTurn turn{.role = roleIn(json),
                        .text = textIn(json, u"content"_s),
                        .callId = textIn(json, u"tool_call_id"_s)};
    const QJsonArray images = json.value(u"images"_s).toArray();
    for (const QJsonValue &value : images) {
        const QJsonObject image = value.toObject();
        turn.images.append({.name = textIn(image, u"name"_s),
                            .type = textIn(image, u"type"_s),
                            .base64 = textIn(image, u"base64"_s).toLatin1()});
    }
    const QJsonArray calls = json.value(u"tool_calls"_s).toArray();
    for (const QJsonValue &value : calls) {
        const QJsonObject call = value.toObject();
        turn.calls.append({.id = textIn(call, u"id"_s),
                           .name = textIn(call, u"name"_s),
                           .arguments = textIn(call, u"arguments"_s)});
    }
    return turn;
}

std::vector<PlaygroundTurn> turnsIn(const QJsonValue &json)
{
    std::vector<PlaygroundTurn> turns;
    const QJsonArray all = json.toArray();
    for (const QJsonValue &turn : all) {
        turns.push_back(turnIn(turn.toObject()));
    }
    return turns;
}

std::optional<Cost> costIn(const QJsonObject &json)
{
    if (!json.contains(u"price"_s)) {
        return std::nullopt;
    }
    return Cost{.amount = Money::fromDecimal(textIn(json, u"cost_usd"_s).toStdString()),
                .estimated = json.value(u"cost_estimated"_s).toBool()};
}

std::optional<Usage> usageIn(const QJsonValue &value)
{
    if (!value.isObject()) {
        return std::nullopt;
    }
    const QJsonObject json = value.toObject();
    Usage usage;
    usage.promptTokens = json.value(u"prompt_tokens"_s).toInteger();
    usage.cachedTokens = json.value(u"cached_tokens"_s).toInteger();
    usage.completionTokens = json.value(u"completion_tokens"_s).toInteger();
    usage.reasoningTokens = json.value(u"reasoning_tokens"_s).toInteger();
    usage.estimated = json.value(u"estimated"_s).toBool();
    return usage;
}

PlaygroundFigures figuresIn(const QJsonObject &json)
{
    PlaygroundFigures figures{.firstToken = timeIn(json, u"first_token_ms"_s),
                              .total = timeIn(json, u"total_ms"_s),
                              .usage = usageIn(json.value(u"usage"_s)),
                              .cost = costIn(json),
                              .logged = textIn(json, u"source"_s) == u"log"_s};
    if (const auto attempts = numberIn(json, u"attempts"_s); attempts) {
        figures.attempts = static_cast<int>(*attempts);
    }
    if (json.contains(u"output_pico_usd_per_token"_s)) {
        figures.outputPrice = TokenPrice::fromPicosPerToken(
            json.value(u"output_pico_usd_per_token"_s).toInteger());
    }
    return figures;
}

std::optional<PlaygroundFailure> failureIn(const QJsonValue &value)
{
    if (!value.isObject()) {
        return std::nullopt;
    }
    const QJsonObject json = value.toObject();
    PlaygroundFailure failure{.status = json.value(u"status"_s).toInt(),
                              .code = textIn(json, u"code"_s),
                              .message = textIn(json, u"message"_s),
                              .origin = textIn(json, u"origin"_s),
                              .provider = textIn(json, u"provider"_s)};
    const QJsonArray attempts = json.value(u"attempts"_s).toArray();
    for (const QJsonValue &one : attempts) {
        const QJsonObject attempt = one.toObject();
        failure.attempts.push_back({.target = textIn(attempt, u"target"_s),
                                    .status = attempt.value(u"status"_s).toInt(),
                                    .reason = textIn(attempt, u"reason"_s),
                                    .ms = attempt.value(u"ms"_s).toDouble()});
    }
    return failure;
}

/// Points that are out of order or reach beyond the answer are no track.
PlaygroundTrack trackIn(const QString &arrivals, qsizetype text, qsizetype reasoning)
{
    PlaygroundTrack track;
    TrackPoint before;
    const QStringList all = arrivals.split(u';', Qt::SkipEmptyParts);
    for (const QString &arrival : all) {
        const QStringList parts = arrival.split(u',');
        const TrackPoint point{.ms = parts.value(0).toDouble(),
                               .text = parts.value(1).toInt(),
                               .reasoning = parts.value(2).toInt()};
        const bool follows = point.ms >= before.ms && point.text >= before.text
                             && point.reasoning >= before.reasoning && point.text <= text
                             && point.reasoning <= reasoning;
        if (!follows || track.points().size() >= PlaygroundTrack::kPointsMax) {
            return {};
        }
        track.addPoint(point);
        before = point;
    }
    return track;
}

State stateIn(const QJsonObject &json)
{
    const QString name = textIn(json, u"state"_s);
    return name == u"finished"_s ? State::Finished
           : name == u"failed"_s ? State::Failed
           : name == u"idle"_s   ? State::Idle
                                 : State::Stopped;
}

PlaygroundRun runIn(const QJsonObject &json, const PlaygroundExtras &extras)
{
    PlaygroundRun::Kept kept{.state = stateIn(json),
                             .ask = {.model = textIn(json, u"model"_s),
                                     .turns = turnsIn(json.value(u"messages"_s)),
                                     .parameters = parametersIn(
                                         json.value(u"parameters"_s).toObject()),
                                     .tools = extras.tools,
                                     .schema = extras.schema},
                             .requestId = textIn(json, u"request_id"_s),
                             .id = textIn(json, u"id"_s),
                             .target = textIn(json, u"target"_s),
                             .text = textIn(json, u"output"_s),
                             .reasoning = textIn(json, u"reasoning"_s),
                             .finishReason = textIn(json, u"finish_reason"_s),
                             .figures = figuresIn(json.value(u"metrics"_s).toObject()),
                             .failure = failureIn(json.value(u"error"_s))};
    const QJsonArray tools = json.value(u"tool_calls"_s).toArray();
    for (const QJsonValue &value : tools) {
        const QJsonObject tool = value.toObject();
        kept.tools.push_back({.index = static_cast<int>(kept.tools.size()),
                              .name = textIn(tool, u"name"_s),
                              .arguments = textIn(tool, u"arguments"_s),
                              .id = textIn(tool, u"id"_s)});
    }
    kept.track = trackIn(textIn(json, u"arrivals_ms_text_reasoning"_s),
                         kept.text.size(),
                         kept.reasoning.size());
    return PlaygroundRun(std::move(kept));
}

PlaygroundExtras extrasIn(const QJsonObject &json)
{
    PlaygroundExtras extras{.tools = textIn(json, u"tools"_s),
                            .schema = textIn(json, u"schema"_s),
                            .repeat = std::clamp(json.value(u"repeat"_s).toInt(1), 1, kRepeatsMax)};
    const QJsonArray variables = json.value(u"variables"_s).toArray();
    for (const QJsonValue &value : variables) {
        const QJsonObject variable = value.toObject();
        extras.variables.push_back(
            {.name = textIn(variable, u"name"_s), .value = textIn(variable, u"value"_s)});
    }
    return extras;
}

} // namespace

std::optional<PlaygroundSheet> sheetFromJson(const QByteArray &json)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    if (textIn(all, u"format"_s) != u"signalbox-playground"_s || !all.contains(u"prompt"_s)) {
        return std::nullopt;
    }
    const QJsonObject prompt = all.value(u"prompt"_s).toObject();
    PlaygroundSheet sheet{.id = textIn(all, u"id"_s),
                          .atMs = QDateTime::fromString(textIn(all, u"at"_s), Qt::ISODate)
                                      .toMSecsSinceEpoch(),
                          .turns = turnsIn(prompt.value(u"messages"_s)),
                          .shared = parametersIn(prompt.value(u"parameters"_s).toObject()),
                          .extras = extrasIn(prompt)};
    const QJsonArray columns = all.value(u"columns"_s).toArray();
    for (const QJsonValue &value : columns) {
        const QJsonObject column = value.toObject();
        PlaygroundSheetColumn read{.model = textIn(column, u"model"_s),
                                   .own = parametersIn(
                                       column.value(u"own_parameters"_s).toObject())};
        const QJsonArray earlier = column.value(u"earlier_runs"_s).toArray();
        for (const QJsonValue &run : earlier) {
            read.runs.push_back(runIn(run.toObject(), sheet.extras));
        }
        if (column.contains(u"state"_s)) {
            read.runs.push_back(runIn(column, sheet.extras));
        }
        sheet.columns.push_back(std::move(read));
    }
    return sheet;
}

} // namespace signalbox::ui

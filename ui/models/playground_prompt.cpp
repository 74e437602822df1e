// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_prompt.h"

#include "core/base/json_writer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <string>
#include <string_view>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// A transparent GIF of one pixel.
constexpr std::string_view kSmallPicture =
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

bool isSaid(const PlaygroundTurn &turn)
{
    return !turn.images.isEmpty() || !turn.calls.isEmpty() || turn.role == TurnRole::Tool
           || !turn.text.trimmed().isEmpty();
}

void writeText(JsonWriter &json, const QString &text)
{
    json.lossyString(text.toUtf8().toStdString());
}

void writePicture(JsonWriter &json, const PlaygroundImage &image)
{
    json.beginObject().key("type").string("image_url").key("image_url").beginObject().key("url");
    json.string("data:" + image.type.toStdString() + ";base64," + image.base64.toStdString());
    json.endObject().endObject();
}

void writeContent(JsonWriter &json, const PlaygroundTurn &turn)
{
    json.key("content");
    if (turn.images.isEmpty() && turn.text.isEmpty() && !turn.calls.isEmpty()) {
        json.null();
        return;
    }
    if (turn.images.isEmpty()) {
        return writeText(json, turn.text);
    }
    json.beginArray();
    if (!turn.text.trimmed().isEmpty()) {
        json.beginObject().key("type").string("text").key("text");
        writeText(json, turn.text);
        json.endObject();
    }
    for (const PlaygroundImage &image : turn.images) {
        writePicture(json, image);
    }
    json.endArray();
}

void writeCalls(JsonWriter &json, const QList<PlaygroundCall> &calls)
{
    json.key("tool_calls").beginArray();
    for (const PlaygroundCall &call : calls) {
        json.beginObject().key("id");
        writeText(json, call.id);
        json.key("type").string("function").key("function").beginObject().key("name");
        writeText(json, call.name);
        json.key("arguments");
        writeText(json, call.arguments);
        json.endObject().endObject();
    }
    json.endArray();
}

void writeMessages(JsonWriter &json, const std::vector<PlaygroundTurn> &turns)
{
    json.key("messages").beginArray();
    for (const PlaygroundTurn &turn : turns) {
        if (!isSaid(turn)) {
            continue;
        }
        json.beginObject().key("role").string(roleName(turn.role).toStdString());
        if (turn.role == TurnRole::Tool) {
            json.key("tool_call_id");
            writeText(json, turn.callId);
        }
        writeContent(json, turn);
        if (!turn.calls.isEmpty()) {
            writeCalls(json, turn.calls);
        }
        json.endObject();
    }
    json.endArray();
}

void writeParameters(JsonWriter &json, const PlaygroundParameters &with)
{
    QJsonObject set;
    addParameters(set, with);
    for (auto it = set.constBegin(); it != set.constEnd(); ++it) {
        const QByteArray list =
            QJsonDocument(QJsonArray{it.value()}).toJson(QJsonDocument::Compact);
        json.anyKey(it.key().toStdString()).raw(list.sliced(1).chopped(1).toStdString());
    }
}

/// A turn as Messages has it, whose tools are text: what is counted is nearly the same.
void writeCounted(JsonWriter &json, const PlaygroundTurn &turn)
{
    const bool assistant = turn.role == TurnRole::Assistant;
    json.beginObject().key("role").string(assistant ? "assistant" : "user");
    QString text = turn.text;
    for (const PlaygroundCall &call : turn.calls) {
        text += call.name + call.arguments;
    }
    json.key("content");
    if (turn.images.isEmpty()) {
        writeText(json, text);
        json.endObject();
        return;
    }
    json.beginArray();
    for (qsizetype i = 0; i < turn.images.size(); ++i) {
        json.beginObject().key("type").string("image").key("source").beginObject();
        json.key("type").string("base64").key("media_type").string("image/gif");
        json.key("data").string(kSmallPicture).endObject().endObject();
    }
    json.beginObject().key("type").string("text").key("text");
    writeText(json, text.isEmpty() ? u" "_s : text);
    json.endObject().endArray().endObject();
}

/// Chat's tools as Messages has them: name, description and schema.
void writeCountedTools(JsonWriter &json, const QString &tools)
{
    const QJsonArray all = QJsonDocument::fromJson(tools.toUtf8()).array();
    if (all.isEmpty()) {
        return;
    }
    json.key("tools").beginArray();
    for (const QJsonValue &tool : all) {
        const QJsonObject function = tool.toObject().value(u"function"_s).toObject();
        json.beginObject().key("name");
        writeText(json, function.value(u"name"_s).toString());
        json.key("description");
        writeText(json, function.value(u"description"_s).toString());
        const QJsonObject parameters = function.value(u"parameters"_s).toObject();
        json.key("input_schema")
            .raw(parameters.isEmpty()
                     ? std::string(R"({"type":"object"})")
                     : QJsonDocument(parameters).toJson(QJsonDocument::Compact).toStdString());
        json.endObject();
    }
    json.endArray();
}

/// One argument of a POSIX shell.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

QString roleName(TurnRole role)
{
    switch (role) {
    case TurnRole::System:
        return u"system"_s;
    case TurnRole::User:
        return u"user"_s;
    case TurnRole::Assistant:
        return u"assistant"_s;
    case TurnRole::Tool:
        return u"tool"_s;
    }
    return {};
}

PlaygroundParameters merged(const PlaygroundParameters &shared, const PlaygroundParameters &own)
{
    return {.temperature = own.temperature ? own.temperature : shared.temperature,
            .topP = own.topP ? own.topP : shared.topP,
            .maxTokens = own.maxTokens ? own.maxTokens : shared.maxTokens,
            .effort = own.effort.isEmpty() ? shared.effort : own.effort};
}

void addParameters(QJsonObject &body, const PlaygroundParameters &with)
{
    if (with.temperature) {
        body.insert(u"temperature"_s, *with.temperature);
    }
    if (with.topP) {
        body.insert(u"top_p"_s, *with.topP);
    }
    if (with.maxTokens) {
        body.insert(u"max_tokens"_s, *with.maxTokens);
    }
    if (!with.effort.isEmpty()) {
        body.insert(u"reasoning_effort"_s, with.effort);
    }
}

bool canBeSent(const std::vector<PlaygroundTurn> &turns)
{
    return std::ranges::any_of(turns, [](const PlaygroundTurn &turn) {
        return isSaid(turn) && turn.role != TurnRole::System;
    });
}

bool PlaygroundAsk::canBeSent() const
{
    return !model.isEmpty() && ui::canBeSent(turns);
}

QByteArray chatBody(const PlaygroundAsk &ask, BodyKind kind)
{
    std::string body;
    JsonWriter json(body);
    json.beginObject().key("model");
    writeText(json, ask.model);
    writeMessages(json, ask.turns);
    writeParameters(json, ask.parameters);
    if (!ask.tools.trimmed().isEmpty()) {
        json.key("tools").raw(ask.tools.trimmed().toStdString());
    }
    if (!ask.schema.trimmed().isEmpty()) {
        json.key("response_format").beginObject().key("type").string("json_schema");
        json.key("json_schema").beginObject().key("name").string("answer");
        json.key("schema").raw(ask.schema.trimmed().toStdString()).endObject().endObject();
    }
    if (kind == BodyKind::Streamed) {
        json.key("stream").boolean(true).key("stream_options").beginObject();
        json.key("include_usage").boolean(true).endObject();
    }
    json.endObject();
    return QByteArray::fromStdString(body);
}

QByteArray countBody(const PlaygroundAsk &ask)
{
    QStringList system;
    std::string body;
    JsonWriter json(body);
    json.beginObject().key("model");
    writeText(json, ask.model);
    json.key("messages").beginArray();
    for (const PlaygroundTurn &turn : ask.turns) {
        if (turn.role == TurnRole::System && isSaid(turn)) {
            system << turn.text;
        } else if (isSaid(turn)) {
            writeCounted(json, turn);
        }
    }
    json.endArray();
    if (!system.isEmpty()) {
        json.key("system");
        writeText(json, system.join(u'\n'));
    }
    if (ask.parameters.maxTokens) {
        json.key("max_tokens").integer(*ask.parameters.maxTokens);
    }
    writeCountedTools(json, ask.tools);
    json.endObject();
    return QByteArray::fromStdString(body);
}

QString curlFor(const QString &address, const PlaygroundAsk &ask)
{
    return u"curl -N %1 -H 'Content-Type: application/json' "
           "-H \"Authorization: Bearer $SIGNALBOX_KEY\" -H 'x-signalbox-cache: bypass' -d %2"_s
               .arg(quoted(address + u"/v1/chat/completions"_s),
                    quoted(QString::fromUtf8(chatBody(ask))));
}

} // namespace signalbox::ui

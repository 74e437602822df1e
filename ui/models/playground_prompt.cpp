// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_prompt.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

bool isSaid(const PlaygroundTurn &turn)
{
    return !turn.text.trimmed().isEmpty();
}

QJsonArray messagesOf(const std::vector<PlaygroundTurn> &turns, bool withSystem)
{
    QJsonArray messages;
    for (const PlaygroundTurn &turn : turns) {
        if (isSaid(turn) && (withSystem || turn.role != TurnRole::System)) {
            messages.append(
                QJsonObject{{u"role"_s, roleName(turn.role)}, {u"content"_s, turn.text}});
        }
    }
    return messages;
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

bool PlaygroundAsk::canBeSent() const
{
    return !model.isEmpty() && std::ranges::any_of(turns, [](const PlaygroundTurn &turn) {
        return isSaid(turn) && turn.role != TurnRole::System;
    });
}

QByteArray chatBody(const PlaygroundAsk &ask)
{
    QJsonObject body{{u"model"_s, ask.model},
                     {u"messages"_s, messagesOf(ask.turns, true)},
                     {u"stream"_s, true},
                     {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}}};
    const PlaygroundParameters &with = ask.parameters;
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
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray countBody(const PlaygroundAsk &ask)
{
    QStringList system;
    for (const PlaygroundTurn &turn : ask.turns) {
        if (turn.role == TurnRole::System && isSaid(turn)) {
            system << turn.text;
        }
    }
    QJsonObject body{{u"model"_s, ask.model}, {u"messages"_s, messagesOf(ask.turns, false)}};
    if (!system.isEmpty()) {
        body.insert(u"system"_s, system.join(u'\n'));
    }
    if (ask.parameters.maxTokens) {
        body.insert(u"max_tokens"_s, *ask.parameters.maxTokens);
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QString curlFor(const QString &address, const PlaygroundAsk &ask)
{
    return u"curl -N %1 -H 'Content-Type: application/json' "
           "-H \"Authorization: Bearer $SIGNALBOX_KEY\" -H 'x-signalbox-cache: bypass' -d %2"_s
               .arg(quoted(address + u"/v1/chat/completions"_s),
                    quoted(QString::fromUtf8(chatBody(ask))));
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_curl.h"

#include "ui/text/names.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTokensNeeded = 1024; ///< where the dialect insists on a limit

QString pathOf(const RequestRecord &record)
{
    if (record.operation == "embeddings") {
        return u"/v1/embeddings"_s;
    }
    if (record.dialect == "anthropic") {
        return u"/v1/messages"_s;
    }
    return record.dialect == "openai-responses" ? u"/v1/responses"_s : u"/v1/chat/completions"_s;
}

QJsonObject bodyOf(const RequestRecord &record)
{
    const QString path = pathOf(record);
    const auto limit = record.facts.maxOutputTokens;
    QJsonObject body{{u"model"_s, text::fromUtf8(record.modelAsked)}};
    if (path.endsWith(u"embeddings")) {
        body.insert(u"input"_s, u"..."_s);
        return body;
    }
    if (path.endsWith(u"responses")) {
        body.insert(u"input"_s, u"..."_s);
        if (limit) {
            body.insert(u"max_output_tokens"_s, static_cast<qint64>(*limit));
        }
    } else {
        body.insert(u"messages"_s,
                    QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"..."_s}}});
        if (limit || path.endsWith(u"messages")) {
            body.insert(u"max_tokens"_s, static_cast<qint64>(limit.value_or(kTokensNeeded)));
        }
    }
    if (record.stream) {
        body.insert(u"stream"_s, true);
    }
    return body;
}

} // namespace

QString curlFor(const RequestRecord &record, const QString &address)
{
    QString body = QString::fromUtf8(QJsonDocument(bodyOf(record)).toJson(QJsonDocument::Compact));
    body.replace(u"'"_s, u"'\\''"_s);
    return u"curl -N %1%2 -H 'Content-Type: application/json' "
           "-H \"Authorization: Bearer $SIGNALBOX_KEY\" -d '%3'"_s.arg(address,
                                                                       pathOf(record),
                                                                       body);
}

} // namespace signalbox::ui

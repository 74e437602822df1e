// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/providers/adapter.h"
#include "core/providers/chat_accumulator.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace signalbox::test {
namespace {

QByteArray readAll(const std::string &file)
{
    QFile source(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/golden/")
                 + QString::fromStdString(file));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

Exchange readExchange(const QJsonObject &json)
{
    const QJsonObject response = json[u"response"].toObject();
    Exchange exchange;
    exchange.requestBody = QJsonDocument(json[u"request"][u"body"].toObject())
                               .toJson(QJsonDocument::Compact)
                               .toStdString();
    exchange.status = response[u"status"].toInt();
    const QJsonObject headers = response[u"headers"].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        exchange.headers.add(it.key().toStdString(), it.value().toString().toStdString());
    }
    exchange.body = response[u"body_text"].toString().toStdString();
    for (const QJsonValue chunk : response[u"chunks_b64"].toArray()) {
        exchange.body += QByteArray::fromBase64(chunk.toString().toLatin1()).toStdString();
    }
    return exchange;
}

Exchange framedAgain(const QByteArray &lines)
{
    Exchange exchange;
    exchange.status = 200;
    for (const QByteArray &line : lines.split('\n')) {
        if (!line.trimmed().isEmpty()) {
            exchange.body += "data: " + line.toStdString() + "\n\n";
        }
    }
    exchange.body += "data: [DONE]\n\n";
    return exchange;
}

ChatChunk wholeOf(const std::vector<ChatEvent> &events)
{
    providers::ChatAccumulator accumulator;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            accumulator.add(*chunk);
        }
    }
    return accumulator.whole();
}

} // namespace

std::vector<Exchange> loadGolden(const std::string &file)
{
    const QByteArray bytes = readAll(file);
    if (file.ends_with(".chunks.txt")) {
        return {framedAgain(bytes)};
    }
    const QJsonArray exchanges = QJsonDocument::fromJson(bytes).object()[u"exchanges"].toArray();
    if (exchanges.isEmpty()) {
        return {Exchange{{}, 200, {}, bytes.toStdString()}};
    }
    std::vector<Exchange> all;
    for (const QJsonValue exchange : exchanges) {
        all.push_back(readExchange(exchange.toObject()));
    }
    return all;
}

ProviderKind kindOfGolden(const std::string &file)
{
    return providerKindFromString(file.substr(0, file.find('/')))
        .value_or(ProviderKind::OpenAiCompatible);
}

std::vector<ChatEvent> decodePieces(ProviderKind kind, const std::vector<std::string_view> &pieces)
{
    const auto decoder = providers::adapterFor(kind).decoder(true);
    std::vector<ChatEvent> events;
    for (const std::string_view piece : pieces) {
        decoder->feed(piece, events);
    }
    decoder->finish(events);
    return events;
}

std::vector<ChatEvent> decodeWhole(ProviderKind kind, std::string_view body)
{
    return decodePieces(kind, {body});
}

std::vector<ChatEvent> decodeByteByByte(ProviderKind kind, std::string_view body)
{
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < body.size(); ++i) {
        bytes.push_back(body.substr(i, 1));
    }
    return decodePieces(kind, bytes);
}

std::vector<ChatEvent> decodeCutAt(ProviderKind kind, std::string_view body, std::size_t at)
{
    return decodePieces(kind, {body.substr(0, at), body.substr(at)});
}

std::string contentOf(const std::vector<ChatEvent> &events)
{
    const ChatChunk whole = wholeOf(events);
    return whole.choices.empty() ? std::string() : whole.choices.front().content.value_or("");
}

std::string reasoningOf(const std::vector<ChatEvent> &events)
{
    const ChatChunk whole = wholeOf(events);
    return whole.choices.empty() ? std::string() : whole.choices.front().reasoning.value_or("");
}

std::vector<ToolCallDelta> toolCallsOf(const std::vector<ChatEvent> &events)
{
    const ChatChunk whole = wholeOf(events);
    return whole.choices.empty() ? std::vector<ToolCallDelta>() : whole.choices.front().toolCalls;
}

std::optional<Usage> usageOf(const std::vector<ChatEvent> &events)
{
    return wholeOf(events).usage;
}

std::optional<ChatFailure> failureOf(const std::vector<ChatEvent> &events)
{
    const auto *failure = events.empty() ? nullptr : std::get_if<ChatFailure>(&events.back());
    return failure == nullptr ? std::nullopt : std::optional(*failure);
}

bool endedWell(const std::vector<ChatEvent> &events)
{
    return !events.empty() && std::holds_alternative<ChatEnd>(events.back());
}

int finishesOf(const std::vector<ChatEvent> &events, int choice)
{
    int finishes = 0;
    for (const ChatEvent &event : events) {
        const auto *chunk = std::get_if<ChatChunk>(&event);
        if (chunk == nullptr) {
            continue;
        }
        for (const ChoiceDelta &delta : chunk->choices) {
            finishes += delta.index == choice && delta.finish ? 1 : 0;
        }
    }
    return finishes;
}

} // namespace signalbox::test

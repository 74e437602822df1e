// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/answer_headers.h"

namespace signalbox::gateway {

std::string headerSafe(std::string_view text)
{
    std::string safe(text);
    for (char &c : safe) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            c = '?';
        }
    }
    return safe;
}

void addIds(http::Headers &headers,
            std::string_view id,
            std::string_view clientsOwn,
            const providers::Dialect &dialect)
{
    const std::string_view shown = clientsOwn.empty() ? id : clientsOwn;
    headers.add("x-request-id", shown);
    if (!dialect.requestIdHeader().empty()) {
        headers.add(dialect.requestIdHeader(), shown);
    }
    headers.add("x-signalbox-id", id);
}

http::Headers answerHeadersFor(const AnswerFacts &facts)
{
    const RequestRecord &record = *facts.record;
    http::Headers headers;
    addIds(headers, record.id, record.clientRequestId, *facts.dialect);
    if (!facts.target.isEmpty()) {
        headers.add("x-signalbox-target", headerSafe(facts.target.name()));
    }
    if (!record.route.empty()) {
        headers.add("x-signalbox-route", headerSafe(record.route));
    }
    if (!record.rule.empty()) {
        headers.add("x-signalbox-rule", headerSafe(record.rule));
    }
    if (facts.attempts) {
        headers.add("x-signalbox-attempts", std::to_string(*facts.attempts));
    }
    headers.add("x-signalbox-cache", record.cache);
    if (const auto &note = record.decision.cache; note && note->age) {
        headers.add("age", std::to_string(std::chrono::floor<Seconds>(*note->age).count()));
        if (!note->stale.empty()) {
            headers.add("x-signalbox-cache-stale", note->stale);
        }
    }
    if (facts.cost) {
        headers.add("x-signalbox-cost-usd",
                    facts.cost->amount ? facts.cost->amount->toDecimal() : "unknown");
    }
    return headers;
}

} // namespace signalbox::gateway

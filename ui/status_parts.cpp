// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status_parts.h"

#include "ui/models/attention.h"
#include "ui/rehearsal.h"
#include "ui/text/ledger_words.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

namespace signalbox::ui {

namespace {

struct Status
{
    Q_DECLARE_TR_FUNCTIONS(Status)
};

/// Before anything was heard.
StatusPart waiting(const Connection &connection)
{
    const QString words = connection.state == Connection::State::TokenNeeded
                              ? Status::tr("Waiting for a token")
                          : connection.state == Connection::State::Away
                              ? Status::tr("Not connected")
                              : Status::tr("Waiting for the gateway");
    return {.text = words, .glyph = GlyphShape::Unknown, .hasGlyph = true};
}

StatusPart connectionPart(ConsoleState &state)
{
    const QString age = text::age(*state.age());
    const Connection connection = state.source().connection();
    if (connection.isRecorded()) {
        return {.text = Status::tr("Recorded at %1").arg(text::clock(state.now())),
                .glyph = {},
                .hasGlyph = false};
    }
    if (!connection.isLive()) {
        return {.text = Status::tr("Not connected: last update %1 ago").arg(age),
                .glyph = GlyphShape::Unknown,
                .hasGlyph = true};
    }
    if (state.isStale()) {
        return {.text = Status::tr("Stale: last update %1 ago").arg(age),
                .glyph = GlyphShape::Unknown,
                .hasGlyph = true};
    }
    return {.text = Status::tr("Connected · updated %1 ago").arg(age),
            .glyph = GlyphShape::Closed,
            .hasGlyph = true};
}

StatusPart numbers(const telemetry::Totals &totals)
{
    return {.text = Status::tr("%1 · %2 err · %3")
                        .arg(text::rate(totals.requestsPerSecond),
                             text::percent(totals.failureShare),
                             text::costPerHour(totals.costPerHour)),
            .glyph = {},
            .hasGlyph = false};
}

StatusPart breakers(int open)
{
    if (open == 0) {
        return {.text = Status::tr("No open breaker"), .glyph = {}, .hasGlyph = false};
    }
    return {.text = open == 1 ? Status::tr("1 open breaker")
                              : Status::tr("%1 open breakers").arg(open),
            .glyph = GlyphShape::Open,
            .hasGlyph = true};
}

} // namespace

std::vector<StatusPart> statusParts(ConsoleState &state, const Rehearsal *rehearsal)
{
    const auto &snapshot = state.snapshot();
    if (snapshot == nullptr || !state.age()) {
        return {waiting(state.source().connection())};
    }
    std::vector<StatusPart> parts{connectionPart(state),
                                  numbers(snapshot->totals),
                                  breakers(openBreakers(*snapshot))};
    if (rehearsal != nullptr && !rehearsal->faults().empty()) {
        const auto count = static_cast<int>(rehearsal->faults().size());
        parts.push_back({.text = Status::tr("Rehearsal: %n faults", nullptr, count),
                         .glyph = GlyphShape::HalfOpen,
                         .hasGlyph = true});
    }
    if (state.source().connection().viewer) {
        parts.push_back(
            {.text = Status::tr("Viewer: acts are off"), .glyph = {}, .hasGlyph = false});
    }
    if (!snapshot->ledger.healthy) {
        parts.push_back({.text = Status::tr("Ledger: %1")
                                     .arg(text::ledgerTroubleInBrief(snapshot->ledger.problem)),
                         .glyph = GlyphShape::Unknown,
                         .hasGlyph = true});
    }
    return parts;
}

} // namespace signalbox::ui

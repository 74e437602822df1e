// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_run.h"

#include "ui/text/names.h"
#include "ui/text/reasons.h"

#include <QUuid>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

Micros microsOf(double ms)
{
    return Micros(std::llround(ms * 1000));
}

/// \pre The attempt has a price.
TokenPrice outputPriceOf(const AttemptRecord &attempt)
{
    const PriceRow &row = attempt.price->row;
    const bool thought = attempt.usage && attempt.usage->reasoningTokens > 0;
    return thought && row.thinkingOutput ? *row.thinkingOutput : row.output;
}

} // namespace

PlaygroundFigures figuresOf(const RequestRecord &record)
{
    // A cost of several attempts has no one price that what was still to come could be taken off by.
    const bool one = record.attempts.size() == 1 && record.attempts.front().price;
    return {.firstToken = record.firstToken,
            .total = record.total,
            .usage = record.usage,
            .cost = record.cost,
            .attempts = static_cast<int>(record.attempts.size()),
            .outputPrice = one ? std::optional(outputPriceOf(record.attempts.front()))
                               : std::nullopt,
            .logged = true};
}

std::optional<double> tokensPerSecond(const PlaygroundFigures &figures)
{
    if (!figures.firstToken || !figures.total || !figures.usage
        || figures.usage->completionTokens < 2) {
        return std::nullopt;
    }
    const double seconds =
        std::chrono::duration<double>(*figures.total - *figures.firstToken).count();
    if (seconds < 0.001) {
        return std::nullopt; // all came at once
    }
    return static_cast<double>(figures.usage->completionTokens) / seconds;
}

QList<PlaygroundCall> callsOf(const PlaygroundRun &run)
{
    QList<PlaygroundCall> calls;
    for (const ToolPiece &tool : run.tools()) {
        calls.append({.id = tool.id.isEmpty() ? u"call_%1"_s.arg(tool.index) : tool.id,
                      .name = tool.name,
                      .arguments = tool.arguments});
    }
    return calls;
}

PlaygroundRun::PlaygroundRun(quint64 number, PlaygroundAsk ask)
    : m_state(State::Waiting)
    , m_number(number)
    , m_ask(std::move(ask))
    , m_requestId(u"playground-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

PlaygroundRun::PlaygroundRun(Kept kept)
    : m_state(kept.state)
    , m_number(kept.number)
    , m_ask(std::move(kept.ask))
    , m_requestId(std::move(kept.requestId))
    , m_id(std::move(kept.id))
    , m_target(std::move(kept.target))
    , m_text(std::move(kept.text))
    , m_reasoning(std::move(kept.reasoning))
    , m_tools(std::move(kept.tools))
    , m_track(std::move(kept.track))
    , m_finishReason(std::move(kept.finishReason))
    , m_figures(kept.figures)
    , m_failure(std::move(kept.failure))
{}

PlaygroundRun::Kept PlaygroundRun::kept() const
{
    return {.number = m_number,
            .state = m_state,
            .ask = m_ask,
            .requestId = m_requestId,
            .id = m_id,
            .target = m_target,
            .text = m_text,
            .reasoning = m_reasoning,
            .tools = m_tools,
            .track = m_track,
            .finishReason = m_finishReason,
            .figures = m_figures,
            .failure = m_failure};
}

QString PlaygroundRun::outcome() const
{
    return m_outcome ? text::outcomeWord(*m_outcome) : QString();
}

bool PlaygroundRun::take(const PlaygroundPiece &piece)
{
    if (piece.run != m_number || !isRunning()) {
        return false;
    }
    m_id = piece.id.isEmpty() ? m_id : piece.id;
    m_target = piece.target.isEmpty() ? m_target : piece.target;
    m_text += piece.text;
    m_reasoning += piece.reasoning;
    for (const ToolPiece &tool : piece.tools) {
        const auto known = std::ranges::find(m_tools, tool.index, &ToolPiece::index);
        if (known == m_tools.end()) {
            m_tools.push_back(tool);
        } else {
            known->name += tool.name;
            known->id = known->id.isEmpty() ? tool.id : known->id;
            known->arguments += tool.arguments;
        }
    }
    m_track.add(piece.arrivals);
    if (piece.firstTokenMs) {
        m_figures.firstToken = microsOf(*piece.firstTokenMs);
        m_state = State::Streaming;
    }
    return true;
}

bool PlaygroundRun::take(const PlaygroundEnd &end)
{
    if (end.run != m_number || !isRunning()) {
        return false;
    }
    m_failure = end.failure;
    m_finishReason = end.finishReason;
    m_state = end.stopped ? State::Stopped : end.failure ? State::Failed : State::Finished;
    if (!m_figures.logged) {
        m_figures.total = microsOf(end.totalMs);
        m_figures.usage = end.usage;
        m_figures.attempts = end.attempts;
    }
    return true;
}

bool PlaygroundRun::take(const RequestRecord &record)
{
    const bool ours = m_state != State::Idle && record.client == "playground"
                      && text::fromUtf8(record.clientRequestId) == m_requestId;
    if (!ours) {
        return false;
    }
    m_id = text::fromUtf8(record.id);
    if (!record.target.isEmpty()) {
        m_target = text::fromUtf8(record.target.name());
    }
    m_figures = figuresOf(record);
    m_outcome = record.outcome;
    return true;
}

} // namespace signalbox::ui

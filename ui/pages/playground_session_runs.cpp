// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's runs: begun, repeated, answered, stopped, and what comes of them.
#include "ui/pages/playground_session.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void PlaygroundSession::runAll()
{
    if (!whyNot().isEmpty() || isRunning()) {
        return;
    }
    m_ranBlind = m_blind;
    if (m_blind) {
        m_vote.reset();
        std::shuffle(m_columns.begin(), m_columns.end(), m_chance);
        Q_EMIT columnsChanged();
    }
    noteAsked();
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        begin(i);
    }
}

void PlaygroundSession::run(int column)
{
    const PlaygroundRun &last = m_columns.at(static_cast<std::size_t>(column)).run;
    if (last.isRunning() || !whyNot().isEmpty()) {
        return;
    }
    if (!hasAsked() || last.ask() != askOf(column)) {
        noteAsked();
    }
    begin(column);
}

void PlaygroundSession::noteAsked()
{
    m_asked = {.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
               .atMs = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count(),
               .turns = m_turns,
               .shared = m_shared,
               .extras = m_extras};
}

PlaygroundSheet PlaygroundSession::sheet() const
{
    PlaygroundSheet sheet = m_asked;
    if (!hasAsked()) {
        sheet = {.turns = m_turns, .shared = m_shared, .extras = m_extras};
    }
    for (const PlaygroundColumnState &column : m_columns) {
        const bool ran = column.run.state() != PlaygroundRun::State::Idle;
        PlaygroundSheetColumn told{.model = ran ? column.run.ask().model : column.model,
                                   .own = column.own,
                                   .runs = column.earlier};
        if (ran) {
            told.runs.push_back(column.run);
        }
        sheet.columns.push_back(std::move(told));
    }
    return sheet;
}

/// A series from its first run on.
void PlaygroundSession::begin(int column)
{
    PlaygroundColumnState &state = m_columns[static_cast<std::size_t>(column)];
    state.earlier.clear();
    state.left = std::clamp(m_extras.repeat, 1, kRepeatsMax) - 1;
    begin(column, askOf(column));
}

void PlaygroundSession::begin(int column, PlaygroundAsk ask)
{
    PlaygroundColumnState &state = m_columns[static_cast<std::size_t>(column)];
    if (!ask.canBeSent()) {
        state.run = {};
        state.left = 0;
        Q_EMIT runChanged(column);
        return;
    }
    const PlaygroundQuestion question{.run = ++m_lastNumber, .body = chatBody(ask)};
    state.run = PlaygroundRun(question.run, std::move(ask));
    m_source->ask({.run = question.run, .requestId = state.run.requestId(), .body = question.body});
    Q_EMIT runChanged(column);
}

/// One after the other: side by side they would measure each other.
void PlaygroundSession::goOn(int column)
{
    PlaygroundColumnState &state = m_columns[static_cast<std::size_t>(column)];
    if (state.left == 0 || state.run.isRunning()) {
        return;
    }
    --state.left;
    state.earlier.push_back(state.run);
    begin(column, state.earlier.back().ask());
}

void PlaygroundSession::answerCalls(int column, const QStringList &results)
{
    const PlaygroundRun &last = m_columns.at(static_cast<std::size_t>(column)).run;
    if (last.state() != PlaygroundRun::State::Finished || last.tools().empty()
        || results.size() != static_cast<qsizetype>(last.tools().size())) {
        return;
    }
    PlaygroundAsk ask = last.ask();
    ask.turns.push_back({.role = TurnRole::Assistant, .text = last.text(), .calls = callsOf(last)});
    const QList<PlaygroundCall> calls = ask.turns.back().calls;
    for (qsizetype i = 0; i < calls.size(); ++i) {
        ask.turns.push_back({.role = TurnRole::Tool, .text = results[i], .callId = calls[i].id});
    }
    endSeries(column);
    begin(column, std::move(ask));
}

void PlaygroundSession::restore(const PlaygroundSheet &sheet)
{
    if (isRunning()) {
        return;
    }
    std::vector<PlaygroundColumnState> columns;
    for (const PlaygroundSheetColumn &kept : sheet.columns) {
        PlaygroundColumnState column{.model = kept.model, .own = kept.own};
        for (const PlaygroundRun &run : kept.runs) {
            PlaygroundRun::Kept again = run.kept();
            again.number = ++m_lastNumber; // by which views tell one run from another
            column.earlier.emplace_back(std::move(again));
        }
        if (!column.earlier.empty()) {
            column.run = column.earlier.back();
            column.earlier.pop_back();
        }
        columns.push_back(std::move(column));
    }
    columns.resize(std::clamp<std::size_t>(columns.size(), kColumnsMin, kColumnsMax));
    m_columns = std::move(columns);
    m_asked = sheet;
    m_asked.columns.clear();
    m_ranBlind = false;
    m_vote.reset();
    Q_EMIT columnsChanged();
    estimateSoon();
}

void PlaygroundSession::endSeries(int column)
{
    PlaygroundColumnState &state = m_columns[static_cast<std::size_t>(column)];
    state.left = 0;
    state.earlier.clear();
}

void PlaygroundSession::stop(int column)
{
    PlaygroundColumnState &state = m_columns.at(static_cast<std::size_t>(column));
    state.left = 0;
    if (state.run.isRunning()) {
        m_source->stop(state.run.number());
    }
}

void PlaygroundSession::stopAll()
{
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        stop(i);
    }
}

void PlaygroundSession::onPiece(const PlaygroundPiece &piece)
{
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        PlaygroundRun &run = m_columns[static_cast<std::size_t>(i)].run;
        const auto before = run.state();
        if (run.take(piece)) {
            Q_EMIT arrived(i, piece);
            if (run.state() != before) {
                Q_EMIT runChanged(i);
            }
        }
    }
}

void PlaygroundSession::onEnded(const PlaygroundEnd &end)
{
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        if (m_columns[static_cast<std::size_t>(i)].run.take(end)) {
            Q_EMIT runChanged(i);
            return goOn(i);
        }
    }
}

void PlaygroundSession::onCollected(
    const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    for (const auto &record : records) {
        for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
            PlaygroundColumnState &state = m_columns[static_cast<std::size_t>(i)];
            const auto takes = [&record](PlaygroundRun &run) { return run.take(*record); };
            if (takes(state.run) || std::ranges::any_of(state.earlier, takes)) {
                Q_EMIT runChanged(i);
            }
        }
    }
}

} // namespace signalbox::ui

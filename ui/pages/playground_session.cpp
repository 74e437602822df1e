// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_session.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kEstimateAfterMs = 400; ///< nobody typed for so long

} // namespace

PlaygroundSession::PlaygroundSession(ConsoleState &state, PlaygroundSource *source, QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_source(source)
    , m_turns{{TurnRole::System, {}}, {TurnRole::User, {}}}
    , m_columns(kColumnsMin)
{
    m_estimating.setSingleShot(true);
    m_estimating.setInterval(kEstimateAfterMs);
    connect(&m_estimating, &QTimer::timeout, this, &PlaygroundSession::askEstimates);
    connect(&m_state, &ConsoleState::collected, this, &PlaygroundSession::onCollected);
    if (m_source != nullptr) {
        connect(m_source, &PlaygroundSource::piece, this, &PlaygroundSession::onPiece);
        connect(m_source, &PlaygroundSource::ended, this, &PlaygroundSession::onEnded);
        connect(m_source, &PlaygroundSource::counted, this, &PlaygroundSession::onCounted);
        connect(m_source, &PlaygroundSource::changed, this, &PlaygroundSession::whyNotChanged);
    }
}

std::vector<PlaygroundRun> PlaygroundSession::runs() const
{
    std::vector<PlaygroundRun> runs;
    runs.reserve(m_columns.size());
    std::ranges::transform(m_columns, std::back_inserter(runs), &PlaygroundColumnState::run);
    return runs;
}

PlaygroundAsk PlaygroundSession::askOf(int column) const
{
    const PlaygroundColumnState &state = m_columns.at(static_cast<std::size_t>(column));
    return {.model = state.model,
            .turns = filled(m_turns, m_extras.variables),
            .parameters = merged(m_shared, state.own),
            .tools = m_extras.tools,
            .schema = m_extras.schema};
}

std::vector<PlaygroundRun> PlaygroundSession::seriesRuns(int column) const
{
    const PlaygroundColumnState &state = m_columns.at(static_cast<std::size_t>(column));
    std::vector<PlaygroundRun> runs = state.earlier;
    runs.push_back(state.run);
    return runs;
}

bool PlaygroundSession::isRunning() const
{
    return std::ranges::any_of(m_columns, [](const PlaygroundColumnState &column) {
        return column.run.isRunning();
    });
}

QString PlaygroundSession::whyNot() const
{
    if (m_source == nullptr) {
        return tr("This console has no way to ask.");
    }
    const QString barred = m_source->whyNot();
    if (!barred.isEmpty()) {
        return barred;
    }
    const bool hasModel = std::ranges::any_of(m_columns, [](const PlaygroundColumnState &column) {
        return !column.model.isEmpty();
    });
    if (!hasModel) {
        return tr("Choose a target or a route for a column.");
    }
    if (!canBeSent(m_turns)) {
        return tr("Write what the user says first.");
    }
    if (!m_fault.isEmpty()) {
        return m_fault;
    }
    const QStringList missing = unfilled(m_turns, m_extras.variables);
    return missing.isEmpty() ? QString() : tr("Give {{%1}} a value first.").arg(missing.first());
}

QString PlaygroundSession::address() const
{
    return m_source == nullptr ? QString() : m_source->address();
}

bool PlaygroundSession::canVote() const
{
    return m_blind && m_ranBlind && !m_vote && !isRunning()
           && std::ranges::count_if(m_columns, [](const PlaygroundColumnState &column) {
                  return column.run.state() == PlaygroundRun::State::Finished;
              }) > 1;
}

void PlaygroundSession::setTurns(std::vector<PlaygroundTurn> turns)
{
    if (turns == m_turns) {
        return;
    }
    m_turns = std::move(turns);
    Q_EMIT promptChanged();
    estimateSoon();
}

void PlaygroundSession::setShared(const PlaygroundParameters &shared)
{
    if (shared == m_shared) {
        return;
    }
    m_shared = shared;
    Q_EMIT promptChanged();
    estimateSoon();
}

/// What is wrong is looked for once, not with each key that is typed elsewhere.
void PlaygroundSession::setExtras(const PlaygroundExtras &extras)
{
    if (extras == m_extras) {
        return;
    }
    m_extras = extras;
    const auto tools = faultOfTools(extras.tools);
    const auto schema = faultOfSchema(extras.schema);
    m_fault = tools    ? tr("Tools, line %1: %2").arg(QString::number(tools->line), tools->words)
              : schema ? tr("Schema, line %1: %2").arg(QString::number(schema->line), schema->words)
                       : QString();
    Q_EMIT promptChanged();
    estimateSoon();
}

void PlaygroundSession::setModel(int column, const QString &model)
{
    QString &current = m_columns.at(static_cast<std::size_t>(column)).model;
    if (model != current) {
        current = model;
        Q_EMIT columnsChanged();
        estimateSoon();
    }
}

void PlaygroundSession::setOwn(int column, const PlaygroundParameters &own)
{
    PlaygroundParameters &current = m_columns.at(static_cast<std::size_t>(column)).own;
    if (own != current) {
        current = own;
        Q_EMIT columnsChanged();
        estimateSoon();
    }
}

void PlaygroundSession::addColumn(const QString &model)
{
    if (static_cast<int>(m_columns.size()) < kColumnsMax) {
        m_columns.push_back({.model = model, .own = {}});
        Q_EMIT columnsChanged();
        estimateSoon();
    }
}

void PlaygroundSession::removeColumn(int column)
{
    if (static_cast<int>(m_columns.size()) <= kColumnsMin) {
        return;
    }
    stop(column);
    m_columns.erase(m_columns.begin() + column);
    Q_EMIT columnsChanged();
    estimateSoon();
}

void PlaygroundSession::setBlind(bool blind)
{
    if (blind == m_blind) {
        return;
    }
    m_blind = blind;
    m_ranBlind = false;
    m_vote.reset();
    Q_EMIT columnsChanged();
}

void PlaygroundSession::cast(const PlaygroundVote &vote)
{
    if (canVote()) {
        m_vote = vote;
        Q_EMIT columnsChanged();
    }
}

void PlaygroundSession::askEstimates()
{
    m_counts.assign(m_columns.size(), 0);
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const PlaygroundAsk ask = askOf(static_cast<int>(i));
        m_columns[i].estimate = {};
        if (ask.canBeSent() && m_source != nullptr && m_source->whyNot().isEmpty()) {
            m_counts[i] = ++m_lastNumber;
            m_source->count(m_counts[i], countBody(ask));
        }
    }
    Q_EMIT estimateChanged();
}

void PlaygroundSession::onCounted(quint64 id, const PlaygroundCount &count)
{
    const auto asked = std::ranges::find(m_counts, id);
    const auto column = static_cast<std::size_t>(asked - m_counts.begin());
    if (asked != m_counts.end() && column < m_columns.size()) {
        m_columns[column].estimate = count;
        Q_EMIT estimateChanged();
    }
}

PlaygroundEstimate PlaygroundSession::estimate() const
{
    PlaygroundEstimate sum;
    for (const PlaygroundColumnState &column : m_columns) {
        if (!column.estimate.tokens) {
            continue;
        }
        sum.known = true;
        sum.promptTokens += m_extras.repeat * *column.estimate.tokens;
        const Money once = column.estimate.ceiling.value_or(Money());
        sum.ceiling += Money::fromNanos(m_extras.repeat * once.nanos());
        sum.unknown += column.estimate.ceiling ? 0 : 1;
    }
    return sum;
}

} // namespace signalbox::ui

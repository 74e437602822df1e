// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/vote_keeper.h"

#include "ui/pages/playground_session.h"
#include "ui/text/names.h"

#include <chrono>
#include <utility>

namespace signalbox::ui {

namespace {

constexpr qsizetype kTasksMax = 200; ///< several runs of all columns

} // namespace

VoteKeeper::VoteKeeper(ConsoleState &state,
                       PlaygroundSession &session,
                       JudgementStore *store,
                       QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_session(session)
    , m_store(store)
{
    connect(&session, &PlaygroundSession::columnsChanged, this, &VoteKeeper::onColumnsChanged);
    connect(&state, &ConsoleState::collected, this, &VoteKeeper::onCollected);
}

void VoteKeeper::addPast(std::vector<KeptVote> votes)
{
    votes.insert(votes.end(), m_votes.begin(), m_votes.end());
    m_votes = std::move(votes);
    Q_EMIT changed();
}

void VoteKeeper::forget()
{
    m_votes.clear();
    if (m_store != nullptr) {
        m_store->forgetVotes();
    }
    Q_EMIT changed();
}

void VoteKeeper::putBack(std::vector<KeptVote> votes)
{
    forget();
    m_votes = std::move(votes);
    for (const KeptVote &vote : m_votes) {
        if (m_store != nullptr) {
            m_store->keepVote(vote);
        }
    }
    Q_EMIT changed();
}

void VoteKeeper::onColumnsChanged()
{
    const auto &cast = m_session.vote();
    const bool had = std::exchange(m_had, cast.has_value());
    if (had || !cast) {
        return;
    }
    const std::vector<PlaygroundRun> runs = m_session.runs();
    KeptVote vote = voteOf(runs, cast->column, cast->verdict == PlaygroundVote::Verdict::AllBad);
    vote.atMs = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
    for (const PlaygroundRun &run : runs) {
        if (vote.task.isEmpty()) {
            vote.task = m_tasks.value(run.requestId());
        }
    }
    m_votes.push_back(vote);
    if (m_votes.size() > static_cast<std::size_t>(kVotesMax)) {
        m_votes.erase(m_votes.begin());
    }
    if (m_store != nullptr) {
        m_store->keepVote(vote);
    }
    Q_EMIT changed();
}

void VoteKeeper::onCollected(const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    for (const auto &record : records) {
        if (record->client == "playground") {
            if (m_tasks.size() >= kTasksMax) {
                m_tasks.clear();
            }
            m_tasks.insert(text::fromUtf8(record->clientRequestId),
                           text::fromUtf8(std::string(record->taskName())));
        }
    }
}

} // namespace signalbox::ui

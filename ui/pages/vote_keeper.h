// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the playground's votes, with the class of task that each was about.
#pragma once

#include "ui/console_state.h"
#include "ui/judgement_store.h"
#include "ui/models/vote_book.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace signalbox::ui {

class PlaygroundSession;

class VoteKeeper : public QObject
{
    Q_OBJECT

public:
    /// \p session must outlive it; \p store may be null: then votes end with the console.
    VoteKeeper(ConsoleState &state,
               PlaygroundSession &session,
               JudgementStore *store,
               QObject *parent = nullptr);

    /// Oldest first.
    [[nodiscard]] const std::vector<KeptVote> &votes() const { return m_votes; }
    /// Those of an earlier start, in front of what there is.
    void addPast(std::vector<KeptVote> votes);
    void forget();
    /// In place of all there are.
    void putBack(std::vector<KeptVote> votes);

Q_SIGNALS:
    void changed();

private:
    void onColumnsChanged();
    void onCollected(const std::vector<std::shared_ptr<const RequestRecord>> &records);

    ConsoleState &m_state;
    PlaygroundSession &m_session;
    JudgementStore *m_store;
    std::vector<KeptVote> m_votes;
    QHash<QString, QString> m_tasks; ///< of the last requests of ours, by the id that we gave them
    bool m_had = false; ///< the session had a vote when it was looked at last
};

} // namespace signalbox::ui

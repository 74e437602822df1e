// SPDX-License-Identifier: GPL-3.0-or-later
// What the playground knows and does, whatever it looks like: prompt, columns, runs, votes.
#pragma once

#include "ui/console_state.h"
#include "ui/models/playground_prompt.h"
#include "ui/models/playground_run.h"
#include "ui/playground_source.h"

#include <QObject>
#include <QRandomGenerator>
#include <QTimer>

#include <vector>

namespace signalbox::ui {

struct PlaygroundColumnState
{
    QString model; ///< a target's full name, or a route's
    PlaygroundParameters own; ///< where it differs from the shared ones
    PlaygroundRun run = {};
    PlaygroundCount estimate = {}; ///< of what would be sent now
};

/// The sum of what the columns would cost.
struct PlaygroundEstimate
{
    std::int64_t promptTokens = 0; ///< of all columns together
    Money ceiling; ///< of those whose price is known
    int unknown = 0; ///< columns without a price
    bool known = false; ///< something was counted
};

/// A verdict on a blind run, by column; nothing is kept of it beyond the session.
struct PlaygroundVote
{
    enum class Verdict : std::uint8_t {
        Best, ///< one column
        Tie,
        AllBad
    };
    Verdict verdict = Verdict::Tie;
    int column = -1; ///< of Best
};

class PlaygroundSession : public QObject
{
    Q_OBJECT

public:
    static constexpr int kColumnsMin = 2;
    static constexpr int kColumnsMax = 4;

    /// \p source may be null: then nothing can be asked.
    PlaygroundSession(ConsoleState &state, PlaygroundSource *source, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<PlaygroundTurn> &turns() const { return m_turns; }
    [[nodiscard]] const PlaygroundParameters &shared() const { return m_shared; }
    [[nodiscard]] const std::vector<PlaygroundColumnState> &columns() const { return m_columns; }
    [[nodiscard]] std::vector<PlaygroundRun> runs() const;
    [[nodiscard]] PlaygroundAsk askOf(int column) const;
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] PlaygroundEstimate estimate() const;
    /// Why nothing can be run, in a sentence; empty: it can.
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] QString address() const;
    /// Names and figures are hidden until the vote.
    [[nodiscard]] bool isBlind() const { return m_blind; }
    [[nodiscard]] bool hidesNames() const { return m_blind && !m_vote; }
    [[nodiscard]] bool canVote() const;
    [[nodiscard]] const std::optional<PlaygroundVote> &vote() const { return m_vote; }

    void setTurns(std::vector<PlaygroundTurn> turns);
    void setShared(const PlaygroundParameters &shared);
    void setModel(int column, const QString &model);
    void setOwn(int column, const PlaygroundParameters &own);
    void addColumn(const QString &model);
    void removeColumn(int column);
    /// From the next run on columns are in an order drawn by chance.
    void setBlind(bool blind);
    /// Once for each blind run.
    void cast(const PlaygroundVote &vote);

    /// All columns that have a model, at once; in blind mode in an order by chance.
    void runAll();
    /// Which orders chance brings from now on, for pictures that must not differ.
    void setChance(quint32 seed) { m_chance.seed(seed); }
    void run(int column);
    void stop(int column);
    void stopAll();

Q_SIGNALS:
    /// More of \p column's answer has come.
    void arrived(int column, const signalbox::ui::PlaygroundPiece &piece);
    /// The run of \p column began, ended, or has other figures.
    void runChanged(int column);
    /// Columns came, went, changed places, or hide something else.
    void columnsChanged();
    void promptChanged();
    void estimateChanged();
    /// whyNot() may answer differently.
    void whyNotChanged();

private:
    void begin(int column);
    void onPiece(const PlaygroundPiece &piece);
    void onEnded(const PlaygroundEnd &end);
    void onCollected(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    void onCounted(quint64 id, const PlaygroundCount &count);
    void estimateSoon() { m_estimating.start(); }
    void askEstimates();

    ConsoleState &m_state;
    PlaygroundSource *m_source;
    std::vector<PlaygroundTurn> m_turns;
    PlaygroundParameters m_shared;
    std::vector<PlaygroundColumnState> m_columns;
    QTimer m_estimating;
    quint64 m_lastNumber = 0; ///< of runs and of counts
    std::vector<quint64> m_counts; ///< asked last, by column
    QRandomGenerator m_chance = QRandomGenerator::securelySeeded();
    bool m_blind = false;
    bool m_ranBlind = false; ///< the runs began so: nobody has seen whose they are
    std::optional<PlaygroundVote> m_vote;
};

} // namespace signalbox::ui

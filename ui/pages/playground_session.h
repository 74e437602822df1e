// SPDX-License-Identifier: GPL-3.0-or-later
// What the playground knows and does, whatever it looks like: prompt, columns, runs, votes.
#pragma once

#include "ui/console_state.h"
#include "ui/models/playground_extras.h"
#include "ui/models/playground_prompt.h"
#include "ui/models/playground_run.h"
#include "ui/models/playground_sheet.h"
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
    std::vector<PlaygroundRun> earlier = {}; ///< of the same series, before run
    int left = 0; ///< of the series, after run
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
    static constexpr int kColumnsMax = 6;

    /// \p source may be null: then nothing can be asked.
    PlaygroundSession(ConsoleState &state, PlaygroundSource *source, QObject *parent = nullptr);

    [[nodiscard]] const std::vector<PlaygroundTurn> &turns() const { return m_turns; }
    [[nodiscard]] const PlaygroundParameters &shared() const { return m_shared; }
    [[nodiscard]] const PlaygroundExtras &extras() const { return m_extras; }
    [[nodiscard]] const std::vector<PlaygroundColumnState> &columns() const { return m_columns; }
    [[nodiscard]] std::vector<PlaygroundRun> runs() const;
    /// All runs of the column's series, the one that is shown last.
    [[nodiscard]] std::vector<PlaygroundRun> seriesRuns(int column) const;
    [[nodiscard]] PlaygroundAsk askOf(int column) const;
    [[nodiscard]] bool isRunning() const;
    /// All of it: the prompt as it was when it was asked, or as it stands before. Its id is another one with
    /// each run of all, and with each run of one column that asks something else than before.
    [[nodiscard]] PlaygroundSheet sheet() const;
    /// Something was asked.
    [[nodiscard]] bool hasAsked() const { return !m_asked.id.isEmpty(); }
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
    void setExtras(const PlaygroundExtras &extras);
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
    /// Gives the model in \p column what its calls have brought, in their order, and lets it go on.
    void answerCalls(int column, const QStringList &results);
    /// In place of all columns, and of the prompt; nothing may be running. It keeps its id.
    void restore(const PlaygroundSheet &sheet);
    /// Ends the column's series too.
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
    void noteAsked();
    void begin(int column);
    void begin(int column, PlaygroundAsk ask);
    void endSeries(int column);
    void goOn(int column);
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
    PlaygroundExtras m_extras;
    QString m_fault; ///< what is wrong with them, in a sentence
    std::vector<PlaygroundColumnState> m_columns;
    PlaygroundSheet m_asked; ///< without columns
    QTimer m_estimating;
    quint64 m_lastNumber = 0; ///< of runs and of counts
    std::vector<quint64> m_counts; ///< asked last, by column
    QRandomGenerator m_chance = QRandomGenerator::securelySeeded();
    bool m_blind = false;
    bool m_ranBlind = false; ///< the runs began so: nobody has seen whose they are
    std::optional<PlaygroundVote> m_vote;
};

} // namespace signalbox::ui

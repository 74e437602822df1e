// SPDX-License-Identifier: GPL-3.0-or-later
// A batch between the gateway and the store: begins, pauses, goes on after a restart.
#pragma once

#include "ui/batch_source.h"
#include "ui/judgement_store.h"
#include "ui/models/batch_run.h"

#include <QElapsedTimer>
#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace signalbox::ui {

/// A call's place is free for the next one only when what came of it is kept: so no more calls can be
/// made twice after the program was killed than may be in the air at once.
class BatchSession : public QObject
{
    Q_OBJECT

public:
    enum class State : std::uint8_t {
        None, ///< there is no batch
        Running,
        Pausing, ///< nothing more is sent; something is in the air
        Paused,
        Halted, ///< as BatchRun::halt() says
        Over,
    };

    /// Both may be null: then nothing can be asked, or nothing survives the program.
    BatchSession(BatchSource *source, JudgementStore *store, QObject *parent = nullptr);

    [[nodiscard]] State state() const;
    /// Null: there is no batch.
    [[nodiscard]] const BatchRun *run() const { return m_run.get(); }
    /// Why nothing can be sent, in a sentence; empty: it can.
    [[nodiscard]] QString whyNot() const;
    /// What went wrong last, in a sentence; empty: nothing since it was begun or resumed.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// About how long the rest takes, by how fast it went since it was begun or resumed; nothing: it is
    /// not running, or nothing came yet.
    [[nodiscard]] std::optional<Micros> timeLeft() const;

    /// In place of what was there. \pre problemOf(plan) and whyNot() are empty.
    void begin(BatchPlan plan);
    /// Sends nothing more; what is in the air is awaited.
    void pause();
    void resume();
    /// Sends what failed again, and resumes.
    void retryFailed();
    void setBudget(std::optional<Money> budget);
    void setAtOnce(int atOnce);
    /// Forgets the batch and what came of it; what is in the air is billed all the same.
    void discard();
    /// A batch of an earlier start: it waits to be resumed. Nothing happens where there is one.
    void restore(const BatchPlan &plan, const std::vector<BatchAnswer> &answers);

Q_SIGNALS:
    /// The state, the progress or the problem is another.
    void changed();
    /// There is another batch, or none.
    void replaced();
    /// A call of \p row ended.
    void answered(int row);

private:
    void sendMore();
    void start();
    void onAnswered(quint64 number, BatchAnswer answer, bool sent);
    void onKept(const BatchPlace &place);
    void onTrouble(const QString &problem);
    void take(BatchAnswer answer);
    void keepPlan();

    BatchSource *m_source;
    JudgementStore *m_store;
    std::unique_ptr<BatchRun> m_run;
    std::map<quint64, BatchPlace> m_asked; ///< in the air, by number
    std::map<BatchPlace, BatchAnswer> m_unkept; ///< came, and are being written
    quint64 m_lastNumber = 0;
    bool m_running = false;
    QString m_problem;
    QElapsedTimer m_since; ///< it was begun or resumed
    int m_doneBefore = 0;
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// A batch on its way: what is to be sent next, what is in the air, what came, and what it cost. No clock,
// no network and no file in it.
#pragma once

#include "ui/models/batch_judge.h"
#include "ui/models/batch_plan.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace signalbox::ui {

class BatchRun
{
public:
    /// Why nothing is sent although something is left.
    enum class Halt : std::uint8_t {
        None,
        Budget, ///< it is spent
        UnknownPrice, ///< there is a budget, and something answered whose price is not known
    };

    /// \pre problemOf(plan) is empty.
    explicit BatchRun(BatchPlan plan);

    [[nodiscard]] const BatchPlan &plan() const { return m_plan; }
    /// Calls, judgements included; those that cannot be made because an answer failed count as done.
    [[nodiscard]] int total() const { return static_cast<int>(m_calls.size()); }
    [[nodiscard]] int done() const { return m_done; }
    [[nodiscard]] int inAir() const { return m_inAir; }
    [[nodiscard]] int failed() const { return m_failed; }
    [[nodiscard]] bool isOver() const { return m_done == total(); }
    /// What was billed, as far as it is known.
    [[nodiscard]] Money spent() const { return m_spent; }
    /// Answers whose price is not known.
    [[nodiscard]] int unknownPrices() const { return m_unknown; }
    [[nodiscard]] Halt halt() const;
    /// About what the rest will cost, by what a column's answers cost so far; nothing before each column
    /// has one with a price.
    [[nodiscard]] std::optional<Money> costLeft() const;

    /// The call to be sent now, which is in the air from then on; nothing: atOnce are, it halts, or
    /// nothing is ready. Prompts are asked in their order, and judged as soon as they are answered.
    [[nodiscard]] std::optional<BatchPlace> next();
    /// The request for \p place, which next() gave.
    [[nodiscard]] QByteArray body(BatchPlace place) const;
    /// What came, now or before a restart. False where it is no place of this batch or it has an answer.
    bool take(BatchAnswer answer);
    /// It came to nothing and costs nothing: it will be sent again.
    void drop(BatchPlace place);
    /// Failed calls, and judgements that hung on them, will be sent again. Returns how many answers.
    int reopenFailed();
    void setBudget(std::optional<Money> budget) { m_plan.budget = budget; }
    void setAtOnce(int atOnce) { m_plan.atOnce = atOnce; }

    /// Null: not yet.
    [[nodiscard]] const BatchAnswer *answer(BatchPlace place) const;
    /// How each check of the plan went; empty where there is no answer.
    [[nodiscard]] const std::vector<CheckResult> &results(BatchPlace place) const;
    [[nodiscard]] bool isInAir(BatchPlace place) const;
    /// The judge's of \p column against the first one; nothing: not both of its words are there.
    [[nodiscard]] std::optional<PairVerdict> verdict(int row, int column) const;

private:
    enum class State : std::uint8_t {
        Open,
        InAir,
        Done,
        Skipped ///< a judgement without two answers
    };
    struct Call
    {
        State state = State::Open;
        BatchAnswer answer = {};
        std::vector<CheckResult> results = {}; ///< of the plan's checks, judged once
        PlaceVerdict said = PlaceVerdict::Unclear; ///< of a judgement
    };

    [[nodiscard]] int columns() const { return static_cast<int>(m_plan.columns.size()); }
    [[nodiscard]] int callsPerRow() const;
    [[nodiscard]] bool isJudged() const { return !m_plan.judge.model.isEmpty(); }
    [[nodiscard]] bool contains(BatchPlace place) const;
    [[nodiscard]] std::size_t indexOf(BatchPlace place) const;
    [[nodiscard]] BatchPlace placeOf(std::size_t index) const;
    [[nodiscard]] Call &call(BatchPlace place) { return m_calls[indexOf(place)]; }
    [[nodiscard]] const Call &call(BatchPlace place) const { return m_calls[indexOf(place)]; }
    void book(const BatchAnswer &answer, int sign);
    void settleJudgements(int row, int column);

    BatchPlan m_plan;
    std::vector<Call>
        m_calls; ///< row by row: the answers, then two judgements for each further column
    std::deque<std::size_t> m_ready; ///< judgements that can be made
    std::size_t m_nextAnswer = 0; ///< before it no answer is open
    int m_done = 0;
    int m_inAir = 0;
    int m_failed = 0;
    int m_unknown = 0;
    Money m_spent;
};

} // namespace signalbox::ui

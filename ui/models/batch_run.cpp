// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_run.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::ui {

BatchRun::BatchRun(BatchPlan plan)
    : m_plan(std::move(plan))
{
    m_calls.resize(static_cast<std::size_t>(m_plan.prompts())
                   * static_cast<std::size_t>(callsPerRow()));
}

int BatchRun::callsPerRow() const
{
    return columns() + (isJudged() ? 2 * (columns() - 1) : 0);
}

bool BatchRun::contains(BatchPlace place) const
{
    const bool inFile = place.row >= 0 && place.row < m_plan.prompts() && place.column >= 0
                        && place.column < columns();
    return inFile
           && (place.order == -1
               || (isJudged() && place.column > 0 && (place.order == 0 || place.order == 1)));
}

std::size_t BatchRun::indexOf(BatchPlace place) const
{
    const int within = place.isJudgement() ? columns() + 2 * (place.column - 1) + place.order
                                           : place.column;
    return static_cast<std::size_t>(place.row) * static_cast<std::size_t>(callsPerRow())
           + static_cast<std::size_t>(within);
}

BatchPlace BatchRun::placeOf(std::size_t index) const
{
    const auto perRow = static_cast<std::size_t>(callsPerRow());
    const int row = static_cast<int>(index / perRow);
    const int within = static_cast<int>(index % perRow);
    const int judged = within - columns();
    return judged < 0 ? BatchPlace{row, within, -1} : BatchPlace{row, 1 + judged / 2, judged % 2};
}

BatchRun::Halt BatchRun::halt() const
{
    if (!m_plan.budget || isOver()) {
        return Halt::None;
    }
    return m_spent >= *m_plan.budget ? Halt::Budget
           : m_unknown > 0           ? Halt::UnknownPrice
                                     : Halt::None;
}

std::optional<Money> BatchRun::costLeft() const
{
    struct Kind
    {
        std::int64_t nanos = 0;
        std::int64_t known = 0;
        std::int64_t left = 0;
    };
    std::vector<Kind> kinds(static_cast<std::size_t>(columns()) + 1); // the judge's is the last
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        const BatchPlace place = placeOf(i);
        Kind &kind =
            kinds[place.isJudgement() ? kinds.size() - 1 : static_cast<std::size_t>(place.column)];
        const Call &one = m_calls[i];
        if (one.state == State::Open || one.state == State::InAir) {
            ++kind.left;
        } else if (one.state == State::Done && one.answer.cost) {
            kind.nanos += one.answer.cost->nanos();
            ++kind.known;
        }
    }
    Money left;
    for (const Kind &kind : kinds) {
        if (kind.left > 0 && kind.known == 0) {
            return std::nullopt;
        }
        left += Money::fromNanos(kind.left > 0 ? kind.nanos / kind.known * kind.left : 0);
    }
    return left;
}

std::optional<BatchPlace> BatchRun::next()
{
    if (m_inAir >= std::clamp(m_plan.atOnce, 1, kAtOnceMax) || halt() != Halt::None) {
        return std::nullopt;
    }
    std::optional<std::size_t> index;
    if (!m_ready.empty()) {
        index = m_ready.front();
        m_ready.pop_front();
    }
    while (!index && m_nextAnswer < m_calls.size()) {
        const std::size_t at = m_nextAnswer++;
        if (!placeOf(at).isJudgement() && m_calls[at].state == State::Open) {
            index = at;
        }
    }
    if (!index) {
        return std::nullopt;
    }
    m_calls[*index].state = State::InAir;
    ++m_inAir;
    return placeOf(*index);
}

QByteArray BatchRun::body(BatchPlace place) const
{
    if (!place.isJudgement()) {
        return batchBody(m_plan, place);
    }
    return batchBody(m_plan,
                     place,
                     call({place.row, 0, -1}).answer.text,
                     call({place.row, place.column, -1}).answer.text);
}

/// Into the sums, or out of them.
void BatchRun::book(const BatchAnswer &answer, int sign)
{
    m_done += sign;
    m_failed += answer.isAnswered() ? 0 : sign;
    m_unknown += answer.isAnswered() && !answer.cost ? sign : 0;
    m_spent += Money::fromNanos(sign * answer.cost.value_or(Money()).nanos());
}

bool BatchRun::take(BatchAnswer answer)
{
    const BatchPlace place = answer.place;
    if (!contains(place)) {
        return false;
    }
    Call &one = call(place);
    if (one.state == State::Done) {
        return false;
    }
    m_inAir -= one.state == State::InAir ? 1 : 0;
    m_done -= one.state == State::Skipped ? 1 : 0;
    std::erase(m_ready, indexOf(place));
    one.state = State::Done;
    one.answer = std::move(answer);
    if (one.answer.isAnswered() && place.isJudgement()) {
        one.said = verdictIn(one.answer.text);
    } else if (one.answer.isAnswered()) {
        for (const BatchCheck &check : m_plan.checks) {
            one.results.push_back(resultOf(check,
                                           {.text = one.answer.text,
                                            .totalMs = one.answer.totalMs,
                                            .cost = one.answer.cost}));
        }
    }
    book(one.answer, 1);
    for (int column = 1; isJudged() && !place.isJudgement() && column < columns(); ++column) {
        if (place.column == 0 || place.column == column) {
            settleJudgements(place.row, column);
        }
    }
    return true;
}

/// Those of one pair are ready, or will never be, once both answers are there.
void BatchRun::settleJudgements(int row, int column)
{
    const Call &first = call({row, 0, -1});
    const Call &other = call({row, column, -1});
    if (first.state != State::Done || other.state != State::Done) {
        return;
    }
    const bool both = first.answer.isAnswered() && other.answer.isAnswered();
    for (const int order : {0, 1}) {
        const std::size_t index = indexOf({row, column, order});
        if (m_calls[index].state != State::Open) {
            continue;
        }
        if (both) {
            m_ready.push_back(index);
        } else {
            m_calls[index].state = State::Skipped;
            ++m_done;
        }
    }
}

void BatchRun::drop(BatchPlace place)
{
    if (!contains(place) || call(place).state != State::InAir) {
        return;
    }
    call(place).state = State::Open;
    --m_inAir;
    if (place.isJudgement()) {
        m_ready.push_front(indexOf(place));
    } else {
        m_nextAnswer = std::min(m_nextAnswer, indexOf(place));
    }
}

int BatchRun::reopenFailed()
{
    int reopened = 0;
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        Call &one = m_calls[i];
        const bool isJudgement = placeOf(i).isJudgement();
        if (one.state == State::Skipped) {
            one.state = State::Open;
            --m_done;
        } else if (one.state == State::Done && !one.answer.isAnswered()) {
            book(one.answer, -1);
            // What a failed call cost was spent all the same.
            m_spent += one.answer.cost.value_or(Money());
            one = {};
            ++reopened;
            if (isJudgement) {
                m_ready.push_back(i);
            } else {
                m_nextAnswer = std::min(m_nextAnswer, i);
            }
        }
    }
    return reopened;
}

const BatchAnswer *BatchRun::answer(BatchPlace place) const
{
    return contains(place) && call(place).state == State::Done ? &call(place).answer : nullptr;
}

const std::vector<CheckResult> &BatchRun::results(BatchPlace place) const
{
    static const std::vector<CheckResult> none;
    return contains(place) ? call(place).results : none;
}

bool BatchRun::isInAir(BatchPlace place) const
{
    return contains(place) && call(place).state == State::InAir;
}

std::optional<PairVerdict> BatchRun::verdict(int row, int column) const
{
    const BatchPlace straight{row, column, 0};
    const BatchPlace turned{row, column, 1};
    return answer(straight) != nullptr && answer(turned) != nullptr
               ? std::optional(verdictOf(call(straight).said, call(turned).said))
               : std::nullopt;
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/batch_session.h"

#include <utility>

namespace signalbox::ui {

BatchSession::BatchSession(BatchSource *source, JudgementStore *store, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_store(store)
{
    if (m_source != nullptr) {
        connect(m_source, &BatchSource::answered, this, &BatchSession::onAnswered);
        connect(m_source, &BatchSource::changed, this, &BatchSession::changed);
    }
    if (m_store != nullptr) {
        connect(m_store, &JudgementStore::kept, this, &BatchSession::onKept);
        connect(m_store, &JudgementStore::trouble, this, &BatchSession::onTrouble);
    }
}

BatchSession::State BatchSession::state() const
{
    if (m_run == nullptr) {
        return State::None;
    }
    if (m_run->isOver()) {
        return State::Over;
    }
    const bool halted = m_run->halt() != BatchRun::Halt::None;
    if (m_running && (!halted || m_run->inAir() > 0)) {
        return halted ? State::Pausing : State::Running;
    }
    return m_run->inAir() > 0 ? State::Pausing : halted ? State::Halted : State::Paused;
}

QString BatchSession::whyNot() const
{
    return m_source == nullptr ? tr("This console has no way to ask.") : m_source->whyNot();
}

std::optional<Micros> BatchSession::timeLeft() const
{
    if (state() != State::Running || m_run->done() <= m_doneBefore) {
        return std::nullopt;
    }
    const double each = static_cast<double>(m_since.nsecsElapsed()) / 1'000
                        / (m_run->done() - m_doneBefore);
    return Micros(static_cast<std::int64_t>(each * (m_run->total() - m_run->done())));
}

void BatchSession::begin(BatchPlan plan)
{
    m_asked.clear();
    m_unkept.clear();
    m_run = std::make_unique<BatchRun>(std::move(plan));
    if (m_store != nullptr) {
        m_store->keepPlan(m_run->plan(), false);
    }
    Q_EMIT replaced();
    start();
}

void BatchSession::restore(const BatchPlan &plan, const std::vector<BatchAnswer> &answers)
{
    if (m_run != nullptr) {
        return;
    }
    m_run = std::make_unique<BatchRun>(plan);
    for (const BatchAnswer &answer : answers) {
        m_run->take(answer);
    }
    Q_EMIT replaced();
    Q_EMIT changed();
}

void BatchSession::start()
{
    m_problem.clear();
    m_running = true;
    m_since.start();
    m_doneBefore = m_run->done();
    sendMore();
    Q_EMIT changed();
}

void BatchSession::pause()
{
    if (m_running) {
        m_running = false;
        Q_EMIT changed();
    }
}

void BatchSession::resume()
{
    if (m_run != nullptr && !m_running && whyNot().isEmpty()) {
        start();
    } else if (m_running) {
        sendMore(); // the budget was raised
        Q_EMIT changed();
    }
}

void BatchSession::retryFailed()
{
    if (m_run != nullptr && m_run->reopenFailed() > 0) {
        m_running = false;
        Q_EMIT replaced();
        resume();
    }
}

void BatchSession::setBudget(std::optional<Money> budget)
{
    if (m_run != nullptr && budget != m_run->plan().budget) {
        m_run->setBudget(budget);
        keepPlan();
        if (m_running) {
            sendMore();
        }
        Q_EMIT changed();
    }
}

void BatchSession::setAtOnce(int atOnce)
{
    if (m_run != nullptr && atOnce != m_run->plan().atOnce) {
        m_run->setAtOnce(atOnce);
        keepPlan();
        if (m_running) {
            sendMore();
        }
    }
}

void BatchSession::discard()
{
    m_run.reset();
    m_asked.clear();
    m_unkept.clear();
    m_running = false;
    m_problem.clear();
    if (m_store != nullptr) {
        m_store->forgetBatch();
    }
    Q_EMIT replaced();
    Q_EMIT changed();
}

void BatchSession::keepPlan()
{
    if (m_store != nullptr) {
        m_store->keepPlan(m_run->plan(), true);
    }
}

void BatchSession::sendMore()
{
    while (m_running) {
        const auto place = m_run->next();
        if (!place) {
            break;
        }
        m_asked[++m_lastNumber] = *place;
        m_source->ask(m_lastNumber, m_run->body(*place));
    }
    if (m_run->inAir() == 0) {
        m_running = m_running && !m_run->isOver() && m_run->halt() == BatchRun::Halt::None;
    }
}

void BatchSession::onAnswered(quint64 number, BatchAnswer answer, bool sent)
{
    const auto asked = m_asked.find(number);
    if (asked == m_asked.end()) {
        return; // of a batch that was discarded
    }
    answer.place = asked->second;
    m_asked.erase(asked);
    if (!sent) {
        m_run->drop(answer.place);
        m_running = false;
        m_problem = answer.failure;
        Q_EMIT changed();
    } else if (m_store == nullptr) {
        take(std::move(answer));
    } else {
        m_unkept.insert_or_assign(answer.place, answer);
        m_store->keepAnswer(answer);
    }
}

void BatchSession::onKept(const BatchPlace &place)
{
    auto found = m_unkept.extract(place);
    if (!found.empty()) {
        take(std::move(found.mapped()));
    }
}

/// What cannot be kept is not paid for twice in this run at least; nothing more is sent.
void BatchSession::onTrouble(const QString &problem)
{
    if (m_run == nullptr) {
        return;
    }
    m_problem = problem;
    m_running = false;
    for (auto &[place, answer] : std::exchange(m_unkept, {})) {
        take(answer);
    }
    Q_EMIT changed();
}

void BatchSession::take(BatchAnswer answer)
{
    const int row = answer.place.row;
    m_run->take(std::move(answer));
    sendMore();
    Q_EMIT answered(row);
    Q_EMIT changed();
}

} // namespace signalbox::ui

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/replay/replay_desk.h"

#include "core/runtime/replay/recorded_traffic.h"

#include <chrono>
#include <utility>

namespace signalbox::runtime {

ReplayDesk::ReplayDesk(LedgerPlace ledger)
    : m_place(std::move(ledger))
    , m_thread("replay", kWaitingMax)
{}

bool ReplayDesk::ask(ReplayQuestion question, std::function<void(ReplayAnswer)> done)
{
    return m_thread.add(
        [this, question = std::move(question), done = std::move(done)] { done(answer(question)); });
}

/// As long as the period is the same but for what happened in the last minute.
bool ReplayDesk::isAtHand(const ReplayQuestion &question) const
{
    const auto near = [](SystemTime a, SystemTime b) { return std::chrono::abs(a - b) <= kFresh; };
    if (!m_foreseer || m_recording != question.recording) {
        return false;
    }
    if (!m_recording.empty()) {
        return true;
    }
    return near(m_period.since, question.period.since)
           && near(m_period.until, question.period.until)
           && (m_foreseer->inForce() == question.inForce
               || *m_foreseer->inForce() == *question.inForce);
}

/// Nothing: the traffic is at hand.
std::optional<ReplayFault> ReplayDesk::fetch(const ReplayQuestion &question,
                                             const replay::ForeseeOptions &how)
{
    m_foreseer.reset();
    if (!question.recording.empty()) {
        auto read = readRecordedTraffic(question.recording, question.inForce);
        if (!read) {
            return ReplayFault{false, read.error()};
        }
        m_foreseer = std::make_unique<replay::Foreseer>(std::move(read->traffic), read->inForce);
    } else {
        if (!m_ledger) {
            m_ledger = std::make_unique<LedgerAt>(m_place);
        }
        auto &reader = m_ledger->reader();
        if (!reader) {
            return ReplayFault{false, toString(reader.error())};
        }
        auto traffic = readTraffic(*reader, *question.inForce, question.period, [&how] {
            return how.goOn(0);
        });
        if (!traffic) {
            return ReplayFault{false, toString(traffic.error())};
        }
        if (!*traffic) {
            return ReplayFault{true, {}};
        }
        m_foreseer = std::make_unique<replay::Foreseer>(*std::move(traffic), question.inForce);
    }
    m_period = question.period;
    m_recording = question.recording;
    return std::nullopt;
}

ReplayAnswer ReplayDesk::answer(const ReplayQuestion &question)
{
    replay::ForeseeOptions how = question.how;
    how.goOn = [this, &question](double done) {
        return !m_thread.isStopping() && (!question.how.goOn || question.how.goOn(done));
    };
    if (!how.goOn(0)) { // taken back while it waited
        return Failure{ReplayFault{true, {}}};
    }
    if (!isAtHand(question)) {
        if (auto fault = fetch(question, how)) {
            return Failure{*std::move(fault)};
        }
    }
    auto foresight = m_foreseer->foresee(question.draft, how);
    if (!foresight) {
        return Failure{ReplayFault{true, {}}};
    }
    return *std::move(foresight);
}

} // namespace signalbox::runtime

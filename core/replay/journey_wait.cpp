// SPDX-License-Identifier: Apache-2.0
// What a replayed request waits for, as an exchange does: see core/gateway/exchange_wait.cpp.
#include "core/replay/journey.h"
#include "core/replay/replayer.h"

#include <algorithm>
#include <utility>

namespace signalbox::replay {

void Journey::wait()
{
    if (!m_budget->mayBegin(now())) {
        return;
    }
    if (!m_queueUntil) {
        m_queueUntil = now() + m_world->m_configuration->server.queue;
    }
    gateway::Upstreams &upstreams = m_world->m_upstreams;
    const auto key = gateway::awaitedKey(*this, upstreams, *m_budget, now());
    const auto room = gateway::awaitedRoom(*this,
                                           upstreams,
                                           std::min(*m_queueUntil, m_budget->deadlineAt()),
                                           now());
    const bool forRoom = room && (!key || room->at < key->at);
    if (const auto &first = forRoom ? room : key) {
        m_awaited = first->target;
        m_wakeAt = first->at;
        if (forRoom) {
            m_place = upstreams.reserve(*m_awaited, promptTokensAt(*m_awaited), now());
        }
        m_world->plan(*this, Replayer::Kind::Wake, m_wakeAt);
        return;
    }
    if (now() >= *m_queueUntil) {
        return;
    }
    for (const Candidate &candidate : m_decision.candidates) {
        m_inLine |= gateway::onlyLacksRoom(candidate, *this, now())
                    && upstreams.joinLine(candidate.target, m_recorded->facts.client, m_id, now());
    }
    if (m_inLine) {
        m_world->m_inLine[m_id] = m_slot;
        m_world->plan(*this,
                      Replayer::Kind::Deadline,
                      std::min(*m_queueUntil, m_budget->deadlineAt()));
    }
}

/// What was waited for has come, or should have.
void Journey::wake()
{
    if (!m_awaited || now() < m_wakeAt || !m_calls.empty()) {
        return;
    }
    const TargetId target = *std::exchange(m_awaited, std::nullopt);
    const bool mayBegin = m_budget->mayBegin(now());
    if (m_place) {
        gateway::Place place = *std::exchange(m_place, std::nullopt);
        if (!mayBegin || m_world->tooDear(*this, target)) {
            gateway::Upstreams::giveBack(std::move(place), now());
        } else if (auto grant = m_world->m_upstreams.admit(std::move(place), now())) {
            begin(std::move(*grant));
            return;
        }
    }
    if (!mayBegin || !tryBegin(target)) {
        tryNext();
    }
}

/// It waited long enough.
void Journey::deadline()
{
    if (m_inLine && m_calls.empty()) {
        stopWaiting();
        fail();
    }
}

/// It was the next in a line, and there is a place now.
void Journey::onPlace()
{
    lookAgain();
}

void Journey::lookAgain()
{
    stopWaiting();
    for (const Candidate &candidate : m_decision.candidates) {
        if (gateway::mayStillServe(candidate, *this) && m_budget->mayBegin(now())
            && tryBegin(candidate.target)) {
            return;
        }
    }
    tryNext();
}

void Journey::stopWaiting()
{
    if (std::exchange(m_inLine, false)) {
        m_world->m_upstreams.leaveLines(m_id);
        m_world->m_inLine.erase(m_id);
    }
    if (m_place) {
        gateway::Upstreams::giveBack(*std::exchange(m_place, std::nullopt), now());
    }
    m_awaited.reset();
}

} // namespace signalbox::replay

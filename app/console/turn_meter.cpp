// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/turn_meter.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <ctime>
#include <utility>

namespace signalbox::app {
namespace {

constexpr std::chrono::milliseconds kSlow{16};
constexpr std::chrono::milliseconds kVerySlow{50};

std::chrono::nanoseconds threadTime()
{
    timespec spent{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
}

} // namespace

TurnMeter::TurnMeter(std::chrono::milliseconds quietFor, QObject *parent)
    : QObject(parent)
    , m_countsFrom(std::chrono::steady_clock::now() + quietFor)
    , m_spent(threadTime()) // what was before is no turn
{
    // Dispatchers differ in what they do between the two signals, so both end a turn.
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &TurnMeter::turnEnded);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &TurnMeter::turnEnded);
}

void TurnMeter::turnEnded()
{
    const auto spent = threadTime();
    const auto turn = spent - std::exchange(m_spent, spent);
    if (std::chrono::steady_clock::now() >= m_countsFrom) {
        ++m_turns;
        m_counted += turn;
        m_slow += turn > kSlow ? 1 : 0;
        m_verySlow += turn > kVerySlow ? 1 : 0;
        m_longest = std::max(m_longest, turn);
    }
}

double TurnMeter::coreShare() const
{
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_countsFrom;
    return passed.count() <= 0 ? 0 : std::chrono::duration<double>(m_counted) / passed;
}

} // namespace signalbox::app

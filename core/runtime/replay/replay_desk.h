// SPDX-License-Identifier: Apache-2.0
// Answers what a change would have done, on a thread of its own.
#pragma once

#include "core/replay/foresee.h"
#include "core/runtime/job_thread.h"
#include "core/runtime/ledger/ledger_at.h"
#include "core/runtime/replay/traffic_reader.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::runtime {

struct ReplayQuestion
{
    std::shared_ptr<const Configuration> inForce;
    std::shared_ptr<const Configuration> draft;
    TrafficPeriod period;
    std::string recording = {}; ///< not empty: the traffic of this file in place of the ledger's
    replay::ForeseeOptions how; ///< its goOn is called on the desk's thread
};

struct ReplayFault
{
    bool cancelled = false;
    std::string text; ///< else why the traffic could not be read
};

using ReplayAnswer = Result<Foresight, ReplayFault>;

/// Keeps the traffic of the last question: the next about the same period, up to kFresh later, costs
/// the replay alone.
class ReplayDesk
{
public:
    /// Questions that may wait; one that is being dragged for is taken back by the next.
    static constexpr std::size_t kWaitingMax = 8;
    static constexpr Seconds kFresh{60};

    explicit ReplayDesk(LedgerPlace ledger);

    /// False when too many wait. \p done is called on the desk's thread, unless that ends first.
    bool ask(ReplayQuestion question, std::function<void(ReplayAnswer)> done);

private:
    [[nodiscard]] ReplayAnswer answer(const ReplayQuestion &question);
    [[nodiscard]] std::optional<ReplayFault> fetch(const ReplayQuestion &question,
                                                   const replay::ForeseeOptions &how);
    [[nodiscard]] bool isAtHand(const ReplayQuestion &question) const;

    const LedgerPlace m_place;
    std::unique_ptr<LedgerAt> m_ledger; ///< the thread's, opened with the first question
    std::unique_ptr<replay::Foreseer> m_foreseer;
    TrafficPeriod m_period; ///< of m_foreseer
    std::string m_recording; ///< likewise
    JobThread m_thread; // last: it uses the others
};

} // namespace signalbox::runtime

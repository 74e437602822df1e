// SPDX-License-Identifier: Apache-2.0
// Twenty requests a second through the real gateway on a virtual clock, two upstreams, one seed.
#pragma once

#include "core/base/random.h"
#include "core/gateway/gateway.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::sim {

/// How an upstream does. Times are log-normal.
struct Manner
{
    double failures = 0.02; ///< of its answers, each a 500
    double medianMs = 800;
    double spread = 0.5; ///< of the logarithm of the time
    int completionTokens = 200; ///< on average; each answer has from half to one and a half of it
};

/// Route `chat` goes to a/x; the draft sends it to b/y.
class TrialWorld
{
public:
    static constexpr double kRequestsPerSecond = 20;

    TrialWorld(std::uint64_t seed, Manner present, Manner draft);

    /// How both do from now on.
    void setManners(Manner present, Manner draft);
    /// Serves so long.
    void run(Millis time);
    /// Puts the draft on trial; a sentence: why not.
    Status<std::string> begin(TrialTerms terms);
    /// Serves until it has ended; how.
    TrialEnd runToItsEnd();
    [[nodiscard]] gateway::Trial &trial() { return *m_gateway->trial(); }
    /// Since the trial began.
    [[nodiscard]] Millis elapsed() const
    {
        return std::chrono::duration_cast<Millis>(m_now.steady - m_began);
    }
    /// Calls that reached b/y, since the beginning.
    [[nodiscard]] int callsOfDraft() const { return m_callsOfDraft; }
    [[nodiscard]] gateway::Gateway &gateway() { return *m_gateway; }
    [[nodiscard]] Now now() const { return m_now; }

private:
    struct Answer
    {
        gateway::AttemptId attempt = 0;
        bool failed = false;
        int completionTokens = 0;
    };

    void arrive();
    void answer(const Answer &answer);
    void take(const gateway::Actions &actions);
    void step();

    Random m_random;
    Manner m_present;
    Manner m_draftManner;
    Now m_start;
    Now m_now;
    SteadyTime m_nextArrival;
    SteadyTime m_began{};
    std::shared_ptr<const Configuration> m_configuration;
    std::shared_ptr<const Configuration> m_draft;
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::multimap<SteadyTime, Answer> m_answers;
    std::uint64_t m_lastExchange = 0;
    int m_callsOfDraft = 0;
};

} // namespace signalbox::sim

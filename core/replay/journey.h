// SPDX-License-Identifier: Apache-2.0
// One recorded request on its way through another configuration.
#pragma once

#include "core/gateway/course.h"
#include "core/replay/run.h"
#include "core/replay/traffic.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace signalbox::replay {

class Replayer;

/// A call in the air whose end is known.
struct Call
{
    std::uint32_t id = 0; ///< counts up within its journey
    std::uint32_t target = 0;
    std::uint32_t source = 0; ///< the recorded call that it ends like
    Window window; ///< of a drawn one
    bool drawn = false;
    OutcomeClass outcome = OutcomeClass::Success;
    bool contentSent = false;
    bool headSeen = false;
    std::optional<RetryHint> hint;
    bool mayRepeat = true;
    std::optional<Usage> usage;
    SteadyTime beganAt{};
    Micros total{0};
    std::optional<Micros> firstToken;
    Money reserved; ///< of the budgets
    std::optional<gateway::Grant> grant;

    [[nodiscard]] SteadyTime endsAt() const { return beganAt + total; }
    /// When it begins to answer; its end where it does not stream.
    [[nodiscard]] SteadyTime answersAt(bool stream) const;
};

/// Goes the way of an Exchange, by the same questions (core/gateway/course.h), without its bytes.
class Journey : public gateway::Traveller
{
public:
    explicit Journey(Replayer &world, std::uint32_t slot);

    void begin(std::uint64_t id, std::uint32_t number, std::shared_ptr<const RouteSettings> route);
    void decided(Decision decision);
    void tryNext();
    void callEnded(std::uint32_t call);
    /// One of two calls begins to answer: the other is given up.
    void callBegan(std::uint32_t call);
    void hedge();
    void wake();
    void deadline();
    void onPlace();

    [[nodiscard]] Veto vetoAt(const TargetId &target, SteadyTime at) const override;
    [[nodiscard]] std::int64_t promptTokensAt(const TargetId &target) const override;
    [[nodiscard]] std::span<const AttemptRecord> attempts() const override { return m_ended; }
    [[nodiscard]] std::span<const Candidate> candidates() const override
    {
        return m_decision.candidates;
    }
    [[nodiscard]] const RetrySettings &retry() const override { return m_route->retry; }

    [[nodiscard]] std::uint64_t id() const { return m_id; }
    [[nodiscard]] std::uint32_t slot() const { return m_slot; }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] bool isInLine() const { return m_inLine; }
    [[nodiscard]] const RecordedRequest &recorded() const { return *m_recorded; }
    [[nodiscard]] const RouteSettings &route() const { return *m_route; }
    [[nodiscard]] const Decision &decision() const { return m_decision; }
    /// The next of its recorded calls that were made at \p target; null: it made none, or no more.
    [[nodiscard]] const RecordedCall *takeRecorded(std::uint32_t target);
    /// Whether all went as recorded so far.
    [[nodiscard]] bool follows() const { return m_follows; }
    void strays() { m_follows = false; }
    /// How many calls it began.
    [[nodiscard]] std::uint32_t calls() const { return m_lastCall; }
    void book(const Cost &cost, bool used);
    void noteEnded(AttemptRecord attempt) { m_ended.push_back(std::move(attempt)); }
    [[nodiscard]] RequestEnd &end() { return m_end; }

private:
    friend class Replayer;

    [[nodiscard]] bool tryBegin(const TargetId &target);
    void begin(gateway::Grant grant);
    void armHedge(const Call &call);
    void wait();
    void lookAgain();
    void stopWaiting();
    void end(Call &call, const Outcome &outcome);
    void endOthers(const Call &but);
    [[nodiscard]] bool goesOn(const Call &call, const Outcome &outcome) const;
    [[nodiscard]] bool tryAgain(const TargetId &target, const Outcome &outcome);
    [[nodiscard]] bool counts(Ending ending) const;
    void finish(Ending ending);
    void fail();
    [[nodiscard]] Call *find(std::uint32_t call);
    [[nodiscard]] SteadyTime now() const;

    Replayer *m_world;
    std::uint32_t m_slot;
    std::uint64_t m_id = 0;
    std::uint32_t m_number = 0;
    const RecordedRequest *m_recorded = nullptr;
    std::shared_ptr<const RouteSettings> m_route;
    Decision m_decision;
    std::vector<TargetId> m_order;
    std::size_t m_next = 0;
    std::optional<resilience::AttemptBudget> m_budget;
    std::vector<AttemptRecord> m_ended; ///< without an answer
    std::vector<Call> m_calls; ///< one, or two
    std::uint32_t m_lastCall = 0;
    std::uint64_t m_taken = 0; ///< which of the first 64 recorded calls were used
    bool m_follows = true;
    std::optional<TargetId> m_awaited; ///< the next to be called, once m_wakeAt has come
    SteadyTime m_wakeAt{};
    std::optional<gateway::Place> m_place;
    bool m_inLine = false;
    std::optional<SteadyTime> m_queueUntil;
    bool m_over = true;
    RequestEnd m_end;
    std::vector<DrawnCall> m_drawn;
};

} // namespace signalbox::replay

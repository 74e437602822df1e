// SPDX-License-Identifier: Apache-2.0
// One client request from its arrival to its record: attempt after attempt until one answers, none
// is left, or the client is gone.
#pragma once

#include "core/base/random.h"
#include "core/domain/chat_request.h"
#include "core/gateway/admission.h"
#include "core/gateway/answer_cache.h"
#include "core/gateway/answer_keeper.h"
#include "core/gateway/attempt.h"
#include "core/gateway/budgets.h"
#include "core/gateway/client_reply.h"
#include "core/gateway/continuation.h"
#include "core/gateway/course.h"
#include "core/gateway/embedding_batches.h"
#include "core/gateway/pictures.h"
#include "core/gateway/ports.h"
#include "core/gateway/reasoning_store.h"
#include "core/gateway/shadows.h"
#include "core/gateway/token_meter.h"
#include "core/gateway/upstreams.h"
#include "core/resilience/attempt_budget.h"
#include "core/routing/experience.h"
#include "core/routing/outliers.h"
#include "core/routing/prompt_affinity.h"

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::telemetry {
class Telemetry;
}

namespace signalbox::gateway {

/// What all exchanges share; owned by the gateway and outliving them.
struct Shared
{
    Upstreams &upstreams;
    Budgets &budgets;
    telemetry::Telemetry &telemetry;
    routing::Experience &experience;
    routing::PromptAffinity &affinity;
    routing::Outliers &outliers;
    TokenMeter &tokens;
    ReasoningStore &reasoning;
    AnswerCache &cache;
    Random &random;
    AttemptId &lastAttempt;
};

/// What else is looked at to decide a request.
struct Undecided
{
    std::shared_ptr<const RouteSettings>
        route; ///< the configuration's own, or made for the request
    std::vector<std::uint64_t> prefixes; ///< where the route keeps to prompt caches
    bool strict = false; ///< rather no answer than one for which a parameter was dropped
};

/// An admitted and decided request.
struct ExchangePlan
{
    ExchangeId id = 0;
    ChatRequest request; ///< of embeddings: what rules and limits look at
    std::optional<providers::EmbeddingsRequest> embeddings; ///< asked for in place of a chat
    tokens::PromptTraits prompt; ///< by which targets count it
    const providers::Dialect *dialect = &providers::chatDialect(); ///< in which it came
    std::shared_ptr<const Configuration> configuration; ///< in force when it arrived
    RetrySettings retry;
    Millis deadline{600'000};
    StreamBreakMode onStreamBreak = StreamBreakMode::RestartBeforeContent;
    std::optional<HedgeAfter> hedgeAfter;
    std::optional<Millis> comment;
    std::optional<std::uint64_t> conversation; ///< what its next request will know it by
    ClientPlace place; ///< among its client's requests, until it is over
    CachePlan cache;
    /// Its question is yet to be compared: a hit needs no decision.
    std::optional<Undecided> undecided;
    std::optional<TargetId> shadow; ///< it was drawn: who is asked again, once it is answered
    SteadyTime startAt{}; ///< when the client's limits have room; past: at once
    std::shared_ptr<RequestRecord> record; ///< filled up to the decision; never null
};

/// A call in the air, and what it has brought.
struct Flight
{
    Flight(Attempt::Plan plan, Now now)
        : attempt(std::move(plan), now)
    {}

    Attempt attempt;
    providers::AnswerDefaults defaults; ///< of an answer that is its
    ReasoningSeen seen;
    Money reserved; ///< of the budgets
    std::vector<ChatChunk> held; ///< while another call would be answered with
    bool continues = false; ///< it was asked for the rest of an answer
    bool told = false; ///< the client has content of it
};

class Exchange : private Traveller
{
public:
    Exchange(ExchangePlan plan, Shared shared, Now now);

    /// Nothing, where it is undecided: then it waits for decided().
    void start(Now now, Actions &out);
    /// Its question was compared: plan() has a hit, or record() a decision.
    void decided(Now now, Actions &out);
    void onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out);
    /// What came of a picture it asked for.
    void onPicture(std::size_t number, PictureResult result, Now now, Actions &out);
    void onTime(Now now, Actions &out);
    void onClientGone(Now now, Actions &out);
    /// The same, but others wait for its answer: its call goes on. Nothing that it tells its client
    /// from now on is to be sent.
    void goOnForOthers(Now now);
    /// What it waited for, an equal request's answer, has come; null: there is none, it goes its own way.
    void onLanded(const std::shared_ptr<const cache::CachedAnswer> &answer, Now now, Actions &out);
    /// The client reads slowly: its upstream is not being read either.
    void setPaused(bool paused, Now now);
    /// It was the next in a provider's line, and there is a place now.
    void onPlace(Now now, Actions &out);
    /// An operator or a reload has changed what may be called: what waits is to look again. It does
    /// so when its deadline, now at once, is next looked at.
    void reconsider(SteadyTime now);
    /// The gateway stops and waits no longer.
    void onShutDown(Now now, Actions &out);

    /// When onTime() wants to be called.
    [[nodiscard]] SteadyTime deadline() const;
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] bool isUndecided() const { return m_plan.undecided && !m_over; }
    /// It has waited for its question's comparison as long as it may.
    [[nodiscard]] bool mustBeDecided(SteadyTime now) const
    {
        return isUndecided() && now >= m_comparedUntil;
    }
    /// \pre isUndecided(); these two until decided() alone
    [[nodiscard]] ExchangePlan &plan() { return m_plan; }
    [[nodiscard]] RequestRecord &record() { return *m_record; }
    [[nodiscard]] bool isForOthers() const { return m_leftWith.has_value(); }
    /// The answer, if it was kept or could have been. \pre isOver()
    [[nodiscard]] std::shared_ptr<const cache::CachedAnswer> takeAnswer()
    {
        return std::move(m_made);
    }
    /// The upstream call that its client is answered with, as things stand.
    [[nodiscard]] std::optional<AttemptId> attempt() const
    {
        return m_flights.empty() ? std::nullopt : std::optional(m_flights.front().attempt.id());
    }
    /// What is to be asked again; at most once, and nothing unless it was answered in full. Takes the
    /// request away. \pre isOver()
    [[nodiscard]] std::optional<ShadowOrder> takeShadow()
    {
        return std::exchange(m_shadow, std::nullopt);
    }
    /// Whether \p attempt is one of its calls in the air.
    [[nodiscard]] bool isInTheAir(AttemptId attempt) const;

private:
    enum class WaitFor : std::uint8_t {
        Start, ///< room in the client's limits, taken already
        Backoff,
        Key, ///< a key that rests
        Room ///< room in the provider's limits, taken already
    };
    struct Pending ///< the next call, not begun
    {
        WaitFor reason = WaitFor::Backoff;
        std::optional<TargetId> target; ///< nothing at the start: the next candidate
        SteadyTime at{};
        SteadyTime since{}; ///< when the wait began
        std::optional<Place> place;
    };

    void takeCandidates();
    // exchange_cache.cpp: answers that are there already
    void follow(Now now, Actions &out);
    void goItsWay(Now now, Actions &out);
    void giveAgain(const CacheHit &hit, std::string_view stale, Now now, Actions &out);
    void give(const cache::CachedAnswer &answer, Now now, Actions &out);
    [[nodiscard]] bool standsIn(std::string_view why, Now now, Actions &out);
    [[nodiscard]] bool isSlow(Now now) const;
    [[nodiscard]] bool mayAnswer(const TargetId &target) const;
    void keepAnswer(Now now);
    void noteClientGone();
    void bookClientGone();

    void tryNext(Now now, Actions &out);
    bool tryBegin(const TargetId &target, Now now, Actions &out);
    void fetchPictures(const TargetId &target, Now now, Actions &out);
    [[nodiscard]] Veto vetoAt(const TargetId &target, SteadyTime at) const override;
    /// The budget that does not reach for a call of \p target.
    [[nodiscard]] std::optional<BudgetView> tooDear(const TargetId &target, SteadyTime at) const;
    [[nodiscard]] std::optional<ErrorAnswer> emptyBudget(SteadyTime at) const;
    [[nodiscard]] SystemTime onWall(SteadyTime at) const;
    [[nodiscard]] Money reserveBudget(const TargetId &target, Now now);
    void wait(Now now);
    void waited(Now now, Actions &out);
    [[nodiscard]] bool isWaiting() const { return m_pending || m_inLine; }
    void lookAgain(Now now, Actions &out);
    void leaveLines();
    void stopWaiting(Now now);
    [[nodiscard]] providers::EmbeddingsTerms embeddingsTerms(const std::string &model) const;
    [[nodiscard]] std::int64_t promptTokensAt(const TargetId &target) const override;
    [[nodiscard]] std::int64_t ofNextCall(const TargetId &target, std::int64_t promptTokens) const;
    [[nodiscard]] std::span<const AttemptRecord> attempts() const override
    {
        return m_record->attempts;
    }
    [[nodiscard]] std::span<const Candidate> candidates() const override
    {
        return m_record->decision.candidates;
    }
    [[nodiscard]] const RetrySettings &retry() const override { return m_plan.retry; }
    [[nodiscard]] std::size_t textsMaxAt(const TargetId &target) const;
    void begin(Grant grant, Now now, Actions &out);
    [[nodiscard]] providers::HttpCall encodedCall(const TargetId &target);
    [[nodiscard]] ProviderKind kindOf(const TargetId &target) const;
    void keepReasoning(const TargetId &target);
    // exchange_continue.cpp: the rest of an answer whose stream broke
    [[nodiscard]] bool canBeContinued(const Flight &flight) const;
    [[nodiscard]] bool goesOnWith(const TargetId &target) const;
    void continueAfter(const AttemptRecord &broken, Now now);
    void followSeam(Flight &flight, ChatChunk &chunk, Actions &out);
    void tellWhyNotContinued();
    void complete(Now now, Actions &out);
    void bookAnswer();
    void keepForShadow(const ChatChunk &chunk);
    void orderShadow();

    [[nodiscard]] bool maySettleAlone(const Flight &flight, const Outcome &outcome) const;
    void attemptEnded(Flight &flight, const Outcome &outcome, Now now, Actions &out);

    // exchange_race.cpp: one call in the air, or two
    [[nodiscard]] Flight *flightOf(AttemptId attempt);
    void take(Flight &flight, Attempt::Progress &progress, Now now, Actions &out);
    void pass(Flight &flight, ChatChunk chunk, Actions &out);
    [[nodiscard]] bool winsBy(const Attempt::Progress &progress) const;
    void lead(Flight &flight, Actions &out);
    void endOthers(const Flight &flight, const Outcome &outcome, Now now, Actions &out);
    void endAll(const Outcome &outcome, Now now, Actions &out);
    void armHedge(const Flight &flight, Now now);
    void hedge(Now now, Actions &out);
    void lookAtTimers(Now now, Actions &out);
    void comment(Now now, Actions &out);
    void answered(const TargetId &target, Now now, Actions &out);
    [[nodiscard]] bool tryAgain(const TargetId &target,
                                const Outcome &outcome,
                                Now now,
                                Actions &out);
    void settle(Flight &flight, const Outcome &outcome, Now now);
    void learn(const AttemptRecord &attempt,
               tokens::TokenFamily family,
               bool continues,
               SteadyTime now);
    [[nodiscard]] Money expectedCostAt(const TargetId &target, SteadyTime now) const;
    void endWithFailure(Now now, Actions &out);
    [[nodiscard]] std::vector<Candidate> standing(Now now) const;
    void endWith(const ErrorAnswer &error, Now now, Actions &out);
    void finish(Now now, Actions &out);
    [[nodiscard]] http::Headers answerHeaders() const;
    [[nodiscard]] http::Headers waitingHeaders() const;
    [[nodiscard]] Cost costSoFar() const;

    ExchangePlan m_plan;
    Shared m_shared;
    Now m_arrived;
    resilience::AttemptBudget m_budget;
    /// The first is the one that answers. A second one runs beside it until either begins to answer.
    std::list<Flight> m_flights;
    std::optional<SteadyTime> m_hedgeAt; ///< when a second one is wanted
    SteadyTime m_commentAt = SteadyTime::max(); ///< when the client is told that it waits
    ClientReply m_reply;
    Continuation m_continuation;
    bool m_paused = false; ///< the client reads slowly
    ReasoningSeen m_seen; ///< in the answer of the attempt that ended last
    std::vector<TargetId> m_order; ///< candidates without a veto, as decided
    std::size_t m_nextCandidate = 0;
    std::optional<Pending> m_pending;
    bool m_inLine = false; ///< another request of a provider must end first
    SteadyTime m_inLineSince{};
    std::optional<SteadyTime> m_queueUntil; ///< room is waited for no longer; set when it first was
    std::optional<SteadyTime> m_reconsiderAt;
    EmbeddingBatches m_batches; ///< of a request for embeddings
    Pictures m_pictures;
    std::optional<TargetId> m_pictured; ///< the next to be called, once its pictures are here
    std::optional<ErrorAnswer> m_pictureFault; ///< a target refused them, and no other answered
    Micros m_backoff{0}; ///< waited before the next attempt
    std::shared_ptr<RequestRecord> m_record; ///< ours alone until the end, null after it
    Outcome m_lastOutcome;
    AnswerKeeper m_keeper; ///< of the answer that its client gets
    std::shared_ptr<const cache::CachedAnswer>
        m_made; ///< of a complete answer that may be given again
    SteadyTime m_comparedUntil{}; ///< while it is undecided
    bool m_follows = false; ///< an equal request in the air is waited for
    bool m_given = false; ///< the answer was there already
    std::optional<int> m_leftWith; ///< the status on record; its client has left
    std::string m_shadowText; ///< of the answer, while a shadow is wanted
    std::optional<ShadowOrder> m_shadow;
    bool m_over = false;
};

} // namespace signalbox::gateway

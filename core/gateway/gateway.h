// SPDX-License-Identifier: Apache-2.0
// The gateway without its sockets: requests and upstream events in, actions out, on one thread.
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/gateway/admission.h"
#include "core/gateway/answer_cache.h"
#include "core/gateway/budgets.h"
#include "core/gateway/exchange.h"
#include "core/gateway/health_checks.h"
#include "core/gateway/ports.h"
#include "core/gateway/question_embedder.h"
#include "core/gateway/shadows.h"
#include "core/gateway/token_meter.h"
#include "core/gateway/trial.h"
#include "core/gateway/upstreams.h"
#include "core/routing/outliers.h"
#include "core/routing/prompt_affinity.h"
#include "core/routing/smooth_weights.h"
#include "core/telemetry/live_state.h"
#include "core/telemetry/telemetry.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace signalbox::gateway {

/// What an operator can do to a target.
enum class Act : std::uint8_t {
    Trip,
    Hold,
    Reset,
    Drain,
    Undrain
};

/// `trip`, `hold`, ...: as the admin API and the audit name them.
std::string_view toString(Act act);
std::optional<Act> actFromString(std::string_view name);

/// What the program tells the gateway about itself.
struct GatewayOptions
{
    std::string version;
    std::uint64_t seed = 0; ///< of everything that chance decides; logged by the rim
    /// Reads the steady clock while a request is decoded and decided, to say what that cost. The
    /// one clock inside, and only figures come of it, never behaviour.
    std::function<SteadyTime()> stopwatch;
    /// The hour, 0..23, of a time in the configured zone.
    std::function<int(SystemTime, const std::string &zone)> hourIn;
    limits::DayBudgets::DayEnd dayEndIn; ///< the same for days, of budgets
};

/// Owns all exchanges and everything they share. Never reads a clock or a socket: `now` is an
/// argument that must not go backwards.
class Gateway
{
public:
    Gateway(GatewayOptions options,
            std::shared_ptr<const Configuration> configuration,
            const Credentials &credentials,
            Now now);
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    /// A new configuration: requests in the air end as they began, new ones follow it.
    void configure(std::shared_ptr<const Configuration> configuration,
                   const Credentials &credentials,
                   Now now);

    /// \p id is the rim's, new for each request. Answers with a Respond, at once or later, and ends
    /// with a Finished.
    void arrived(ExchangeId id, Arrival arrival, Now now, Actions &out);
    /// What would become of \p arrival if it came now from nobody's client: facts and decision, and
    /// nothing is sent, drawn or booked. \p operation is `chat` or `embeddings`.
    [[nodiscard]] Result<RequestRecord, ErrorAnswer> explain(const Arrival &arrival,
                                                             const char *operation,
                                                             Now now) const;
    /// The same by another configuration, with the present state of its targets; none of them is
    /// available that is not configured yet.
    [[nodiscard]] Result<RequestRecord, ErrorAnswer> explainBy(
        std::shared_ptr<const Configuration> draft,
        const Arrival &arrival,
        const char *operation,
        Now now);
    /// The body of an answer to bytes that never became a request; \p path as far as it is known.
    [[nodiscard]] static std::string refusalBody(const ErrorAnswer &error, std::string_view path);
    /// Books the refusal of bytes that never became a request; returns the headers of its answer.
    /// \p path as above.
    [[nodiscard]] http::Headers refuseUnread(const ErrorAnswer &error,
                                             const http::Headers *asked,
                                             std::string_view path,
                                             Now now);
    /// What the client or provider \p id has spent today before this program began.
    void bookSpent(BudgetOwner owner, std::string_view id, Money spent, Now now)
    {
        m_budgets.book(owner, id, spent, now.system);
    }
    /// Counts exactly from now on where it can.
    void setEncoders(tokens::Encoders encoders) { m_tokens.setEncoders(std::move(encoders)); }
    /// What an earlier run learned of its bills, and what this one did.
    void setCalibration(tokens::Calibration calibration)
    {
        m_tokens.setCalibration(std::move(calibration));
    }
    [[nodiscard]] const tokens::Calibration &calibration() const { return m_tokens.calibration(); }
    /// A client's connection was closed at once, for want of room.
    void turnedAway() { m_telemetry.turnedAway(); }
    void upstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out);
    /// What came of the picture that an exchange asked for by \p number.
    void picture(ExchangeId id, std::size_t number, PictureResult result, Now now, Actions &out);
    /// What came of an exchange's CompareQuestion; nothing: it could not be done.
    void compared(ExchangeId id, const std::optional<cache::Alike> &alike, Now now, Actions &out);
    /// Has the cache's embedder make points of \p texts, which must be some, behind all questions of
    /// requests. takeStudied() has what came of it, at once or later; nothing, once endStudy() was called.
    void study(StudyId id, std::vector<std::string> texts, Now now, Actions &out);
    void endStudy(StudyId id) { m_embedder.leaveStudy(id); }
    [[nodiscard]] std::vector<Studied> takeStudied() { return m_embedder.takeStudied(); }
    void clientGone(ExchangeId id, Now now, Actions &out);
    void clientSlow(ExchangeId id, bool slow, Now now);
    /// To be called when nextDeadline() has come.
    void advance(Now now, Actions &out);
    /// No call of our own is begun any more, and none goes on: it is the end, and clients are waited
    /// for alone.
    void endOwnCalls(Now now, Actions &out);
    /// Ends all exchanges at once, with an error event where a stream runs; and our own calls.
    void shutDown(Now now, Actions &out);

    [[nodiscard]] std::optional<SteadyTime> nextDeadline() const;
    [[nodiscard]] std::size_t inFlight() const { return m_exchanges.size(); }
    /// The upstream call that an exchange waits for.
    [[nodiscard]] std::optional<AttemptId> attemptOf(ExchangeId id) const;
    [[nodiscard]] const Configuration &configuration() const { return *m_configuration; }

    /// Every route has a target that is not open.
    [[nodiscard]] bool isReady(SteadyTime now) const;
    [[nodiscard]] telemetry::SnapshotPtr snapshot(Now now);
    [[nodiscard]] std::string metrics(Now now);
    /// What the rim knows and the snapshot shows.
    void setListen(std::string url) { m_listen = std::move(url); }
    void setLedgerHealth(telemetry::LedgerHealth health) { m_ledger = std::move(health); }

    /// What is kept of answers, as operators see it, and their acts on it.
    [[nodiscard]] CacheView cacheView(const CacheQuery &query, Now now) const;
    [[nodiscard]] AnswerCache &cache() { return m_cache; }

    // ---- routes that take a share first (gateway_trial.cpp) ----------------------------------------

    /// From now on \p draft serves a share of the requests of the routes that it changes, until it is
    /// worse, its time is over, endTrial(), or another configuration comes into force. What it turned
    /// out to be is asked by verdict(). A sentence: why it cannot.
    Status<std::string> beginTrial(std::shared_ptr<const Configuration> draft,
                                   TrialTerms terms,
                                   Now now);
    /// What is in force serves all again.
    void endTrial() { m_trial.reset(); }
    /// Null: there is none. Its verdict may be said: it serves nobody any more then.
    [[nodiscard]] Trial *trial() { return m_trial.get(); }

    using Act = signalbox::gateway::Act;
    /// An operator's act on one target; false when there is none of that name.
    bool operate(Act act,
                 const TargetId &target,
                 std::optional<Millis> duration,
                 const std::string &reason,
                 Now now);

private:
    struct Running
    {
        std::unique_ptr<Exchange> exchange;
        SteadyTime registered{}; ///< its place in m_deadlines; may be earlier than its deadline
    };

    void ask(ExchangeId id,
             const char *operation,
             const providers::Dialect &dialect,
             Arrival arrival,
             Now now,
             Actions &out);
    /// A client's request as it was read.
    struct Asked
    {
        ChatRequest request;
        std::optional<providers::EmbeddingsRequest> embeddings;
    };
    /// The configuration's own, or one made for the request.
    using RoutePtr = std::shared_ptr<const RouteSettings>;

    struct Considered
    {
        Asked asked;
        tokens::PromptTraits prompt;
        Undecided rest;
    };
    struct Chance
    {
        routing::DrawState &draws;
        std::uint64_t seed = 0;
    };

    static Result<Asked, ErrorAnswer> read(const RequestRecord &record,
                                           const providers::Dialect &dialect,
                                           const Arrival &arrival);
    Result<ExchangePlan, ErrorAnswer> plan(Arrival &arrival,
                                           const providers::Dialect &dialect,
                                           RequestRecord &record,
                                           Now now);
    Result<Considered, ErrorAnswer> consider(const Arrival &arrival,
                                             const providers::Dialect &dialect,
                                             const ClientSettings *client,
                                             RequestRecord &record,
                                             Now now) const;
    Result<RoutePtr, ErrorAnswer> routeFor(const ChatRequest &request,
                                           const http::Headers &headers,
                                           const ClientSettings *client,
                                           RequestRecord &record) const;
    /// What is decided by, borrowed.
    struct Deciding
    {
        const ChatRequest &request;
        const providers::EmbeddingsRequest
            *embeddings; ///< asked for in place of a chat; may be null
        const tokens::PromptTraits &prompt;
        const Undecided &rest;
    };
    [[nodiscard]] static Deciding decidingOf(const Considered &considered);
    void decide(const Deciding &asked, const Chance &chance, RequestRecord &record, Now now) const;
    [[nodiscard]] routing::Availability capability(const Deciding &asked,
                                                   std::int64_t promptTokens,
                                                   const TargetId &target,
                                                   const std::string &client) const;
    [[nodiscard]] routing::Availability standsAside(const std::string &route,
                                                    const TargetId &target,
                                                    SteadyTime now) const;
    struct Counted
    {
        TokenMeter::Count prompt;
        /// The most one answer costs: by the dearest of the targets, as long as it may get.
        std::optional<Money> ceiling = {};
    };
    [[nodiscard]] Result<Counted, ErrorAnswer> countTokens(const Arrival &arrival, Now now) const;
    [[nodiscard]] std::optional<Money> ceilingAt(const TargetId &target,
                                                 const ChatRequest &request,
                                                 Now now) const;
    void models(const http::RequestHead &head, const std::string &path, Respond &answer) const;
    void refuse(ExchangeId id,
                const ErrorAnswer &error,
                const providers::Dialect &dialect,
                std::shared_ptr<RequestRecord> record,
                Now now,
                Actions &out);
    void after(ExchangeId id, std::size_t firstAction, Now now, Actions &out);
    void letNextIn(Now now, Actions &out);
    // gateway_cache.cpp
    [[nodiscard]] CachePlan lookUp(const Considered &considered,
                                   const http::Headers &headers,
                                   const RequestRecord &record,
                                   Now now);
    void compare(ExchangeId id, Now now, Actions &out);
    void takePoints(Now now, Actions &out);
    void decideAfterComparing(Exchange &exchange,
                              const std::optional<cache::Alike> &alike,
                              Now now);
    static void drawShadow(ExchangePlan &plan,
                           const RouteSettings &route,
                           const RequestRecord &record);
    static void withholdFromClient(ExchangeId id, std::size_t firstAction, Actions &out);
    void abandon(ExchangeId id, Now now, Actions &out);
    void land(ExchangeId id,
              const std::shared_ptr<const cache::CachedAnswer> &answer,
              Now now,
              Actions &out);
    void keepBooks(ExchangeId id, std::size_t firstAction, Now now, Actions &out);
    void learnEffect(const RequestRecord &record, Now now);
    /// The draws of the configuration that \p record is served by: a trial has its own.
    [[nodiscard]] routing::DrawState &drawsFor(const RequestRecord &record);
    void letWaitingReconsider(SteadyTime now);
    void schedule(ExchangeId id, Running &running);
    void publishTransitions(Now now);
    [[nodiscard]] telemetry::LiveState liveState(Now now) const;

    GatewayOptions m_options;
    std::shared_ptr<const Configuration> m_configuration;
    Random m_random;
    routing::DrawState m_draws;
    Upstreams m_upstreams;
    Admission m_admission;
    Budgets m_budgets;
    telemetry::Telemetry m_telemetry;
    routing::Experience m_experience;
    routing::PromptAffinity m_affinity;
    routing::Outliers m_outliers;
    TokenMeter m_tokens;
    ReasoningStore m_reasoning;
    AnswerCache m_cache;
    std::unique_ptr<Trial> m_trial;
    std::map<std::string, EffectSample, std::less<>> m_effects; ///< by route
    bool m_shutDown = false;
    AttemptId m_lastAttempt = 0;
    HealthChecks m_healthChecks;
    Shadows m_shadows;
    QuestionEmbedder m_embedder;
    bool m_ownCallsEnded = false;
    std::unordered_map<ExchangeId, Running> m_exchanges;
    std::unordered_map<AttemptId, ExchangeId> m_attempts;
    std::set<std::pair<SteadyTime, ExchangeId>> m_deadlines;
    std::string m_listen;
    telemetry::LedgerHealth m_ledger;
};

} // namespace signalbox::gateway

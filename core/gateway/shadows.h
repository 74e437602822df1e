// SPDX-License-Identifier: Apache-2.0
// Asks another target what a client has been answered already, and says how the two compare.
#pragma once

#include "core/base/random.h"
#include "core/domain/chat_request.h"
#include "core/gateway/own_call.h"
#include "core/gateway/token_meter.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::gateway {

/// A request that was answered in full, and is to be asked again.
struct ShadowOrder
{
    TargetId target;
    ChatRequest request;
    tokens::PromptTraits prompt;
    std::shared_ptr<const Configuration> configuration; ///< in force when it arrived
    std::string text; ///< of the client's answer
    ShadowGrade answer; ///< what is known of that
    RequestRecord record; ///< what the shadow's has of the client's
};

/// Whether the request whose decision has \p seed is one of the \p share.
[[nodiscard]] bool isShadowed(std::uint64_t seed, double share);
/// Whether \p request is one of those that are asked again: small, and without pictures.
[[nodiscard]] bool canBeShadowed(const ChatRequest &request);

/// | event | what follows |
/// |---|---|
/// | a drawn request is answered in full | its shadow is asked, where it takes nothing that a client may need |
/// | too many are in the air; the breaker is not closed; no room to spare; the day's money is half spent | nothing: it is counted as left out |
/// | the shadow's answer is there | it is graded |
/// | the shadow fails, or runs into its timers; its answer is longer than is kept | it is recorded so, ungraded |
/// | a reload | those in the air go on, to where they were sent |
/// | the gateway stops | they are cut off, and recorded |
///
/// Nothing that a shadow does teaches a breaker or a key, or counts for a route or a client: the
/// client's request is over when it begins.
class Shadows
{
public:
    /// \p seed: of its records' ids.
    Shadows(OwnShared shared, TokenMeter &tokens, std::uint64_t seed);

    void begin(ShadowOrder order, Now now, Actions &out);
    /// False: \p attempt is none of its calls.
    bool onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out);
    void advance(Now now, Actions &out);
    void stop(Now now, Actions &out);

    /// When advance() is to be called; nothing where none is in the air.
    [[nodiscard]] std::optional<SteadyTime> deadline() const { return m_deadline; }
    [[nodiscard]] std::size_t inFlight() const { return m_running.size(); }

private:
    struct Running
    {
        ShadowOrder order;
        std::unique_ptr<OwnCall> call;
        std::string text; ///< of the shadow's answer
    };

    [[nodiscard]] bool mayBegin(const ShadowOrder &order, Money expected, Now now) const;
    void ended(std::size_t at, const Outcome &outcome, Now now, Actions &out);
    void schedule();

    OwnShared m_shared;
    TokenMeter &m_tokens;
    Random m_random;
    std::vector<Running> m_running;
    std::optional<SteadyTime> m_deadline;
};

} // namespace signalbox::gateway

// SPDX-License-Identifier: Apache-2.0
// One upstream call as a state machine: its timers, its decoder, what it used, how it ended.
#pragma once

#include "core/base/time.h"
#include "core/domain/chat_event.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/gateway/ports.h"
#include "core/gateway/upstreams.h"
#include "core/providers/adapter.h"
#include "core/tokens/estimate.h"
#include "core/tokens/family.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::gateway {

/// Fed with what the rim reports and with the time; hands out content and, once, its end.
class Attempt
{
public:
    struct Plan
    {
        AttemptId id = 0;
        Grant grant;
        TimeoutSettings timeouts;
        /// Who is asked for what, for the price; they outlive the attempt.
        const ProviderSettings *provider = nullptr;
        const ModelSettings *model = nullptr;
        tokens::TokenFamily family{};
        const providers::Adapter *adapter = nullptr;
        std::unique_ptr<providers::ReplyDecoder> decoder; ///< of a good answer
        bool stream = false;
        std::int64_t promptTokens = 0; ///< estimated, for answers without usage
        Micros startedAfter{0};
        Micros backoffBefore{0};
        std::vector<std::string> notes;
    };

    Attempt(Plan plan, Now now);

    /// What one event brought.
    struct Progress
    {
        std::vector<ChatChunk> chunks;
        std::optional<Outcome> end; ///< Success when the answer is complete
    };

    Progress on(const UpstreamEvent &event, Now now);
    /// The end by a timer that has run out by \p now, if one has.
    std::optional<Outcome> expired(SteadyTime now) const;
    /// The earliest time at which expired() may have something to say.
    [[nodiscard]] SteadyTime deadline() const;
    /// While the client does not read, silence is not the upstream's fault: idle stands still.
    void setPaused(bool paused, SteadyTime now);

    [[nodiscard]] AttemptId id() const { return m_plan.id; }
    [[nodiscard]] Grant &grant() { return m_plan.grant; }
    [[nodiscard]] const TargetId &target() const { return m_plan.grant.target; }
    [[nodiscard]] tokens::TokenFamily family() const { return m_plan.family; }
    [[nodiscard]] bool hasHead() const { return m_record.httpStatus != 0; }
    [[nodiscard]] int status() const { return m_record.httpStatus; } ///< 0 before the head
    [[nodiscard]] Now startedAt() const { return m_startedAt; }
    [[nodiscard]] bool hasContent() const { return m_contentSeen; }
    [[nodiscard]] const http::Headers &headers() const { return m_headers; }

    /// Its record, with usage and cost settled; whether the breaker learned is not known here. \p contentSent: the client saw some of it.
    /// Takes the record away: called once, and what was asked for is not known any more.
    AttemptRecord finish(const Outcome &outcome, bool contentSent, Now now);

private:
    enum class Phase : std::uint8_t {
        Connecting,
        AwaitingHead,
        ReadingError,
        ReadingAnswer
    };

    void onHead(const UpstreamHead &head, Progress &progress);
    void onBytes(std::string_view bytes, Progress &progress);
    void onEnd(Progress &progress);
    void take(std::vector<ChatEvent> events, Progress &progress);
    void note(const ChatChunk &chunk);
    void countTokens(const ChatChunk &chunk);
    [[nodiscard]] Outcome classified() const;
    [[nodiscard]] std::string withoutKeys(std::string text) const;
    [[nodiscard]] std::optional<Usage> settledUsage(OutcomeClass outcome) const;
    [[nodiscard]] Cost settledCost();
    [[nodiscard]] bool upstreamWorked(OutcomeClass outcome) const;

    Plan m_plan;
    Phase m_phase = Phase::Connecting;
    Now m_startedAt;
    Now m_now; ///< of the event being handled
    SteadyTime m_sentAt{};
    SteadyTime m_headAt{};
    SteadyTime m_lastByteAt{};
    http::Headers m_headers;
    std::string m_errorText;
    bool m_contentSeen = false;
    bool m_paused = false;
    std::optional<Usage> m_usage;
    std::int64_t m_outputTokens = 0; ///< estimated from the text so far
    AttemptRecord m_record;
};

} // namespace signalbox::gateway

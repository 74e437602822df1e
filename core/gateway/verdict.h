// SPDX-License-Identifier: Apache-2.0
// What a request that nobody answered ends with: all its attempts, or else all vetoes, weighed.
#pragma once

#include "core/domain/record.h"
#include "core/gateway/error_answer.h"

#include <optional>
#include <vector>

namespace signalbox::gateway {

/// The request itself was at fault: its client is told, and no other target is asked.
[[nodiscard]] bool refusesRequest(OutcomeClass outcome);

class Verdict
{
public:
    /// \p record with its finished attempts; \p last: the last attempt's end; \p candidates: those
    /// of its decision with the vetoes that hold now.
    Verdict(const RequestRecord &record, const Outcome &last, std::vector<Candidate> candidates);

    std::optional<SteadyTime> recovery; ///< when a candidate may be free again
    std::optional<ErrorAnswer> budget; ///< how the client's budget says no, where it has one

    /// Timers alone: 504; 429s alone: 429; refused keys alone: 502; unknown models alone: 404;
    /// any mixture: 503. A refusal of the request itself is passed on.
    [[nodiscard]] ErrorAnswer ofRequest(SteadyTime now) const;
    /// The head was sent: the event that ends the stream. \pre there was an attempt
    [[nodiscard]] ErrorAnswer ofBrokenStream() const;

private:
    enum class Kind : std::uint8_t {
        Timer,
        RateLimited,
        Auth,
        Billing,
        ModelUnknown,
        Feature,
        OwnLimit,
        Budget,
        Other
    };

    [[nodiscard]] static Kind kindOf(OutcomeClass outcome);
    [[nodiscard]] static Kind kindOf(const Candidate &candidate);
    [[nodiscard]] std::optional<Kind> commonKind() const;
    [[nodiscard]] std::vector<Kind> vetoKinds() const;
    [[nodiscard]] ErrorAnswer passedOn() const;
    [[nodiscard]] ErrorAnswer timedOut() const;
    [[nodiscard]] ErrorAnswer noneAvailable() const;
    [[nodiscard]] ErrorAnswer noneCapable() const;

    const RequestRecord &m_record;
    const Outcome &m_last;
    std::vector<Candidate> m_candidates;
};

/// The gateway stops before the answer is there.
ErrorAnswer shuttingDown(bool streaming);

} // namespace signalbox::gateway

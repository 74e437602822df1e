// SPDX-License-Identifier: Apache-2.0
// Requests as a busy gateway finishes them: what a ledger of millions is filled with.
#pragma once

#include "core/base/random.h"
#include "core/domain/record.h"

#include <memory>

namespace signalbox::bench {

inline constexpr int kDays = 90; ///< that the requests are spread over

/// Requests in the order of their arrival: five providers with twelve targets, four routes with
/// rules, twenty clients, three in a hundred failed, four in a hundred answered by the second target.
/// The same seed makes the same requests.
class Traffic
{
public:
    /// The first arrives at \p start, and each \p apart from the one before it.
    Traffic(SystemTime start, Micros apart, std::uint64_t seed);

    [[nodiscard]] std::shared_ptr<const RequestRecord> next();

private:
    void addDecision(RequestRecord &record);
    void addAttempts(RequestRecord &record);
    void close(RequestRecord &record);
    AttemptRecord attemptAt(const TargetId &target, bool fails);

    Random m_random;
    SystemTime m_at;
    Micros m_apart;
};

} // namespace signalbox::bench

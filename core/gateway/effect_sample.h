// SPDX-License-Identifier: Apache-2.0
// What the latest requests came to, as figures and as bands to expect of the next ones.
#pragma once

#include "core/domain/record.h"
#include "core/domain/trial.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace signalbox::gateway {

/// What one ended request says of the configuration that it was served by.
struct Effect
{
    SystemTime arrived{};
    bool failed = false;
    std::optional<Micros> total; ///< of an answered one
    std::optional<Money> cost; ///< nothing: unknown

    friend bool operator==(const Effect &, const Effect &) = default;
};

/// Nothing where it says nothing: the client left or was itself at fault, nobody was asked, or it is
/// none of a client's.
[[nodiscard]] std::optional<Effect> effectOf(const RequestRecord &record);

/// Bounded: counts of all, time and cost of the newest kKept.
class EffectSample
{
public:
    static constexpr std::size_t kKept = 2000;
    static constexpr std::size_t kEnough = 100; ///< for expected()

    void add(const Effect &effect);
    /// The kept effects, oldest first.
    [[nodiscard]] const std::deque<Effect> &kept() const { return m_kept; }
    [[nodiscard]] std::int64_t requests() const { return m_requests; }
    [[nodiscard]] EffectFigures figures() const;

private:
    std::deque<Effect> m_kept;
    std::int64_t m_requests = 0;
    std::int64_t m_failed = 0;
    std::int64_t m_unknownPrice = 0;
};

/// The bands (90 %) in which what made \p effects has its failures, its p95 and its cost: by Wilson's
/// score, by order statistics, by the mean's error. Nothing for fewer than EffectSample::kEnough; no
/// time for fewer answers, no cost where one is unknown.
[[nodiscard]] std::optional<ExpectedEffect> expectedBy(const std::vector<Effect> &effects);

} // namespace signalbox::gateway

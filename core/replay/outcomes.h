// SPDX-License-Identifier: Apache-2.0
// What would have come of a request on a target that it did not take: what came of others like it.
#pragma once

#include "core/replay/traffic.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace signalbox::replay {

/// The calls from which one was drawn: neighbours in time of one class, at positions [from, to).
struct Window
{
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

struct Drawn
{
    std::uint32_t call = 0; ///< its number in the traffic
    Window window; ///< empty: there was no choice
};

/// Two questions, since they hang on different things. Whether a target fails is a matter of the
/// target and the minute: the answer is that of one of the two calls of it, of whatever task, between
/// which the moment lies, so that an outage stays one. What an answer takes and costs is a matter of
/// the task, the size and the hour: it is one of the kWindow nearest in time among the target's
/// answers of the same task class and size; where there is none within kNear, of the same hour of
/// another day.
class Outcomes
{
public:
    static constexpr std::uint32_t kWindow = 16;
    static constexpr Micros kNear = std::chrono::hours(1);
    static constexpr int kDaysAround = 7;

    /// \p traffic must outlive it.
    explicit Outcomes(const Traffic &traffic);

    /// Nothing where the target has no answer of that task class. \p chance: the same one draws the
    /// same.
    [[nodiscard]] std::optional<Drawn> draw(std::uint32_t target,
                                            const RecordedRequest &request,
                                            SystemTime at,
                                            std::uint64_t chance) const;
    /// The call at \p position of a window.
    [[nodiscard]] std::uint32_t callAt(std::uint32_t position) const { return m_answers[position]; }
    /// What \p call used, for a prompt as long as that of \p request.
    [[nodiscard]] Usage usageFor(const RecordedRequest &request, const RecordedCall &call) const;

private:
    struct Range
    {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
    };

    [[nodiscard]] SystemTime startOf(std::uint32_t call) const;
    [[nodiscard]] std::optional<std::uint32_t> failureAt(std::uint32_t target,
                                                         SystemTime at,
                                                         std::uint64_t chance) const;
    [[nodiscard]] Window nearest(const Range &range, SystemTime at) const;
    [[nodiscard]] const Range *rangeFor(std::uint32_t target, const RecordedRequest &request) const;

    const Traffic &m_traffic;
    std::vector<std::vector<std::uint32_t>> m_health; ///< by target: calls that say how it was
    std::vector<std::uint32_t> m_answers; ///< by class, each in time order
    std::unordered_map<std::uint64_t, Range> m_classes;
};

} // namespace signalbox::replay

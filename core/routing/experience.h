// SPDX-License-Identifier: Apache-2.0
// What was lately seen of each target: how soon it begins, how fast it writes, how much, how often
// it fails. The strategies that look ahead live on it.
#pragma once

#include "core/base/time.h"
#include "core/domain/ids.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::routing {

/// One attempt that ended.
struct Observation
{
    bool failed = false; ///< by the target's own fault; the rest is not looked at then
    std::optional<Micros> firstToken; ///< of a stream
    Micros total{0};
    std::int64_t promptTokens = 0;
    std::int64_t cachedTokens = 0;
    std::int64_t outputTokens = 0;
};

/// What is expected of one target.
struct Expectation
{
    double outputTokens = 0; ///< its usual length for this task
    double cachedShare = 0; ///< of the prompt, 0..1
    double failureShare = 0; ///< 0..1
    std::optional<Micros> time; ///< for outputTokens; nothing when nothing was seen lately
    int observations = 0; ///< answers of the last kRecent, at most kKept
};

/// Bounded: kKept answers per target and one average per target and task, kTasksMax of those.
class Experience
{
public:
    static constexpr Nanos kRecent = std::chrono::minutes(10);
    static constexpr std::size_t kKept = 32;
    static constexpr std::size_t kTasksMax = 32;

    void observe(const TargetId &target,
                 std::string_view task,
                 const Observation &seen,
                 SteadyTime now);
    /// \p outputMax caps the length, where the request says one.
    [[nodiscard]] Expectation expect(const TargetId &target,
                                     std::string_view task,
                                     std::optional<std::int64_t> outputMax,
                                     SteadyTime now) const;
    /// The time that \p share of the target's recent answers took to begin: a stream's first content,
    /// or a whole answer. Nothing while fewer than kQuantileNeeds such were seen lately.
    [[nodiscard]] std::optional<Micros> beginsWithin(const TargetId &target,
                                                     double share,
                                                     bool stream,
                                                     SteadyTime now) const;
    static constexpr std::size_t kQuantileNeeds = 10;
    /// The median time of the target's whole answers that ended after \p since, at most kKept and
    /// none older than kRecent; nothing while there are fewer than \p needed.
    [[nodiscard]] std::optional<Micros> pace(const TargetId &target,
                                             SteadyTime since,
                                             std::size_t needed,
                                             SteadyTime now) const;
    /// Forgets those for whom \p stays says no.
    template <typename Stays>
    void keepOnly(Stays stays)
    {
        std::erase_if(m_targets, [&](const auto &entry) { return !stays(entry.first); });
    }

private:
    struct Answer
    {
        SteadyTime at{};
        std::optional<Micros> firstToken;
        Micros total{0};
        std::int64_t outputTokens = 0;
    };
    /// A mean in which the newest counts for a sixteenth, once there are that many.
    struct Mean
    {
        double value = 0;
        int count = 0;

        void add(double next);
    };
    struct Seen
    {
        std::array<Answer, kKept> answers;
        std::size_t count = 0; ///< ever; the newest is at (count - 1) % kKept
        Mean failures;
        Mean cachedShare;
        Mean output;
        std::map<std::string, Mean, std::less<>> outputByTask;
    };

    [[nodiscard]] static std::optional<Micros> timeFor(const Seen &seen,
                                                       double outputTokens,
                                                       SteadyTime now);

    std::map<TargetId, Seen> m_targets;
};

} // namespace signalbox::routing

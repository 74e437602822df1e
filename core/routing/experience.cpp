// SPDX-License-Identifier: Apache-2.0
#include "core/routing/experience.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace signalbox::routing {
namespace {

/// How long an answer is taken to be before any was seen.
constexpr double kOutputUnseen = 300;
/// Answers this young are looked at alone when there are enough of them, so that a change of speed
/// is followed within a minute.
constexpr Nanos kFresh = std::chrono::seconds(30);
constexpr std::size_t kFreshEnough = 5;

double secondsOf(Micros time)
{
    return static_cast<double>(time.count()) / 1e6;
}

double median(std::vector<double> &values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

void Experience::Mean::add(double next)
{
    constexpr int window = 16;
    count = std::min(count + 1, window);
    value += (next - value) / count;
}

void Experience::observe(const TargetId &target,
                         std::string_view task,
                         const Observation &seen,
                         SteadyTime now)
{
    Seen &known = m_targets[target];
    known.failures.add(seen.failed ? 1 : 0);
    if (seen.failed) {
        return;
    }
    known.answers[known.count++ % kKept] = {now, seen.firstToken, seen.total, seen.outputTokens};
    if (seen.promptTokens > 0) {
        known.cachedShare.add(static_cast<double>(seen.cachedTokens)
                              / static_cast<double>(seen.promptTokens));
    }
    const auto output = static_cast<double>(seen.outputTokens);
    known.output.add(output);
    const auto found = known.outputByTask.find(task);
    if (found != known.outputByTask.end()) {
        found->second.add(output);
    } else if (known.outputByTask.size() < kTasksMax) {
        known.outputByTask[std::string(task)].add(output);
    }
}

Expectation Experience::expect(const TargetId &target,
                               std::string_view task,
                               std::optional<std::int64_t> outputMax,
                               SteadyTime now) const
{
    Expectation expected;
    expected.outputTokens = kOutputUnseen;
    const auto found = m_targets.find(target);
    if (found != m_targets.end()) {
        const Seen &seen = found->second;
        const auto ofTask = seen.outputByTask.find(task);
        if (ofTask != seen.outputByTask.end()) {
            expected.outputTokens = ofTask->second.value;
        } else if (seen.output.count > 0) {
            expected.outputTokens = seen.output.value;
        }
        expected.cachedShare = seen.cachedShare.value;
        expected.failureShare = seen.failures.value;
        expected.observations = static_cast<int>(
            std::count_if(seen.answers.begin(),
                          seen.answers.begin()
                              + static_cast<std::ptrdiff_t>(std::min(seen.count, kKept)),
                          [now](const Answer &answer) { return answer.at + kRecent > now; }));
    }
    if (outputMax) {
        expected.outputTokens = std::min(expected.outputTokens, static_cast<double>(*outputMax));
    }
    if (expected.observations > 0) {
        expected.time = timeFor(found->second, expected.outputTokens, now);
    }
    return expected;
}

std::optional<Micros> Experience::beginsWithin(const TargetId &target,
                                               double share,
                                               bool stream,
                                               SteadyTime now) const
{
    const auto found = m_targets.find(target);
    if (found == m_targets.end()) {
        return std::nullopt;
    }
    std::vector<Micros> times;
    for (std::size_t i = 0; i < std::min(found->second.count, kKept); ++i) {
        const Answer &answer = found->second.answers[i];
        if (answer.at + kRecent > now && answer.firstToken.has_value() == stream) {
            times.push_back(stream ? *answer.firstToken : answer.total);
        }
    }
    if (times.size() < kQuantileNeeds) {
        return std::nullopt;
    }
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(times.size() - 1) + 0.5);
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(rank));
    return times[rank];
}

std::optional<Micros> Experience::pace(const TargetId &target,
                                       SteadyTime since,
                                       std::size_t needed,
                                       SteadyTime now) const
{
    const auto found = m_targets.find(target);
    if (found == m_targets.end()) {
        return std::nullopt;
    }
    std::vector<double> times;
    for (std::size_t i = 0; i < std::min(found->second.count, kKept); ++i) {
        const Answer &answer = found->second.answers[i];
        if (answer.at > since && answer.at + kRecent > now) {
            times.push_back(secondsOf(answer.total));
        }
    }
    if (times.size() < needed || times.empty()) {
        return std::nullopt;
    }
    return Micros(std::llround(median(times) * 1e6));
}

/// The first token as a stream's median, the rest by the median speed; where only whole answers
/// were seen, by their time per token.
std::optional<Micros> Experience::timeFor(const Seen &seen, double outputTokens, SteadyTime now)
{
    std::vector<double> firstToken;
    std::vector<double> perToken;
    std::vector<double> wholePerToken;
    const std::size_t held = std::min(seen.count, kKept);
    for (std::size_t back = 1; back <= held; ++back) {
        const Answer &answer = seen.answers[(seen.count - back) % kKept];
        const bool fresh = answer.at + kFresh > now;
        const bool enough = firstToken.size() + wholePerToken.size() >= kFreshEnough;
        if (answer.at + kRecent <= now || (enough && !fresh)) {
            break;
        }
        const auto tokens = static_cast<double>(std::max<std::int64_t>(answer.outputTokens, 1));
        if (answer.firstToken) {
            firstToken.push_back(secondsOf(*answer.firstToken));
            perToken.push_back(secondsOf(answer.total - *answer.firstToken) / tokens);
        } else {
            wholePerToken.push_back(secondsOf(answer.total) / tokens);
        }
    }
    if (firstToken.empty() && wholePerToken.empty()) {
        return std::nullopt;
    }
    const double seconds = firstToken.empty()
                               ? median(wholePerToken) * outputTokens
                               : median(firstToken) + median(perToken) * outputTokens;
    return Micros(std::llround(seconds * 1e6));
}

} // namespace signalbox::routing

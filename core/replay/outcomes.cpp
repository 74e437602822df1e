// SPDX-License-Identifier: Apache-2.0
#include "core/replay/outcomes.h"

#include "core/base/random.h"
#include "core/resilience/failure_policy.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace signalbox::replay {
namespace {

constexpr std::uint32_t kAnySize = 0xFF;

/// Prompts of the same size: within a factor of four.
std::uint32_t sizeOf(const RecordedRequest &request)
{
    const auto tokens = static_cast<std::uint64_t>(
        std::max<std::int64_t>(request.facts.promptTokens, 1));
    return static_cast<std::uint32_t>(std::bit_width(tokens)) / 2;
}

std::uint64_t classOf(std::uint32_t target, const RecordedRequest &request, std::uint32_t size)
{
    const std::uint64_t task = (std::uint64_t{request.task} << 1U) | (request.stream ? 1U : 0U);
    return (std::uint64_t{target} << 32U) | (task << 8U) | size;
}

/// It says nothing of the target how a call ended that was cut off from here.
bool saysSomething(OutcomeClass outcome)
{
    return outcome != OutcomeClass::Outrun && outcome != OutcomeClass::ShutDown
           && outcome != OutcomeClass::DeadlineReached;
}

/// The target's or its provider's doing, not the request's.
bool isTheirs(OutcomeClass outcome)
{
    const auto policy = resilience::policyFor(outcome);
    return policy.breaker == resilience::BreakerEffect::Counts
           || policy.nextTarget == resilience::NextTarget::Yes;
}

} // namespace

Outcomes::Outcomes(const Traffic &traffic)
    : m_traffic(traffic)
    , m_health(traffic.targets().size())
{
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> classes;
    for (std::uint32_t i = 0; i < traffic.requests().size(); ++i) {
        const RecordedRequest &request = traffic.requests()[i];
        for (std::uint32_t n = 0; n < request.calls; ++n) {
            const std::uint32_t number = request.firstCall + n;
            const RecordedCall &call = traffic.calls()[number];
            if (!saysSomething(call.outcome)) {
                continue;
            }
            m_health[call.target].push_back(number);
            if (!isTheirs(call.outcome)) {
                classes[classOf(call.target, request, sizeOf(request))].push_back(number);
                classes[classOf(call.target, request, kAnySize)].push_back(number);
            }
        }
    }
    for (const auto &[key, calls] : classes) {
        const auto from = static_cast<std::uint32_t>(m_answers.size());
        m_answers.insert(m_answers.end(), calls.begin(), calls.end());
        m_classes[key] = {from, static_cast<std::uint32_t>(m_answers.size())};
    }
}

SystemTime Outcomes::startOf(std::uint32_t call) const
{
    return m_traffic.requests()[m_traffic.calls()[call].request].arrived;
}

/// Nothing: the target was well.
std::optional<std::uint32_t> Outcomes::failureAt(std::uint32_t target,
                                                 SystemTime at,
                                                 std::uint64_t chance) const
{
    const std::vector<std::uint32_t> &calls = m_health[target];
    const auto after = std::ranges::lower_bound(calls, at, {}, [this](std::uint32_t call) {
        return startOf(call);
    });
    const bool hasBefore = after != calls.begin();
    const bool hasAfter = after != calls.end();
    if (!hasBefore && !hasAfter) {
        return std::nullopt;
    }
    const bool takeBefore = hasBefore && (!hasAfter || (chance & 1U) != 0);
    const std::uint32_t call = takeBefore ? *std::prev(after) : *after;
    return isTheirs(m_traffic.calls()[call].outcome) ? std::optional(call) : std::nullopt;
}

Window Outcomes::nearest(const Range &range, SystemTime at) const
{
    const auto begin = m_answers.begin() + range.from;
    const auto end = m_answers.begin() + range.to;
    const auto middle =
        std::lower_bound(begin, end, at, [this](std::uint32_t call, SystemTime time) {
            return startOf(call) < time;
        });
    const auto position = static_cast<std::uint32_t>(middle - m_answers.begin());
    const std::uint32_t half = kWindow / 2;
    const std::uint32_t from = std::max(range.from, position > half ? position - half : 0);
    const std::uint32_t to = std::min(range.to, from + kWindow);
    return {std::max(range.from, to > kWindow ? to - kWindow : 0), to};
}

const Outcomes::Range *Outcomes::rangeFor(std::uint32_t target,
                                          const RecordedRequest &request) const
{
    for (const std::uint32_t size : {sizeOf(request), kAnySize}) {
        const auto found = m_classes.find(classOf(target, request, size));
        if (found != m_classes.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

std::optional<Drawn> Outcomes::draw(std::uint32_t target,
                                    const RecordedRequest &request,
                                    SystemTime at,
                                    std::uint64_t chance) const
{
    const Range *const range = target < m_health.size() ? rangeFor(target, request) : nullptr;
    if (range == nullptr) {
        return std::nullopt;
    }
    Random random(chance);
    if (const auto failure = failureAt(target, at, random.next())) {
        return Drawn{*failure, {}};
    }
    const auto isNear = [&](const Window &window, SystemTime time) {
        const std::uint32_t middle = window.from + (window.to - window.from) / 2;
        return std::chrono::abs(startOf(m_answers[middle]) - time) <= kNear;
    };
    Window window = nearest(*range, at);
    for (int day = 1; day <= kDaysAround && !isNear(window, at); ++day) {
        for (const int sign : {-1, 1}) {
            const SystemTime then = at + std::chrono::hours(24) * day * sign;
            if (const Window other = nearest(*range, then); isNear(other, then)) {
                const std::uint32_t position =
                    other.from + static_cast<std::uint32_t>(random.below(other.to - other.from));
                return Drawn{m_answers[position], other};
            }
        }
    }
    const std::uint32_t position =
        window.from + static_cast<std::uint32_t>(random.below(window.to - window.from));
    return Drawn{m_answers[position], window};
}

Usage Outcomes::usageFor(const RecordedRequest &request, const RecordedCall &call) const
{
    const RecordedRequest &other = m_traffic.requests()[call.request];
    Usage usage = call.usage;
    if (&other == &request || other.facts.promptTokens <= 0 || request.facts.promptTokens <= 0) {
        return usage;
    }
    const double longer = static_cast<double>(request.facts.promptTokens)
                          / static_cast<double>(other.facts.promptTokens);
    for (std::int64_t Usage::*part : {&Usage::promptTokens,
                                      &Usage::cachedTokens,
                                      &Usage::cacheWriteTokens,
                                      &Usage::cacheWriteHourTokens}) {
        usage.*part = std::llround(static_cast<double>(usage.*part) * longer);
    }
    return usage;
}

} // namespace signalbox::replay

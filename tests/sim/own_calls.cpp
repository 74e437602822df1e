// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/own_calls.h"

#include <cmath>
#include <cstdlib>

namespace signalbox::sim {

namespace {

/// The sum of the samples of \p family that \p target has, in billionths.
std::int64_t sumOf(std::string_view metrics, std::string_view family, const std::string &target)
{
    const std::string lead = "\n" + std::string(family) + "{";
    const std::string label = "target=\"" + target + "\"";
    double sum = 0;
    for (auto at = metrics.find(lead); at != std::string_view::npos;
         at = metrics.find(lead, at + 1)) {
        const std::string_view line = metrics.substr(at + 1, metrics.find('\n', at + 1) - at - 1);
        if (line.find(label) != std::string_view::npos) {
            sum += std::strtod(std::string(line.substr(line.rfind(' '))).c_str(), nullptr);
        }
    }
    return std::llround(sum * 1e9);
}

} // namespace

OwnKind ownKindOf(const gateway::CallUpstream &action)
{
    if (action.call.method == "GET") {
        return OwnKind::ModelList;
    }
    // No client of a simulation says so.
    const bool check = action.call.body.find(R"("Hi")") != std::string::npos;
    return check ? OwnKind::Answer : OwnKind::Shadow;
}

std::optional<std::string> faultInOwnRecord(const OwnCallSeen &call, const RequestRecord &record)
{
    const bool shadow = call.kind == OwnKind::Shadow;
    if (record.operation != (shadow ? kShadowOperation : kHealthCheckOperation)
        || !record.isOwn()) {
        return "a call of our own is booked as " + record.operation;
    }
    if (shadow != record.shadow.has_value() || record.attempts.size() != 1) {
        return "the record of a call of our own has not what belongs into it";
    }
    const AttemptRecord &attempt = record.attempts.front();
    if (auto fault = faultInCall(call.seen, attempt, *call.configuration)) {
        return fault;
    }
    return record.cost == attempt.cost ? std::nullopt
                                       : std::optional("a call of our own costs something else");
}

void OwnBooks::configure(const Configuration &configuration)
{
    std::erase_if(m_targets, [&](const auto &entry) {
        const auto slash = entry.first.find('/');
        return configuration.model({entry.first.substr(0, slash), entry.first.substr(slash + 1)})
               == nullptr;
    });
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            m_targets.try_emplace(TargetId(provider.id, model.name).name());
        }
    }
}

void OwnBooks::ended(const OwnCallSeen &call)
{
    const auto found = m_targets.find(call.seen.target.name());
    if (found != m_targets.end()) {
        ++(call.kind == OwnKind::Shadow ? found->second.shadows : found->second.checks);
    }
}

void OwnBooks::add(const RequestRecord &record)
{
    const AttemptRecord &attempt = record.attempts.front();
    const auto found = m_targets.find(attempt.target.name());
    if (found != m_targets.end()) {
        (record.shadow ? found->second.shadowCost
                       : found->second.checkCost) += attempt.cost.amount.value_or(Money());
    }
}

std::optional<std::string> OwnBooks::differenceTo(std::string_view metrics) const
{
    constexpr std::int64_t one = 1'000'000'000;
    for (const auto &[target, sums] : m_targets) {
        const std::pair<std::string_view, std::int64_t> families[] = {
            {"signalbox_health_checks_total", sums.checks * one},
            {"signalbox_health_check_cost_usd_total", sums.checkCost.nanos()},
            {"signalbox_shadows_total", sums.shadows * one},
            {"signalbox_shadow_cost_usd_total", sums.shadowCost.nanos()},
        };
        for (const auto &[family, mustBe] : families) {
            const std::int64_t is = sumOf(metrics, family, target);
            if (is != mustBe) {
                return target + ": " + std::string(family) + " is " + std::to_string(is)
                       + " billionths, must be " + std::to_string(mustBe);
            }
        }
    }
    return std::nullopt;
}

} // namespace signalbox::sim

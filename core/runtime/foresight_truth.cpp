// SPDX-License-Identifier: Apache-2.0
// How far previews were from what then happened.
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/trials.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace signalbox::runtime {

namespace {

constexpr std::int64_t kRequestsMin = 100; ///< seen of a change whose foresight counts

std::optional<double> medianOf(std::vector<double> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// How far off each change was that enough requests were seen of.
struct Errors
{
    std::int64_t changes = 0;
    std::vector<double> costs;
    std::vector<double> times;
    std::vector<double> failures;

    void add(const ExpectedEffect &foretold, const EffectFigures &happened)
    {
        if (happened.requests < kRequestsMin) {
            return;
        }
        const auto apart = [](std::int64_t found, std::int64_t told) {
            return std::abs(static_cast<double>(found) / static_cast<double>(told) - 1);
        };
        ++changes;
        if (foretold.costPerRequest && happened.costPerRequest
            && foretold.costPerRequest->value > Money()) {
            costs.push_back(
                apart(happened.costPerRequest->nanos(), foretold.costPerRequest->value.nanos()));
        }
        if (foretold.p95 && happened.p95 && foretold.p95->value > Micros(0)) {
            times.push_back(apart(happened.p95->count(), foretold.p95->value.count()));
        }
        if (foretold.failureShare) {
            const double share = static_cast<double>(happened.failed)
                                 / static_cast<double>(happened.requests);
            failures.push_back(std::abs(share - foretold.failureShare->value));
        }
    }
};

} // namespace

ForesightTruth truthOf(const std::deque<TrialView> &trials, const std::vector<Revision> &past)
{
    Errors errors;
    const auto isFollowed = [&past](const TrialView &trial) {
        return std::ranges::any_of(past, [&trial](const Revision &revision) {
            return revision.number == trial.applied && trial.applied != 0 && revision.followUp
                   && revision.followUp->happened.requests >= kRequestsMin;
        });
    };
    for (const TrialView &trial : trials) {
        if (trial.end && trial.terms.expected && !isFollowed(trial)) {
            errors.add(*trial.terms.expected, trial.onTrial);
        }
    }
    for (const Revision &revision : past) {
        if (revision.followUp) {
            errors.add(revision.followUp->foretold, revision.followUp->happened);
        }
    }
    return {errors.changes,
            medianOf(std::move(errors.costs)),
            medianOf(std::move(errors.times)),
            medianOf(std::move(errors.failures))};
}

Json toJson(const ForesightTruth &truth)
{
    const auto number = [](const std::optional<double> &value) {
        return value ? Json(*value) : Json();
    };
    return {{"changes", truth.changes},
            {"cost_error", number(truth.costError)},
            {"p95_error", number(truth.p95Error)},
            {"failure_share_error", number(truth.failureError)}};
}

ForesightTruth truthFromJson(const Json &json)
{
    const JsonFields fields(json);
    return {fields.integer("changes"),
            fields.optionalNumber("cost_error"),
            fields.optionalNumber("p95_error"),
            fields.optionalNumber("failure_share_error")};
}

} // namespace signalbox::runtime

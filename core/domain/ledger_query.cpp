// SPDX-License-Identifier: Apache-2.0
#include "core/domain/ledger_query.h"

#include <array>

namespace signalbox {

std::string_view toString(CostDimension by)
{
    switch (by) {
    case CostDimension::Provider:
        return "provider";
    case CostDimension::Model:
        return "model";
    case CostDimension::Route:
        return "route";
    case CostDimension::Client:
        return "client";
    case CostDimension::Task:
        return "task";
    }
    return "";
}

std::optional<CostDimension> costDimensionFromString(std::string_view name)
{
    constexpr std::array kAll = {CostDimension::Provider,
                                 CostDimension::Model,
                                 CostDimension::Route,
                                 CostDimension::Client,
                                 CostDimension::Task};
    for (const CostDimension by : kAll) {
        if (toString(by) == name) {
            return by;
        }
    }
    return std::nullopt;
}

std::optional<CostBucket> costBucketFromString(std::string_view name)
{
    if (name == "hour") {
        return CostBucket::Hour;
    }
    return name == "day" ? std::optional(CostBucket::Day) : std::nullopt;
}

} // namespace signalbox

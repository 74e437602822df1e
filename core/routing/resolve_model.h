// SPDX-License-Identifier: Apache-2.0
// What a client means by "model".
#pragma once

#include "core/domain/ids.h"
#include "core/domain/settings.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace signalbox::routing {

/// Points into the configuration it was resolved in.
struct RouteMeant
{
    const RouteSettings *route = nullptr;

    friend bool operator==(const RouteMeant &, const RouteMeant &) = default;
};

struct TargetMeant
{
    TargetId target;

    friend bool operator==(const TargetMeant &, const TargetMeant &) = default;
};

/// A bare model name that several targets have.
struct AmbiguousModel
{
    std::vector<TargetId> targets; ///< in file order

    friend bool operator==(const AmbiguousModel &, const AmbiguousModel &) = default;
};

struct UnknownModel
{
    std::vector<std::string> nearest; ///< known names it may be a slip of, nearest first

    friend bool operator==(const UnknownModel &, const UnknownModel &) = default;
};

using ModelMeaning = std::variant<RouteMeant, TargetMeant, AmbiguousModel, UnknownModel>;

/// A route's name, else a target's full name, else a model's name or alias that exactly one
/// target has.
[[nodiscard]] ModelMeaning resolveModel(const Configuration &configuration, std::string_view name);

} // namespace signalbox::routing

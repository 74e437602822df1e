// SPDX-License-Identifier: GPL-3.0-or-later
// The cache as the operators' HTTP tells of it, read into values.
#pragma once

#include "core/domain/cache_view.h"
#include "core/runtime/ledger/json_fields.h"

#include <optional>

namespace signalbox::app {

/// Nothing where \p json is not one; members that are missing are their defaults.
[[nodiscard]] std::optional<CacheView> cacheViewFrom(const runtime::Json &json);
[[nodiscard]] std::optional<CacheEvaluation> cacheEvaluationFrom(const runtime::Json &json);

} // namespace signalbox::app

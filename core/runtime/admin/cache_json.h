// SPDX-License-Identifier: Apache-2.0
// The operators' cache calls as text: the query in, the view and the evaluation out.
#pragma once

#include "core/base/result.h"
#include "core/cache/evaluation.h"
#include "core/domain/cache_view.h"
#include "core/gateway/error_answer.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// `route`, `model`, `client`, `text`, `older_than_s`, `hits_max`, `order`, `limit`, `offset`.
[[nodiscard]] Result<CacheQuery, gateway::ErrorAnswer> readCacheQuery(const std::string &query);
/// The first six of them, one at least, or `all=true`: nothing is evicted by leaving something out.
[[nodiscard]] Result<CacheFilter, gateway::ErrorAnswer> readCacheFilter(const std::string &query);
/// `{"pinned": true}`
[[nodiscard]] Result<bool, gateway::ErrorAnswer> readPinned(const std::string &body);
/// What an evaluation is asked of.
struct EvaluationAsked
{
    std::optional<std::vector<cache::LabelledPair>> pairs; ///< nothing: the shipped ones
    std::optional<std::string> embedder; ///< "local" or a target's name; nothing: not said
};
/// `{"pairs": [{"one": "...", "other": "...", "same": true}], "embedder": "local"}`
[[nodiscard]] Result<EvaluationAsked, gateway::ErrorAnswer> readEvaluation(const std::string &body);
/// The target that is to evaluate; an empty one: the built-in embedder is. What was not said is
/// \p configured where there are pairs: the shipped ones cost nothing unless they are meant to.
[[nodiscard]] Result<TargetId, gateway::ErrorAnswer> embedderFor(
    const EvaluationAsked &asked, const std::optional<TargetId> &configured);

[[nodiscard]] std::string cacheText(const CacheView &view);
[[nodiscard]] std::string cacheText(const CacheEvaluation &evaluation);

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
// What labelled pairs of questions say about thresholds, found out on a thread of its own.
#pragma once

#include "core/cache/evaluation.h"
#include "core/domain/cache_view.h"
#include "core/runtime/job_thread.h"

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <vector>

namespace signalbox::runtime {

/// The pairs inside the program: those of tests/data/cache_pairs.jsonl.
[[nodiscard]] const std::vector<cache::LabelledPair> &shippedPairs();
/// By the built-in embedder. Some 0.2 ms for a pair.
[[nodiscard]] CacheEvaluation evaluated(const std::vector<cache::LabelledPair> &pairs);

class CacheEvaluator
{
public:
    using Done = std::function<void(CacheEvaluation)>;

    explicit CacheEvaluator(boost::asio::io_context &loop);

    /// Nothing: the shipped pairs. \p done is called on the loop's thread. False when too many wait.
    bool evaluate(std::optional<std::vector<cache::LabelledPair>> pairs, Done done);

private:
    boost::asio::io_context &m_loop;
    JobThread m_jobs;
};

} // namespace signalbox::runtime

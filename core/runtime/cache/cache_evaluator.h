// SPDX-License-Identifier: Apache-2.0
// What labelled pairs of questions say about thresholds, found out on a thread of its own.
#pragma once

#include "core/cache/embedding.h"
#include "core/cache/evaluation.h"
#include "core/domain/cache_view.h"
#include "core/runtime/job_thread.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace signalbox::runtime {

/// The pairs inside the program: those of tests/data/cache_pairs.jsonl.
[[nodiscard]] const std::vector<cache::LabelledPair> &shippedPairs();
/// By the built-in embedder. Some 0.2 ms for a pair.
[[nodiscard]] CacheEvaluation evaluated(const std::vector<cache::LabelledPair> &pairs);
/// By another one, \p embedder, which \p score asks.
[[nodiscard]] CacheEvaluation evaluated(const std::vector<cache::LabelledPair> &pairs,
                                        const std::string &embedder,
                                        const cache::Score &score);

class CacheEvaluator
{
public:
    using Done = std::function<void(CacheEvaluation)>;
    /// Of the texts of pairs, as an embedder made them.
    using Points = std::unordered_map<std::string, std::shared_ptr<const cache::Embedding>>;

    explicit CacheEvaluator(boost::asio::io_context &loop);

    /// Nothing: the shipped pairs. \p done is called on the loop's thread. False when too many wait.
    bool evaluate(std::optional<std::vector<cache::LabelledPair>> pairs, Done done);
    /// By \p points of \p embedder, which have all texts of \p pairs. They are paid for: one may wait
    /// beside as many of the others as there are. \pre no other such one is under way
    void evaluate(std::vector<cache::LabelledPair> pairs,
                  std::string embedder,
                  Points points,
                  Done done);

private:
    boost::asio::io_context &m_loop;
    std::atomic<std::size_t> m_waiting = 0; ///< of those by the built-in embedder
    JobThread m_jobs;
};

} // namespace signalbox::runtime

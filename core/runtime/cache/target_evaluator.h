// SPDX-License-Identifier: Apache-2.0
// What labelled pairs of questions say about thresholds where a target is the cache's embedder.
#pragma once

#include "core/gateway/error_answer.h"
#include "core/gateway/gateway.h"
#include "core/runtime/cache/cache_evaluator.h"
#include "core/runtime/net/rim.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Lives on the loop's thread. The gateway asks the target for points, as it does for questions of
/// requests and behind them; the figures are worked out on the evaluator's thread. One at a time.
class TargetEvaluator
{
public:
    using Done = std::function<void(Result<CacheEvaluation, gateway::ErrorAnswer>)>;

    /// All must outlive it. It is told by \p rim what comes of its studies.
    TargetEvaluator(gateway::Gateway &gateway, Rim &rim, CacheEvaluator &evaluator);

    /// \p id: of the request that wants it. \p done is called once, at once or within
    /// bounds::kStudyPatience and what the figures take. \pre some pairs
    void evaluate(gateway::ExchangeId id, std::vector<cache::LabelledPair> pairs, Done done);
    /// Nobody waits for it any more: what is not asked yet is not paid for, and \p done is not called
    /// unless the figures are being worked out already.
    void leave(gateway::ExchangeId id);

private:
    struct Wanted
    {
        gateway::ExchangeId id = 0;
        std::vector<cache::LabelledPair> pairs;
        std::vector<std::string> texts; ///< of them, each once
        std::string embedder;
        Done done;
    };

    void take(gateway::Studied studied);
    void workOut(Wanted wanted, const std::vector<gateway::PointPtr> &points);

    gateway::Gateway &m_gateway;
    Rim &m_rim;
    CacheEvaluator &m_evaluator;
    std::optional<Wanted> m_wanted; ///< points are being made for it
    bool m_worksOut = false; ///< there are points, and figures come of them
};

} // namespace signalbox::runtime

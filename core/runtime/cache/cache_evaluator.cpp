// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/cache_evaluator.h"

#include "core/base/check.h"
#include "core/runtime/ledger/json_fields.h"

#include <boost/asio/post.hpp>
#include <cache_pairs_text.h>
#include <string_view>
#include <utility>

namespace signalbox::runtime {
namespace {

constexpr std::size_t kWaitingMax = 4;

std::vector<cache::LabelledPair> readShipped()
{
    std::vector<cache::LabelledPair> pairs;
    std::string_view rest(kCachePairsText, sizeof kCachePairsText - 1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (const auto json = parseJson(rest.substr(0, end))) {
            const JsonFields fields(*json);
            pairs.push_back({fields.text("a"), fields.text("b"), fields.flag("same")});
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    SB_CHECK(!pairs.empty());
    return pairs;
}

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

const std::vector<cache::LabelledPair> &shippedPairs()
{
    static const std::vector<cache::LabelledPair> pairs = readShipped();
    return pairs;
}

CacheEvaluation evaluated(const std::vector<cache::LabelledPair> &pairs)
{
    return evaluated(pairs, "local", cache::localScore);
}

CacheEvaluation evaluated(const std::vector<cache::LabelledPair> &pairs,
                          const std::string &embedder,
                          const cache::Score &score)
{
    const cache::Evaluation found = cache::evaluate(pairs, score);
    CacheEvaluation told;
    told.embedder = embedder;
    told.same = found.same;
    told.different = found.different;
    for (std::size_t i = 0; i < found.vetoed.size(); ++i) {
        const cache::AtThreshold &at = found.vetoed[i];
        told.thresholds.push_back({static_cast<double>(i) / 100,
                                   at.precision(),
                                   found.recall(at),
                                   share(at.falseHits, found.different),
                                   share(found.unvetoed.at(i).falseHits, found.different)});
    }
    if (const auto lowest = found.recommended()) {
        told.recommended = *lowest;
    }
    return told;
}

CacheEvaluator::CacheEvaluator(boost::asio::io_context &loop)
    : m_loop(loop)
    , m_jobs("evaluate", kWaitingMax + 1)
{}

bool CacheEvaluator::evaluate(std::optional<std::vector<cache::LabelledPair>> pairs, Done done)
{
    if (m_waiting.fetch_add(1) >= kWaitingMax) {
        --m_waiting;
        return false;
    }
    return m_jobs.add([this, pairs = std::move(pairs), done = std::move(done)] {
        --m_waiting;
        auto told = evaluated(pairs ? *pairs : shippedPairs());
        boost::asio::post(m_loop, [told = std::move(told), done] { done(told); });
    });
}

void CacheEvaluator::evaluate(std::vector<cache::LabelledPair> pairs,
                              std::string embedder,
                              Points points,
                              Done done)
{
    const auto job = [this,
                      pairs = std::move(pairs),
                      embedder = std::move(embedder),
                      points = std::move(points),
                      done = std::move(done)] {
        const auto score = [&points](const std::string &one, const std::string &other) {
            return cache::similarity(*points.at(one), *points.at(other));
        };
        auto told = evaluated(pairs, embedder, score);
        boost::asio::post(m_loop, [told = std::move(told), done] { done(told); });
    };
    SB_CHECK(m_jobs.add(job)); // its place is kept free
}

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/target_evaluator.h"

#include "core/base/bounds.h"
#include "core/runtime/clock.h"

#include <unordered_set>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;
using Kind = StudyFault::Kind;

namespace {

std::vector<std::string> textsOf(const std::vector<cache::LabelledPair> &pairs)
{
    std::vector<std::string> texts;
    std::unordered_set<std::string> seen;
    for (const cache::LabelledPair &pair : pairs) {
        for (const std::string *text : {&pair.one, &pair.other}) {
            if (seen.insert(*text).second) {
                texts.push_back(*text);
            }
        }
    }
    return texts;
}

ErrorAnswer unavailable(std::string message, std::optional<Seconds> again = {})
{
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = "embedder_unavailable";
    answer.message = std::move(message);
    answer.origin = Origin::Gateway;
    answer.retryAfter = again;
    return answer;
}

ErrorAnswer answerTo(const StudyFault &fault)
{
    const std::string name = fault.target.name();
    const auto seconds = std::chrono::duration_cast<Seconds>(bounds::kStudyPatience);
    switch (fault.kind) {
    case Kind::Busy:
        return rateLimited("An evaluation by " + name + " is under way.", Seconds(5));
    case Kind::NoEmbedder:
        return unavailable("The cache's embedder is another one by now.");
    case Kind::Resting:
        return unavailable(name + " failed a moment ago and is not asked for a while.",
                           std::chrono::ceil<Seconds>(bounds::kEmbedRest));
    case Kind::OutOfService:
        return unavailable(name + " is out of service: its breaker is not closed.");
    case Kind::NoMoney:
        return unavailable("The budget of " + std::string(fault.target.provider())
                           + " for today is spent.");
    case Kind::Refused:
        return unavailable(name + " makes no embeddings of these texts.");
    case Kind::NoRoom:
        return unavailable(name + " had no room to spare for the texts within "
                           + std::to_string(seconds.count()) + " s.");
    case Kind::Late:
        return unavailable(name + " did not have all texts within "
                           + std::to_string(seconds.count()) + " s.");
    case Kind::Stopped:
        return unavailable("The gateway is stopping.");
    case Kind::Failed:
        break;
    }
    ErrorAnswer answer = unavailable(name + " made no points of the texts: " + fault.detail + ".");
    answer.status = 502;
    answer.code = "embedder_failed";
    answer.origin = Origin::Upstream;
    answer.provider = fault.target.provider();
    return answer;
}

} // namespace

TargetEvaluator::TargetEvaluator(Gateway &gateway, Rim &rim, CacheEvaluator &evaluator)
    : m_gateway(gateway)
    , m_rim(rim)
    , m_evaluator(evaluator)
{
    m_rim.setStudySink([this](Studied studied) { take(std::move(studied)); });
}

void TargetEvaluator::evaluate(ExchangeId id, std::vector<cache::LabelledPair> pairs, Done done)
{
    const auto &embedder = m_gateway.configuration().cache.embedder;
    const TargetId target = embedder.value_or(TargetId());
    if (m_wanted || m_worksOut) {
        done(Failure{answerTo({Kind::Busy, target, {}})});
        return;
    }
    std::vector<std::string> texts = textsOf(pairs);
    m_wanted = Wanted{id, std::move(pairs), texts, target.name(), std::move(done)};
    Actions actions;
    m_gateway.study(id, std::move(texts), readClock(), actions);
    m_rim.perform(std::move(actions));
}

void TargetEvaluator::leave(ExchangeId id)
{
    if (m_wanted && m_wanted->id == id) {
        m_gateway.endStudy(id);
        m_wanted.reset();
    }
}

void TargetEvaluator::take(Studied studied)
{
    if (!m_wanted || m_wanted->id != studied.id) {
        return;
    }
    Wanted wanted = *std::exchange(m_wanted, std::nullopt);
    if (studied.points) {
        workOut(std::move(wanted), *studied.points);
    } else {
        wanted.done(Failure{answerTo(studied.points.error())});
    }
}

void TargetEvaluator::workOut(Wanted wanted, const std::vector<PointPtr> &points)
{
    CacheEvaluator::Points byText;
    for (std::size_t i = 0; i < points.size(); ++i) {
        byText.emplace(std::move(wanted.texts[i]), points[i]);
    }
    m_worksOut = true;
    m_evaluator.evaluate(std::move(wanted.pairs),
                         std::move(wanted.embedder),
                         std::move(byText),
                         [this, done = std::move(wanted.done)](const CacheEvaluation &told) {
                             m_worksOut = false;
                             done(told);
                         });
}

} // namespace signalbox::runtime

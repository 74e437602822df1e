// SPDX-License-Identifier: Apache-2.0
// Which questions can be found by what they mean, and where: on the gateway's thread, or elsewhere.
#include "core/gateway/answer_cache.h"

#include <utility>

namespace signalbox::gateway {

using namespace cache;

/// Whether \p answer's question is one of those that are compared. The built-in embedder makes a point of
/// any; a target's points are no use to another, nor those of another size.
bool AnswerCache::isIndexed(const CachedAnswer &answer) const
{
    const std::string embedder = embedderName();
    return answer.context
           && (embedder.empty()
               || (answer.embedder == embedder && answer.point.steps.size() == m_dimensions));
}

void AnswerCache::index(const Digest &key, const std::shared_ptr<const CachedAnswer> &answer)
{
    const bool local = embedderName().empty();
    if (!local && answer->context && answer->embedder == embedderName()
        && answer->point.steps.size() != m_dimensions) {
        learnDimensions(answer->point.steps.size());
    }
    if (!isIndexed(*answer)) {
        m_leftOut += answer->context ? 1U : 0U;
        return;
    }
    const Digest &scope = *answer->context;
    if (m_elsewhere.contains(scope)) {
        indexElsewhere(key, answer);
        return;
    }
    m_index.put(scope, key, answer->question, local ? nullptr : &answer->point);
    const QuestionScope &here = *m_index.scope(scope);
    if (here.size() * here.dimensions() > kScopeBytesHereMax) {
        m_elsewhere[scope] = here.size();
        m_orders.emplace_back(TakeScope{scope, m_index.release(scope)});
    }
}

void AnswerCache::indexElsewhere(const Digest &key,
                                 const std::shared_ptr<const CachedAnswer> &answer)
{
    ++m_elsewhere[*answer->context];
    const Embedding *point = embedderName().empty() ? nullptr : &answer->point;
    m_orders.emplace_back(PutQuestion{*answer->context,
                                      key,
                                      answer->question,
                                      std::shared_ptr<const Embedding>(answer, point)});
}

/// It is not kept any more, or about to be replaced.
void AnswerCache::forget(const Digest &key)
{
    const CachedAnswer &answer = *m_store.look(key)->answer;
    if (&answer == m_putting) {
        return;
    }
    if (!isIndexed(answer)) {
        m_leftOut -= answer.context && m_leftOut > 0 ? 1U : 0U;
        return;
    }
    const auto elsewhere = m_elsewhere.find(*answer.context);
    if (elsewhere == m_elsewhere.end()) {
        m_index.erase(*answer.context, key);
        return;
    }
    m_orders.emplace_back(EraseQuestion{*answer.context, key});
    if (--elsewhere->second == 0) {
        m_elsewhere.erase(elsewhere);
    }
}

/// The embedder's points have another size than they had: those of before are of no use.
void AnswerCache::learnDimensions(std::size_t dimensions)
{
    const bool anew = m_dimensions != 0;
    m_dimensions = dimensions;
    if (anew) {
        indexAnew();
    }
}

/// All that is kept, elsewhere: to embed it takes long.
void AnswerCache::indexAnew()
{
    m_index.clear();
    m_elsewhere.clear();
    m_orders.clear();
    m_orders.emplace_back(ForgetQuestions{});
    m_leftOut = 0;
    m_store.forEach([this](const ExactStore::Kept &kept) {
        const CachedAnswer &answer = *kept.answer;
        if (m_dimensions == 0 && answer.embedder == embedderName()) {
            m_dimensions = answer.point.steps.size();
        }
        if (isIndexed(answer)) {
            indexElsewhere(kept.key, kept.answer);
        } else {
            m_leftOut += answer.context ? 1U : 0U;
        }
    });
}

} // namespace signalbox::gateway

// SPDX-License-Identifier: Apache-2.0
#include "core/cache/semantic_index.h"

#include "core/base/check.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <utility>

namespace signalbox::cache {

void SemanticIndex::put(const Digest &scope,
                        const Digest &key,
                        std::string_view question,
                        const Embedding *point)
{
    auto &place = m_scopes[scope];
    if (!place) {
        place = std::make_shared<QuestionScope>();
    }
    m_size -= place->size();
    place->put(key, std::string(question), point ? *point : embedded(understood(question)));
    m_size += place->size();
    if (place->size() > m_settings.flatMax
        && std::ranges::find(m_growing, scope) == m_growing.end()) {
        m_growing.push_back(scope);
    }
}

bool SemanticIndex::erase(const Digest &scope, const Digest &key)
{
    const auto place = m_scopes.find(scope);
    if (place == m_scopes.end() || !place->second->erase(key)) {
        return false;
    }
    --m_size;
    if (place->second->size() == 0) {
        m_scopes.erase(place);
    } else if (place->second->inGraph() > 0
               && std::ranges::find(m_growing, scope) == m_growing.end()) {
        m_growing.push_back(scope);
    }
    return true;
}

void SemanticIndex::clear()
{
    m_scopes.clear();
    m_growing.clear();
    m_size = 0;
}

void SemanticIndex::carryOut(IndexOrder &&order)
{
    std::visit(Overloaded{
                   [this](PutQuestion &put) {
                       this->put(put.scope, put.key, put.question, put.point.get());
                   },
                   [this](EraseQuestion &erase) { this->erase(erase.scope, erase.key); },
                   [this](TakeScope &taken) {
                       auto &place = m_scopes[taken.scope];
                       m_size -= place ? place->size() : 0;
                       m_size += taken.questions->size();
                       m_growing.push_back(taken.scope);
                       place = std::move(taken.questions);
                   },
                   [this](ForgetQuestions &) { clear(); },
               },
               order);
}

SemanticIndex::Found SemanticIndex::find(const Digest &scope, const AskedQuestion &asked) const
{
    const auto place = m_scopes.find(scope);
    return place == m_scopes.end() ? Found() : place->second->find(asked, m_settings);
}

bool SemanticIndex::advance(std::size_t most)
{
    while (!m_growing.empty()) {
        const auto place = m_scopes.find(m_growing.back());
        if (place != m_scopes.end() && place->second->advance(most, m_settings.flatMax)) {
            return true;
        }
        m_growing.pop_back();
    }
    return false;
}

const QuestionScope *SemanticIndex::scope(const Digest &scope) const
{
    const auto place = m_scopes.find(scope);
    return place == m_scopes.end() ? nullptr : place->second.get();
}

std::shared_ptr<QuestionScope> SemanticIndex::release(const Digest &scope)
{
    const auto place = m_scopes.find(scope);
    SB_CHECK(place != m_scopes.end());
    auto released = std::move(place->second);
    m_size -= released->size();
    m_scopes.erase(place);
    return released;
}

std::size_t SemanticIndex::bytes() const
{
    std::size_t sum = 0;
    for (const auto &[digest, scope] : m_scopes) {
        sum += sizeof digest + 6 * sizeof(void *) + scope->bytes();
    }
    return sum;
}

} // namespace signalbox::cache

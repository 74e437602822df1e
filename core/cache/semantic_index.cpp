// SPDX-License-Identifier: Apache-2.0
#include "core/cache/semantic_index.h"

#include <algorithm>
#include <utility>

namespace signalbox::cache {
namespace {

struct Candidate
{
    float likeness = 0;
    std::size_t at = 0;
};

} // namespace

SemanticIndex::SemanticIndex(IndexSettings settings)
    : m_settings(settings)
{}

std::optional<Digest> SemanticIndex::put(const Digest &scope,
                                         const Digest &key,
                                         std::string_view question)
{
    erase(key);
    const auto known = m_scopes.find(scope);
    const std::size_t inScope = known == m_scopes.end() ? 0 : known->second.entries.size();
    const bool full = inScope >= m_settings.scopeMax || m_places.size() >= m_settings.entriesMax;
    std::optional<Digest> gone;
    if (full && inScope == 0) {
        return key;
    }
    if (full) {
        gone = std::ranges::min_element(known->second.entries, {}, &Entry::age)->key;
        erase(*gone);
    }
    Scope &place = m_scopes[scope];
    m_places[key] = {scope, place.entries.size()};
    place.embeddings.push_back(embedded(understood(question)));
    place.entries.push_back({key, std::string(question), m_age++});
    return gone;
}

/// The last one takes its place.
bool SemanticIndex::erase(const Digest &key)
{
    const auto place = m_places.find(key);
    if (place == m_places.end()) {
        return false;
    }
    const auto scope = m_scopes.find(place->second.scope);
    auto &[embeddings, entries] = scope->second;
    const std::size_t at = place->second.at;
    if (at + 1 < entries.size()) {
        embeddings[at] = embeddings.back();
        entries[at] = std::move(entries.back());
        m_places.at(entries[at].key).at = at;
    }
    embeddings.pop_back();
    entries.pop_back();
    if (entries.empty()) {
        m_scopes.erase(scope);
    }
    m_places.erase(key);
    return true;
}

void SemanticIndex::clear()
{
    m_scopes.clear();
    m_places.clear();
}

SemanticIndex::Found SemanticIndex::find(const Digest &scope, std::string_view question) const
{
    const auto place = m_scopes.find(scope);
    if (place == m_scopes.end()) {
        return {};
    }
    const auto &[embeddings, entries] = place->second;
    const Question asked = understood(question);
    const Embedding wanted = embedded(asked);
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
        const float likeness = similarity(embeddings[i], wanted);
        if (likeness >= m_settings.threshold - m_settings.nearBy) {
            candidates.push_back({likeness, i});
        }
    }
    const std::size_t judged = std::min(candidates.size(), m_settings.judgedMax);
    std::ranges::partial_sort(candidates,
                              candidates.begin() + static_cast<std::ptrdiff_t>(judged),
                              [&entries](const Candidate &a, const Candidate &b) {
                                  return std::pair(-a.likeness, entries[a.at].age)
                                         < std::pair(-b.likeness, entries[b.at].age);
                              });
    Found found;
    for (std::size_t i = 0; i < judged && !found.hit; ++i) {
        const Entry &entry = entries[candidates[i].at];
        Match match{entry.key,
                    entry.question,
                    candidates[i].likeness,
                    vetoes(asked, understood(entry.question))};
        const bool vetoed = !match.vetoes.empty();
        if (!vetoed && match.likeness >= m_settings.threshold) {
            found.hit = std::move(match);
            continue;
        }
        if (!vetoed && !found.below) {
            found.below = match;
        }
        if (!found.nearMiss) {
            found.nearMiss = std::move(match);
        }
    }
    return found;
}

} // namespace signalbox::cache

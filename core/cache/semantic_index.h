// SPDX-License-Identifier: Apache-2.0
// Questions that were answered, to be found by what they mean.
#pragma once

#include "core/cache/digest.h"
#include "core/cache/embedding.h"
#include "core/cache/veto.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::cache {

struct IndexSettings
{
    float threshold = 0.92F; ///< of likeness, 0..1
    /// Questions of one scope, all looked at for each lookup; the oldest makes room.
    std::size_t scopeMax = 10'000;
    /// Of all scopes; beyond it only scopes that have some take more.
    std::size_t entriesMax = 100'000;
    /// Alike enough, yet vetoed, that are looked at in search of one that is not: questions that
    /// differ in a number alone come in hundreds.
    std::size_t judgedMax = 32;
    float nearBy = 0; ///< so little below the threshold is a near miss, too

    friend bool operator==(const IndexSettings &, const IndexSettings &) = default;
};

/// A question that is like another one.
struct Match
{
    Digest key; ///< of its request: CacheKey::exact
    std::string question;
    float likeness = 0;
    std::vector<Veto> vetoes; ///< none: its answer is one to the other question, too

    friend bool operator==(const Match &, const Match &) = default;
};

/// Knows questions, not answers. Looks at every question of a scope, so that none is missed. Not
/// for several threads.
class SemanticIndex
{
public:
    struct Found
    {
        std::optional<Match> hit; ///< the most alike that nothing speaks against
        /// The most alike that was vetoed or not alike enough by a little, for people to review.
        std::optional<Match> nearMiss;
        /// The most alike that nothing but a little likeness speaks against.
        std::optional<Match> below;

        friend bool operator==(const Found &, const Found &) = default;
    };

    explicit SemanticIndex(IndexSettings settings);

    /// \p key's request asked \p question, all else being \p scope (CacheKey::context). What the
    /// key had before is forgotten. The key that had to make room, if one had, or \p key itself where
    /// there is no room at all.
    std::optional<Digest> put(const Digest &scope, const Digest &key, std::string_view question);
    /// False when there was none.
    bool erase(const Digest &key);
    void clear();
    /// Of \p scope alone: nothing of another scope is ever compared.
    [[nodiscard]] Found find(const Digest &scope, std::string_view question) const;
    /// For lookups from now on, and as room is needed.
    void configure(IndexSettings settings) { m_settings = settings; }

    [[nodiscard]] std::size_t size() const { return m_places.size(); }
    [[nodiscard]] std::size_t scopes() const { return m_scopes.size(); }

private:
    struct Entry
    {
        Digest key;
        std::string question;
        std::uint64_t age = 0; ///< the least is the oldest
    };
    /// Apart, so that what is looked at lies together.
    struct Scope
    {
        std::vector<Embedding> embeddings;
        std::vector<Entry> entries;
    };
    struct Place
    {
        Digest scope;
        std::size_t at = 0;
    };

    IndexSettings m_settings;
    std::unordered_map<Digest, Scope> m_scopes;
    std::unordered_map<Digest, Place> m_places;
    std::uint64_t m_age = 0;
};

} // namespace signalbox::cache

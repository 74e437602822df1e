// SPDX-License-Identifier: Apache-2.0
// The questions of one scope, to be found by what they mean.
#pragma once

#include "core/cache/digest.h"
#include "core/cache/question_graph.h"
#include "core/cache/veto.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::cache {

struct IndexSettings
{
    float threshold = 0.92F; ///< of likeness, 0..1
    /// Alike enough, yet vetoed, that are looked at in search of one that is not: questions that
    /// differ in a number alone come in hundreds.
    std::size_t judgedMax = 32;
    float nearBy = 0; ///< so little below the threshold is a near miss, too
    /// Of one scope that are looked at one by one; more get a graph.
    std::size_t flatMax = 10'000;

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

/// What of a scope's questions is like the one that was asked.
struct Alike
{
    std::optional<Match> hit; ///< the most alike that nothing speaks against
    /// The most alike that was vetoed or not alike enough by a little, for people to review.
    std::optional<Match> nearMiss;
    /// The most alike that nothing but a little likeness speaks against.
    std::optional<Match> below;

    friend bool operator==(const Alike &, const Alike &) = default;
};

/// A question as it is looked for.
struct AskedQuestion
{
    Question question;
    Embedding point;

    /// By the built-in embedder.
    [[nodiscard]] static AskedQuestion of(std::string_view text);
};

/// Up to `flatMax` questions are all looked at, so that none is missed; beyond it they are moved into a
/// graph, a few with each advance(), and those that are not there yet are still looked at one by one. What
/// may be a hit is found there by its essence, too, so that the graph may miss what is near a question, but no
/// answer to it. The graph is made anew when three of ten in it are gone: again a few at a time, beside the old one.
/// Its points are of one embedder: one with another number of coordinates makes it forget all before.
/// Not for several threads.
class QuestionScope
{
public:
    QuestionScope();
    ~QuestionScope();
    QuestionScope(QuestionScope &&) noexcept;
    QuestionScope &operator=(QuestionScope &&) noexcept;

    /// What \p key had before is forgotten.
    void put(const Digest &key, std::string question, const Embedding &point);
    /// False when there was none.
    bool erase(const Digest &key);
    [[nodiscard]] Alike find(const AskedQuestion &asked, const IndexSettings &settings) const;
    /// Takes up to \p most further points into a graph, where there are more than \p flatMax in all.
    /// False when there is nothing to be done.
    bool advance(std::size_t most, std::size_t flatMax);

    [[nodiscard]] std::size_t size() const { return m_places.size(); }
    [[nodiscard]] bool has(const Digest &key) const { return m_places.contains(key); }
    /// Points that are looked for in a graph, those included that are gone.
    [[nodiscard]] std::size_t inGraph() const { return m_graph ? m_graph->size() : 0; }
    /// Coordinates of its points; 0 before the first.
    [[nodiscard]] std::size_t dimensions() const { return m_dimensions; }
    /// Of memory, near enough.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Entry
    {
        Digest key;
        std::string question;
        std::uint64_t age = 0; ///< the least is the oldest
        bool gone = false; ///< of those in a graph
        std::uint64_t essence = 0; ///< essenceOf() it, once it is in a graph
    };
    struct Place
    {
        bool inGraph = false;
        std::uint32_t at = 0;
    };
    struct Candidate
    {
        float likeness = 0;
        const Entry *entry = nullptr;
    };
    /// A graph that takes the old one's place once all that is left of that is in it.
    struct Renewal
    {
        std::unique_ptr<QuestionGraph> graph;
        std::vector<Entry> entries;
        std::uint32_t next = 0; ///< of the old graph's points
    };

    [[nodiscard]] Point flatPoint(std::size_t at) const;
    void dropFlat(std::size_t at);
    [[nodiscard]] std::vector<Candidate> candidates(const AskedQuestion &asked,
                                                    const IndexSettings &settings) const;
    void addFromGraph(const AskedQuestion &asked,
                      const IndexSettings &settings,
                      std::vector<Candidate> &all) const;
    void intoGraph(std::size_t most);
    void renew(std::size_t most);
    void clear();

    std::size_t m_dimensions = 0;
    std::vector<std::int8_t> m_steps; ///< of the flat ones, side by side
    std::vector<float> m_scales;
    std::vector<Entry> m_flat;
    std::unique_ptr<QuestionGraph> m_graph;
    std::vector<Entry> m_entries; ///< of the graph's points, by their numbers
    /// Of the graph's points, those that are gone included: what may be a hit is never missed, not even
    /// among thousands that differ in a number alone, where a graph leads nowhere.
    std::unordered_multimap<std::uint64_t, std::uint32_t> m_essences;
    std::size_t m_gone = 0; ///< of m_entries
    std::optional<Renewal> m_renewal;
    std::unordered_map<Digest, Place> m_places;
    std::uint64_t m_age = 0;
};

} // namespace signalbox::cache

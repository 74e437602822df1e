// SPDX-License-Identifier: Apache-2.0
#include "core/cache/question_scope.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace signalbox::cache {
namespace {

/// A graph is made anew when so many of its points are gone.
constexpr double kGoneMost = 0.3;
/// Of a graph's points that are looked at: one question may have been asked in thousands of ways.
constexpr std::size_t kSameMost = 512;

std::size_t roomFor(std::size_t points)
{
    return points + points / 2;
}

} // namespace

AskedQuestion AskedQuestion::of(std::string_view text)
{
    AskedQuestion asked;
    asked.question = understood(text);
    asked.point = embedded(asked.question);
    return asked;
}

QuestionScope::QuestionScope() = default;
QuestionScope::~QuestionScope() = default;
QuestionScope::QuestionScope(QuestionScope &&) noexcept = default;
QuestionScope &QuestionScope::operator=(QuestionScope &&) noexcept = default;

void QuestionScope::put(const Digest &key, std::string question, const Embedding &point)
{
    erase(key);
    if (point.steps.size() != m_dimensions) {
        clear();
        m_dimensions = point.steps.size();
    }
    m_places[key] = {false, static_cast<std::uint32_t>(m_flat.size())};
    m_steps.insert(m_steps.end(), point.steps.begin(), point.steps.end());
    m_scales.push_back(point.scale);
    m_flat.push_back({key, std::move(question), m_age++, false, 0});
}

bool QuestionScope::erase(const Digest &key)
{
    const auto found = m_places.find(key);
    if (found == m_places.end()) {
        return false;
    }
    const Place place = found->second;
    m_places.erase(found);
    if (!place.inGraph) {
        dropFlat(place.at);
    } else {
        m_entries[place.at] = Entry{{}, {}, 0, true, 0};
        ++m_gone;
    }
    if (m_places.empty()) {
        clear();
    }
    return true;
}

void QuestionScope::clear()
{
    m_steps.clear();
    m_scales.clear();
    m_flat.clear();
    m_graph.reset();
    m_entries.clear();
    m_essences.clear();
    m_gone = 0;
    m_renewal.reset();
    m_places.clear();
}

Point QuestionScope::flatPoint(std::size_t at) const
{
    return {std::span(m_steps).subspan(at * m_dimensions, m_dimensions), m_scales[at]};
}

/// The last one takes its place.
void QuestionScope::dropFlat(std::size_t at)
{
    const std::size_t last = m_flat.size() - 1;
    if (at < last) {
        std::copy_n(m_steps.begin() + static_cast<std::ptrdiff_t>(last * m_dimensions),
                    m_dimensions,
                    m_steps.begin() + static_cast<std::ptrdiff_t>(at * m_dimensions));
        m_scales[at] = m_scales[last];
        m_flat[at] = std::move(m_flat[last]);
        m_places.at(m_flat[at].key).at = static_cast<std::uint32_t>(at);
    }
    m_flat.pop_back();
    m_scales.pop_back();
    m_steps.resize(last * m_dimensions);
}

std::vector<QuestionScope::Candidate> QuestionScope::candidates(const AskedQuestion &asked,
                                                                const IndexSettings &settings) const
{
    const Point wanted = pointOf(asked.point);
    const float least = settings.threshold - settings.nearBy;
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < m_flat.size(); ++i) {
        const float likeness = similarity(flatPoint(i), wanted);
        if (likeness >= least) {
            all.push_back({likeness, &m_flat[i]});
        }
    }
    if (m_graph) {
        addFromGraph(asked, settings, all);
    }
    return all;
}

void QuestionScope::addFromGraph(const AskedQuestion &asked,
                                 const IndexSettings &settings,
                                 std::vector<Candidate> &all) const
{
    const Point wanted = pointOf(asked.point);
    const float least = settings.threshold - settings.nearBy;
    // As many more as are gone on average, for they are found as well.
    auto near = m_graph->nearest(wanted, 2 * settings.judgedMax);
    std::unordered_set<std::uint32_t> seen;
    for (const auto &each : near) {
        seen.insert(each.number);
    }
    const auto [first, last] = m_essences.equal_range(essenceOf(asked.question));
    for (auto same = first; same != last && near.size() < kSameMost; ++same) {
        if (seen.insert(same->second).second) {
            near.push_back({same->second, similarity(m_graph->at(same->second), wanted)});
        }
    }
    for (const auto &[number, likeness] : near) {
        const Entry &entry = m_entries[number];
        if (likeness >= least && !entry.gone) {
            all.push_back({likeness, &entry});
        }
    }
}

Alike QuestionScope::find(const AskedQuestion &asked, const IndexSettings &settings) const
{
    Alike found;
    if (asked.point.steps.size() != m_dimensions) {
        return found;
    }
    std::vector<Candidate> all = candidates(asked, settings);
    const std::size_t judged = std::min(all.size(), settings.judgedMax);
    std::ranges::partial_sort(all,
                              all.begin() + static_cast<std::ptrdiff_t>(judged),
                              [](const Candidate &a, const Candidate &b) {
                                  return std::pair(-a.likeness, a.entry->age)
                                         < std::pair(-b.likeness, b.entry->age);
                              });
    for (std::size_t i = 0; i < judged && !found.hit; ++i) {
        const Entry &entry = *all[i].entry;
        Match match{entry.key,
                    entry.question,
                    all[i].likeness,
                    vetoes(asked.question, understood(entry.question))};
        const bool vetoed = !match.vetoes.empty();
        if (!vetoed && match.likeness >= settings.threshold) {
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

bool QuestionScope::advance(std::size_t most, std::size_t flatMax)
{
    if (m_renewal) {
        renew(most);
        return true;
    }
    if (m_graph
        && static_cast<double>(m_gone) > kGoneMost * static_cast<double>(m_entries.size())) {
        const std::size_t left = m_entries.size() - m_gone;
        m_renewal = Renewal{std::make_unique<QuestionGraph>(m_dimensions, roomFor(left)), {}, 0};
        return true;
    }
    if (!m_graph && m_flat.size() > flatMax) {
        m_graph = std::make_unique<QuestionGraph>(m_dimensions, roomFor(m_flat.size()));
    }
    if (!m_graph || m_flat.empty()) {
        return false;
    }
    intoGraph(most);
    return true;
}

/// From the end, so that the others stay where they are.
void QuestionScope::intoGraph(std::size_t most)
{
    for (std::size_t i = 0; i < most && !m_flat.empty(); ++i) {
        const std::size_t last = m_flat.size() - 1;
        const std::uint32_t number = m_graph->add(flatPoint(last));
        m_places.at(m_flat[last].key) = {true, number};
        m_flat[last].essence = essenceOf(understood(m_flat[last].question));
        m_essences.emplace(m_flat[last].essence, number);
        m_entries.push_back(std::move(m_flat[last]));
        m_flat.pop_back();
        m_scales.pop_back();
        m_steps.resize(last * m_dimensions);
    }
}

/// What goes meanwhile goes from the old one, which is looked at until the end.
void QuestionScope::renew(std::size_t most)
{
    Renewal &renewal = *m_renewal;
    for (std::size_t added = 0; added < most && renewal.next < m_entries.size(); ++renewal.next) {
        const Entry &entry = m_entries[renewal.next];
        if (!entry.gone) {
            renewal.graph->add(m_graph->at(renewal.next));
            renewal.entries.push_back({entry.key, {}, entry.age, false, entry.essence});
            ++added;
        }
    }
    if (renewal.next < m_entries.size()) {
        return;
    }
    std::size_t gone = 0;
    for (std::uint32_t number = 0; number < renewal.entries.size(); ++number) {
        Entry &entry = renewal.entries[number];
        const auto place = m_places.find(entry.key);
        // It may have gone, and come back as another one.
        const bool left = place != m_places.end() && place->second.inGraph
                          && m_entries[place->second.at].age == entry.age;
        if (!left) {
            entry = Entry{{}, {}, 0, true, 0};
            ++gone;
            continue;
        }
        entry.question = std::move(m_entries[place->second.at].question);
        place->second.at = number;
    }
    m_graph = std::move(renewal.graph);
    m_entries = std::move(renewal.entries);
    m_essences.clear();
    for (std::uint32_t number = 0; number < m_entries.size(); ++number) {
        m_essences.emplace(m_entries[number].essence, number);
    }
    m_gone = gone;
    m_renewal.reset();
}

std::size_t QuestionScope::bytes() const
{
    std::size_t texts = 0;
    for (const auto *entries : {&m_flat, &m_entries}) {
        for (const Entry &entry : *entries) {
            constexpr std::size_t kWithin = 15; // a string keeps so many in itself
            texts += entry.question.size() > kWithin ? entry.question.capacity() + 1 : 0;
        }
    }
    constexpr std::size_t kPlace = sizeof(Digest) + sizeof(Place) + 4 * sizeof(void *);
    constexpr std::size_t kEssence = sizeof(std::uint64_t) + 4 * sizeof(void *);
    return sizeof *this + texts + m_essences.size() * kEssence + m_steps.capacity()
           + m_scales.capacity() * sizeof(float)
           + (m_flat.capacity() + m_entries.capacity()) * sizeof(Entry) + m_places.size() * kPlace
           + (m_graph ? m_graph->bytes() : 0) + (m_renewal ? m_renewal->graph->bytes() : 0);
}

} // namespace signalbox::cache

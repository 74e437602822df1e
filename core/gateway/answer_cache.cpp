// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/answer_cache.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using namespace cache;

namespace {

/// Questions of a scope that are looked at on the gateway's thread: some 0.1 ms.
constexpr std::size_t kScopeMax = 1000;
/// Of those alike enough, which are judged by the vetoes: some 0.1 ms, too.
constexpr std::size_t kJudgedMax = 8;
/// What is less alike than the threshold by no more is shown to people.
constexpr float kNearBy = 0.07F;

StoreSettings storeSettings(const CacheSettings &cache)
{
    return {cache.entriesMax,
            cache.bytesMax,
            cache.answerBytesMax,
            cache.lifetime,
            cache.staleIfError};
}

IndexSettings indexSettings(const CacheSettings &cache)
{
    return {.threshold = static_cast<float>(cache.threshold),
            .scopeMax = kScopeMax,
            .entriesMax = cache.entriesMax,
            .judgedMax = kJudgedMax,
            .nearBy = kNearBy};
}

bool has(const std::vector<TargetChoice> &choices, const TargetId &target)
{
    return std::ranges::find(choices, target, &TargetChoice::target) != choices.end();
}

/// Whether \p target may answer for \p route as it is now: what one that has left it said is not
/// what the route says.
bool serves(const RouteSettings &route, const TargetId &target)
{
    return has(route.targets, target)
           || std::ranges::any_of(route.rules, [&](const RuleSettings &rule) {
                  return has(rule.targets, target);
              });
}

/// What a route's rules choose the target by and no message says.
std::vector<std::pair<std::string, std::string>> factsAskedFor(const RouteSettings &route,
                                                               const RequestFacts &facts)
{
    std::vector<std::pair<std::string, std::string>> asked;
    for (const auto &[name, value] : facts.headers) { // those alone that rules ask for
        asked.emplace_back("header " + name, value);
    }
    for (const RuleSettings &rule : route.rules) {
        for (const Condition &condition : rule.when) {
            const auto value = facts.metadata.find(condition.key);
            if (condition.fact == Fact::Metadata && value != facts.metadata.end()) {
                asked.emplace_back("metadata " + condition.key, value->second);
            }
        }
    }
    std::ranges::sort(asked);
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    return asked;
}

/// The route, and the target where one was asked for by its name.
std::string placeOf(const RouteSettings &route, const RequestRecord &record)
{
    const bool pinned = route.name != record.route || record.route.empty();
    return pinned && !route.targets.empty()
               ? record.route + '\n' + route.targets.front().target.name()
               : record.route;
}

} // namespace

AnswerCache::AnswerCache()
    : m_configuration(std::make_shared<const Configuration>())
    , m_index(indexSettings({}))
    , m_store(storeSettings({}),
              [this](const Digest &key) {
                  m_index.erase(key);
                  changed(key, true);
              })
    , m_flights(bounds::kFollowersMax)
{}

void AnswerCache::configure(std::shared_ptr<const Configuration> configuration, Now now)
{
    m_configuration = std::move(configuration);
    m_index.configure(indexSettings(settings()));
    m_store.configure(storeSettings(settings()), now.steady);
}

CachePlan AnswerCache::lookUp(const CacheQuestion &question, Now now)
{
    CachePlan plan;
    const CacheMode mode = question.route.cache.value_or(settings().mode);
    if (mode == CacheMode::Off) {
        return plan;
    }
    CacheNote &note = plan.note.emplace();
    plan.scope = settings().shareClients ? std::string() : question.record.client;
    const auto refuse = [&](NotCached why) {
        ++m_totals.notCacheable;
        note.reason = toString(why);
        plan.verdict = why == NotCached::Bypass ? "bypass" : "off";
    };
    if (question.bypass || !question.isChat) {
        refuse(question.bypass ? NotCached::Bypass : NotCached::NotChat);
        return plan;
    }
    auto key = keyOf(question.request,
                     {.client = plan.scope,
                      .route = placeOf(question.route, question.record),
                      .strict = question.strict,
                      .facts = factsAskedFor(question.route, question.record.facts)},
                     {settings().temperatureMax});
    if (!key) {
        refuse(key.error());
        return plan;
    }
    ++m_totals.lookups;
    plan.verdict = "miss";
    plan.compares = mode == CacheMode::Semantic && key->question.ok();
    plan.hit = findExact(*key, question.route, now);
    if (!plan.hit && plan.compares) {
        plan.hit = findAlike(question, *key, plan, now);
    } else if (!plan.hit && mode == CacheMode::Semantic) {
        note.reason = toString(key->question.error());
    }
    plan.key = std::move(*key);
    return plan;
}

std::optional<CacheHit> AnswerCache::findExact(const CacheKey &key,
                                               const RouteSettings &route,
                                               Now now)
{
    const auto found = m_store.find(key.exact, now.steady);
    if (!found || !serves(route, found->answer->target)) {
        return std::nullopt;
    }
    return CacheHit{key.exact, found->answer, found->age};
}

std::optional<CacheHit> AnswerCache::findAlike(const CacheQuestion &question,
                                               const CacheKey &key,
                                               CachePlan &plan,
                                               Now now)
{
    const SemanticIndex::Found found = m_index.find(key.context, key.question.value());
    if (found.hit) {
        const auto kept = m_store.find(found.hit->key, now.steady);
        if (kept && serves(question.route, kept->answer->target)) {
            return CacheHit{found.hit->key, kept->answer, kept->age, false, found.hit->likeness};
        }
    } else if (found.nearMiss) {
        noteNearMiss(question, *found.nearMiss, key.question.value(), *plan.note, now);
    }
    if (const auto &nearest = found.hit ? found.hit : found.below) {
        plan.alike = nearest->key;
        plan.likeness = nearest->likeness;
    }
    return std::nullopt;
}

void AnswerCache::noteNearMiss(const CacheQuestion &question,
                               const Match &match,
                               const std::string &asked,
                               CacheNote &note,
                               Now now)
{
    m_totals.vetoed += match.vetoes.empty() ? 0U : 1U;
    note.likeness = match.likeness;
    for (const cache::Veto veto : match.vetoes) {
        note.vetoes.emplace_back(toString(veto));
    }
    if (const auto *kept = m_store.look(match.key)) {
        note.from = kept->answer->requestId;
    }
    m_nearMisses.push_front({question.record.id,
                             now.system,
                             question.record.route,
                             asked,
                             match.question,
                             match.key.toHex(),
                             match.likeness,
                             note.vetoes});
    if (m_nearMisses.size() > bounds::kNearMissesKept) {
        m_nearMisses.pop_back();
    }
}

std::optional<CacheHit> AnswerCache::standIn(const CachePlan &plan,
                                             const RouteSettings *route,
                                             Now now)
{
    if (!plan.key) {
        return std::nullopt;
    }
    const auto find = [&](const Digest &key) {
        auto found = m_store.findStale(key, now.steady);
        const bool good = found && (route == nullptr || serves(*route, found->answer->target));
        return good ? std::move(found) : std::nullopt;
    };
    if (const auto same = find(plan.key->exact)) {
        return CacheHit{plan.key->exact, same->answer, same->age};
    }
    const bool wanted = plan.alike && settings().staleIfError.count() > 0;
    if (const auto alike = wanted ? find(*plan.alike) : std::nullopt) {
        return CacheHit{*plan.alike, alike->answer, alike->age, false, plan.likeness};
    }
    return std::nullopt;
}

void AnswerCache::book(const Cost &saved, Micros wait)
{
    if (saved.amount) {
        m_totals.saved += *saved.amount;
    } else {
        ++m_totals.unpricedHits;
    }
    m_waitSaved += wait;
    m_totals.waitSaved = std::chrono::duration_cast<Millis>(m_waitSaved);
}

void AnswerCache::given(const CacheHit &hit, bool stale, Micros took, Now now)
{
    ++(stale ? m_totals.staleHits : hit.exact ? m_totals.exactHits : m_totals.semanticHits);
    m_store.countHit(hit.key, hit.answer->cost, now.system);
    changed(hit.key, false);
    book(hit.answer->cost, std::max(Micros(0), hit.answer->took - took));
}

void AnswerCache::shared(const CachedAnswer &answer, Micros took)
{
    ++m_totals.shared;
    book(answer.cost, std::max(Micros(0), answer.took - took));
}

void AnswerCache::keep(const CachePlan &plan, std::shared_ptr<const CachedAnswer> answer, Now now)
{
    const CacheKey &key = *plan.key;
    if (!m_store.put(key.exact, std::move(answer), now.steady)) {
        return;
    }
    changed(key.exact, true);
    if (plan.compares) {
        m_index.put(key.context, key.exact, key.question.value());
    }
}

void AnswerCache::promptCached(std::string_view provider, const Usage &usage)
{
    auto found = m_promptCaches.find(provider);
    if (found == m_promptCaches.end()) {
        const std::string name(provider);
        if (m_configuration->provider(name) == nullptr) {
            return; // of a configuration that was: reloads must not make the list grow
        }
        found = m_promptCaches.emplace(name, PromptCacheShare{name, 0, 0}).first;
    }
    found->second.promptTokens += static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, usage.promptTokens));
    found->second.cachedTokens += static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, usage.cachedTokens));
}

} // namespace signalbox::gateway

// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/answer_cache.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using namespace cache;

namespace {

/// Of those alike enough, which are judged by the vetoes on the gateway's thread: some 0.1 ms.
constexpr std::size_t kJudgedHereMax = 8;
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
            .judgedMax = kJudgedHereMax,
            .nearBy = kNearBy};
}

bool has(const std::vector<TargetChoice> &choices, const TargetId &target)
{
    return std::ranges::find(choices, target, &TargetChoice::target) != choices.end();
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

bool AnswerCache::serves(const RouteSettings &route, const TargetId &target)
{
    return has(route.targets, target)
           || std::ranges::any_of(route.rules, [&](const RuleSettings &rule) {
                  return has(rule.targets, target);
              });
}

AnswerCache::AnswerCache()
    : m_configuration(std::make_shared<const Configuration>())
    , m_index(indexSettings({}))
    , m_store(storeSettings({}),
              [this](const Digest &key) {
                  forget(key);
                  changed(key, true);
              })
    , m_flights(bounds::kFollowersMax)
{}

void AnswerCache::configure(std::shared_ptr<const Configuration> configuration, Now now)
{
    const std::string before = embedderName();
    m_configuration = std::move(configuration);
    m_index.configure(indexSettings(settings()));
    if (embedderName() != before) {
        m_dimensions = 0;
        indexAnew();
    }
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
    plan.key = std::move(*key);
    if (plan.hit) {
        return plan;
    }
    if (!plan.compares && mode == CacheMode::Semantic) {
        note.reason = toString(plan.key->question.error());
    }
    plan.wantsPoint = plan.compares && settings().embedder;
    plan.embedder = plan.wantsPoint ? embedderName() : std::string();
    plan.waits = plan.wantsPoint || (plan.compares && m_elsewhere.contains(plan.key->context));
    plan.patience = plan.wantsPoint ? bounds::kEmbedPatience : bounds::kComparePatience;
    plan.whyNot = plan.wantsPoint ? "embedder_slow" : "index_busy";
    if (plan.compares && !plan.waits) {
        const Alike alike = m_index.find(plan.key->context, plan.key->question.value());
        plan.hit = among(alike, plan, question.route, question.record, now);
    }
    return plan;
}

std::optional<Alike> AnswerCache::compareHere(const CachePlan &plan) const
{
    if (m_elsewhere.contains(plan.key->context)) {
        return std::nullopt;
    }
    AskedQuestion asked;
    asked.question = understood(plan.key->question.value());
    asked.point = plan.point ? *plan.point : embedded(asked.question);
    return m_index.find(plan.key->context, asked);
}

CompareQuestion AnswerCache::toCompare(ExchangeId id, const CachePlan &plan) const
{
    IndexSettings elsewhere = indexSettings(settings());
    elsewhere.judgedMax = IndexSettings().judgedMax;
    return {id, plan.key->context, plan.key->question.value(), plan.point, elsewhere};
}

std::optional<CacheHit> AnswerCache::compared(CachePlan &plan,
                                              const std::optional<Alike> &alike,
                                              const RouteSettings &route,
                                              RequestRecord &record,
                                              Now now)
{
    plan.waits = false;
    if (auto same = findExact(*plan.key, route, now)) {
        return same;
    }
    if (!alike) {
        plan.note->reason = plan.whyNot;
        return std::nullopt;
    }
    return among(*alike, plan, route, record, now);
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

std::optional<CacheHit> AnswerCache::among(const Alike &alike,
                                           CachePlan &plan,
                                           const RouteSettings &route,
                                           const RequestRecord &record,
                                           Now now)
{
    if (alike.hit) {
        const auto kept = m_store.find(alike.hit->key, now.steady);
        if (kept && serves(route, kept->answer->target)) {
            return CacheHit{alike.hit->key, kept->answer, kept->age, false, alike.hit->likeness};
        }
    } else if (alike.nearMiss) {
        noteNearMiss(record, *alike.nearMiss, plan.key->question.value(), *plan.note, now);
    }
    if (const auto &nearest = alike.hit ? alike.hit : alike.below) {
        plan.alike = nearest->key;
        plan.likeness = nearest->likeness;
    }
    return std::nullopt;
}

void AnswerCache::noteNearMiss(const RequestRecord &record,
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
    m_nearMisses.push_front({record.id,
                             now.system,
                             record.route,
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

telemetry::LiveCache AnswerCache::live() const
{
    telemetry::LiveCache live{m_totals,
                              m_store.size(),
                              settings().entriesMax,
                              m_store.bytes(),
                              settings().bytesMax};
    live.totals.evicted = m_store.counts().evicted;
    return live;
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

void AnswerCache::keep(const CachePlan &plan,
                       const std::shared_ptr<const CachedAnswer> &answer,
                       Now now)
{
    const Digest &key = plan.key->exact;
    m_putting = answer.get();
    const bool kept = m_store.put(key, answer, now.steady);
    m_putting = nullptr;
    if (!kept) {
        return;
    }
    changed(key, true);
    index(key, answer);
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

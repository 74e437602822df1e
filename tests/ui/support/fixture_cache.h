// SPDX-License-Identifier: GPL-3.0-or-later
// A cache in memory, for the console's tests and pictures: questions as a support desk gets them.
#pragma once

#include "ui/cache_source.h"

#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace signalbox::ui {

/// Looks at route, text and hits of a filter, and keeps what it was asked for the test to see.
class FixtureCache : public CacheSource
{
public:
    explicit FixtureCache(SystemTime now, int entries = 600)
    {
        state.mode = "semantic";
        state.threshold = 0.92;
        state.embedder = "local";
        state.lifetime = Millis(86'400'000);
        state.entriesMax = 100'000;
        state.bytesMax = 300'000'000;
        state.bytes = 184'200'000;
        state.totals.lookups = 10'842;
        state.totals.exactHits = 3'711;
        state.totals.semanticHits = 389;
        state.totals.staleHits = 20;
        state.totals.vetoed = 214;
        state.totals.saved = Money::fromNanos(88'100'000'000);
        state.totals.waitSaved = Millis(41 * 60'000);
        state.totals.unpricedHits = 12;
        state.promptCaches = {{"anthropic", 4'120'000, 2'925'000},
                              {"openai", 2'310'000, 1'108'000},
                              {"deepseek", 812'000, 0},
                              {"mistral", 0, 0}};
        for (int i = 0; i < entries; ++i) {
            kept.push_back(entryOf(i, now - Seconds(37 * i)));
        }
        state.nearMisses = missesAt(now);
    }

    Asked view(const CacheQuery &query, CacheThen<CacheView> then) override
    {
        queries.push_back(query);
        if (!problem.isEmpty()) {
            return later<CacheView>(Failure{problem}, std::move(then));
        }
        CacheView answer = state;
        answer.entryCount = kept.size();
        std::vector<CacheEntry> found;
        std::ranges::copy_if(kept, std::back_inserter(found), [&](const CacheEntry &entry) {
            return holds(query.filter, entry);
        });
        if (query.order == CacheOrder::MostHits) {
            std::ranges::stable_sort(found, std::greater(), &CacheEntry::hits);
        }
        answer.matching = found.size();
        for (std::size_t i = query.offset; i < std::min(found.size(), query.offset + query.limit);
             ++i) {
            answer.entries.push_back(found[i]);
        }
        return later<CacheView>(std::move(answer), std::move(then));
    }
    Asked evaluate(CacheThen<CacheEvaluation> then) override
    {
        ++evaluations;
        if (!problem.isEmpty()) {
            return later<CacheEvaluation>(Failure{problem}, std::move(then));
        }
        CacheEvaluation answer;
        answer.embedder = "local";
        answer.same = 1'124;
        answer.different = 1'544;
        for (int i = 50; i <= 100; i += 2) {
            const double at = i / 100.0;
            answer.thresholds.push_back({.threshold = at,
                                         .precision = at >= 0.84 ? 1 : 1 - (0.84 - at) * 0.5,
                                         .recall = 0.62 - std::pow(at, 6) * 0.34,
                                         .falseHits = at >= 0.84 ? 0 : (0.84 - at) * 0.3,
                                         .falseHitsUnvetoed = 0.9 - std::pow(at, 3) * 0.76});
        }
        answer.recommended = 0.84;
        return later<CacheEvaluation>(std::move(answer), std::move(then));
    }
    Asked evict(const std::vector<std::string> &ids, CacheThen<std::size_t> then) override
    {
        evicted.insert(evicted.end(), ids.begin(), ids.end());
        return act([&ids](const CacheEntry
                              &entry) { return std::ranges::find(ids, entry.id) != ids.end(); },
                   std::move(then));
    }
    Asked evictMatching(const CacheFilter &filter, CacheThen<std::size_t> then) override
    {
        filters.push_back(filter);
        return act([&filter](const CacheEntry &entry) { return holds(filter, entry); },
                   std::move(then));
    }
    Asked pin(const std::string &id, bool pinned, CacheThen<std::size_t> then) override
    {
        std::size_t met = 0;
        for (CacheEntry &entry : kept) {
            if (problem.isEmpty() && entry.id == id) {
                entry.pinned = pinned;
                ++met;
            }
        }
        return problem.isEmpty() ? later<std::size_t>(met, std::move(then))
                                 : later<std::size_t>(Failure{problem}, std::move(then));
    }

    CacheView state; ///< without entries and counts of them
    std::vector<CacheEntry> kept; ///< newest first
    QString problem; ///< not empty: nothing is answered but this
    std::vector<CacheQuery> queries;
    std::vector<std::string> evicted;
    std::vector<CacheFilter> filters;
    int evaluations = 0;

private:
    template <typename T>
    static Asked later(CacheAnswer<T> answer, CacheThen<T> then)
    {
        auto takenBack = std::make_shared<std::atomic<bool>>(false);
        QTimer::singleShot(0, [takenBack, answer = std::move(answer), then = std::move(then)] {
            if (!*takenBack) {
                then(answer);
            }
        });
        return Asked(takenBack);
    }

    template <typename Meant>
    Asked act(const Meant &meant, CacheThen<std::size_t> then)
    {
        if (!problem.isEmpty()) {
            return later<std::size_t>(Failure{problem}, std::move(then));
        }
        return later<std::size_t>(std::erase_if(kept, meant), std::move(then));
    }

    static bool holds(const CacheFilter &filter, const CacheEntry &entry)
    {
        return (!filter.route || entry.route == *filter.route)
               && (!filter.hitsAtMost || entry.hits <= *filter.hitsAtMost)
               && (!filter.text || entry.question.find(*filter.text) != std::string::npos);
    }

    static CacheEntry entryOf(int i, SystemTime made)
    {
        constexpr std::array questions{
            "How do I reset my password?",
            "Which invoices are overdue for more than 30 days?",
            "Summarise the refund policy for customers in Germany in three sentences, please.",
            "请用三句话解释断路器的作用",
            "What does error 503 mean when I upload a file larger than 2 GB?"};
        constexpr std::array clients{"support-bot", "batch", ""};
        constexpr std::array targets{"openai/gpt-4.1",
                                     "anthropic/claude-sonnet-4-5",
                                     "mistral/mistral-large"};
        const auto at = static_cast<std::size_t>(i);
        CacheEntry entry;
        entry.id = "e" + std::to_string(100'000 + i);
        entry.requestId = "01KAF3G7H2" + std::to_string(10'000 + i);
        entry.route = i % 3 == 0 ? "code" : "chat-default";
        entry.client = clients[at % clients.size()];
        entry.target = TargetId(targets[at % targets.size()]);
        entry.question = questions[at % questions.size()];
        entry.made = made;
        entry.expires = made + Seconds(i % 7 == 6 ? 30 : 86'400);
        entry.hits = static_cast<std::uint64_t>((i * 37) % 23);
        if (entry.hits > 0) {
            entry.usedLast = made + Seconds(20);
            entry.saved = Money::fromNanos(static_cast<std::int64_t>(entry.hits) * 2'130'000);
        }
        entry.bytes = 1'200 + static_cast<std::size_t>(i % 40) * 310;
        entry.pinned = i == 3;
        return entry;
    }

    static std::vector<CacheNearMiss> missesAt(SystemTime now)
    {
        struct Pair
        {
            const char *asked;
            const char *kept;
            double likeness;
            std::vector<std::string> vetoes;
        };
        const std::vector<Pair>
            pairs{{"How do I not reset my password by accident?",
                   "How do I reset my password?",
                   0.94,
                   {"negation", "words"}},
                  {"Which invoices are overdue for more than 60 days?",
                   "Which invoices are overdue for more than 30 days?",
                   0.97,
                   {"numbers"}},
                  {"Which trains go from Oslo to Bergen?",
                   "Which trains go from Bergen to Oslo?",
                   0.99,
                   {"parts"}},
                  {"Reset of a forgotten password", "How do I reset my password?", 0.88, {}},
                  {"请用五句话解释断路器的作用", "请用三句话解释断路器的作用", 0.95, {"numbers"}}};
        std::vector<CacheNearMiss> misses;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            misses.push_back({.requestId = "01KAF3G7HM" + std::to_string(10'000 + i),
                              .at = now - Seconds(static_cast<std::int64_t>(90 * i + 12)),
                              .route = "chat-default",
                              .asked = pairs[i].asked,
                              .kept = pairs[i].kept,
                              .entry = "e100000",
                              .likeness = pairs[i].likeness,
                              .vetoes = pairs[i].vetoes});
        }
        return misses;
    }
};

} // namespace signalbox::ui

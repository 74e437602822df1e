// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/cache/local_cache.h"

#include "core/base/bounds.h"

#include <utility>

namespace signalbox::app {

LocalCache::LocalCache(runtime::Service &service)
    : m_service(service)
    , m_answers(bounds::kConsoleResultsMax)
{
    connect(this, &LocalCache::rung, this, &LocalCache::take, Qt::QueuedConnection);
}

template <typename T>
auto LocalCache::giveTo(ui::CacheThen<T> then, const ui::Asked::Flag &takenBack) -> Give<T>
{
    return [this, then = std::move(then), takenBack](ui::CacheAnswer<T> answer) {
        deliver([then, takenBack, answer = std::move(answer)] {
            if (!*takenBack) {
                then(answer);
            }
        });
    };
}

void LocalCache::deliver(Answer answer)
{
    m_answers.put(std::move(answer));
    // One queued event at a time, however many answers there are.
    if (!m_rung.exchange(true)) {
        Q_EMIT rung();
    }
}

void LocalCache::take()
{
    m_rung = false;
    for (const Answer &answer : m_answers.take().items) {
        answer();
    }
}

ui::Asked LocalCache::view(const CacheQuery &query, ui::CacheThen<CacheView> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_service.cacheView(query, giveTo<CacheView>(std::move(then), takenBack));
    return ui::Asked(std::move(takenBack));
}

ui::Asked LocalCache::evaluate(ui::CacheThen<CacheEvaluation> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    const auto give = giveTo<CacheEvaluation>(std::move(then), takenBack);
    if (!m_service.evaluateCache(give)) {
        give(Failure{tr("The pairs are being evaluated already.")});
    }
    return ui::Asked(std::move(takenBack));
}

ui::Asked LocalCache::evict(const std::vector<std::string> &ids, ui::CacheThen<std::size_t> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_service.evictCached(ids, giveTo<std::size_t>(std::move(then), takenBack));
    return ui::Asked(std::move(takenBack));
}

ui::Asked LocalCache::evictMatching(const CacheFilter &filter, ui::CacheThen<std::size_t> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_service.evictCached(filter, giveTo<std::size_t>(std::move(then), takenBack));
    return ui::Asked(std::move(takenBack));
}

ui::Asked LocalCache::pin(const std::string &id, bool pinned, ui::CacheThen<std::size_t> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    const auto give = giveTo<std::size_t>(std::move(then), takenBack);
    m_service.pinCached(id, pinned, [give](bool met) {
        if (met) {
            give(std::size_t(1));
        } else {
            give(Failure{tr("This answer is not kept any more.")});
        }
    });
    return ui::Asked(std::move(takenBack));
}

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/cache/remote_cache.h"

#include "app/console/cache/cache_reading.h"
#include "app/console/remote/remote_verdict.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using runtime::Json;

namespace {

constexpr int kNotFound = 404;

void addText(QUrlQuery &query, const QString &name, const std::string &value)
{
    const QByteArray bytes(value.data(), static_cast<qsizetype>(value.size()));
    query.addQueryItem(name, QString::fromLatin1(bytes.toPercentEncoding()));
}

QUrlQuery queryOf(const CacheFilter &filter)
{
    QUrlQuery query;
    const auto add = [&query](const QString &name, const std::optional<std::string> &value) {
        if (value) {
            addText(query, name, *value);
        }
    };
    add(u"route"_s, filter.route);
    add(u"model"_s, filter.model);
    add(u"client"_s, filter.client);
    add(u"text"_s, filter.text);
    if (filter.olderThan) {
        const auto seconds = std::chrono::ceil<Seconds>(*filter.olderThan).count();
        query.addQueryItem(u"older_than_s"_s, QString::number(seconds));
    }
    if (filter.hitsAtMost) {
        query.addQueryItem(u"hits_max"_s, QString::number(*filter.hitsAtMost));
    }
    return query;
}

QString nameOf(CacheOrder order)
{
    switch (order) {
    case CacheOrder::Newest:
        return u"newest"_s;
    case CacheOrder::Oldest:
        return u"oldest"_s;
    case CacheOrder::MostHits:
        return u"hits"_s;
    case CacheOrder::MostSaved:
        return u"saved"_s;
    case CacheOrder::Largest:
        return u"size"_s;
    }
    return {};
}

QString pathOf(const std::string &id)
{
    const QByteArray bytes(id.data(), static_cast<qsizetype>(id.size()));
    return u"cache/"_s + QString::fromLatin1(bytes.toPercentEncoding());
}

std::optional<Json> jsonIn(const RemoteAnswer &answer)
{
    if (answer.status != 200) {
        return std::nullopt;
    }
    return runtime::parseJson(
        {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
}

std::optional<std::size_t> evictedIn(const RemoteAnswer &answer)
{
    const auto json = jsonIn(answer);
    if (!json || !json->is_object()) {
        return std::nullopt;
    }
    const auto count = runtime::JsonFields(*json).optionalInteger("evicted");
    return count && *count >= 0 ? std::optional(static_cast<std::size_t>(*count)) : std::nullopt;
}

} // namespace

/// Of several entries, by a call for each.
struct RemoteCache::Eviction
{
    std::vector<std::string> ids;
    std::size_t next = 0;
    std::size_t met = 0;
    ui::Asked::Flag takenBack;
    ui::CacheThen<std::size_t> then;
};

RemoteCache::RemoteCache(const QUrl &address, const QSslConfiguration &tls, Millis patience)
    : m_address(address)
    , m_http(address, tls, patience, this)
{}

RemoteCache::~RemoteCache()
{
    m_http.abortAll();
}

QString RemoteCache::problemIn(const RemoteAnswer &answer) const
{
    if (answer.status == kNotFound) {
        return tr("The gateway is too old to tell of its cache.");
    }
    const auto trouble = troubleIn(answer, m_address);
    return trouble ? trouble->words : tr("The gateway's answer makes no sense.");
}

ui::Asked RemoteCache::view(const CacheQuery &query, ui::CacheThen<CacheView> then)
{
    QUrlQuery asked = queryOf(query.filter);
    asked.addQueryItem(u"order"_s, nameOf(query.order));
    asked.addQueryItem(u"limit"_s, QString::number(query.limit));
    asked.addQueryItem(u"offset"_s, QString::number(query.offset));
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_http.get(u"cache"_s,
               asked,
               [this, takenBack, then = std::move(then)](const RemoteAnswer &answer) {
                   if (*takenBack) {
                       return;
                   }
                   const auto json = jsonIn(answer);
                   auto found = json ? cacheViewFrom(*json) : std::nullopt;
                   then(found ? ui::CacheAnswer<CacheView>(std::move(*found))
                              : ui::CacheAnswer<CacheView>(Failure{problemIn(answer)}));
               });
    return ui::Asked(std::move(takenBack));
}

ui::Asked RemoteCache::evaluate(ui::CacheThen<CacheEvaluation> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_http.post(u"cache/evaluate"_s,
                "{}",
                [this, takenBack, then = std::move(then)](const RemoteAnswer &answer) {
                    if (*takenBack) {
                        return;
                    }
                    const auto json = jsonIn(answer);
                    auto found = json ? cacheEvaluationFrom(*json) : std::nullopt;
                    then(found ? ui::CacheAnswer<CacheEvaluation>(std::move(*found))
                               : ui::CacheAnswer<CacheEvaluation>(Failure{problemIn(answer)}));
                });
    return ui::Asked(std::move(takenBack));
}

ui::Asked RemoteCache::evict(const std::vector<std::string> &ids, ui::CacheThen<std::size_t> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    auto eviction = std::make_shared<Eviction>(
        Eviction{.ids = ids, .takenBack = takenBack, .then = std::move(then)});
    QMetaObject::invokeMethod(
        this, [this, eviction] { evictNext(eviction); }, Qt::QueuedConnection);
    return ui::Asked(std::move(takenBack));
}

/// One that is gone by now is no failure.
void RemoteCache::evictNext(const std::shared_ptr<Eviction> &eviction)
{
    if (eviction->next == eviction->ids.size()) {
        if (!*eviction->takenBack) {
            eviction->then(eviction->met);
        }
        return;
    }
    const QString path = pathOf(eviction->ids[eviction->next++]);
    m_http.remove(path, {}, [this, eviction](const RemoteAnswer &answer) {
        if (answer.status == 200 || answer.status == kNotFound) {
            eviction->met += answer.status == 200 ? 1 : 0;
            return evictNext(eviction);
        }
        if (!*eviction->takenBack) {
            eviction->then(Failure{problemIn(answer)});
        }
    });
}

ui::Asked RemoteCache::evictMatching(const CacheFilter &filter, ui::CacheThen<std::size_t> then)
{
    QUrlQuery query = queryOf(filter);
    if (query.isEmpty()) {
        query.addQueryItem(u"all"_s, u"true"_s); // never by leaving something out
    }
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_http.remove(u"cache"_s,
                  query,
                  [this, takenBack, then = std::move(then)](const RemoteAnswer &answer) {
                      if (*takenBack) {
                          return;
                      }
                      const auto met = evictedIn(answer);
                      then(met ? ui::CacheAnswer<std::size_t>(*met)
                               : ui::CacheAnswer<std::size_t>(Failure{problemIn(answer)}));
                  });
    return ui::Asked(std::move(takenBack));
}

ui::Asked RemoteCache::pin(const std::string &id, bool pinned, ui::CacheThen<std::size_t> then)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_http.post(pathOf(id) + u"/pin"_s,
                pinned ? R"({"pinned":true})" : R"({"pinned":false})",
                [this, takenBack, then = std::move(then)](const RemoteAnswer &answer) {
                    if (*takenBack) {
                        return;
                    }
                    if (answer.status == kNotFound) {
                        return then(Failure{tr("This answer is not kept any more.")});
                    }
                    then(answer.status == 200
                             ? ui::CacheAnswer<std::size_t>(std::size_t(1))
                             : ui::CacheAnswer<std::size_t>(Failure{problemIn(answer)}));
                });
    return ui::Asked(std::move(takenBack));
}

} // namespace signalbox::app

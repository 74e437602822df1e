// SPDX-License-Identifier: GPL-3.0-or-later
// The cache of a gateway on another machine, by the operators' HTTP.
#pragma once

#include "app/console/remote/remote_http.h"
#include "ui/cache_source.h"

#include <QObject>

namespace signalbox::app {

/// Lives on the UI thread. What is taken back is done all the same, over there, but not answered
/// here. Entries are evicted one call after the other: the first that fails ends it.
class RemoteCache
    : public QObject
    , public ui::CacheSource
{
    Q_OBJECT

public:
    RemoteCache(const QUrl &address, const QSslConfiguration &tls, Millis patience);
    ~RemoteCache() override;

    void useToken(const Secret &token) { m_http.setToken(token); }

    [[nodiscard]] ui::Asked view(const CacheQuery &query, ui::CacheThen<CacheView> then) override;
    [[nodiscard]] ui::Asked evaluate(ui::CacheThen<CacheEvaluation> then) override;
    [[nodiscard]] ui::Asked evict(const std::vector<std::string> &ids,
                                  ui::CacheThen<std::size_t> then) override;
    [[nodiscard]] ui::Asked evictMatching(const CacheFilter &filter,
                                          ui::CacheThen<std::size_t> then) override;
    [[nodiscard]] ui::Asked pin(const std::string &id,
                                bool pinned,
                                ui::CacheThen<std::size_t> then) override;

private:
    struct Eviction;

    void evictNext(const std::shared_ptr<Eviction> &eviction);
    [[nodiscard]] QString problemIn(const RemoteAnswer &answer) const;

    QUrl m_address;
    RemoteHttp m_http;
};

} // namespace signalbox::app

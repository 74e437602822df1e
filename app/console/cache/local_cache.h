// SPDX-License-Identifier: GPL-3.0-or-later
// The cache of the gateway in this process.
#pragma once

#include "ui/cache_source.h"

#include "core/runtime/doors.h"
#include "core/runtime/service.h"

#include <QObject>

#include <atomic>
#include <functional>

namespace signalbox::app {

/// Lives on the UI thread. The gateway's thread leaves an answer in the inbox and rings.
class LocalCache
    : public QObject
    , public ui::CacheSource
{
    Q_OBJECT

public:
    /// \p service must outlive it; it must outlive the gateway's thread.
    explicit LocalCache(runtime::Service &service);

    [[nodiscard]] ui::Asked view(const CacheQuery &query, ui::CacheThen<CacheView> then) override;
    [[nodiscard]] ui::Asked evaluate(ui::CacheThen<CacheEvaluation> then) override;
    [[nodiscard]] ui::Asked evict(const std::vector<std::string> &ids,
                                  ui::CacheThen<std::size_t> then) override;
    [[nodiscard]] ui::Asked evictMatching(const CacheFilter &filter,
                                          ui::CacheThen<std::size_t> then) override;
    [[nodiscard]] ui::Asked pin(const std::string &id,
                                bool pinned,
                                ui::CacheThen<std::size_t> then) override;

Q_SIGNALS:
    /// There are answers. Comes from the gateway's thread.
    void rung();

private:
    using Answer = std::function<void()>;
    template <typename T>
    using Give = std::function<void(ui::CacheAnswer<T>)>;

    /// What hands an answer over, from any thread, to \p then on this one.
    template <typename T>
    [[nodiscard]] Give<T> giveTo(ui::CacheThen<T> then, const ui::Asked::Flag &takenBack);
    void deliver(Answer answer);
    void take();

    runtime::Service &m_service;
    runtime::Inbox<Answer> m_answers;
    std::atomic<bool> m_rung = false;
};

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
// Previews by the ledger of the gateway inside, or by a recording, replayed in this process.
#pragma once

#include "ui/config_source.h"
#include "ui/foresight_source.h"

#include "core/runtime/replay/replay_desk.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace signalbox::app {

/// Lives on the UI thread; the desk's thread leaves an answer here and rings.
class LocalForesight : public ui::ForesightSource
{
    Q_OBJECT

public:
    using Clock = std::function<SystemTime()>;

    /// \p config must outlive it.
    LocalForesight(runtime::LedgerPlace ledger, const ui::ConfigSource &config, Clock clock);
    ~LocalForesight() override;

    void ask(quint64 id, const ui::ForesightQuestion &question) override;
    void cancel() override;

Q_SIGNALS:
    /// There are answers. Comes from the desk's thread: connected queued.
    void rung();

private:
    struct News
    {
        quint64 id = 0;
        double done = 0;
        std::shared_ptr<const ui::ForesightAnswer> answer; ///< null: it is on its way
    };

    void leave(News news);
    void deliver();
    void refuse(quint64 id, const QString &problem);

    const ui::ConfigSource &m_config;
    Clock m_clock;
    std::shared_ptr<std::atomic<bool>> m_wanted; ///< the last question still is
    std::mutex m_mutex; ///< of the news
    std::vector<News> m_news;
    runtime::ReplayDesk m_desk; // last: its thread leaves news
};

} // namespace signalbox::app

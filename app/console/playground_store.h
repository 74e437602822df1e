// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's history in a file of its own, written and read on a thread of its own.
#pragma once

#include "ui/playground_history.h"

#include "core/runtime/ledger/sql_database.h"

#include <QThreadPool>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::app {

/// SQLite, readable by its owner alone. A damaged file is moved aside, whole, and a new one begun. What is
/// still to be written when it ends is written before.
class PlaygroundStore : public ui::PlaygroundHistory
{
    Q_OBJECT

public:
    /// \p path: the folder must exist when the first is kept; nothing is made before.
    explicit PlaygroundStore(std::string path, QObject *parent = nullptr);
    ~PlaygroundStore() override;

    void keep(const ui::PlaygroundSheet &sheet) override;
    void find(quint64 question, const QString &search) override;
    void findSame(quint64 question, const QString &digest) override;
    void read(const QString &id) override;
    void pin(const QString &id, bool pinned) override;
    void forget(const QString &id) override;
    void forgetUnpinned() override;

Q_SIGNALS:
    /// There are answers. Comes from the thread: connected queued.
    void answered();

private:
    using Answer = std::function<void()>;
    using Database = runtime::Database;
    using Done = Status<runtime::LedgerError>;
    static constexpr int kJobsMax = 64;

    /// \p job on the thread, with the open file; what goes wrong is told.
    void work(std::function<Done(Database &)> job);
    Done open();
    Done openAnew();
    Done write(Database &database, const ui::PlaygroundSheet &sheet);
    Done list(Database &database,
              quint64 question,
              const std::string &where,
              const std::vector<std::string> &values);
    void tellChanged();
    void hand(Answer answer);
    void deliver();

    const std::string m_path;
    std::optional<Database> m_database; ///< the thread's
    std::mutex m_mutex; ///< of the answers
    std::vector<Answer> m_answers;
    std::atomic<int> m_jobs = 0; ///< given and not done
    QThreadPool m_pool; ///< of one thread
};

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
// Votes and a batch in an SQLite file beside the console's own data, written on a thread of its own.
#pragma once

#include "ui/judgement_store.h"

#include "core/runtime/job_thread.h"
#include "core/runtime/ledger/sql_database.h"

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::app {

/// The file is made with the first thing that is kept or read, for its owner alone. What waits to be
/// written when this ends is written first.
class JudgementFile : public ui::JudgementStore
{
    Q_OBJECT

public:
    /// \p path: its folder must exist.
    explicit JudgementFile(std::string path, QObject *parent = nullptr);
    ~JudgementFile() override;

    void load() override;
    void keepVote(const ui::KeptVote &vote) override;
    void forgetVotes() override;
    void keepPlan(const ui::BatchPlan &plan, bool again) override;
    void keepAnswer(const ui::BatchAnswer &answer) override;
    void forgetBatch() override;

Q_SIGNALS:
    /// There is news. Comes from the writing thread: connected queued.
    void doorbell();

private:
    using Told = std::function<void()>; ///< on the UI's thread
    using Work = std::function<Status<runtime::LedgerError>(runtime::Database &)>;
    /// Every call of the largest batch that may be in the air, and a person's clicks.
    static constexpr std::size_t kJobsMax = 4'096;

    /// \p done is called when \p work went well; else there is `trouble`.
    void write(Work work, Told done = {});
    [[nodiscard]] Result<runtime::Database *, runtime::LedgerError> database();
    void tell(Told told);
    void tellTrouble(const runtime::LedgerError &error);
    void deliver();

    const std::string m_path;
    std::optional<runtime::Database> m_database; ///< the thread's, opened with the first job
    std::mutex m_mutex; ///< of what is to be told
    std::vector<Told> m_told;
    runtime::JobThread m_thread; ///< last: it uses the others
};

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
// The past of the gateway inside: its ledger, a file or a server, read on a thread of its own.
#pragma once

#include "ui/ledger_source.h"

#include "core/runtime/job_thread.h"
#include "core/runtime/ledger/ledger_at.h"

#include <QObject>

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace signalbox::app {

/// Answers in the order of the questions. A question that is taken back is passed over, or given up
/// while it is looked up; the file is opened anew when it was moved away or could not be read.
class LocalLedger
    : public QObject
    , public ui::LedgerSource
{
    Q_OBJECT

public:
    explicit LocalLedger(runtime::LedgerPlace place);
    /// Told of each question for bodies, to put it on record; called on this thread.
    void setOnBodies(std::function<void(const std::string &id)> told)
    {
        m_onBodies = std::move(told);
    }

    [[nodiscard]] ui::Asked requests(const RequestFilter &filter,
                                     ui::LedgerThen<RequestPage> then) override;
    [[nodiscard]] ui::Asked request(const std::string &id,
                                    ui::LedgerThen<std::optional<RequestRecord>> then) override;
    [[nodiscard]] ui::Asked bodies(const std::string &id,
                                   ui::LedgerThen<std::optional<RequestBodies>> then) override;
    [[nodiscard]] ui::Asked histogram(const HistogramQuery &query,
                                      ui::LedgerThen<std::vector<HistogramBucket>> then) override;
    [[nodiscard]] ui::Asked costs(const CostQuery &query,
                                  ui::LedgerThen<std::vector<CostRow>> then) override;
    [[nodiscard]] ui::Asked costMatrix(SystemTime since,
                                       SystemTime until,
                                       ui::LedgerThen<std::vector<MatrixCell>> then) override;

Q_SIGNALS:
    /// There are answers. Comes from the reading thread: connected queued.
    void answered();

private:
    using Answer = std::function<void()>;
    /// Pages, histograms and sheets of a screen or two; those that were taken back go in no time.
    static constexpr std::size_t kQuestionsMax = 64;

    template <typename T, typename Look>
    [[nodiscard]] ui::Asked ask(ui::LedgerThen<T> then, Look look);
    [[nodiscard]] Result<runtime::LedgerReader, runtime::LedgerError> &reader();
    void hand(Answer answer);
    void deliver();

    const runtime::LedgerPlace m_place;
    std::function<void(const std::string &)> m_onBodies;
    std::unique_ptr<runtime::LedgerAt> m_ledger; ///< the thread's, opened with the first question
    std::mutex m_mutex; ///< of the answers
    std::vector<Answer> m_answers;
    runtime::JobThread m_thread; ///< last: it uses the others
};

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
// The past of the gateway inside: its ledger's file, read on a thread of its own.
#pragma once

#include "ui/ledger_source.h"

#include "core/runtime/ledger/ledger_reader.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
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
    explicit LocalLedger(std::string path);
    ~LocalLedger() override;

    [[nodiscard]] ui::Asked requests(const RequestFilter &filter,
                                     ui::LedgerThen<RequestPage> then) override;
    [[nodiscard]] ui::Asked request(const std::string &id,
                                    ui::LedgerThen<std::optional<RequestRecord>> then) override;
    [[nodiscard]] ui::Asked histogram(const HistogramQuery &query,
                                      ui::LedgerThen<std::vector<HistogramBucket>> then) override;
    [[nodiscard]] ui::Asked costs(const CostQuery &query,
                                  ui::LedgerThen<std::vector<CostRow>> then) override;

Q_SIGNALS:
    /// There are answers. Comes from the reading thread: connected queued.
    void answered();

private:
    using Reader = Result<runtime::LedgerReader, runtime::LedgerError>;
    using Answer = std::function<void()>;
    struct Question
    {
        ui::Asked::Flag takenBack;
        std::function<Answer(Reader &)> look;
    };

    template <typename T, typename Look>
    [[nodiscard]] ui::Asked ask(ui::LedgerThen<T> then, Look look);
    void run();
    [[nodiscard]] bool isUnwanted(const ui::Asked::Flag &takenBack) const;
    void deliver();

    std::string m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    std::vector<Answer> m_answers;
    std::atomic<bool> m_stopping = false;
    std::thread m_thread; // last: it uses the others
};

} // namespace signalbox::app

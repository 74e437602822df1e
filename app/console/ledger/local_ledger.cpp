// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledger/local_ledger.h"

#include "core/runtime/thread_name.h"

#include <sys/stat.h>
#include <utility>

namespace signalbox::app {

namespace {

using runtime::LedgerError;
using runtime::LedgerFault;
using runtime::LedgerReader;

/// Tells one file from another of the same name; 0: there is none.
ino_t fileNumber(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

QString sentenceFor(const LedgerError &error)
{
    const QString words = QString::fromStdString(toString(error));
    if (error.fault == LedgerFault::RangeTooLarge) {
        return LocalLedger::tr("That is more than can be shown at once. Choose a shorter period.");
    }
    return LocalLedger::tr("The ledger cannot be read: %1").arg(words);
}

} // namespace

LocalLedger::LocalLedger(std::string path)
    : m_path(std::move(path))
{
    connect(this, &LocalLedger::answered, this, &LocalLedger::deliver, Qt::QueuedConnection);
    m_thread = std::thread([this] { run(); });
}

LocalLedger::~LocalLedger()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_questions.clear();
    }
    m_wake.notify_one();
    m_thread.join();
}

/// \p look is called on the reading thread, \p then on the UI's.
template <typename T, typename Look>
ui::Asked LocalLedger::ask(ui::LedgerThen<T> then, Look look)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    Question question;
    question.takenBack = takenBack;
    question.look = [then = std::move(then), look = std::move(look), takenBack](Reader &reader) {
        auto found = reader ? look(*reader) : Result<T, LedgerError>(Failure{reader.error()});
        return [then, takenBack, found = std::move(found)] {
            if (!*takenBack) {
                then(found ? ui::LedgerAnswer<T>(*found)
                           : ui::LedgerAnswer<T>(Failure{sentenceFor(found.error())}));
            }
        };
    };
    {
        const std::lock_guard lock(m_mutex);
        m_questions.push_back(std::move(question));
    }
    m_wake.notify_one();
    return ui::Asked(std::move(takenBack));
}

ui::Asked LocalLedger::requests(const RequestFilter &filter, ui::LedgerThen<RequestPage> then)
{
    return ask<RequestPage>(std::move(then),
                            [filter](LedgerReader &reader) { return reader.requests(filter); });
}

ui::Asked LocalLedger::request(const std::string &id,
                               ui::LedgerThen<std::optional<RequestRecord>> then)
{
    return ask<std::optional<RequestRecord>>(std::move(then), [id](LedgerReader &reader) {
        return reader.request(id);
    });
}

ui::Asked LocalLedger::histogram(const HistogramQuery &query,
                                 ui::LedgerThen<std::vector<HistogramBucket>> then)
{
    return ask<std::vector<HistogramBucket>>(std::move(then), [query](LedgerReader &reader) {
        return reader.histogram(query);
    });
}

ui::Asked LocalLedger::costs(const CostQuery &query, ui::LedgerThen<std::vector<CostRow>> then)
{
    return ask<std::vector<CostRow>>(std::move(then),
                                     [query](LedgerReader &reader) { return reader.costs(query); });
}

bool LocalLedger::isUnwanted(const ui::Asked::Flag &takenBack) const
{
    return m_stopping || *takenBack;
}

void LocalLedger::run()
{
    runtime::nameThisThread("console-ledger");
    ino_t opened = fileNumber(m_path);
    Reader reader = LedgerReader::open(m_path);
    for (;;) {
        Question question;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_questions.empty(); });
            if (m_stopping) {
                return;
            }
            question = std::move(m_questions.front());
            m_questions.pop_front();
        }
        if (isUnwanted(question.takenBack)) {
            continue;
        }
        // It may be mended by now, or a new one stands in the place of a damaged one.
        if (const ino_t present = fileNumber(m_path); !reader || present != opened) {
            reader = LedgerReader::open(m_path);
            opened = present;
        }
        if (reader) {
            reader->stopWhen([this, &question] { return isUnwanted(question.takenBack); });
        }
        Answer answer = question.look(reader);
        if (reader) {
            reader->stopWhen({});
        }
        {
            const std::lock_guard lock(m_mutex);
            m_answers.push_back(std::move(answer));
        }
        Q_EMIT answered();
    }
}

void LocalLedger::deliver()
{
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers = std::exchange(m_answers, {});
    }
    for (const Answer &answer : answers) {
        answer();
    }
}

} // namespace signalbox::app

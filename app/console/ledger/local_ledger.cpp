// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledger/local_ledger.h"

#include "ui/text/ledger_words.h"

#include <atomic>
#include <utility>

namespace signalbox::app {

namespace {

using runtime::LedgerError;
using runtime::LedgerFault;
using runtime::LedgerReader;

QString sentenceFor(const LedgerError &error)
{
    const QString words = ui::text::ledgerTrouble(toString(error));
    if (error.fault == LedgerFault::RangeTooLarge) {
        return LocalLedger::tr("That is more than can be shown at once. Choose a shorter period.");
    }
    return LocalLedger::tr("The ledger cannot be read: %1").arg(words);
}

} // namespace

LocalLedger::LocalLedger(runtime::LedgerPlace place)
    : m_place(std::move(place))
    , m_thread("console-ledger", kQuestionsMax)
{
    connect(this, &LocalLedger::answered, this, &LocalLedger::deliver, Qt::QueuedConnection);
}

/// \p look is called on the reading thread, \p then on the UI's.
template <typename T, typename Look>
ui::Asked LocalLedger::ask(ui::LedgerThen<T> then, Look look)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    const auto give = [this, then = std::move(then), takenBack](ui::LedgerAnswer<T> answer) {
        hand([then, takenBack, answer = std::move(answer)] {
            if (!*takenBack) {
                then(answer);
            }
        });
    };
    const bool taken = m_thread.add([this, takenBack, give, look = std::move(look)] {
        const auto isUnwanted = [this, takenBack] { return m_thread.isStopping() || *takenBack; };
        if (isUnwanted()) {
            return;
        }
        auto &reader = this->reader();
        if (!reader) {
            return give(Failure{sentenceFor(reader.error())});
        }
        reader->stopWhen(isUnwanted);
        auto found = look(*reader);
        reader->stopWhen({});
        give(found ? ui::LedgerAnswer<T>(std::move(*found))
                   : ui::LedgerAnswer<T>(Failure{sentenceFor(found.error())}));
    });
    if (!taken) {
        give(Failure{tr("The ledger has too many questions to answer already.")});
    }
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

ui::Asked LocalLedger::bodies(const std::string &id,
                              ui::LedgerThen<std::optional<RequestBodies>> then)
{
    if (m_onBodies) {
        m_onBodies(id);
    }
    return ask<std::optional<RequestBodies>>(std::move(then), [id](LedgerReader &reader) {
        return reader.bodies(id);
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

ui::Asked LocalLedger::costMatrix(SystemTime since,
                                  SystemTime until,
                                  ui::LedgerThen<std::vector<MatrixCell>> then)
{
    return ask<std::vector<MatrixCell>>(std::move(then), [since, until](LedgerReader &reader) {
        return reader.costMatrix(since, until);
    });
}

Result<LedgerReader, LedgerError> &LocalLedger::reader()
{
    if (m_ledger == nullptr) {
        m_ledger = std::make_unique<runtime::LedgerAt>(m_place);
    }
    return m_ledger->reader();
}

void LocalLedger::hand(Answer answer)
{
    {
        const std::lock_guard lock(m_mutex);
        m_answers.push_back(std::move(answer));
    }
    Q_EMIT answered();
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

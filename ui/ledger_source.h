// SPDX-License-Identifier: GPL-3.0-or-later
// The console's handle on what was: finished requests, how many when, and what they cost.
#pragma once

#include "core/base/result.h"
#include "core/domain/cost_matrix.h"
#include "core/domain/ledger_query.h"
#include "core/domain/request_bodies.h"

#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::ui {

/// A question in the air. Its end takes the question back: it is not answered any more, and one
/// that is being looked up is given up soon.
class Asked
{
public:
    using Flag = std::shared_ptr<std::atomic<bool>>;

    Asked() = default;
    /// \p takenBack becomes true when the answer is not wanted any more.
    explicit Asked(Flag takenBack)
        : m_takenBack(std::move(takenBack))
    {}
    Asked(Asked &&) = default;
    Asked &operator=(Asked &&other) noexcept
    {
        takeBack();
        m_takenBack = std::move(other.m_takenBack);
        return *this;
    }
    Asked(const Asked &) = delete;
    Asked &operator=(const Asked &) = delete;
    ~Asked() { takeBack(); }

    void takeBack()
    {
        if (m_takenBack) {
            *m_takenBack = true;
            m_takenBack.reset();
        }
    }

private:
    Flag m_takenBack;
};

/// Either what was asked for or, in a sentence, why there is no answer.
template <typename T>
using LedgerAnswer = Result<T, QString>;
template <typename T>
using LedgerThen = std::function<void(LedgerAnswer<T>)>;

/// Lives on the UI thread, as do all its callers. No function of it waits: each answer comes later,
/// never from inside the question, once, on the UI thread, and not at all after its Asked has ended.
class LedgerSource
{
public:
    LedgerSource() = default;
    virtual ~LedgerSource() = default;
    LedgerSource(const LedgerSource &) = delete;
    LedgerSource &operator=(const LedgerSource &) = delete;

    /// A page of those that \p filter finds, newest first.
    [[nodiscard]] virtual Asked requests(const RequestFilter &filter,
                                         LedgerThen<RequestPage> then) = 0;
    /// The whole record with facts and decision; nothing when there is none of that id.
    [[nodiscard]] virtual Asked request(const std::string &id,
                                        LedgerThen<std::optional<RequestRecord>> then) = 0;
    /// What was said in it, without keys; nothing when it was not kept. That somebody asked is put on record.
    [[nodiscard]] virtual Asked bodies(const std::string &id,
                                       LedgerThen<std::optional<RequestBodies>> then) = 0;
    [[nodiscard]] virtual Asked histogram(const HistogramQuery &query,
                                          LedgerThen<std::vector<HistogramBucket>> then) = 0;
    [[nodiscard]] virtual Asked costs(const CostQuery &query,
                                      LedgerThen<std::vector<CostRow>> then) = 0;
    /// By task class and target, of requests that arrived in [\p since, \p until): reads them all.
    [[nodiscard]] virtual Asked costMatrix(SystemTime since,
                                           SystemTime until,
                                           LedgerThen<std::vector<MatrixCell>> then) = 0;
};

} // namespace signalbox::ui

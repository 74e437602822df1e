// SPDX-License-Identifier: GPL-3.0-or-later
// Where votes and the batch on its way are kept between two starts of the console.
#pragma once

#include "ui/models/batch_plan.h"
#include "ui/models/vote_book.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// What was kept.
struct KeptJudgements
{
    std::vector<KeptVote> votes = {}; ///< oldest first
    std::optional<BatchPlan> plan = {}; ///< of the one batch that is kept
    std::vector<BatchAnswer> answers = {}; ///< to it
};

/// Lives on the UI thread, as do all its callers. No function of it ever blocks; what was asked for is
/// done in order.
class JudgementStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Answered by one `loaded`.
    virtual void load() = 0;
    virtual void keepVote(const KeptVote &vote) = 0;
    virtual void forgetVotes() = 0;
    /// The batch from now on, in place of the one before; its answers are kept where \p again.
    virtual void keepPlan(const BatchPlan &plan, bool again) = 0;
    /// Answered by one `kept` when it would survive the end of this program, or by `trouble`.
    virtual void keepAnswer(const BatchAnswer &answer) = 0;
    virtual void forgetBatch() = 0;

Q_SIGNALS:
    void loaded(const signalbox::ui::KeptJudgements &kept);
    void kept(const signalbox::ui::BatchPlace &place);
    /// What could not be read or written, in a sentence.
    void trouble(const QString &problem);
};

} // namespace signalbox::ui

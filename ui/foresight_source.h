// SPDX-License-Identifier: GPL-3.0-or-later
// The console's only handle on what a draft would have done to the traffic on record.
#pragma once

#include "core/domain/foresight.h"

#include <QObject>
#include <QString>

#include <memory>

namespace signalbox::ui {

struct ForesightQuestion
{
    QString draft; ///< the whole configuration's text
    Seconds period{3600}; ///< the last one that long
    QString recording = {}; ///< not empty: the traffic of this file in place of the ledger's
    bool sample = false; ///< a part of the traffic, soon
};

struct ForesightAnswer
{
    std::shared_ptr<const Foresight> foresight; ///< null: see `problem`
    QString problem = {}; ///< a sentence
};

/// Lives on the UI thread. No request is sent to any provider for an answer.
class ForesightSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Answered once by answered(), later; a question before it that is not answered yet is taken
    /// back.
    virtual void ask(quint64 id, const ForesightQuestion &question) = 0;
    /// Takes back what is not answered yet.
    virtual void cancel() = 0;

Q_SIGNALS:
    /// \p share of the work is done, 0..1. Not every source can tell.
    void progressed(quint64 id, double share);
    void answered(quint64 id, const ForesightAnswer &answer);
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// A batch's way to the gateway: whole questions go out, whole answers come, nothing waits.
#pragma once

#include "ui/models/batch_plan.h"

#include <QByteArray>
#include <QObject>
#include <QString>

namespace signalbox::ui {

/// Lives on the UI thread, as do all its callers. No function of it ever blocks.
class BatchSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Why nothing can be asked, in a sentence; empty: it can.
    [[nodiscard]] virtual QString whyNot() const = 0;
    /// Sends a Chat Completions body, past the gateway's cache. Answered by one `answered` with
    /// \p run, the asker's own number, which is never used again.
    virtual void ask(quint64 run, const QByteArray &body) = 0;

Q_SIGNALS:
    /// \p answer has no place: who asked knows it. \p sent: false where the gateway was not reached, so
    /// that nobody can have been asked.
    void answered(quint64 run, const signalbox::ui::BatchAnswer &answer, bool sent);
    /// whyNot() answers differently now.
    void changed();
};

} // namespace signalbox::ui

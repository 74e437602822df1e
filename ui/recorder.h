// SPDX-License-Identifier: GPL-3.0-or-later
// Flight recordings: one file with everything around an incident, made here and opened anywhere.
#pragma once

#include "core/base/time.h"

#include <QObject>
#include <QString>

namespace signalbox::ui {

/// How recordings' files end; what they are is in the file, not in its name.
inline constexpr const char *kRecordingSuffix = "sbrec";

struct MadeRecording
{
    QString path;
    qint64 bytes = 0;
    qint64 requests = 0;
    qint64 requestsLeftOut = 0; ///< the oldest of the period
    QString ledgerProblem; ///< why requests are missing; empty: the ledger could be read
};

/// Lives on the UI thread, as do its callers. No function of it blocks; one thing is done at a time, in
/// the order of the calls.
class Recorder : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Why no recording can be made, in a sentence; empty: it can. Opening one always can.
    [[nodiscard]] virtual QString whyNot() const { return {}; }
    /// Records the gateway from \p since to \p until into the file \p path, which is replaced. Answered
    /// by made() or failed().
    virtual void record(SystemTime since, SystemTime until, const QString &path) = 0;
    /// Shows the recording \p path in a window of its own. Answered by opened() or failed().
    virtual void open(const QString &path) = 0;

Q_SIGNALS:
    void made(const signalbox::ui::MadeRecording &recording);
    void opened(const QString &path);
    /// \p problem is a sentence.
    void failed(const QString &problem);
};

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The console's only handle on a gateway: values come in, commands go out, nothing waits.
#pragma once

#include "core/base/time.h"
#include "core/domain/ids.h"
#include "core/domain/record.h"
#include "core/telemetry/snapshot.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::ui {

enum class BreakerAction : std::uint8_t {
    Trip, ///< force open
    Hold, ///< force closed
    Reset, ///< take any force away and close
    Drain, ///< no new requests; those in flight end
    Undrain,
};

struct BreakerCommand
{
    quint64 id = 0; ///< the sender's, comes back with commandFinished
    BreakerAction action = BreakerAction::Reset;
    TargetId target;
    std::string reason; ///< the operator's words; never empty for Trip and Hold
    std::optional<Seconds> duration; ///< Trip and Hold: how long; nothing: until taken away
};

/// Requests that ended since the last time they were asked for, oldest first.
struct FinishedBatch
{
    std::vector<std::shared_ptr<const RequestRecord>> records;
    std::int64_t lost = 0; ///< not in here because too many had piled up
};

/// Lives on the UI thread, as do all its callers. No function of it ever blocks.
class ConsoleSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The newest there is; null before the first.
    [[nodiscard]] virtual std::shared_ptr<const telemetry::Snapshot> snapshot() const = 0;
    [[nodiscard]] virtual FinishedBatch takeFinished() = 0;
    /// Answered later by commandFinished with the same id.
    virtual void send(const BreakerCommand &command) = 0;

Q_SIGNALS:
    /// There is something new to ask for. May come often; never carries anything.
    void doorbell();
    /// \p message says in a sentence why it did not work; empty when \p ok.
    void commandFinished(quint64 id, bool ok, const QString &message);
};

} // namespace signalbox::ui

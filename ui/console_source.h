// SPDX-License-Identifier: GPL-3.0-or-later
// The console's only handle on a gateway: values come in, commands go out, nothing waits.
#pragma once

#include "core/base/secret.h"
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

/// How the console stands with its gateway.
struct Connection
{
    enum class State : std::uint8_t {
        Inside, ///< the gateway is in this process
        Connecting, ///< nothing has been heard of it yet
        Connected,
        Away, ///< it does not answer; it is asked again at `retryAt`
        TokenNeeded, ///< none is known, or the gateway refuses the one that is
        Recorded, ///< there is no gateway: what is shown is a recording of one
    };
    State state = State::Inside;
    QString address = {}; ///< where the gateway is; empty: inside. Recorded: whose it is, in words
    QString problem = {}; ///< Away, TokenNeeded: why, in a sentence. Recorded: what is shown
    std::optional<SystemTime> retryAt = {}; ///< by the console's clock
    QString person = {}; ///< whom the gateway takes us for
    bool viewer = false; ///< who reads everything and changes nothing
    QString version = {}; ///< the gateway's
    QString caution = {}; ///< what is unwise about the way there, in a sentence
    QString tokenPlace = {}; ///< where the token in use comes from, in words
    bool canKeep = false; ///< there is a keychain that a token can be put into

    [[nodiscard]] bool isFar() const { return state != State::Inside; }
    [[nodiscard]] bool isRecorded() const { return state == State::Recorded; }
    /// What is shown is all there is; else it may be old.
    [[nodiscard]] bool isLive() const
    {
        return state == State::Inside || state == State::Connected || isRecorded();
    }
    friend bool operator==(const Connection &, const Connection &) = default;
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

    [[nodiscard]] virtual Connection connection() const { return {}; }
    /// Why no command can be sent, in a sentence; empty: it can.
    [[nodiscard]] virtual QString whyNoCommands() const { return {}; }
    /// Asks a gateway that is away at once.
    virtual void retry() {}
    /// Another token for the gateway; \p keep: it may be put into the keychain once it has worked.
    virtual void useToken(const Secret &token, bool keep)
    {
        Q_UNUSED(token)
        Q_UNUSED(keep)
    }

Q_SIGNALS:
    /// There is something new to ask for. May come often; never carries anything.
    void doorbell();
    /// connection() or whyNoCommands() answers differently now.
    void connectionChanged();
    /// \p message says in a sentence why it did not work; empty when \p ok.
    void commandFinished(quint64 id, bool ok, const QString &message);
};

} // namespace signalbox::ui

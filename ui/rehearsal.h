// SPDX-License-Identifier: GPL-3.0-or-later
// Troubles that operators can train on, where the providers are simulated.
#pragma once

#include <QObject>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace signalbox::ui {

enum class RehearsalFault : std::uint8_t {
    Down, ///< takes no connection
    Slow, ///< takes eight times as long
    Throttled, ///< answers 429 and asks for ten seconds
    Cut, ///< breaks its answers off in the middle
};

inline constexpr int kRehearsalFaultCount = 4;

struct Rehearsed
{
    QString provider; ///< empty: every one
    RehearsalFault fault = RehearsalFault::Down;

    friend bool operator==(const Rehearsed &, const Rehearsed &) = default;
};

/// Lives on the UI thread, as do its callers. Only what was begun here is ended here: what a
/// simulation does by its own timetable goes on.
class Rehearsal : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual QStringList providers() const = 0;
    /// What is on, in the order it was begun.
    [[nodiscard]] virtual std::vector<Rehearsed> faults() const = 0;
    /// Of each kind a provider has at most one; it lasts until it is ended.
    virtual void begin(const Rehearsed &what) = 0;
    virtual void end(const Rehearsed &what) = 0;
    virtual void endAll() = 0;

Q_SIGNALS:
    void changed();
};

} // namespace signalbox::ui

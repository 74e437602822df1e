// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator wants to be called for, for how long it has to last, and who is told.
#pragma once

#include "core/base/time.h"

#include <QString>

#include <array>
#include <cstdint>

namespace signalbox::ui {

enum class AlertKind : std::uint8_t {
    Breaker, ///< a breaker has opened by its own count
    BreakerLong, ///< and not closed for `limit` minutes
    Route, ///< no target of a route can be asked
    Silence, ///< the gateway has said nothing for `limit` seconds
    Errors, ///< more than `limit` percent of a minute's attempts failed; at least 20 of them
    Latency, ///< a provider's p95 is `limit` times its usual one
    Cost, ///< more than `limit` USD per hour
    Budget, ///< a client spends so fast that its day ends above `limit` percent of its budget
};

inline constexpr int kAlertKindCount = static_cast<int>(AlertKind::Budget) + 1;

struct AlertRule
{
    bool on = true;
    double limit = 0; ///< in the unit of its kind; without meaning where there is none
    int holdSeconds = 0; ///< what it objects to has to last so long

    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

/// What a rule of a kind may be, and what it is at first.
struct AlertShape
{
    const char *name; ///< under which it is kept
    AlertRule standard;
    double least = 0; ///< of its limit; least == most: it has none
    double most = 0;
    int decimals = 0;
    bool lasts = true; ///< has a duration; not where the limit is one
};

inline constexpr int kHoldMaxSeconds = 3600;

[[nodiscard]] const AlertShape &shapeOf(AlertKind kind);

/// Who is told of an alert, besides the window itself.
struct AlertTelling
{
    bool desktop = false; ///< while the window is not in front
    bool tray = false; ///< a sign while an alert is open
    bool sound = false;
    bool hook = false;
    QString hookUrl = {};
    QString hookHeader = QStringLiteral("Authorization"); ///< of the secret
    QString hookSecret = {}; ///< where it is kept: `env:HOOK_TOKEN`; never the secret itself
    int gatherSeconds = 0; ///< what comes so soon after the last telling is told as one
    bool quiet = false; ///< desktop and sound rest between quietFrom and quietTo
    int quietFrom = 22 * 60; ///< minutes of the local day
    int quietTo = 7 * 60;
    bool criticalAlways = true; ///< also then

    friend bool operator==(const AlertTelling &, const AlertTelling &) = default;
};

inline constexpr int kGatherMaxSeconds = 600;

struct AlertRules
{
    AlertRules();

    [[nodiscard]] const AlertRule &at(AlertKind kind) const
    {
        return rules[static_cast<std::size_t>(kind)];
    }
    [[nodiscard]] AlertRule &at(AlertKind kind) { return rules[static_cast<std::size_t>(kind)]; }

    std::array<AlertRule, kAlertKindCount> rules;
    AlertTelling telling;

    friend bool operator==(const AlertRules &, const AlertRules &) = default;
};

/// \p minute of the local day is within the quiet hours, which may reach over midnight.
[[nodiscard]] bool isQuiet(const AlertTelling &telling, int minute);

/// Why alerts cannot be posted to \p url, in a sentence; empty: they can. It has to be https, or
/// http to this very machine, and must not carry a name or a password.
[[nodiscard]] QString whyNoHook(const QString &url);
/// Why \p reference names no secret; empty: it does, or is empty. What looks like the secret itself
/// is refused, as it would be kept in plain text.
[[nodiscard]] QString whyNoSecret(const QString &reference);
/// Why \p name names no header (RFC 9110, 5.6.2); empty: it does.
[[nodiscard]] QString whyNoHeader(const QString &name);

} // namespace signalbox::ui

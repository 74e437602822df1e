// SPDX-License-Identifier: GPL-3.0-or-later
// Outcomes, vetoes and breaker states as sentences for people.
#pragma once

#include "core/base/time.h"
#include "core/domain/decision.h"
#include "core/domain/outcome.h"
#include "core/telemetry/snapshot.h"

#include <QString>

#include <string_view>

namespace signalbox::ui::text {

/// A word or two, lower case: `server error`.
QString outcomeWord(OutcomeClass outcome);
/// A sentence that says what happened and at whose side.
QString outcomeSentence(OutcomeClass outcome);
QString vetoSentence(Veto veto);

/// What a breaker's own counting says: `Closed`, `Half-open`, `Open`.
QString breakerStateWord(telemetry::BreakerState state);
/// `Closed → Open`, `Closed → Forced open`.
QString changeText(const telemetry::BreakerTransition &change);
/// The state that holds, with what else is known of it: `Open, retry in 9:17`,
/// `Forced open (would be closed)`, `Drained, 3 in flight`.
QString breakerHeadline(const telemetry::BreakerView &breaker, int inFlight, SystemTime now);
/// `server_error, server_error, connect_timeout in 41 s` as
/// `server error ×2, connect timeout in 41 s`; unknown text as it stands.
QString breakerCause(std::string_view cause);
/// The same with the rule it met: `3 in a row: server error ×2, connect timeout in 41 s`.
QString changeCause(const telemetry::BreakerTransition &change);

} // namespace signalbox::ui::text

// SPDX-License-Identifier: GPL-3.0-or-later
// What a change would have done, in words and figures.
#pragma once

#include "core/domain/foresight.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace signalbox::ui::text {

/// One figure of a part of the traffic.
struct EffectLine
{
    QString figure;
    QString now;
    QString after;
    QString change; ///< such as `−16 %`; empty: none, or it makes no sense
    QString band; ///< where 9 of 10 repetitions lie; empty: it is not known
    bool worse = false; ///< by more than chance, as far as the band tells

    friend bool operator==(const EffectLine &, const EffectLine &) = default;
};

/// Share, cost, times, failures, refusals, abandonment, trips. \p all requests are a share of 1.
[[nodiscard]] std::vector<EffectLine> effectLines(const EffectRow &row, std::int64_t all);
/// The row of a target in one line: `share 47 % → 60 % · $0.12 → $0.16 · p95 …`.
[[nodiscard]] QString effectSummary(const EffectRow &row, std::int64_t all);
/// `2026-11-24 14:00` in the console's zone, of an hour's name; \p name where it is none.
[[nodiscard]] QString effectHour(const std::string &name);
/// The line of its cost alone.
[[nodiscard]] EffectLine effectCost(const EffectRow &row);
/// How much was replayed, of what.
[[nodiscard]] QString foresightScope(const Foresight &foresight);
/// Rules, what is not known, hedges and shadows: a sentence each.
[[nodiscard]] QStringList foresightNotes(const Foresight &foresight);

} // namespace signalbox::ui::text

// SPDX-License-Identifier: GPL-3.0-or-later
// The cache in words: rates with what they are of, sizes, and why two questions were kept apart.
#pragma once

#include "core/domain/cache_view.h"

#include <QString>
#include <QStringList>

namespace signalbox::ui {

/// `38 % (4,120 of 10,842)`; before the first look-up that there was none.
[[nodiscard]] QString hitRate(const CacheTotals &totals);
/// `3,900 the same request, 200 alike, 20 stale`; those that do not occur are left out.
[[nodiscard]] QString hitKinds(const CacheTotals &totals);
/// `184 MB`; units of a thousand.
[[nodiscard]] QString cacheSize(std::size_t bytes);
/// Of bytes or of entries, whichever is fuller; 0..1.
[[nodiscard]] double fillShare(const CacheView &view);
/// `61 %, 184 MB of 300 MB; 12,044 of 100,000 entries`
[[nodiscard]] QString fillText(const CacheView &view);
/// `The same request only`, `Also what asks the same, from a likeness of 0.92 on`.
[[nodiscard]] QString modeText(const CacheView &view);
/// `57 % of 1.08M tokens`; none: in words, as no rate.
[[nodiscard]] QString promptShare(std::uint64_t cached, std::uint64_t prompt);
/// A veto's name in the record as a sentence: what differs between the questions.
[[nodiscard]] QString vetoWords(const std::string &name);
/// `numbers differ; one denies`, or that it was below the threshold.
[[nodiscard]] QString whyApart(const CacheNearMiss &miss);
/// A likeness or threshold: `0.92`.
[[nodiscard]] QString likenessText(double value);

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Finding a line by a few of its letters.
#pragma once

#include <QString>

#include <optional>

namespace signalbox::ui::text {

/// How well \p text answers \p query; higher is better, nothing: not at all. Each word of the query
/// must be found, its letters in their order: `drn mis` finds `Drain mistral/mistral-large`. Letters
/// that begin words or follow one another count more. Case does not matter; no query finds all.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &query, const QString &text);

} // namespace signalbox::ui::text

// SPDX-License-Identifier: GPL-3.0-or-later
// A draft between two runs of the console.
#pragma once

#include "ui/state/routing_draft.h"

#include <QByteArray>

#include <optional>

namespace signalbox::ui {

struct SavedDraft
{
    RunningConfig base;
    RoutingState state;
};

[[nodiscard]] QByteArray draftToJson(const RunningConfig &base, const RoutingState &state);
/// Nothing where \p saved is damaged, or its base can no longer be read. Settings that the editor
/// does not know come from the base.
[[nodiscard]] std::optional<SavedDraft> draftFromJson(const QByteArray &saved,
                                                      const ConfigSource &source);

} // namespace signalbox::ui

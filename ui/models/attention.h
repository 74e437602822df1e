// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody should look at now, in words.
#pragma once

#include "ui/models/place.h"
#include "ui/theme/state_glyph.h"

#include "core/telemetry/snapshot.h"

#include <QString>

#include <vector>

namespace signalbox::ui {

struct AttentionItem
{
    StateGlyph glyph;
    QString subject; ///< who: `Mistral mistral-large`
    QString text; ///< what: `open, retry in 9:17: server error ×3 in 41 s`
    bool urgent = false;
    Place place = {}; ///< where it is seen and mended

    friend bool operator==(const AttentionItem &, const AttentionItem &) = default;
};

/// Urgent ones first.
std::vector<AttentionItem> attention(const telemetry::Snapshot &snapshot, SystemTime now);

/// Breakers that keep requests away now: open by count or by force.
int openBreakers(const telemetry::Snapshot &snapshot);

} // namespace signalbox::ui

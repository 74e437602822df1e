// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a provider's limits, in words.
#pragma once

#include "core/telemetry/snapshot.h"

#include <QString>

#include <cstddef>

namespace signalbox::ui {

/// `812 of 1,000 req · 240k of 2.00M tok`, or a dash.
QString limitsText(const telemetry::HeadRoom &room);
/// When the scarcer of requests and tokens is used up at the last minute's rate, if nothing is given
/// back before; empty: not within an hour. \p provider is its place in the snapshot.
QString runsOutText(const telemetry::Snapshot &snapshot, std::size_t provider);
/// The scarcer of requests and tokens, as a share of its limit: it has to fit a tile.
QString tightestLimit(const telemetry::HeadRoom &room);

} // namespace signalbox::ui

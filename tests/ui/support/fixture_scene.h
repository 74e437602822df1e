// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of the fixture's afternoon.
#pragma once

#include "core/domain/record.h"
#include "core/telemetry/snapshot.h"

#include <memory>

namespace signalbox::ui {

SystemTime sceneStart();
/// Everything but the time series.
telemetry::Snapshot busyScene(SystemTime now);
/// The series of \p snapshot's providers up to \p now, the same for the same moment.
void addSeries(telemetry::Snapshot &snapshot, SystemTime now);
std::shared_ptr<const RequestRecord> sceneRequest(std::int64_t serial, SystemTime now);
/// A request whose attempt at Mistral failed at \p at, in the provider's words.
std::shared_ptr<const RequestRecord> sceneFailure(SystemTime at);

} // namespace signalbox::ui

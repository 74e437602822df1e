// SPDX-License-Identifier: Apache-2.0
// Reads a flight recording, which may come from anybody.
#pragma once

#include "core/base/result.h"
#include "core/domain/record.h"
#include "core/runtime/admin/series_json.h"
#include "core/runtime/recording/recording.h"
#include "core/telemetry/snapshot.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

/// All but the requests, which are handed out one by one.
struct Recording
{
    RecordingHeader header;
    telemetry::Snapshot snapshot; ///< without its series
    std::vector<SeriesPage> series; ///< by width
    std::string configText; ///< in force when it was made; empty: it is not told
    std::vector<RecordedRevision> revisions; ///< newest first
    std::vector<AuditEntry> audit; ///< newest first
    RecordingCounts counts; ///< as its end says; where that is missing, what was read
    bool whole = false; ///< its end was read, and the checksum is right
};

enum class RecordingFault : std::uint8_t {
    NotARecording,
    LaterFormat, ///< see kRecordingFormat
    Damaged,
    Cut, ///< it ends before anything could be shown
    TooLarge, ///< see RecordingBounds
    NotTaken, ///< who takes the requests could not
};

struct RecordingBounds
{
    std::size_t lineBytesMax = 16 * bounds::kMiB; ///< a configuration of 4 MB, escaped
    std::uint64_t textBytesMax = 512 * bounds::kMiB;
};

/// \p take is called with each request, newest first, and says whether to go on. A recording that was
/// cut off is read as far as it goes; what is no longer what was written is refused. Lines of a kind
/// that is not known are passed over.
[[nodiscard]] Result<Recording, RecordingFault> readRecording(
    std::string_view bytes,
    const std::function<bool(RequestRecord)> &take,
    const RecordingBounds &most = {});

} // namespace signalbox::runtime

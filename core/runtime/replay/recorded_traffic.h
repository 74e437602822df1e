// SPDX-License-Identifier: Apache-2.0
// The requests of a flight recording, for a replay.
#pragma once

#include "core/base/result.h"
#include "core/replay/traffic.h"

#include <memory>
#include <string>

namespace signalbox::runtime {

struct RecordedTraffic
{
    std::shared_ptr<const replay::Traffic> traffic;
    std::shared_ptr<const Configuration> inForce; ///< as the recording says; else as was given
    bool toldInForce = false; ///< it did
};

/// Reads \p path; else a sentence. \p otherwise: what was in force where the recording does not say.
[[nodiscard]] Result<RecordedTraffic, std::string> readRecordedTraffic(
    const std::string &path, const std::shared_ptr<const Configuration> &otherwise);

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
// Times as providers write them.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>

namespace signalbox::simulator {

std::int64_t unixSeconds(SystemTime time);
/// Go's notation: `12ms`, `18.642s`, `6m0s`, `1h2m3s`; `0s` for nothing or less.
std::string goDuration(double seconds);
/// `Wed, 21 Oct 2026 07:28:00 GMT`.
std::string httpDate(SystemTime time);
/// `2026-08-19T14:34:11Z`, rounded up to the second.
std::string rfc3339(SystemTime time);

} // namespace signalbox::simulator

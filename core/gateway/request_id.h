// SPDX-License-Identifier: Apache-2.0
// Ids of requests: unique, sorting by time.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/http/headers.h"

#include <string>
#include <string_view>

namespace signalbox::gateway {

/// 26 characters of Crockford's base 32: 48 bits of milliseconds since 1970, then 80 of chance,
/// so that ids sort by time (the ULID layout).
std::string makeRequestId(SystemTime time, Random &random);

/// Whether a client's own `x-request-id` may be echoed: 1 to 128 of `A-Za-z0-9_.:-`.
bool isEchoableRequestId(std::string_view id);
/// The client's own id if it may be echoed, else empty.
std::string echoableRequestId(const http::Headers &headers);

} // namespace signalbox::gateway

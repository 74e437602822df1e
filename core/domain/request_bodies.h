// SPDX-License-Identifier: Apache-2.0
// What was said in a request and its answer, where that is asked to be kept.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>

namespace signalbox {

struct KeptBody
{
    std::string text;
    std::int64_t bytes = 0; ///< as it was on the line
    bool cut = false; ///< the end is not here: it was longer than is kept

    friend bool operator==(const KeptBody &, const KeptBody &) = default;
};

struct RequestBodies
{
    std::string id; ///< the request's
    SystemTime arrived{};
    std::int64_t most = 256 * 1024; ///< bytes of either text that are to be kept
    KeptBody request;
    KeptBody answer; ///< as the client got it; the pieces of a stream joined

    friend bool operator==(const RequestBodies &, const RequestBodies &) = default;
};

} // namespace signalbox

// SPDX-License-Identifier: Apache-2.0
// What a fault makes of a reply.
#pragma once

#include "app/simulator/dialect.h"
#include "app/simulator/fault_book.h"

#include <optional>
#include <string>

namespace signalbox::simulator {

/// What an affliction needs to know about the request.
struct Patient
{
    const Dialect &dialect;
    std::string requestId;
    std::string model;
    bool stream = false;
    Now now;
};

/// The reply that a fault gives instead of any answer; nothing when the fault lets it begin.
std::optional<Reply> replyInstead(const Trouble &trouble, const Patient &patient);

/// Makes a good reply break off as the fault says, and slower.
void breakOff(Reply &reply, const Trouble &trouble, const Patient &patient);

} // namespace signalbox::simulator

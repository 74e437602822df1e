// SPDX-License-Identifier: Apache-2.0
// Listens in on what is said between clients and the gateway, where that is to be kept.
#pragma once

#include "core/domain/request_bodies.h"
#include "core/gateway/ports.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace signalbox::runtime {

/// Lives on the loop's thread. What is in the air takes at most 64 MB; bodies that come beyond that are not
/// kept, and nothing is said.
class BodyTap
{
public:
    /// Bytes of each body that are kept; 0: none are. Requests in the air stay as they began.
    void setMost(std::int64_t bytes) { m_most = bytes; }

    void asked(gateway::ExchangeId id, std::string_view body);
    /// A piece of the answer, or all of it.
    void answered(gateway::ExchangeId id, std::string_view bytes);
    /// The exchange is over; nothing: its bodies were not to be kept. Its id and time are the caller's.
    std::optional<RequestBodies> take(gateway::ExchangeId id);

private:
    void add(KeptBody &body, std::string_view bytes, std::size_t most);

    std::int64_t m_most = 0;
    std::size_t m_held = 0;
    std::unordered_map<gateway::ExchangeId, RequestBodies> m_inTheAir;
};

} // namespace signalbox::runtime

// SPDX-License-Identifier: Apache-2.0
// What reached the simulated providers and how it ended: counters and the last requests.
#pragma once

#include "app/simulator/json.h"
#include "app/simulator/reply.h"

#include "core/base/time.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace signalbox::simulator {

/// One request as it was received. Never the key itself.
struct RequestRecord
{
    std::uint64_t number = 0;
    std::string provider;
    std::string path;
    std::string model;
    bool stream = false;
    SystemTime time{};
    double atSeconds = 0; ///< since the start
    int status = 0; ///< 0: no head was sent (yet)
    bool authorized = false;
    std::optional<int> keySlot; ///< which of the provider's keys it was
    std::string fault; ///< the kind that hit it
    std::string outcome; ///< in_flight, finished, broken or aborted
    std::optional<Json> body;
};

struct ProviderCounters
{
    std::uint64_t requests = 0;
    std::uint64_t inFlight = 0;
    std::uint64_t aborted = 0;
    std::uint64_t broken = 0;
    std::int64_t openConnections = 0;
    std::map<int, std::uint64_t> byStatus;

    [[nodiscard]] Json toJson() const;
};

/// The last thousand requests, oldest first; bodies of the last twenty only.
class RequestLog
{
public:
    RequestRecord &add(RequestRecord record);
    RequestRecord *find(std::uint64_t number);
    void clear() { m_records.clear(); }
    [[nodiscard]] Json toJson() const;

private:
    std::deque<RequestRecord> m_records;
};

} // namespace signalbox::simulator

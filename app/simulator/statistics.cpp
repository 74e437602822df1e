// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/statistics.h"

#include <algorithm>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kRecordsMax = 1000;
constexpr std::size_t kBodiesMax = 20;

Json toJson(const RequestRecord &record)
{
    Json json{{"number", record.number},
              {"provider", record.provider},
              {"path", record.path},
              {"model", record.model},
              {"stream", record.stream},
              {"time", toIso8601(record.time)},
              {"at_s", record.atSeconds},
              {"status", record.status},
              {"authorized", record.authorized},
              {"key_slot", record.keySlot ? Json(*record.keySlot) : Json(nullptr)},
              {"fault", record.fault.empty() ? Json(nullptr) : Json(record.fault)},
              {"outcome", record.outcome}};
    if (record.body) {
        json["body"] = *record.body;
    }
    return json;
}

} // namespace

Json ProviderCounters::toJson() const
{
    Json statuses = Json::object();
    for (const auto &entry : byStatus) {
        statuses[std::to_string(entry.first)] = entry.second;
    }
    return {{"requests", requests},
            {"in_flight", inFlight},
            {"aborted", aborted},
            {"broken", broken},
            {"open_connections", openConnections},
            {"by_status", statuses}};
}

RequestRecord &RequestLog::add(RequestRecord record)
{
    if (m_records.size() >= kRecordsMax) {
        m_records.pop_front();
    }
    m_records.push_back(std::move(record));
    if (m_records.size() > kBodiesMax) {
        m_records[m_records.size() - 1 - kBodiesMax].body.reset();
    }
    return m_records.back();
}

RequestRecord *RequestLog::find(std::uint64_t number)
{
    const auto at = std::lower_bound(m_records.begin(),
                                     m_records.end(),
                                     number,
                                     [](const RequestRecord &record, std::uint64_t wanted) {
                                         return record.number < wanted;
                                     });
    return at != m_records.end() && at->number == number ? &*at : nullptr;
}

Json RequestLog::toJson() const
{
    Json list = Json::array();
    for (const RequestRecord &record : m_records) {
        list.push_back(simulator::toJson(record));
    }
    return list;
}

} // namespace signalbox::simulator

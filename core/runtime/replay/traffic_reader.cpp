// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/replay/traffic_reader.h"

#include <utility>

namespace signalbox::runtime {

Result<std::shared_ptr<const replay::Traffic>, LedgerError> readTraffic(
    LedgerReader &reader,
    const Configuration &inForce,
    const TrafficPeriod &period,
    const std::function<bool()> &goOn)
{
    auto traffic = std::make_shared<replay::Traffic>(inForce);
    RequestFilter filter;
    filter.since = period.since;
    filter.until = period.until;
    filter.withDecision = true;
    filter.limit = bounds::kPageRowsMax;
    for (bool more = true; more;) {
        if (!goOn()) {
            return std::shared_ptr<const replay::Traffic>();
        }
        auto page = reader.requests(filter);
        if (!page) {
            return Failure{page.error()};
        }
        more = page->next.has_value();
        for (const RequestRecord &record : page->requests) {
            more = traffic->add(record) && more;
        }
        filter.cursor = page->next.value_or(std::string());
    }
    traffic->close();
    return std::shared_ptr<const replay::Traffic>(std::move(traffic));
}

} // namespace signalbox::runtime

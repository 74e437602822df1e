// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/admin_query.h"

#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/http/target.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace signalbox::runtime {

using namespace gateway;

namespace {

/// Reads the query's parameters and collects the first that makes no sense.
class QueryReader
{
public:
    explicit QueryReader(const std::string &query)
    {
        const auto items = http::parseQuery(query);
        if (items) {
            m_items = *items;
        } else {
            m_fault = invalidRequest("The query is malformed.");
        }
    }

    std::string text(std::string_view name) { return value(name).value_or(""); }

    std::optional<SystemTime> time(std::string_view name)
    {
        const auto given = value(name);
        if (!given) {
            return std::nullopt;
        }
        const auto time = fromIso8601(*given);
        if (!time) {
            complain(name, "an ISO 8601 time such as 2026-11-22T14:00:00Z");
        }
        return time;
    }

    std::optional<int> integer(std::string_view name, int least, int most)
    {
        const auto given = value(name);
        if (!given) {
            return std::nullopt;
        }
        const auto number = parseInteger(*given);
        if (!number || *number < least || *number > most) {
            complain(name,
                     "a whole number from " + std::to_string(least) + " to "
                         + std::to_string(most));
            return std::nullopt;
        }
        return static_cast<int>(*number);
    }

    void complain(std::string_view name, const std::string &wanted)
    {
        if (!m_fault) {
            m_fault = invalidRequest("`" + std::string(name) + "` must be " + wanted + ".",
                                     std::string(name));
        }
    }

    [[nodiscard]] const std::optional<ErrorAnswer> &fault() const { return m_fault; }

private:
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const
    {
        const auto item = std::ranges::find(m_items, name, &http::QueryItems::value_type::first);
        return item == m_items.end() ? std::nullopt : std::optional(item->second);
    }

    http::QueryItems m_items;
    std::optional<ErrorAnswer> m_fault;
};

} // namespace

Result<ActBody, ErrorAnswer> readActBody(const std::string &text)
{
    constexpr double longest = 30.0 * 24 * 3600;
    ActBody act;
    if (trimmed(text).empty()) {
        return act;
    }
    const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return Failure{invalidRequest("The body must be a JSON object.")};
    }
    for (const auto &[key, value] : json.items()) {
        if (key == "reason" && value.is_string() && value.get<std::string>().size() <= 1000) {
            act.reason = value.get<std::string>();
        } else if (key == "for_s" && value.is_number() && value.get<double>() > 0
                   && value.get<double>() <= longest) {
            act.duration = Millis(static_cast<std::int64_t>(value.get<double>() * 1000));
        } else if (!value.is_null()) {
            return Failure{invalidRequest(
                "`" + key + "`: an act takes `reason`, a text, and `for_s`, seconds up to 30 days.",
                key)};
        }
    }
    return act;
}

Result<const char *, ErrorAnswer> readOperation(const std::string &text)
{
    QueryReader query(text);
    const std::string name = query.text("operation");
    if (!name.empty() && name != "chat" && name != "embeddings") {
        query.complain("operation", "chat or embeddings");
    }
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return name == "embeddings" ? "embeddings" : "chat";
}

Result<SeriesQuery, ErrorAnswer> readSeriesQuery(const std::string &text)
{
    QueryReader query(text);
    SeriesQuery series;
    series.bucket = Seconds(query.integer("bucket_s", 1, 3600).value_or(1));
    const auto width = series.bucket.count();
    if (width != 1 && width != 10 && width != 60 && width != 3600) {
        query.complain("bucket_s", "1, 10, 60 or 3600");
    }
    series.since = query.time("since");
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return series;
}

Result<RequestFilter, ErrorAnswer> readRequestFilter(const std::string &text)
{
    QueryReader query(text);
    RequestFilter filter;
    filter.since = query.time("since");
    filter.until = query.time("until");
    filter.route = query.text("route");
    filter.target = query.text("target");
    filter.provider = query.text("provider");
    filter.client = query.text("client");
    filter.status = query.integer("status", 100, 599);
    filter.limit = query.integer("limit", 1, bounds::kPageRowsMax).value_or(kPageDefault);
    filter.cursor = query.text("cursor");
    const std::string outcome = query.text("outcome");
    if (!outcome.empty()) {
        filter.outcome = outcomeFromString(outcome);
        if (!filter.outcome) {
            query.complain("outcome", "an outcome such as server_error");
        }
    }
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return filter;
}

Result<AuditQuery, ErrorAnswer> readAuditQuery(const std::string &text)
{
    QueryReader query(text);
    const AuditQuery audit{query.integer("limit", 1, bounds::kPageRowsMax).value_or(kPageDefault),
                           query.text("cursor")};
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return audit;
}

Result<CostQuery, ErrorAnswer> readCostQuery(const std::string &text, const std::string &timeZone)
{
    QueryReader query(text);
    CostQuery costs;
    const std::string by = query.text("by");
    const std::string bucket = query.text("bucket");
    const auto dimension = by.empty() ? CostDimension::Provider : costDimensionFromString(by);
    const auto width = bucket.empty() ? CostBucket::Day : costBucketFromString(bucket);
    if (!dimension) {
        query.complain("by", "provider, model, route, client or task");
    }
    if (!width) {
        query.complain("bucket", "hour or day");
    }
    costs.since = query.time("since");
    costs.until = query.time("until");
    const std::string zone = query.text("tz");
    costs.timeZone = zone.empty() ? timeZone : zone;
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    costs.by = *dimension;
    costs.bucket = *width;
    return costs;
}

Result<MatrixQuery, ErrorAnswer> readMatrixQuery(const std::string &text, SystemTime now)
{
    QueryReader query(text);
    MatrixQuery period;
    period.until = query.time("until").value_or(now);
    period.since = query.time("since").value_or(period.until - std::chrono::days(7));
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return period;
}

} // namespace signalbox::runtime

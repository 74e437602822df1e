// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/admin_query.h"

#include "core/base/bounds.h"
#include "core/runtime/admin/query_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace signalbox::runtime {

using namespace gateway;

namespace {

/// `503`, or `5xx` for all from 500 to 599.
void readStatus(QueryReader &query, RequestFilter &filter)
{
    const std::string status = query.text("status");
    if (status.size() == 3 && status.ends_with("xx") && status[0] >= '1' && status[0] <= '5') {
        filter.statusClass = status[0] - '0';
    } else {
        filter.status = query.integer("status", 100, 599);
    }
}

void readFigures(QueryReader &query, RequestFilter &filter)
{
    filter.latency = {query.millis("min_ms"), query.millis("max_ms")};
    filter.cost = {query.money("min_cost_usd"), query.money("max_cost_usd")};
    filter.tokens = {query.count("min_tokens"), query.count("max_tokens")};
    filter.unknownCostOnly = query.flag("unknown_cost");
}

RequestFilter filterOf(QueryReader &query)
{
    RequestFilter filter;
    filter.since = query.time("since");
    filter.until = query.time("until");
    filter.route = query.text("route");
    filter.rule = query.text("rule");
    filter.target = query.text("target");
    filter.provider = query.text("provider");
    filter.client = query.text("client");
    filter.id = query.text("id");
    filter.cache = query.text("cache");
    filter.errorText = query.text("error");
    filter.failedOnly = query.flag("failed");
    readStatus(query, filter);
    readFigures(query, filter);
    filter.limit = query.integer("limit", 1, bounds::kPageRowsMax).value_or(kPageDefault);
    filter.cursor = query.text("cursor");
    const std::string outcome = query.text("outcome");
    if (!outcome.empty()) {
        filter.outcome = outcomeFromString(outcome);
        if (!filter.outcome) {
            query.complain("outcome", "an outcome such as server_error");
        }
    }
    return filter;
}

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
    RequestFilter filter = filterOf(query);
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return filter;
}

Result<HistogramQuery, ErrorAnswer> readHistogramQuery(const std::string &text)
{
    QueryReader query(text);
    HistogramQuery histogram;
    histogram.filter = filterOf(query);
    histogram.buckets =
        query.integer("buckets", 1, kHistogramBucketsMax).value_or(histogram.buckets);
    for (const char *end : {"since", "until"}) {
        if (query.text(end).empty()) {
            query.complain(end, "given, as an ISO 8601 time");
        }
    }
    if (query.fault()) {
        return Failure{*query.fault()};
    }
    return histogram;
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
    const std::string then = query.text("then");
    const auto dimension = by.empty() ? CostDimension::Provider : costDimensionFromString(by);
    const auto width = bucket.empty() ? CostBucket::Day : costBucketFromString(bucket);
    if (!dimension) {
        query.complain("by", "provider, model, route, client or task");
    }
    if (!then.empty()) {
        costs.then = costDimensionFromString(then);
        if (!costs.then || costs.then == CostDimension::Task || costs.then == dimension
            || dimension == CostDimension::Task) {
            query.complain("then", "provider, model, route or client, and another one than `by`");
        }
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

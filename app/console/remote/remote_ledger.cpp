// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_ledger.h"

#include "app/console/remote/remote_verdict.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/query_json.h"
#include "core/runtime/ledger/record_json.h"

#include <QDate>
#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using runtime::Json;
using runtime::JsonFields;

namespace {

class QueryWriter
{
public:
    /// What is empty does not ask.
    void add(const char *name, const std::string &value)
    {
        if (!value.empty()) {
            const QByteArray bytes(value.data(), static_cast<qsizetype>(value.size()));
            query.addQueryItem(QString::fromLatin1(name),
                               QString::fromLatin1(bytes.toPercentEncoding()));
        }
    }
    void add(const char *name, const std::optional<SystemTime> &time)
    {
        if (time) {
            add(name, runtime::toIsoMicros(*time));
        }
    }
    template <typename Number>
    void number(const char *name, const std::optional<Number> &value)
    {
        if (value) {
            add(name, std::to_string(*value));
        }
    }
    void flag(const char *name, bool on)
    {
        if (on) {
            add(name, std::string("true"));
        }
    }

    QUrlQuery query;
};

QueryWriter queryOf(const RequestFilter &filter)
{
    QueryWriter out;
    out.add("since", filter.since);
    out.add("until", filter.until);
    out.add("route", filter.route);
    out.add("rule", filter.rule);
    out.add("target", filter.target);
    out.add("provider", filter.provider);
    out.add("client", filter.client);
    out.add("id", filter.id);
    out.add("cache", filter.cache);
    out.add("error", filter.errorText);
    out.flag("failed", filter.failedOnly);
    out.flag("unknown_cost", filter.unknownCostOnly);
    out.number("status", filter.status);
    if (filter.statusClass) {
        out.add("status", std::to_string(*filter.statusClass) + "xx");
    }
    if (filter.outcome) {
        out.add("outcome", std::string(toString(*filter.outcome)));
    }
    if (filter.latency.least) {
        out.number("min_ms",
                   std::optional(std::chrono::floor<Millis>(*filter.latency.least).count()));
    }
    if (filter.latency.most) {
        out.number("max_ms",
                   std::optional(std::chrono::ceil<Millis>(*filter.latency.most).count()));
    }
    if (filter.cost.least) {
        out.add("min_cost_usd", filter.cost.least->toDecimal());
    }
    if (filter.cost.most) {
        out.add("max_cost_usd", filter.cost.most->toDecimal());
    }
    out.number("min_tokens", filter.tokens.least);
    out.number("max_tokens", filter.tokens.most);
    return out;
}

std::optional<Json> jsonIn(const RemoteAnswer &answer)
{
    if (answer.status != 200) {
        return std::nullopt;
    }
    return runtime::parseJson(
        {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
}

/// The list called \p name in \p json; null: there is none.
const Json *listIn(const Json &json, const char *name)
{
    const Json *list = JsonFields(json).find(name);
    return list != nullptr && list->is_array() ? list : nullptr;
}

std::optional<RequestPage> pageFrom(const Json &json)
{
    const Json *rows = listIn(json, "requests");
    if (rows == nullptr) {
        return std::nullopt;
    }
    RequestPage page;
    for (const Json &row : *rows) {
        auto record = runtime::recordFromJson(row);
        if (!record) {
            return std::nullopt;
        }
        page.requests.push_back(std::move(*record));
    }
    if (const std::string next = JsonFields(json).text("next"); !next.empty()) {
        page.next = next;
    }
    return page;
}

std::optional<std::vector<HistogramBucket>> bucketsFrom(const Json &json)
{
    const Json *list = listIn(json, "buckets");
    if (list == nullptr) {
        return std::nullopt;
    }
    std::vector<HistogramBucket> buckets;
    for (const Json &each : *list) {
        const JsonFields fields(each);
        const auto start = fromIso8601(fields.text("start"));
        if (!start) {
            return std::nullopt;
        }
        buckets.push_back({*start, fields.integer("requests"), fields.integer("failed")});
    }
    return buckets;
}

/// Where a bucket of this label starts; nothing: it is none.
std::optional<SystemTime> startOf(const std::string &label, const CostQuery &query)
{
    if (query.bucket == CostBucket::Hour) {
        return fromIso8601(label);
    }
    const QTimeZone zone(QByteArray::fromStdString(query.timeZone));
    const QDate date = QDate::fromString(QString::fromStdString(label), Qt::ISODate);
    if (!zone.isValid() || !date.isValid()) {
        return std::nullopt;
    }
    return SystemTime(Millis(date.startOfDay(zone).toMSecsSinceEpoch()));
}

std::optional<std::vector<CostRow>> costsFrom(const Json &json, const CostQuery &query)
{
    const Json *list = listIn(json, "rows");
    if (list == nullptr) {
        return std::nullopt;
    }
    std::vector<CostRow> rows;
    for (const Json &each : *list) {
        const JsonFields fields(each);
        CostRow row;
        row.bucket = fields.text("bucket");
        const auto start = startOf(row.bucket, query);
        const auto cost = fields.money("cost_usd");
        if (!start || !cost) {
            return std::nullopt;
        }
        row.start = *start;
        row.name = fields.text(std::string(toString(query.by)).c_str());
        if (query.then) {
            row.part = fields.text(std::string(toString(*query.then)).c_str());
        }
        row.requests = fields.integer("requests");
        row.promptTokens = fields.integer("prompt_tokens");
        row.completionTokens = fields.integer("completion_tokens");
        row.cost = *cost;
        row.unknownPriceRequests = fields.integer("unknown_price_requests");
        row.estimatedCost = fields.money("estimated_cost_usd").value_or(Money());
        const auto amount = [&fields](const char *name) {
            return fields.money(name).value_or(Money());
        };
        row.wastedCost = amount("wasted_cost_usd");
        row.abandonedCost = amount("abandoned_cost_usd");
        row.abandonedRequests = fields.integer("abandoned_requests");
        row.promptCacheSaved = amount("prompt_cache_saved_usd");
        row.responseCacheSaved = amount("cache_saved_usd");
        row.shadowCost = fields.money("shadow_cost_usd").value_or(Money());
        row.healthCheckCost = fields.money("health_check_cost_usd").value_or(Money());
        row.embedderCost = fields.money("cache_embedding_cost_usd").value_or(Money());
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

RemoteLedger::RemoteLedger(const QUrl &address, const QSslConfiguration &tls, Millis patience)
    : m_address(address)
    , m_http(address, tls, patience, this)
{}

RemoteLedger::~RemoteLedger()
{
    m_http.abortAll();
}

QString RemoteLedger::problemIn(const RemoteAnswer &answer) const
{
    const auto trouble = troubleIn(answer, m_address);
    return trouble ? trouble->words : tr("The gateway's answer makes no sense.");
}

/// \p read gives nothing where the answer makes no sense.
template <typename T, typename Read>
ui::Asked RemoteLedger::ask(const QString &path,
                            const QUrlQuery &query,
                            ui::LedgerThen<T> then,
                            Read read)
{
    auto takenBack = std::make_shared<std::atomic<bool>>(false);
    m_http.get(path,
               query,
               [this, takenBack, then = std::move(then), read = std::move(read)](
                   const RemoteAnswer &answer) {
                   if (*takenBack) {
                       return;
                   }
                   std::optional<T> found = read(answer);
                   then(found ? ui::LedgerAnswer<T>(std::move(*found))
                              : ui::LedgerAnswer<T>(Failure{problemIn(answer)}));
               });
    return ui::Asked(std::move(takenBack));
}

ui::Asked RemoteLedger::requests(const RequestFilter &filter, ui::LedgerThen<RequestPage> then)
{
    QueryWriter out = queryOf(filter);
    out.add("limit", std::to_string(filter.limit));
    out.add("cursor", filter.cursor);
    return ask<RequestPage>(u"requests"_s,
                            out.query,
                            std::move(then),
                            [](const RemoteAnswer &answer) {
                                const auto json = jsonIn(answer);
                                return json ? pageFrom(*json) : std::nullopt;
                            });
}

ui::Asked RemoteLedger::request(const std::string &id,
                                ui::LedgerThen<std::optional<RequestRecord>> then)
{
    using Found = std::optional<RequestRecord>;
    constexpr int notFound = 404;
    return ask<Found>(u"requests/"_s + QString::fromStdString(id),
                      {},
                      std::move(then),
                      [](const RemoteAnswer &answer) -> std::optional<Found> {
                          if (answer.status == notFound) {
                              return Found();
                          }
                          const auto json = jsonIn(answer);
                          auto record = json ? runtime::recordFromJson(*json) : std::nullopt;
                          return record ? std::optional<Found>(std::move(record)) : std::nullopt;
                      });
}

ui::Asked RemoteLedger::bodies(const std::string &id,
                               ui::LedgerThen<std::optional<RequestBodies>> then)
{
    using Found = std::optional<RequestBodies>;
    constexpr int notFound = 404;
    return ask<Found>(u"requests/%1/body"_s.arg(QString::fromStdString(id)),
                      {},
                      std::move(then),
                      [](const RemoteAnswer &answer) -> std::optional<Found> {
                          if (answer.status == notFound) {
                              return Found();
                          }
                          const auto json = jsonIn(answer);
                          auto bodies = json ? runtime::bodiesFromJson(*json) : std::nullopt;
                          return bodies ? std::optional<Found>(std::move(bodies)) : std::nullopt;
                      });
}

ui::Asked RemoteLedger::histogram(const HistogramQuery &query,
                                  ui::LedgerThen<std::vector<HistogramBucket>> then)
{
    QueryWriter out = queryOf(query.filter);
    out.add("buckets", std::to_string(std::clamp(query.buckets, 1, kHistogramBucketsMax)));
    return ask<std::vector<HistogramBucket>>(u"histogram"_s,
                                             out.query,
                                             std::move(then),
                                             [](const RemoteAnswer &answer) {
                                                 const auto json = jsonIn(answer);
                                                 return json ? bucketsFrom(*json) : std::nullopt;
                                             });
}

ui::Asked RemoteLedger::costs(const CostQuery &query, ui::LedgerThen<std::vector<CostRow>> then)
{
    QueryWriter out;
    out.add("by", std::string(toString(query.by)));
    if (query.then) {
        out.add("then", std::string(toString(*query.then)));
    }
    out.add("bucket", std::string(query.bucket == CostBucket::Hour ? "hour" : "day"));
    out.add("tz", query.timeZone);
    out.add("since", query.since);
    out.add("until", query.until);
    return ask<std::vector<CostRow>>(u"costs"_s,
                                     out.query,
                                     std::move(then),
                                     [query](const RemoteAnswer &answer) {
                                         const auto json = jsonIn(answer);
                                         return json ? costsFrom(*json, query) : std::nullopt;
                                     });
}

ui::Asked RemoteLedger::costMatrix(SystemTime since,
                                   SystemTime until,
                                   ui::LedgerThen<std::vector<MatrixCell>> then)
{
    QueryWriter out;
    out.add("since", since);
    out.add("until", until);
    return ask<std::vector<MatrixCell>>(u"cost-matrix"_s,
                                        out.query,
                                        std::move(then),
                                        [](const RemoteAnswer &answer) {
                                            const auto json = jsonIn(answer);
                                            return json ? runtime::matrixFromJson(*json)
                                                        : std::nullopt;
                                        });
}

} // namespace signalbox::app

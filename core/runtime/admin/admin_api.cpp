// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/admin_api.h"

#include "core/base/text.h"
#include "core/gateway/admission.h"
#include "core/http/sse_writer.h"
#include "core/http/target.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/query_json.h"
#include "core/runtime/ledger/record_json.h"
#include "core/telemetry/prometheus.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view kPrefix = "/admin/v1/";
constexpr Millis kTickEvery{500};
/// Streams of events open at once; each costs a snapshot's text twice a second.
constexpr std::size_t kSubscribersMax = 32;

std::optional<std::string> queryValue(const http::QueryItems &items, std::string_view name)
{
    for (const auto &[key, value] : items) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

ErrorAnswer notReadable(const LedgerError &error)
{
    if (error.fault == LedgerFault::BadCursor || error.fault == LedgerFault::UnknownTimeZone
        || error.fault == LedgerFault::NotAvailable || error.fault == LedgerFault::RangeTooLarge) {
        return invalidRequest(toString(error));
    }
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = "ledger_unavailable";
    answer.message = "The ledger cannot be read: " + toString(error);
    answer.origin = Origin::Gateway;
    return answer;
}

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

    std::string text(std::string_view name) { return queryValue(m_items, name).value_or(""); }

    std::optional<SystemTime> time(std::string_view name)
    {
        const auto value = queryValue(m_items, name);
        if (!value) {
            return std::nullopt;
        }
        const auto time = fromIso8601(*value);
        if (!time) {
            complain(name, "an ISO 8601 time such as 2026-11-22T14:00:00Z");
        }
        return time;
    }

    std::optional<int> integer(std::string_view name, int least, int most)
    {
        const auto value = queryValue(m_items, name);
        if (!value) {
            return std::nullopt;
        }
        const auto number = parseInteger(*value);
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
    http::QueryItems m_items;
    std::optional<ErrorAnswer> m_fault;
};

/// What an act's body says.
struct ActBody
{
    std::string reason;
    std::optional<Millis> duration;
};

Result<ActBody, ErrorAnswer> readActBody(const std::string &text)
{
    constexpr double longest = 30.0 * 24 * 3600;
    ActBody act;
    if (trimmed(text).empty()) {
        return act;
    }
    const Json json = Json::parse(text, nullptr, false);
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

} // namespace

AdminApi::AdminApi(boost::asio::io_context &loop,
                   Gateway &gateway,
                   LedgerWriter *ledger,
                   std::string ledgerPath)
    : m_gateway(gateway)
    , m_ledger(ledger)
    , m_queries(loop, std::move(ledgerPath))
    , m_ticker(loop)
{}

AdminApi::~AdminApi() = default;

bool AdminApi::owns(const http::RequestHead &head) const
{
    if (m_guardsMetrics && (head.path == "/metrics" || head.path == "/v1/metrics")) {
        return true;
    }
    return !m_operators.empty() && head.path.starts_with(kPrefix);
}

const OperatorKey *AdminApi::identify(const http::Headers &headers) const
{
    const std::string_view token = presentedKey(headers);
    const OperatorKey *found = nullptr;
    // All are compared, whichever matches: the time must not tell.
    for (const OperatorKey &person : m_operators) {
        if (person.token.matches(token)) {
            found = &person;
        }
    }
    return found;
}

void AdminApi::requested(ExchangeId id, http::RequestHead head, std::string body)
{
    Call call{id, std::move(head), {}, std::move(body), nullptr};
    call.person = identify(call.head.headers);
    if (call.person == nullptr) {
        ErrorAnswer error = invalidApiKey();
        error.message = "An operator's token is needed here: 'Authorization: Bearer TOKEN'.";
        refuse(id, error);
        return;
    }
    if (!call.head.path.starts_with(kPrefix)) {
        answer(id,
               200,
               m_gateway.metrics(readClock()),
               std::string(telemetry::kPrometheusMediaType));
        return;
    }
    const auto path = http::decodePath(call.head.path);
    if (!path) {
        refuse(id, invalidRequest("The path is malformed."));
        return;
    }
    call.path = path->substr(kPrefix.size());
    dispatch(std::move(call));
}

void AdminApi::dispatch(Call call)
{
    const bool isAct = call.path.starts_with("targets/") || call.path.starts_with("providers/");
    const std::string wanted = isAct ? "POST" : "GET";
    const bool known = isAct || call.path == "state" || call.path == "requests"
                       || call.path.starts_with("requests/") || call.path == "costs"
                       || call.path == "audit" || call.path == "events";
    if (!known) {
        refuse(call.id, notFound(call.head.path));
    } else if (call.head.method != wanted) {
        refuse(call.id, methodNotAllowed(call.head.method, wanted));
    } else if (isAct) {
        act(call);
    } else if (call.path == "state") {
        answer(call.id, 200, toJson(*m_gateway.snapshot(readClock())).dump());
    } else if (call.path == "requests") {
        listRequests(call);
    } else if (call.path == "costs") {
        listCosts(call);
    } else if (call.path == "audit") {
        listAudit(call);
    } else if (call.path == "events") {
        subscribe(call);
    } else {
        showRequest(call);
    }
}

void AdminApi::act(const Call &call)
{
    // The verb is the last segment; what stands before it may contain slashes.
    const bool whole = call.path.starts_with("providers/");
    const std::size_t begin = call.path.find('/') + 1;
    const std::size_t slash = call.path.rfind('/');
    const auto verb = slash >= begin ? actFromString(call.path.substr(slash + 1)) : std::nullopt;
    if (!verb) {
        refuse(call.id, notFound(call.head.path));
        return;
    }
    if (call.person->role != OperatorRole::Operator) {
        ErrorAnswer error = originRefused("A viewer reads everything and changes nothing.");
        error.code = "viewer_only";
        refuse(call.id, error);
        return;
    }
    const auto body = readActBody(call.body);
    if (!body) {
        refuse(call.id, body.error());
        return;
    }
    const std::string name = call.path.substr(begin, slash - begin);
    std::vector<TargetId> targets;
    for (const ProviderSettings &provider : m_gateway.configuration().providers) {
        for (const ModelSettings &model : provider.models) {
            const TargetId target(provider.id, model.name);
            if (whole ? provider.id == name : target.name() == name) {
                targets.push_back(target);
            }
        }
    }
    if (targets.empty()) {
        refuse(call.id, notFound((whole ? "provider " : "target ") + name));
        return;
    }
    const Now now = readClock();
    for (const TargetId &target : targets) {
        m_gateway.operate(*verb, target, body->duration, body->reason, now);
        const std::string detail = body->duration
                                       ? "for " + std::to_string(body->duration->count() / 1000)
                                             + " s"
                                       : std::string();
        audit(*call.person, call.path.substr(slash + 1), target.name(), body->reason, detail);
    }
    Json changed = Json::array();
    const telemetry::SnapshotPtr snapshot = m_gateway.snapshot(now); // outlives the loop
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &view : provider.targets) {
            if (std::ranges::find(targets, view.target) != targets.end()) {
                changed.push_back(toJson(view));
            }
        }
    }
    answer(call.id, 200, Json{{"targets", std::move(changed)}}.dump());
}

void AdminApi::listRequests(const Call &call)
{
    QueryReader query(call.head.query);
    RequestFilter filter;
    filter.since = query.time("since");
    filter.until = query.time("until");
    filter.route = query.text("route");
    filter.target = query.text("target");
    filter.provider = query.text("provider");
    filter.client = query.text("client");
    filter.status = query.integer("status", 100, 599);
    filter.limit = query.integer("limit", 1, kPageMax).value_or(kPageDefault);
    filter.cursor = query.text("cursor");
    const std::string outcome = query.text("outcome");
    if (!outcome.empty()) {
        filter.outcome = outcomeFromString(outcome);
        if (!filter.outcome) {
            query.complain("outcome", "an outcome such as server_error");
        }
    }
    if (query.fault()) {
        refuse(call.id, *query.fault());
        return;
    }
    ask(call.id,
        [this, id = call.id, filter](
            Result<LedgerReader, LedgerError> &reader) -> QueryWorker::Answer {
            auto page = reader ? reader->requests(filter)
                               : Result<RequestPage, LedgerError>(Failure{reader.error()});
            if (!page) {
                return [this, id, error = page.error()] { refuse(id, notReadable(error)); };
            }
            return [this, id, text = toJson(*page).dump()] { answer(id, 200, text); };
        });
}

void AdminApi::showRequest(const Call &call)
{
    const std::string wanted = call.path.substr(std::string_view("requests/").size());
    ask(call.id,
        [this, id = call.id, wanted](
            Result<LedgerReader, LedgerError> &reader) -> QueryWorker::Answer {
            auto found = reader ? reader->request(wanted)
                                : Result<std::optional<RequestRecord>, LedgerError>(
                                    Failure{reader.error()});
            if (!found) {
                return [this, id, error = found.error()] { refuse(id, notReadable(error)); };
            }
            if (!found->has_value()) {
                return [this, id, wanted] { refuse(id, notFound("request " + wanted)); };
            }
            return
                [this, id, text = toJson(**found, Detail::Full).dump()] { answer(id, 200, text); };
        });
}

void AdminApi::listCosts(const Call &call)
{
    QueryReader query(call.head.query);
    CostQuery costs;
    const std::string by = query.text("by");
    const std::string bucket = query.text("bucket");
    const auto dimension = by.empty() ? CostDimension::Provider : costDimensionFromString(by);
    const auto width = bucket.empty() ? CostBucket::Day : costBucketFromString(bucket);
    if (!dimension) {
        query.complain("by", "provider, model, route or client");
    }
    if (!width) {
        query.complain("bucket", "hour or day");
    }
    costs.since = query.time("since");
    costs.until = query.time("until");
    const std::string zone = query.text("tz");
    costs.timeZone = zone.empty() ? m_gateway.configuration().server.timeZone : zone;
    if (query.fault()) {
        refuse(call.id, *query.fault());
        return;
    }
    costs.by = *dimension;
    costs.bucket = *width;
    ask(call.id,
        [this, id = call.id, costs](
            Result<LedgerReader, LedgerError> &reader) -> QueryWorker::Answer {
            auto rows = reader ? reader->costs(costs)
                               : Result<std::vector<CostRow>, LedgerError>(Failure{reader.error()});
            if (!rows) {
                return [this, id, error = rows.error()] { refuse(id, notReadable(error)); };
            }
            return [this, id, text = toJson(*rows, costs.by).dump()] { answer(id, 200, text); };
        });
}

void AdminApi::listAudit(const Call &call)
{
    QueryReader query(call.head.query);
    const int limit = query.integer("limit", 1, kPageMax).value_or(kPageDefault);
    const std::string cursor = query.text("cursor");
    if (query.fault()) {
        refuse(call.id, *query.fault());
        return;
    }
    ask(call.id,
        [this, id = call.id, limit, cursor](
            Result<LedgerReader, LedgerError> &reader) -> QueryWorker::Answer {
            auto page = reader ? reader->audit(limit, cursor)
                               : Result<AuditPage, LedgerError>(Failure{reader.error()});
            if (!page) {
                return [this, id, error = page.error()] { refuse(id, notReadable(error)); };
            }
            return [this, id, text = toJson(*page).dump()] { answer(id, 200, text); };
        });
}

void AdminApi::ask(ExchangeId id, QueryWorker::Question question)
{
    if (!m_queries.ask(std::move(question))) {
        refuse(id, rateLimited("Too many questions to the ledger wait already.", Seconds(1)));
    }
}

void AdminApi::subscribe(const Call &call)
{
    if (m_subscribers.size() >= kSubscribersMax) {
        refuse(call.id, rateLimited("Too many event streams are open.", Seconds(10)));
        return;
    }
    Respond begin;
    begin.exchange = call.id;
    begin.headers.add("content-type", "text/event-stream");
    begin.headers.add("cache-control", "no-store");
    begin.streamed = true;
    Actions actions;
    actions.emplace_back(std::move(begin));
    m_rim->perform(std::move(actions));
    m_subscribers[call.id].lastTransition = readClock().system;
    push(call.id,
         m_subscribers[call.id],
         "snapshot",
         toJson(*m_gateway.snapshot(readClock())).dump());
    if (!std::exchange(m_ticking, true)) {
        tick();
    }
}

void AdminApi::tick()
{
    m_ticker.expires_after(kTickEvery);
    m_ticker.async_wait([this](const boost::system::error_code &stopped) {
        if (stopped || m_subscribers.empty()) {
            m_ticking = false;
            return;
        }
        const auto snapshot = m_gateway.snapshot(readClock());
        const std::string state = toJson(*snapshot).dump();
        for (auto &[id, subscriber] : m_subscribers) {
            for (const telemetry::BreakerTransition &transition : snapshot->transitions) {
                if (transition.at > subscriber.lastTransition) {
                    push(id, subscriber, "breaker", toJson(transition).dump());
                }
            }
            if (!snapshot->transitions.empty()) {
                subscriber.lastTransition = std::max(*subscriber.lastTransition,
                                                     snapshot->transitions.back().at);
            }
            push(id, subscriber, "snapshot", state);
        }
        tick();
    });
}

void AdminApi::requestFinished(const RequestRecord &record)
{
    if (m_subscribers.empty()) {
        return;
    }
    const std::string data = toJson(record, Detail::Row).dump();
    for (auto &[id, subscriber] : m_subscribers) {
        push(id, subscriber, "request", data);
    }
}

void AdminApi::push(ExchangeId id,
                    Subscriber &subscriber,
                    std::string_view event,
                    const std::string &data)
{
    if (subscriber.slow) {
        ++subscriber.missed;
        return;
    }
    SendBytes piece{id, {}};
    if (subscriber.missed > 0) {
        http::appendEvent(piece.bytes,
                          Json{{"events", std::exchange(subscriber.missed, 0)}}.dump(),
                          "missed");
    }
    http::appendEvent(piece.bytes, data, event);
    Actions actions;
    actions.emplace_back(std::move(piece));
    m_rim->perform(std::move(actions));
}

void AdminApi::clientGone(ExchangeId id)
{
    m_subscribers.erase(id);
}

void AdminApi::clientSlow(ExchangeId id, bool slow)
{
    const auto found = m_subscribers.find(id);
    if (found != m_subscribers.end()) {
        found->second.slow = slow;
    }
}

void AdminApi::shutDown()
{
    m_ticker.cancel();
    for (const auto &entry : std::exchange(m_subscribers, {})) {
        Actions actions;
        actions.emplace_back(EndStream{entry.first});
        actions.emplace_back(Finished{entry.first, nullptr});
        m_rim->perform(std::move(actions));
    }
}

void AdminApi::answer(ExchangeId id, int status, std::string body, std::string contentType)
{
    Respond answer;
    answer.exchange = id;
    answer.status = status;
    answer.headers.add("content-type", contentType);
    answer.headers.add("cache-control", "no-store");
    answer.body = std::move(body);
    Actions actions;
    actions.emplace_back(std::move(answer));
    actions.emplace_back(Finished{id, nullptr});
    m_rim->perform(std::move(actions));
}

void AdminApi::refuse(ExchangeId id, const ErrorAnswer &error)
{
    Actions actions;
    actions.emplace_back(Respond{id, error.status, errorHeaders(error), errorBody(error), false});
    actions.emplace_back(Finished{id, nullptr});
    m_rim->perform(std::move(actions));
}

void AdminApi::audit(const OperatorKey &person,
                     std::string action,
                     std::string object,
                     std::string reason,
                     std::string detail)
{
    if (m_ledger != nullptr) {
        m_ledger->submitAudit({0,
                               readClock().system,
                               person.id,
                               std::move(action),
                               std::move(object),
                               std::move(reason),
                               std::move(detail)});
    }
}

} // namespace signalbox::runtime

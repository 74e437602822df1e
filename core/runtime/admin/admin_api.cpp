// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/admin_api.h"

#include "core/gateway/admission.h"
#include "core/http/target.h"
#include "core/runtime/admin/admin_query.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"
#include "core/telemetry/prometheus.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::string_view kPrefix = "/admin/v1/";

void writeExplanation(const RequestRecord &record, std::string &out)
{
    JsonWriter json(out);
    JsonMembers members(json);
    members.string("operation", record.operation).string("model", record.modelAsked);
    members.string("config_revision", record.configRevision);
    members.key("needs").beginArray();
    for (const Feature feature : record.needs.list()) {
        json.string(toString(feature));
    }
    json.endArray();
    write(members.key("facts"), record.facts);
    write(members.key("decision"), record.decision);
}

} // namespace

AdminApi::AdminApi(boost::asio::io_context &loop,
                   Gateway &gateway,
                   LedgerWriter *ledger,
                   LedgerPlace ledgerPlace)
    : m_loop(loop)
    , m_gateway(gateway)
    , m_cacheDesk(loop, gateway)
    , m_ledger(ledger)
    , m_ledgerPlace(ledgerPlace)
    , m_queries(loop, std::move(ledgerPlace))
    , m_events(loop, gateway)
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

/// What GET shows at \p path; null: nothing.
const AdminApi::Read *AdminApi::readOf(std::string_view path)
{
    static constexpr std::array kReads = {
        Read{"state", &AdminApi::showState},
        Read{"series", &AdminApi::showSeries},
        Read{"requests", &AdminApi::listRequests},
        Read{"histogram", &AdminApi::showHistogram},
        Read{"costs", &AdminApi::listCosts},
        Read{"cost-matrix", &AdminApi::showCostMatrix},
        Read{"audit", &AdminApi::listAudit},
        Read{"recording", &AdminApi::showRecording},
        Read{"events", &AdminApi::subscribe},
    };
    static constexpr Read kOne{"requests/", &AdminApi::showRequest};
    const auto *found = std::ranges::find(kReads, path, &Read::path);
    if (found != kReads.end()) {
        return found;
    }
    return path.starts_with(kOne.path) ? &kOne : nullptr;
}

void AdminApi::dispatch(Call call)
{
    if (m_config != nullptr && (call.path == "config" || call.path.starts_with("config/"))) {
        dispatchConfig(std::move(call));
        return;
    }
    if (m_proposals != nullptr
        && (call.path == "proposals" || call.path.starts_with("proposals/"))) {
        dispatchProposals(call);
        return;
    }
    if (call.path == "cache" || call.path.starts_with("cache/")) {
        dispatchCache(call);
        return;
    }
    const bool isAct = call.path.starts_with("targets/") || call.path.starts_with("providers/");
    const bool isExplain = call.path == "route/explain";
    const bool isReplay = call.path == "replay";
    const auto *show = isAct || isExplain || isReplay ? nullptr : readOf(call.path);
    const std::string wanted = show == nullptr ? "POST" : "GET";
    if (!isAct && !isExplain && !isReplay && show == nullptr) {
        refuse(call.id, notFound(call.head.path));
    } else if (call.head.method != wanted) {
        refuse(call.id, methodNotAllowed(call.head.method, wanted));
    } else if (isAct) {
        act(call);
    } else if (isExplain) {
        explain(std::move(call));
    } else if (isReplay) {
        replay(call);
    } else {
        (this->*show->show)(call);
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
    if (!mayChange(call)) {
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

void AdminApi::answerExplanation(ExchangeId id, const RequestRecord &record)
{
    std::string text;
    writeExplanation(record, text);
    answer(id, 200, std::move(text));
}

/// Refuses a viewer.
bool AdminApi::mayChange(const Call &call)
{
    if (call.person->role == OperatorRole::Operator) {
        return true;
    }
    ErrorAnswer error = originRefused("A viewer reads everything and changes nothing.");
    error.code = "viewer_only";
    refuse(call.id, error);
    return false;
}

void AdminApi::explain(Call call)
{
    const auto operation = readOperation(call.head.query);
    if (!operation) {
        refuse(call.id, operation.error());
        return;
    }
    const auto record = m_gateway.explain({std::move(call.head), std::move(call.body)},
                                          *operation,
                                          readClock());
    if (!record) {
        refuse(call.id, record.error());
        return;
    }
    answerExplanation(call.id, *record);
}

/// The snapshot, and who asks whom: a console on another machine needs both before anything else.
void AdminApi::showState(const Call &call)
{
    Json state{{"api", kAdminApi},
               {"version", m_version},
               {"operator",
                {{"id", call.person->id},
                 {"role", call.person->role == OperatorRole::Operator ? "operator" : "viewer"}}}};
    state.update(toJson(*m_gateway.snapshot(readClock())));
    answer(call.id, 200, toText(state));
}

void AdminApi::subscribe(const Call &call)
{
    if (m_events.hasEnded()) { // on a connection that stood when the stop began
        ErrorAnswer error = overloaded();
        error.message = "The gateway is stopping.";
        refuse(call.id, error);
    } else if (!m_events.subscribe(call.id)) {
        refuse(call.id, rateLimited("Too many event streams are open.", Seconds(10)));
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

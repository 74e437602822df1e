// SPDX-License-Identifier: Apache-2.0
// The way of a request for a provider from its bytes to a decided exchange.
#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/forecast.h"
#include "core/gateway/gateway.h"
#include "core/gateway/request_id.h"
#include "core/http/target.h"
#include "core/providers/adapter.h"
#include "core/routing/facts.h"
#include "core/routing/resolve_model.h"
#include "core/routing/router.h"
#include "core/tokens/estimate.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr std::string_view kMetadataPrefix = "x-signalbox-metadata-";

std::map<std::string, std::string> metadataOf(const http::Headers &headers)
{
    std::map<std::string, std::string> metadata;
    for (const http::Header header : headers) {
        if (!equalsIgnoreCase(header.name.substr(0, kMetadataPrefix.size()), kMetadataPrefix)) {
            continue;
        }
        const std::string_view key = header.name.substr(kMetadataPrefix.size());
        const bool fits = !key.empty() && key.size() <= bounds::kMetadataBytesMax
                          && isUtf8(header.value) && metadata.size() < bounds::kMetadataEntriesMax;
        if (fits) {
            metadata[toLowerAscii(key)] = header.value.substr(0, bounds::kMetadataBytesMax);
        }
    }
    return metadata;
}

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names) {
        text += (text.empty() ? "\"" : ", \"") + name + "\"";
    }
    return text;
}

ErrorAnswer unknownModel(const std::string &model, const std::vector<std::string> &nearest)
{
    std::string message = "No route, target or alias is called \"" + model.substr(0, 200) + "\".";
    if (!nearest.empty()) {
        message += " Did you mean " + joined(nearest) + "?";
    }
    return modelNotFound(std::move(message));
}

ErrorAnswer ambiguousModel(const std::string &model, const std::vector<TargetId> &targets)
{
    std::vector<std::string> names;
    for (const TargetId &target : targets) {
        names.push_back(target.name());
    }
    return modelNotFound("Several providers have a model \"" + model + "\"; name one of "
                         + joined(names) + ".");
}

bool containsTarget(const RouteSettings &route, const TargetId &target)
{
    const auto has = [&](const std::vector<TargetChoice> &choices) {
        return std::ranges::find(choices, target, &TargetChoice::target) != choices.end();
    };
    return has(route.targets) || std::ranges::any_of(route.rules, [&](const RuleSettings &rule) {
               return has(rule.targets);
           });
}

} // namespace

void Gateway::ask(ExchangeId id,
                  const char *operation,
                  const providers::Dialect &dialect,
                  Arrival arrival,
                  Now now,
                  Actions &out)
{
    auto record = std::make_shared<RequestRecord>();
    record->id = makeRequestId(now.system, m_random);
    record->clientRequestId = echoableRequestId(arrival.head.headers);
    record->arrived = now.system;
    record->dialect = dialect.name();
    record->operation = operation;
    record->configRevision = m_configuration->revision;
    auto planned = plan(arrival, dialect, *record, now);
    if (!planned) {
        refuse(id, planned.error(), dialect, std::move(record), now, out);
        return;
    }
    planned->id = id;
    planned->dialect = &dialect;
    m_telemetry.requestStarted(record->route, now);
    planned->record = std::move(record);
    Running running;
    running.exchange = std::make_unique<Exchange>(std::move(*planned),
                                                  Shared{m_upstreams,
                                                         m_budgets,
                                                         m_telemetry,
                                                         m_experience,
                                                         m_tokens,
                                                         m_reasoning,
                                                         m_random,
                                                         m_lastAttempt},
                                                  now);
    running.registered = SteadyTime::max();
    Exchange &exchange = *running.exchange;
    m_exchanges[id] = std::move(running);
    const std::size_t before = out.size();
    exchange.start(now, out);
    after(id, before, now, out);
}

Result<Gateway::Asked, ErrorAnswer> Gateway::read(const RequestRecord &record,
                                                  const providers::Dialect &dialect,
                                                  const Arrival &arrival)
{
    const auto refused = [](const providers::BadRequest &fault) {
        return Failure{invalidRequest(fault.message, fault.param)};
    };
    if (record.operation == "embeddings") {
        auto request = providers::decodeEmbeddings(arrival.body);
        if (!request) {
            return refused(request.error());
        }
        return Asked{providers::asPrompt(*request), std::move(*request)};
    }
    auto request = dialect.decode(arrival.body, arrival.head.headers);
    if (!request) {
        return refused(request.error());
    }
    return Asked{std::move(*request), std::nullopt};
}

/// Admission, decoding, decision: the first refusal wins and is named.
Result<ExchangePlan, ErrorAnswer> Gateway::plan(Arrival &arrival,
                                                const providers::Dialect &dialect,
                                                RequestRecord &record,
                                                Now now)
{
    const SteadyTime began = m_options.stopwatch();
    const auto client = m_admission.identify(arrival.head);
    if (!client) {
        return Failure{client.error()};
    }
    record.client = *client == nullptr ? std::string() : (*client)->id;
    if (!m_budgets.hasRoom(record.client, Money(), now.system)) {
        return Failure{budgetExhausted(*m_budgets.view(record.client, now.system), now.system)};
    }
    auto considered = consider(arrival, dialect, *client, record, now);
    if (!considered) {
        return Failure{considered.error()};
    }
    const RouteSettings &route = *considered->route;
    const auto startAt = m_admission.takeFromLimits(*client, record.facts.promptTokens, now.steady);
    if (!startAt) {
        return Failure{startAt.error()};
    }
    decide(*considered, {m_draws, m_random.next()}, record, now);
    record.stages.decide = std::chrono::duration_cast<Micros>(m_options.stopwatch() - began)
                           - record.stages.decode;

    ExchangePlan planned;
    planned.request = std::move(considered->asked.request);
    planned.embeddings = std::move(considered->asked.embeddings);
    planned.prompt = considered->prompt;
    planned.configuration = m_configuration;
    planned.retry = route.retry;
    planned.deadline = route.deadline;
    planned.startAt = *startAt;
    planned.onStreamBreak = route.onStreamBreak;
    return planned;
}

Result<RequestRecord, ErrorAnswer> Gateway::explain(const Arrival &arrival,
                                                    const char *operation,
                                                    Now now) const
{
    RequestRecord record;
    record.arrived = now.system;
    record.operation = operation;
    record.configRevision = m_configuration->revision;
    const auto considered = consider(arrival, providers::chatDialect(), nullptr, record, now);
    if (!considered) {
        return Failure{considered.error()};
    }
    routing::DrawState draws = m_draws;
    Random random = m_random;
    decide(*considered, {draws, random.next()}, record, now);
    return record;
}

/// What is known of a request before anything is decided: what it asks, its route, its facts.
Result<Gateway::Considered, ErrorAnswer> Gateway::consider(const Arrival &arrival,
                                                           const providers::Dialect &dialect,
                                                           const ClientSettings *client,
                                                           RequestRecord &record,
                                                           Now now) const
{
    const SteadyTime began = m_options.stopwatch();
    auto asked = read(record, dialect, arrival);
    if (!asked) {
        return Failure{asked.error()};
    }
    const ChatRequest &request = asked->request;
    record.stages.decode = std::chrono::duration_cast<Micros>(m_options.stopwatch() - began);
    record.modelAsked = request.model;
    record.stream = request.stream;
    record.needs = request.needs;
    auto route = routeFor(request, arrival.head.headers, client, record);
    if (!route) {
        return Failure{route.error()};
    }

    routing::FactContext context;
    context.client = record.client;
    context.hour = m_options.hourIn(now.system, m_configuration->server.timeZone);
    for (const std::string &name : routing::headersAskedFor(**route)) {
        if (const auto value = arrival.head.headers.find(name)) {
            context.headers[name] = *value;
        }
    }
    context.metadata = metadataOf(arrival.head.headers);
    context.tellsLanguage = routing::isAskedFor(Fact::Language, **route);
    tokens::PromptTraits prompt = tokens::traitsOf(request);
    prompt.given = asked->embeddings ? asked->embeddings->tokenIds : 0;
    context.promptTokens = tokens::estimatePrompt(prompt, tokens::TokenFamily::O200k);
    record.facts = routing::factsOf(request, context);
    const bool strict = arrival.head.headers.find("x-signalbox-strict") == "1";
    return Considered{std::move(*asked), std::move(*route), prompt, strict};
}

/// The route that `model` means, or the pinned target as a route of its own.
Result<Gateway::RoutePtr, ErrorAnswer> Gateway::routeFor(const ChatRequest &request,
                                                         const http::Headers &headers,
                                                         const ClientSettings *client,
                                                         RequestRecord &record) const
{
    const auto allowedTarget = [&](const TargetId &target) {
        return std::ranges::any_of(m_configuration->routes,
                                   [&](const RouteSettings &route) {
                                       return Admission::mayUse(client, route.name)
                                              && containsTarget(route, target);
                                   })
               || client == nullptr || client->routes.empty();
    };
    const auto meaning = routing::resolveModel(*m_configuration, request.model);
    if (const auto *unknown = std::get_if<routing::UnknownModel>(&meaning)) {
        return Failure{unknownModel(request.model, unknown->nearest)};
    }
    if (const auto *ambiguous = std::get_if<routing::AmbiguousModel>(&meaning)) {
        return Failure{ambiguousModel(request.model, ambiguous->targets)};
    }
    const auto *named = std::get_if<routing::RouteMeant>(&meaning);
    if (named != nullptr) {
        record.route = named->route->name;
        if (!Admission::mayUse(client, record.route)) {
            return Failure{routeNotAllowed(record.route, client->id)};
        }
    }
    std::optional<TargetId> only;
    if (const auto *target = std::get_if<routing::TargetMeant>(&meaning)) {
        only = target->target;
    }
    if (const auto pin = headers.find("x-signalbox-target")) {
        only = TargetId(std::string(*pin));
        if (m_configuration->model(*only) == nullptr) {
            return Failure{unknownModel(std::string(*pin), {})};
        }
    }
    if (!only) {
        return RoutePtr(m_configuration, named->route);
    }
    if (!allowedTarget(*only)) {
        return Failure{routeNotAllowed(only->name(), client->id)};
    }
    auto route = std::make_shared<RouteSettings>(routing::routeToTarget(*only));
    if (named != nullptr) {
        route->retry = named->route->retry;
        route->deadline = named->route->deadline;
        route->onStreamBreak = named->route->onStreamBreak;
    }
    return RoutePtr(std::move(route));
}

/// Whether \p target could serve the request, were it free.
routing::Availability Gateway::capability(const Asked &asked,
                                          std::int64_t promptTokens,
                                          const TargetId &target,
                                          const Configuration &configuration,
                                          bool strict)
{
    const ProviderSettings *provider = configuration.provider(target.provider());
    const ModelSettings *model = configuration.model(target);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    // A context bounds each text of a request for embeddings, not their sum.
    routing::Availability capability = routing::capabilityOf(*model,
                                                             asked.request.needs,
                                                             asked.embeddings ? 0 : promptTokens);
    if (capability.veto != Veto::None) {
        return capability;
    }
    const auto vetoOf = [](const providers::Refusal &refusal) -> routing::Availability {
        const bool feature = refusal.feature.has_value();
        return {feature ? Veto::MissingFeature : Veto::NotServable,
                feature ? std::string(toString(*refusal.feature)) : refusal.text};
    };
    if (asked.embeddings) {
        const auto refusal = adapter.refusesEmbeddings(*asked.embeddings);
        return refusal ? vetoOf(*refusal) : routing::Availability();
    }
    if (const auto refusal = adapter.refuses(asked.request, model->name)) {
        return vetoOf(*refusal);
    }
    if (strict) {
        const auto call = adapter.encodeChat(asked.request, model->name, *model);
        if (call && !call->dropped.empty()) {
            return {Veto::NotServable, "it does not know " + call->dropped.front()};
        }
    }
    return {};
}

void Gateway::decide(const Considered &considered,
                     const Chance &chance,
                     RequestRecord &record,
                     Now now) const
{
    const auto promptTokens = [&](const TargetId &target) {
        return m_tokens.promptTokens(considered.prompt, *m_configuration, target);
    };
    const auto lookup = [&](const TargetId &target, FeatureSet) -> routing::Availability {
        routing::Availability able = capability(considered.asked,
                                                promptTokens(target),
                                                target,
                                                *m_configuration,
                                                considered.strict);
        if (able.veto == Veto::None) {
            able = m_upstreams.availability(target, record.facts.promptTokens, now.steady);
        }
        if (able.veto == Veto::None && m_budgets.isBounded(record.client)) {
            const Money cost = expectedCost(target,
                                            record,
                                            promptTokens(target),
                                            *m_configuration,
                                            m_experience,
                                            now.steady);
            able.veto = m_budgets.hasRoom(record.client, cost, now.system) ? Veto::None
                                                                           : Veto::BudgetExhausted;
        }
        return able;
    };
    const routing::AvailabilityLookup availability = lookup;
    const routing::ForecastLookup expected = [&](const TargetId &target) {
        return forecastOf(target,
                          record,
                          promptTokens(target),
                          *m_configuration,
                          m_experience,
                          now.steady);
    };
    const std::string routeName = record.route;
    record.decision = routing::decide({*considered.route,
                                       record.facts,
                                       considered.asked.request.needs,
                                       availability,
                                       chance.seed,
                                       expected},
                                      chance.draws);
    record.decision.route = routeName;
    record.rule = record.decision.rule;
}

void Gateway::refuse(ExchangeId id,
                     const ErrorAnswer &error,
                     const providers::Dialect &dialect,
                     std::shared_ptr<RequestRecord> record,
                     Now now,
                     Actions &out)
{
    http::Headers headers = errorHeaders(error);
    addIds(headers, record->id, record->clientRequestId, dialect);
    std::string body = errorBody(error, {}, dialect);
    out.emplace_back(Respond{id, error.status, std::move(headers), std::move(body), false});
    record->status = error.status;
    record->errorCode = error.code;
    record->outcome = error.outcome;
    record->cost = {Money(), false}; // nobody was asked
    m_telemetry.requestStarted(record->route, now);
    m_telemetry.requestEnded(*record, now);
    // Strangers do not get to fill the ledger.
    const bool stranger = error.status == 401 || error.code == "origin_refused";
    out.emplace_back(Finished{id, stranger ? nullptr : std::move(record)});
}

void Gateway::models(const http::RequestHead &head, const std::string &path, Respond &answer) const
{
    const auto refuseWith = [&answer](const ErrorAnswer &error) {
        answer.status = error.status;
        answer.headers = errorHeaders(error);
        answer.body = errorBody(error);
    };
    const auto client = m_admission.identify(head);
    if (!client) {
        refuseWith(client.error());
        return;
    }
    std::vector<providers::ModelEntry> entries;
    for (const RouteSettings &route : m_configuration->routes) {
        if (Admission::mayUse(*client, route.name)) {
            entries.push_back({route.name, 0, "signalbox"});
        }
    }
    for (const auto &target : m_upstreams.targets()) {
        const bool usable = *client == nullptr || (*client)->routes.empty()
                            || std::ranges::any_of(m_configuration->routes,
                                                   [&](const RouteSettings &route) {
                                                       return Admission::mayUse(*client, route.name)
                                                              && containsTarget(route, target->id);
                                                   });
        if (usable) {
            entries.push_back({target->id.name(), 0, std::string(target->id.provider())});
        }
    }
    const auto at = path.find("/models/");
    if (at == std::string::npos) {
        answer.body = providers::encodeModels(entries);
        return;
    }
    const std::string wanted = path.substr(at + std::string_view("/models/").size());
    const auto found = std::ranges::find(entries, wanted, &providers::ModelEntry::id);
    if (found == entries.end()) {
        std::vector<std::string> names;
        for (const auto &entry : entries) {
            names.push_back(entry.id);
        }
        refuseWith(unknownModel(headerSafe(wanted), nearestNames(wanted, names)));
        return;
    }
    answer.body = providers::encodeModel(*found);
}

} // namespace signalbox::gateway

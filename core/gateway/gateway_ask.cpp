// SPDX-License-Identifier: Apache-2.0
// The way of a request for a provider from its bytes to a decided exchange.
#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/gateway/answer_headers.h"
#include "core/gateway/gateway.h"
#include "core/gateway/request_id.h"
#include "core/routing/facts.h"
#include "core/routing/router.h"
#include "core/tokens/estimate.h"

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
                                                         m_affinity,
                                                         m_outliers,
                                                         m_tokens,
                                                         m_reasoning,
                                                         m_cache,
                                                         m_random,
                                                         m_lastAttempt},
                                                  now);
    running.registered = SteadyTime::max();
    Exchange &exchange = *running.exchange;
    m_exchanges[id] = std::move(running);
    const std::size_t before = out.size();
    exchange.start(now, out);
    after(id, before, now, out);
    if (m_exchanges.contains(id) && m_exchanges.at(id).exchange->isUndecided()) {
        compare(id, now, out);
    }
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
    const limits::DayBudgets &budgets = m_budgets.clients();
    if (!budgets.hasRoom(record.client, Money(), now.system)) {
        return Failure{budgetExhausted(*budgets.view(record.client, now.system), now.system)};
    }
    auto considered = consider(arrival, dialect, *client, record, now);
    if (!considered) {
        return Failure{considered.error()};
    }
    const RouteSettings &route = *considered->rest.route;
    auto place = m_admission.takeFromLimits(*client, record.facts.promptTokens, now.steady);
    if (!place) {
        return Failure{place.error()};
    }
    CachePlan cached = lookUp(*considered, arrival.head.headers, record, now);
    record.cache = cached.verdict;
    if (cached.hit || cached.waits) {
        record.decision.route = record.route; // nobody has to be chosen, or not yet
    } else {
        decide(decidingOf(*considered), {drawsFor(record), m_random.next()}, record, now);
    }
    record.decision.cache = cached.note;
    record.stages.decide = std::chrono::duration_cast<Micros>(m_options.stopwatch() - began)
                           - record.stages.decode;

    ExchangePlan planned;
    planned.cache = std::move(cached);
    planned.request = std::move(considered->asked.request);
    planned.embeddings = std::move(considered->asked.embeddings);
    planned.prompt = considered->prompt;
    planned.configuration = m_configuration;
    planned.retry = route.retry;
    planned.deadline = route.deadline;
    planned.startAt = place->from(now.steady);
    planned.place = *std::move(place);
    if (!considered->rest.prefixes.empty()) {
        planned.conversation = considered->rest.prefixes.back();
    }
    planned.onStreamBreak = route.onStreamBreak;
    planned.hedgeAfter = route.hedgeAfter;
    planned.comment = route.comment;
    drawShadow(planned, route, record);
    if (planned.cache.waits) {
        planned.undecided = std::move(considered->rest);
    }
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
    decide(decidingOf(*considered), {draws, random.next()}, record, now);
    return record;
}

Result<RequestRecord, ErrorAnswer> Gateway::explainBy(std::shared_ptr<const Configuration> draft,
                                                      const Arrival &arrival,
                                                      const char *operation,
                                                      Now now)
{
    // Explaining changes nothing and calls nobody back: for its length the draft is in force.
    std::swap(m_configuration, draft);
    auto told = explain(arrival, operation, now);
    std::swap(m_configuration, draft);
    return told;
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
    // What is only explained has no id, and is by what is in force.
    if (m_trial && !record.id.empty() && route->get() == m_configuration->route(record.route)) {
        if (auto tried = m_trial->routeFor(record.route, request, record.client, record.id)) {
            *route = std::move(tried);
            record.configRevision = m_trial->revision();
        }
    }

    routing::FactContext context;
    context.client = record.client;
    context.hour = m_options.hourIn(now.system, m_configuration->server.timeZone);
    context.budgetLeft = m_budgets.clients().shareLeft(record.client, now.system);
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
    std::vector<std::uint64_t> prefixes;
    if ((*route)->promptCacheAffinity && !asked->embeddings) {
        prefixes = routing::prefixesOf(request, record.client);
    }
    return Considered{std::move(*asked), prompt, {std::move(*route), std::move(prefixes), strict}};
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

} // namespace signalbox::gateway

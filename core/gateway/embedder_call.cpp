// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/embedder_call.h"

#include "core/base/bounds.h"
#include "core/base/json_writer.h"
#include "core/gateway/request_id.h"
#include "core/providers/embedding_vectors.h"
#include "core/telemetry/telemetry.h"
#include "core/tokens/estimate.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr std::string_view kUnusable = "no points of as many texts";

providers::EmbeddingsRequest requestFor(std::vector<std::string> texts)
{
    providers::EmbeddingsRequest request;
    std::string input;
    JsonWriter json(input);
    json.beginArray();
    for (const std::string &text : texts) {
        json.string(text);
    }
    json.endArray();
    request.texts = std::move(texts);
    request.fields = {{"model", "\"\""},
                      {"input", std::move(input)},
                      {"encoding_format", R"("float")"}};
    return request;
}

bool isInService(const TargetState *state, SteadyTime now)
{
    return state != nullptr && state->breaker.state(now) == resilience::BreakerState::Closed
           && state->breaker.forced(now) == resilience::ForcedState::None;
}

Result<OwnCall::Plan, NoCall> planFor(EmbedderCall::Order &order, OwnShared shared, Now now)
{
    const ProviderSettings *provider = order.configuration->provider(order.target.provider());
    const ModelSettings *model = order.configuration->model(order.target);
    if (provider == nullptr || model == nullptr
        || !isInService(shared.upstreams.find(order.target), now.steady)) {
        return Failure{NoCall::OutOfService};
    }
    if (shared.budgets.obstacle({}, order.target, Money(), now.system)) {
        return Failure{NoCall::NoMoney};
    }
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    const providers::EmbeddingsRequest request = requestFor(std::move(order.texts));
    auto call = adapter.refusesEmbeddings(request)
                    ? std::nullopt
                    : std::optional(adapter.encodeEmbeddings(request, model->name));
    if (!call || !*call) {
        return Failure{NoCall::Refused};
    }
    const std::int64_t tokens = tokens::estimatePrompt(tokens::traitsOf(
                                                           providers::asPrompt(request)),
                                                       tokens::familyFor(provider->kind, *model));
    auto grant = shared.upstreams.admitSpare(order.target, tokens, now.steady, order.spare);
    if (!grant) {
        return Failure{NoCall::NoRoom};
    }
    OwnCall::Plan plan;
    plan.grant = *std::move(grant);
    plan.call = **std::move(call);
    plan.configuration = std::move(order.configuration);
    plan.timeouts = provider->timeouts;
    plan.timeouts.total = std::min(plan.timeouts.total, order.timeout);
    plan.decoder = adapter.embeddingsDecoder({.model = model->name,
                                              .texts = request.texts.size(),
                                              .base64 = false,
                                              .promptTokens = tokens});
    plan.promptTokens = tokens;
    return plan;
}

std::vector<PointPtr> pointsIn(const std::string &answer, std::size_t texts)
{
    std::vector<PointPtr> points;
    if (const auto vectors = providers::vectorsOf(answer, texts)) {
        for (const std::vector<float> &vector : *vectors) {
            points.push_back(std::make_shared<const cache::Embedding>(cache::quantized(vector)));
        }
    }
    return points;
}

} // namespace

std::size_t EmbedderCall::textsMax(const Configuration &configuration, const TargetId &target)
{
    const ModelSettings *model = configuration.model(target);
    const ProviderSettings *provider = configuration.provider(target.provider());
    const std::size_t most =
        model == nullptr ? 0 : providers::adapterFor(provider->kind).embeddingTextsMax(model->name);
    return std::min(bounds::kEmbedTextsMax, most == 0 ? bounds::kEmbedTextsMax : most);
}

Result<std::unique_ptr<EmbedderCall>, NoCall> EmbedderCall::begin(Order order,
                                                                  OwnShared shared,
                                                                  Now now,
                                                                  Actions &out)
{
    const std::size_t texts = order.texts.size();
    auto plan = planFor(order, shared, now);
    if (!plan) {
        return Failure{plan.error()};
    }
    return std::unique_ptr<EmbedderCall>(
        new EmbedderCall(*std::move(plan), shared, texts, now, out));
}

EmbedderCall::EmbedderCall(
    OwnCall::Plan plan, OwnShared shared, std::size_t texts, Now now, Actions &out)
    : m_shared(shared)
    , m_texts(texts)
    , m_call(std::move(plan), shared, now, out)
{}

std::optional<Outcome> EmbedderCall::on(const UpstreamEvent &event, Now now, Actions &out)
{
    auto progress = m_call.on(event, now, out);
    for (const ChatChunk &chunk : progress.chunks) {
        m_answer += chunk.wholeJson;
    }
    return std::move(progress.end);
}

Outcome EmbedderCall::cutOff(Actions &out)
{
    m_call.cutOff(out);
    return Outcome::of(OutcomeClass::ShutDown, "the gateway stops");
}

std::vector<PointPtr> EmbedderCall::settle(const Outcome &outcome,
                                           Random &random,
                                           Now now,
                                           Actions &out)
{
    AttemptRecord attempt = m_call.settle(outcome, Lesson::None, now);
    m_shared.telemetry.embedded(attempt);
    std::vector<PointPtr> points;
    if (outcome.outcome == OutcomeClass::Success) {
        points = pointsIn(m_answer, m_texts);
        if (points.empty()) {
            attempt.notes.emplace_back(kUnusable);
        }
    }
    auto record = std::make_shared<RequestRecord>();
    record->id = makeRequestId(now.system, random);
    record->arrived = now.system - attempt.total;
    record->operation = kEmbedderOperation;
    record->target = attempt.target;
    record->status = attempt.httpStatus;
    record->outcome = attempt.outcome;
    record->usage = attempt.usage.value_or(Usage{});
    record->cost = attempt.cost;
    record->total = attempt.total;
    record->configRevision = m_call.configuration().revision;
    record->attempts.push_back(std::move(attempt));
    out.emplace_back(Finished{0, std::move(record)});
    return points;
}

} // namespace signalbox::gateway

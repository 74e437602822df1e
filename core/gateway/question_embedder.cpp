// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/question_embedder.h"

#include "core/base/bounds.h"
#include "core/base/json_writer.h"
#include "core/gateway/request_id.h"
#include "core/providers/embedding_vectors.h"
#include "core/telemetry/telemetry.h"
#include "core/tokens/estimate.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr std::string_view kUnusable = "no points of as many texts";

template <typename Wishes>
providers::EmbeddingsRequest requestFor(const Wishes &wishes)
{
    providers::EmbeddingsRequest request;
    std::string input;
    JsonWriter json(input);
    json.beginArray();
    for (const auto &wish : wishes) {
        request.texts.push_back(wish.question);
        json.string(wish.question);
    }
    json.endArray();
    request.fields = {{"model", "\"\""},
                      {"input", std::move(input)},
                      {"encoding_format", R"("float")"}};
    return request;
}

} // namespace

QuestionEmbedder::QuestionEmbedder(OwnShared shared, std::uint64_t seed)
    : m_shared(shared)
    , m_random(seed)
{}

void QuestionEmbedder::configure(std::shared_ptr<const Configuration> configuration)
{
    m_configuration = std::move(configuration);
    const TargetId target = m_configuration->cache.embedder.value_or(TargetId());
    if (target == m_target) {
        return;
    }
    m_target = target;
    m_restsUntil = {};
    m_known.clear();
    m_remembered.clear();
    giveUpWaiting();
    giveUp(m_asked); // its call goes on, and nobody waits for it
}

void QuestionEmbedder::ask(ExchangeId id, const std::string &question, Now now, Actions &out)
{
    if (const auto known = m_known.find(cache::digestOf(question)); known != m_known.end()) {
        m_made.push_back({id, known->second});
        return;
    }
    const auto same = [&question](const Wish &wish) { return wish.question == question; };
    if (const auto asked = std::ranges::find_if(m_asked, same); asked != m_asked.end()) {
        asked->exchanges.push_back(id);
        return;
    }
    if (const auto waits = std::ranges::find_if(m_waiting, same); waits != m_waiting.end()) {
        waits->exchanges.push_back(id);
        return;
    }
    if (m_target.isEmpty() || now.steady < m_restsUntil
        || m_waiting.size() >= bounds::kComparisonsMax) {
        m_made.push_back({id, nullptr});
        return;
    }
    m_waiting.push_back({question, {id}});
    askNext(now, out);
}

void QuestionEmbedder::askNext(Now now, Actions &out)
{
    if (m_call || m_waiting.empty()) {
        return;
    }
    const ModelSettings *model = m_configuration->model(m_target);
    const ProviderSettings *provider = m_configuration->provider(m_target.provider());
    const std::size_t textsMax =
        model == nullptr ? 0 : providers::adapterFor(provider->kind).embeddingTextsMax(model->name);
    const std::size_t most = std::min(bounds::kEmbedTextsMax,
                                      textsMax == 0 ? bounds::kEmbedTextsMax : textsMax);
    while (!m_waiting.empty() && m_asked.size() < most) {
        m_asked.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    auto plan = planFor(m_asked, now);
    if (!plan) {
        m_restsUntil = now.steady + bounds::kEmbedRest;
        giveUp(m_asked);
        giveUpWaiting();
        return;
    }
    m_answer.clear();
    m_call = std::make_unique<OwnCall>(std::move(*plan), m_shared, now, out);
}

std::optional<OwnCall::Plan> QuestionEmbedder::planFor(const std::vector<Wish> &wishes, Now now)
{
    const ProviderSettings *provider = m_configuration->provider(m_target.provider());
    const ModelSettings *model = m_configuration->model(m_target);
    const TargetState *state = m_shared.upstreams.find(m_target);
    if (provider == nullptr || model == nullptr || state == nullptr
        || state->breaker.state(now.steady) != resilience::BreakerState::Closed
        || state->breaker.forced(now.steady) != resilience::ForcedState::None
        || m_shared.budgets.obstacle({}, m_target, Money(), now.system)) {
        return std::nullopt;
    }
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    const providers::EmbeddingsRequest request = requestFor(wishes);
    if (adapter.refusesEmbeddings(request)) {
        return std::nullopt;
    }
    const std::int64_t tokens = tokens::estimatePrompt(tokens::traitsOf(
                                                           providers::asPrompt(request)),
                                                       tokens::familyFor(provider->kind, *model));
    auto call = adapter.encodeEmbeddings(request, model->name);
    auto grant = call ? m_shared.upstreams.admitSpare(m_target, tokens, now.steady) : std::nullopt;
    if (!grant) {
        return std::nullopt;
    }
    OwnCall::Plan plan;
    plan.grant = *std::move(grant);
    plan.call = *std::move(call);
    plan.configuration = m_configuration;
    plan.timeouts = provider->timeouts;
    plan.timeouts.total = std::min(plan.timeouts.total, bounds::kEmbedTimeout);
    plan.decoder = adapter.embeddingsDecoder({.model = model->name,
                                              .texts = request.texts.size(),
                                              .base64 = false,
                                              .promptTokens = tokens});
    plan.promptTokens = tokens;
    return plan;
}

bool QuestionEmbedder::onUpstream(AttemptId attempt,
                                  const UpstreamEvent &event,
                                  Now now,
                                  Actions &out)
{
    if (!m_call || m_call->id() != attempt) {
        return false;
    }
    const auto progress = m_call->on(event, now, out);
    for (const ChatChunk &chunk : progress.chunks) {
        m_answer += chunk.wholeJson;
    }
    if (progress.end) {
        ended(*progress.end, now, out);
    }
    return true;
}

void QuestionEmbedder::advance(Now now, Actions &out)
{
    if (!m_call) {
        return;
    }
    if (const auto outcome = m_call->expired(now, out)) {
        ended(*outcome, now, out);
    }
}

void QuestionEmbedder::stop(Now now, Actions &out)
{
    m_target = TargetId();
    giveUpWaiting();
    if (m_call) {
        m_call->cutOff(out);
        ended(Outcome::of(OutcomeClass::ShutDown, "the gateway stops"), now, out);
    }
}

void QuestionEmbedder::ended(const Outcome &outcome, Now now, Actions &out)
{
    const auto call = std::exchange(m_call, nullptr);
    AttemptRecord attempt = call->settle(outcome, Lesson::None, now);
    m_shared.telemetry.embedded(attempt);
    const auto points = outcome.outcome == OutcomeClass::Success ? pointsIn(m_answer)
                                                                 : std::vector<PointPtr>();
    if (!points.empty()) {
        tell(m_asked, points);
        m_asked.clear();
    } else {
        if (outcome.outcome == OutcomeClass::Success && !m_asked.empty()) {
            attempt.notes.emplace_back(kUnusable);
        }
        if (!m_asked.empty()) {
            m_restsUntil = now.steady + bounds::kEmbedRest;
        }
        giveUp(m_asked);
    }
    auto record = std::make_shared<RequestRecord>();
    record->id = makeRequestId(now.system, m_random);
    record->arrived = now.system - attempt.total;
    record->operation = kEmbedderOperation;
    record->target = attempt.target;
    record->status = attempt.httpStatus;
    record->outcome = attempt.outcome;
    record->usage = attempt.usage.value_or(Usage{});
    record->cost = attempt.cost;
    record->total = attempt.total;
    record->configRevision = m_configuration->revision;
    record->attempts.push_back(std::move(attempt));
    out.emplace_back(Finished{0, std::move(record)});
    if (now.steady < m_restsUntil) {
        giveUpWaiting();
        return;
    }
    askNext(now, out);
}

/// Empty unless it has one for each that was asked for.
std::vector<QuestionEmbedder::PointPtr> QuestionEmbedder::pointsIn(const std::string &answer) const
{
    std::vector<PointPtr> points;
    if (m_asked.empty()) {
        return points;
    }
    if (const auto vectors = providers::vectorsOf(answer, m_asked.size())) {
        for (const std::vector<float> &vector : *vectors) {
            points.push_back(std::make_shared<const cache::Embedding>(cache::quantized(vector)));
        }
    }
    return points;
}

void QuestionEmbedder::tell(const std::vector<Wish> &wishes, const std::vector<PointPtr> &points)
{
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        remember(wishes[i].question, points[i]);
        for (const ExchangeId id : wishes[i].exchanges) {
            m_made.push_back({id, points[i]});
        }
    }
}

void QuestionEmbedder::giveUp(std::vector<Wish> &wishes)
{
    for (const Wish &wish : wishes) {
        for (const ExchangeId id : wish.exchanges) {
            m_made.push_back({id, nullptr});
        }
    }
    wishes.clear();
}

void QuestionEmbedder::giveUpWaiting()
{
    std::vector<Wish> waiting(std::make_move_iterator(m_waiting.begin()),
                              std::make_move_iterator(m_waiting.end()));
    m_waiting.clear();
    giveUp(waiting);
}

void QuestionEmbedder::remember(const std::string &question, const PointPtr &point)
{
    const cache::Digest digest = cache::digestOf(question);
    if (!m_known.emplace(digest, point).second) {
        return;
    }
    m_remembered.push_back({digest, point});
    if (m_remembered.size() > bounds::kEmbeddingsRemembered) {
        m_known.erase(m_remembered.front().question);
        m_remembered.pop_front();
    }
}

std::optional<SteadyTime> QuestionEmbedder::deadline() const
{
    return m_call ? std::optional(m_call->deadline()) : std::nullopt;
}

} // namespace signalbox::gateway

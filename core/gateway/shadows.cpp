// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/shadows.h"

#include "core/base/bounds.h"
#include "core/gateway/likeness.h"
#include "core/gateway/request_id.h"
#include "core/pricing/cost.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

/// Apart from the draws of the decision, which has the same seed.
constexpr std::uint64_t kSalt = 0x5348'4144'4F57ULL;

/// Where the client says no limit: what most answers stay under.
constexpr std::int64_t kUsualAnswerTokens = 500;

Money expectedCost(const ShadowOrder &order, std::int64_t promptTokens, SystemTime now)
{
    const ModelSettings *model = order.configuration->model(order.target);
    Usage usage;
    usage.promptTokens = promptTokens;
    usage.completionTokens = order.request.maxOutputTokens.value_or(kUsualAnswerTokens);
    return pricing::costOf(usage, model->price.at(now)).amount.value_or(Money());
}

} // namespace

bool isShadowed(std::uint64_t seed, double share)
{
    return Random(seed ^ kSalt).unit() < share;
}

bool canBeShadowed(const ChatRequest &request)
{
    std::size_t bytes = 0;
    for (const RawField &field : request.fields) {
        bytes += field.json.size();
    }
    return bytes <= bounds::kShadowRequestBytesMax && !request.needs.contains(Feature::Images);
}

Shadows::Shadows(OwnShared shared, TokenMeter &tokens, std::uint64_t seed)
    : m_shared(shared)
    , m_tokens(tokens)
    , m_random(seed)
{}

bool Shadows::mayBegin(const ShadowOrder &order, Money expected, Now now) const
{
    const ProviderSettings *provider = order.configuration->provider(order.target.provider());
    const ModelSettings *model = order.configuration->model(order.target);
    const TargetState *state = m_shared.upstreams.find(order.target);
    if (provider == nullptr || model == nullptr || state == nullptr
        || !m_shared.upstreams.isServedBy(order.target, *provider)
        || m_running.size() >= bounds::kShadowsMax) {
        return false;
    }
    if (!order.request.needs.without(model->features).isEmpty()
        || providers::adapterFor(provider->kind).refuses(order.request, model->name)) {
        return false;
    }
    if (state->breaker.state(now.steady) != resilience::BreakerState::Closed
        || state->breaker.forced(now.steady) != resilience::ForcedState::None) {
        return false;
    }
    const auto budget = m_shared.budgets.providers().view(order.target.provider(), now.system);
    return !budget
           || (budget->spent + budget->reserved + expected).nanos() <= budget->perDay.nanos() / 2;
}

void Shadows::begin(ShadowOrder order, Now now, Actions &out)
{
    const bool known = order.configuration->model(order.target) != nullptr;
    const std::int64_t tokens =
        known ? m_tokens.promptTokens(order.prompt, *order.configuration, order.target) : 0;
    const Money expected = known ? expectedCost(order, tokens, now.system) : Money();
    auto grant = mayBegin(order, expected, now)
                     ? m_shared.upstreams.admitSpare(order.target, tokens, now.steady)
                     : std::nullopt;
    if (!grant) {
        m_shared.telemetry.shadowLeftOut(order.target);
        return;
    }
    const ProviderSettings *provider = order.configuration->provider(order.target.provider());
    const ModelSettings *model = order.configuration->model(order.target);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    OwnCall::Plan plan;
    plan.grant = *std::move(grant);
    plan.call = *adapter.encodeChat(order.request, model->name, *model);
    plan.configuration = order.configuration;
    plan.timeouts = provider->timeouts;
    plan.decoder = adapter.decoder(order.request.stream);
    plan.stream = order.request.stream;
    plan.promptTokens = tokens;
    plan.expected = expected;
    order.record.arrived = now.system;
    m_running.push_back({std::move(order), nullptr, {}});
    m_running.back().call = std::make_unique<OwnCall>(std::move(plan), m_shared, now, out);
    schedule();
}

bool Shadows::onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    const auto found = std::ranges::find_if(m_running, [attempt](const Running &running) {
        return running.call->id() == attempt;
    });
    if (found == m_running.end()) {
        return false;
    }
    auto progress = found->call->on(event, now, out);
    for (const ChatChunk &chunk : progress.chunks) {
        for (const ChoiceDelta &choice : chunk.choices) {
            if (choice.index == 0 && choice.content) {
                found->text += *choice.content;
            }
        }
    }
    if (!progress.end && found->text.size() > bounds::kShadowAnswerBytesMax) {
        found->call->cutOff(out);
        progress.end = Outcome::of(OutcomeClass::Unparseable, "longer than a shadow is followed");
    }
    if (progress.end) {
        ended(static_cast<std::size_t>(found - m_running.begin()), *progress.end, now, out);
    }
    schedule();
    return true;
}

void Shadows::advance(Now now, Actions &out)
{
    for (std::size_t at = m_running.size(); at-- > 0;) {
        if (const auto outcome = m_running[at].call->expired(now, out)) {
            ended(at, *outcome, now, out);
        }
    }
    schedule();
}

void Shadows::stop(Now now, Actions &out)
{
    while (!m_running.empty()) {
        m_running.back().call->cutOff(out);
        ended(m_running.size() - 1,
              Outcome::of(OutcomeClass::ShutDown, "the gateway stops"),
              now,
              out);
    }
    schedule();
}

void Shadows::ended(std::size_t at, const Outcome &outcome, Now now, Actions &out)
{
    Running running = std::move(m_running[at]);
    m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(at));
    AttemptRecord attempt = running.call->settle(outcome, Lesson::None, now);
    m_shared.telemetry.shadowed(attempt);
    auto record = std::make_shared<RequestRecord>(std::move(running.order.record));
    record->id = makeRequestId(now.system, m_random);
    record->operation = kShadowOperation;
    record->status = attempt.httpStatus;
    record->outcome = attempt.outcome;
    record->usage = attempt.usage.value_or(Usage{});
    record->cost = attempt.cost;
    record->firstToken = attempt.firstToken;
    record->total = attempt.total;
    record->shadow = std::move(running.order.answer);
    record->shadow->bytes = static_cast<std::int64_t>(running.text.size());
    if (attempt.outcome == OutcomeClass::Success) {
        record->target = attempt.target;
        record->shadow->similarity = likeness(running.text, running.order.text);
    }
    record->attempts.push_back(std::move(attempt));
    out.emplace_back(Finished{0, std::move(record)});
}

void Shadows::schedule()
{
    m_deadline.reset();
    for (const Running &running : m_running) {
        const SteadyTime at = running.call->deadline();
        m_deadline = std::min(m_deadline.value_or(at), at);
    }
}

} // namespace signalbox::gateway

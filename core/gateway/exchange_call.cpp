// SPDX-License-Identifier: Apache-2.0
// How an exchange's next upstream call comes about: its pictures, its part of the texts, its bytes.
#include "core/base/check.h"
#include "core/gateway/exchange.h"
#include "core/telemetry/telemetry.h"

#include <utility>

namespace signalbox::gateway {

/// Asks for the pictures that \p target lacks; it is called when all are here.
void Exchange::fetchPictures(const TargetId &target, Now now, Actions &out)
{
    m_pictured = target;
    if (const auto fault = m_pictures.fetchFor(target, out)) {
        endWith(*fault, now, out);
    }
}

void Exchange::onPicture(std::size_t number, PictureResult result, Now now, Actions &out)
{
    if (m_over || !m_pictures.areAwaited()) {
        return;
    }
    if (const auto fault = m_pictures.take(number, std::move(result))) {
        endWith(*fault, now, out);
        return;
    }
    if (m_pictures.areAwaited()) {
        return;
    }
    const TargetId target = *std::exchange(m_pictured, std::nullopt);
    if (!m_budget.mayBegin(now.steady) || !tryBegin(target, now, out)) {
        tryNext(now, out);
    }
}

providers::EmbeddingsTerms Exchange::embeddingsTerms(const std::string &model) const
{
    const providers::EmbeddingsRequest &request = *m_plan.embeddings;
    const RawField *format = request.field("encoding_format");
    const std::int64_t tokens = m_record->facts.promptTokens;
    return {.model = model,
            .texts = m_batches.isSplit() ? m_batches.texts() : request.texts.size(),
            .base64 = format != nullptr && format->json == R"("base64")",
            .promptTokens = m_batches.isSplit() ? m_batches.shareOf(tokens) : tokens};
}

/// What the next call to \p target has of the request's prompt.
std::int64_t Exchange::promptTokensAt(const TargetId &target) const
{
    return ofNextCall(target,
                      m_shared.tokens.promptTokens(m_plan.prompt, *m_plan.configuration, target));
}

/// Of \p promptTokens, the whole prompt's: its part of the texts, or the prompt with what was answered so far.
std::int64_t Exchange::ofNextCall(const TargetId &target, std::int64_t promptTokens) const
{
    return m_batches.areOf(target) ? m_batches.shareOf(promptTokens)
                                   : promptTokens + m_continuation.usage().completionTokens;
}

std::size_t Exchange::textsMaxAt(const TargetId &target) const
{
    const ProviderSettings *provider = m_plan.configuration->provider(target.provider());
    const ModelSettings *model = m_plan.configuration->model(target);
    SB_CHECK(provider != nullptr && model != nullptr);
    return providers::adapterFor(provider->kind).embeddingTextsMax(model->name);
}

/// The call for \p target. What a format cannot carry was vetoed by the decision.
providers::HttpCall Exchange::encodedCall(const TargetId &target)
{
    const ProviderSettings *provider = m_plan.configuration->provider(target.provider());
    const ModelSettings *model = m_plan.configuration->model(target);
    SB_CHECK(provider != nullptr && model != nullptr);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    if (m_plan.embeddings) {
        m_batches.goTo(target, *m_plan.embeddings, textsMaxAt(target));
        auto call = m_batches.isSplit()
                        ? adapter.encodeEmbeddings(m_batches.request(*m_plan.embeddings),
                                                   model->name)
                        : adapter.encodeEmbeddings(*m_plan.embeddings, model->name);
        SB_CHECK(call.ok());
        return *std::move(call);
    }
    const auto pictured = m_pictures.requestFor(target);
    const ChatRequest &whole = pictured ? *pictured : m_plan.request;
    const auto rest = m_continuation.isBroken() ? std::optional(m_continuation.rest(whole))
                                                : std::nullopt;
    const ChatRequest &asked = rest ? *rest : whole;
    const auto reminded = m_shared.reasoning.remind(asked, m_record->client, provider->kind);
    auto call = adapter.encodeChat(reminded ? *reminded : asked, model->name, *model);
    SB_CHECK(call.ok());
    if (pictured) {
        call->notes.emplace_back("pictures were fetched and sent in place of their addresses");
    }
    if (reminded) {
        call->notes.emplace_back("reasoning that the client left out was given back");
    }
    return *std::move(call);
}

ProviderKind Exchange::kindOf(const TargetId &target) const
{
    const ProviderSettings *provider = m_plan.configuration->provider(target.provider());
    SB_CHECK(provider != nullptr);
    return provider->kind;
}

/// What the answer's provider wants to see again beside its calls, should the client not send it.
void Exchange::keepReasoning(const TargetId &target)
{
    const ProviderKind kind = kindOf(target);
    if (providers::wantsReasoningBack(kind)) {
        m_shared.reasoning.keep(m_record->client, kind, std::move(m_seen));
    }
}

void Exchange::begin(Grant grant, Now now, Actions &out)
{
    const Configuration &configuration = *m_plan.configuration;
    const ProviderSettings *provider = configuration.provider(grant.target.provider());
    const ModelSettings *model = configuration.model(grant.target);
    SB_CHECK(provider != nullptr && model != nullptr);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    providers::HttpCall call = encodedCall(grant.target);
    m_budget.begin(now.steady);
    const Money reserved = reserveBudget(grant.target, now);
    Attempt::Plan plan;
    plan.id = ++m_shared.lastAttempt;
    plan.timeouts = provider->timeouts;
    plan.provider = provider;
    plan.model = model;
    plan.family = tokens::familyFor(provider->kind, *model);
    plan.adapter = &adapter;
    plan.decoder = m_plan.embeddings ? adapter.embeddingsDecoder(embeddingsTerms(model->name))
                                     : adapter.decoder(m_plan.request.stream);
    // An answer that another target may have to go on with is written anew.
    if (m_plan.dialect->isNativeTo(provider->kind) && !m_continuation.isPossible()) {
        plan.decoder->passOn(m_plan.request.stream);
    }
    plan.stream = m_plan.request.stream;
    plan.promptTokens =
        ofNextCall(grant.target,
                   m_shared.tokens.promptTokens(m_plan.prompt, plan.family, grant.target));
    plan.startedAfter = elapsed(m_arrived, now);
    plan.backoffBefore = std::exchange(m_backoff, Micros(0));
    plan.notes = call.notes;
    if (!m_flights.empty()) {
        plan.notes.push_back("asked beside " + m_flights.front().attempt.target().name()
                             + ", which had not begun to answer");
    }
    if (m_continuation.isBroken()) {
        plan.notes.push_back("goes on with an answer after "
                             + std::to_string(m_continuation.bytes()) + " bytes");
    }
    CallUpstream action{m_plan.id, plan.id, m_plan.configuration, provider, std::move(call), {}};
    action.key = m_shared.upstreams.key(grant);
    plan.grant = std::move(grant);
    m_shared.telemetry.attemptStarted(plan.grant.target, now);
    Flight &flight = m_flights.emplace_back(std::move(plan), now);
    flight.reserved = reserved;
    flight.continues = m_continuation.isBroken();
    if (m_paused) {
        flight.attempt.setPaused(true, now.steady);
    }
    const auto created = std::chrono::floor<Seconds>(now.system).time_since_epoch().count();
    flight.defaults = {std::string(m_plan.dialect->idPrefix()) + m_record->id,
                       model->name,
                       created};
    if (m_flights.size() == 1 && !flight.continues) {
        m_reply.restart(flight.defaults);
        m_shadowText.clear();
        m_keeper.restart();
        armHedge(flight, now);
    }
    out.push_back(std::move(action));
}

} // namespace signalbox::gateway

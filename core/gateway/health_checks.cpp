// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/health_checks.h"

#include "core/base/bounds.h"
#include "core/base/check.h"
#include "core/gateway/request_id.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr double kJitter = 0.1;
/// What a question of one word is counted as, template included.
constexpr std::int64_t kPromptTokens = 16;

/// Of a list of models: that it came is all.
class AnyBody final : public providers::ReplyDecoder
{
public:
    void feed(std::string_view, std::vector<ChatEvent> &) override {}
    void finish(std::vector<ChatEvent> &out) override { out.emplace_back(ChatEnd{}); }
};

ChatRequest question(const ModelSettings &model)
{
    ChatRequest request;
    request.model = model.name;
    request.maxOutputTokens = 1;
    request.fields = {{"model", "\"\""},
                      {"messages", R"([{"role":"user","content":"Hi"}])"},
                      {"max_tokens", "1"}};
    ChatMessage message;
    message.parts.push_back({ChatMessage::PartKind::Text, "Hi"});
    request.messages.push_back(std::move(message));
    return request;
}

/// The list is asked for as a chat would be, with its headers and key.
providers::HttpCall listCall(providers::HttpCall chat)
{
    chat.method = "GET";
    chat.path = "/models";
    chat.body.clear();
    std::erase_if(chat.headers, [](const auto &header) { return header.first == "content-type"; });
    chat.notes.clear();
    chat.dropped.clear();
    return chat;
}

/// Somebody is there, and says no to the question.
bool isRefusal(OutcomeClass outcome)
{
    return outcome == OutcomeClass::InvalidRequest || outcome == OutcomeClass::ModelNotFound
           || outcome == OutcomeClass::ContextTooLong || outcome == OutcomeClass::ContentRefused;
}

} // namespace

HealthChecks::HealthChecks(OwnShared shared, std::uint64_t seed)
    : m_shared(shared)
    , m_random(seed)
{}

void HealthChecks::configure(std::shared_ptr<const Configuration> configuration, SteadyTime now)
{
    for (Check &check : m_checks) {
        if (check.call) {
            m_dropped.push_back(std::move(check.call));
        }
    }
    m_checks.clear();
    m_configuration = std::move(configuration);
    for (const ProviderSettings &provider : m_configuration->providers) {
        if (!provider.healthCheck) {
            continue;
        }
        for (const ModelSettings &model : provider.models) {
            Check check{TargetId(provider.id, model.name), *provider.healthCheck};
            const double part = m_random.unit();
            check.at = now
                       + std::chrono::duration_cast<Nanos>(
                           std::chrono::duration<double, std::milli>(
                               part * static_cast<double>(check.settings.every.count())));
            m_checks.push_back(std::move(check));
        }
    }
    schedule();
}

bool HealthChecks::onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out)
{
    const auto check = std::ranges::find_if(m_checks, [attempt](const Check &each) {
        return each.call && each.call->id() == attempt;
    });
    if (check == m_checks.end()) {
        return std::ranges::any_of(m_dropped,
                                   [attempt](const auto &call) { return call->id() == attempt; });
    }
    const auto progress = check->call->on(event, now, out);
    if (progress.end) {
        ended(*check, *progress.end, now, out);
    }
    schedule();
    return true;
}

void HealthChecks::advance(Now now, Actions &out)
{
    for (auto &call : std::exchange(m_dropped, {})) {
        drop(std::move(call), now, out);
    }
    for (Check &check : m_checks) {
        if (check.call) {
            if (const auto outcome = check.call->expired(now, out)) {
                ended(check, *outcome, now, out);
            }
        } else if (now.steady >= check.at) {
            wait(check, now.steady);
            ask(check, now, out);
        }
    }
    schedule();
}

void HealthChecks::stop(Now now, Actions &out)
{
    for (auto &call : std::exchange(m_dropped, {})) {
        drop(std::move(call), now, out);
    }
    for (Check &check : m_checks) {
        if (check.call) {
            drop(std::move(check.call), now, out);
        }
    }
    m_checks.clear();
    schedule();
}

void HealthChecks::wait(Check &check, SteadyTime now)
{
    const double part = 1 + kJitter * (2 * m_random.unit() - 1);
    check.at = now
               + std::chrono::duration_cast<Nanos>(std::chrono::duration<double, std::milli>(
                   part * static_cast<double>(check.settings.every.count())));
}

void HealthChecks::ask(Check &check, Now now, Actions &out)
{
    const TargetState *state = m_shared.upstreams.find(check.target);
    const bool isProved = state != nullptr && state->provedAt
                          && now.steady - *state->provedAt < check.settings.every;
    if (state == nullptr || isProved || inFlight() >= bounds::kHealthChecksMax) {
        return;
    }
    const ProviderSettings *provider = m_configuration->provider(check.target.provider());
    const ModelSettings *model = m_configuration->model(check.target);
    SB_CHECK(provider != nullptr && model != nullptr);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    auto call = adapter.encodeChat(question(*model), model->name, *model);
    if (!call) {
        return;
    }
    const bool list = check.settings.ask == HealthCheckSettings::Ask::Models;
    const Budgets &budgets = m_shared.budgets;
    if (!list && budgets.areBounded({}, check.target)
        && budgets.obstacle({}, check.target, Money(), now.system)) {
        return; // the day's money is spent
    }
    auto grant = m_shared.upstreams.admitSpare(check.target, list ? 0 : kPromptTokens, now.steady);
    if (!grant) {
        return;
    }
    OwnCall::Plan plan;
    plan.grant = *std::move(grant);
    plan.call = list ? listCall(*std::move(call)) : *std::move(call);
    plan.configuration = m_configuration;
    plan.timeouts = provider->timeouts;
    plan.timeouts.total = std::min(plan.timeouts.total, check.settings.timeout);
    plan.decoder = list ? std::make_unique<AnyBody>() : adapter.decoder(false);
    plan.promptTokens = list ? 0 : kPromptTokens;
    check.call = std::make_unique<OwnCall>(std::move(plan), m_shared, now, out);
}

void HealthChecks::ended(Check &check, const Outcome &outcome, Now now, Actions &out)
{
    const bool list = check.settings.ask == HealthCheckSettings::Ask::Models;
    const bool says = !isRefusal(outcome.outcome)
                      && !(list && outcome.outcome == OutcomeClass::Success);
    const auto call = std::exchange(check.call, nullptr);
    book(call->settle(outcome, says ? Lesson::HealthCheck : Lesson::None, now), now, out);
}

void HealthChecks::drop(std::unique_ptr<OwnCall> call, Now now, Actions &out)
{
    call->cutOff(out);
    book(call->settle(Outcome::of(OutcomeClass::ShutDown, "no longer asked"), Lesson::None, now),
         now,
         out);
}

void HealthChecks::book(AttemptRecord attempt, Now now, Actions &out)
{
    m_shared.telemetry.healthChecked(attempt);
    if (!attempt.usage || attempt.usage->promptTokens == 0) {
        return; // nobody will bill it
    }
    auto record = std::make_shared<RequestRecord>();
    record->id = makeRequestId(now.system, m_random);
    record->arrived = now.system - attempt.total;
    record->operation = kHealthCheckOperation;
    record->target = attempt.target;
    record->status = attempt.httpStatus;
    record->outcome = attempt.outcome;
    record->usage = *attempt.usage;
    record->cost = attempt.cost;
    record->total = attempt.total;
    record->configRevision = m_configuration->revision;
    record->attempts.push_back(std::move(attempt));
    out.emplace_back(Finished{0, std::move(record)});
}

std::size_t HealthChecks::inFlight() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_checks, [](const Check &check) { return check.call != nullptr; }));
}

void HealthChecks::schedule()
{
    m_deadline.reset();
    if (!m_dropped.empty()) {
        m_deadline = SteadyTime{}; // at once
        return;
    }
    for (const Check &check : m_checks) {
        const SteadyTime at = check.call ? check.call->deadline() : check.at;
        m_deadline = std::min(m_deadline.value_or(at), at);
    }
}

} // namespace signalbox::gateway

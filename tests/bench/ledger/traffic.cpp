// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ledger/traffic.h"

#include <array>

namespace signalbox::bench {
namespace {

constexpr std::array<std::string_view, 12> kTargets = {
    "qwen/qwen-plus",
    "qwen/qwen-max",
    "qwen/qwen-turbo",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5-nano",
    "anthropic/claude-haiku-4-5",
    "anthropic/claude-sonnet-4-5",
    "deepseek/deepseek-chat",
    "deepseek/deepseek-reasoner",
    "mistral/mistral-small",
    "mistral/mistral-large",
};
constexpr std::array<std::string_view, 4> kRoutes = {"chat", "code", "summaries", "support"};
constexpr std::array<std::string_view, 4> kRules = {"", "chinese", "long prompts", "with tools"};

struct Trouble
{
    OutcomeClass outcome;
    int status;
    std::string_view reason;
};
constexpr std::array<Trouble, 4> kTroubles = {{
    {OutcomeClass::ServerError, 500, "the server had an error while processing your request"},
    {OutcomeClass::Overloaded, 529, "Overloaded"},
    {OutcomeClass::RateLimited, 429, "rate limit reached for requests per min (RPM): limit 500"},
    {OutcomeClass::FirstTokenTimeout, 0, "no first token within 30 s"},
}};

/// As long as the gateway's own and in the order of time as they are.
std::string idAt(SystemTime time, Random &random)
{
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    auto millis = static_cast<std::uint64_t>(time.time_since_epoch().count() / 1000);
    std::string id(26, '0');
    for (std::size_t i = 10; i-- > 0; millis /= 32) {
        id[i] = alphabet[millis % 32];
    }
    for (std::size_t i = 10; i < id.size(); ++i) {
        id[i] = alphabet[random.below(alphabet.size())];
    }
    return id;
}

} // namespace

Traffic::Traffic(SystemTime start, Micros apart, std::uint64_t seed)
    : m_random(seed)
    , m_at(start)
    , m_apart(apart)
{}

std::shared_ptr<const RequestRecord> Traffic::next()
{
    m_at += m_apart;
    RequestRecord record;
    record.arrived = m_at;
    record.id = idAt(m_at, m_random);
    const std::uint64_t client = m_random.below(20);
    record.client = "client-" + std::to_string(client);
    record.dialect = m_random.below(4) == 0 ? "anthropic" : "openai";
    record.operation = "chat";
    record.route = kRoutes[client % kRoutes.size()];
    record.modelAsked = record.route;
    record.rule = kRules[m_random.below(kRules.size())];
    record.stream = m_random.below(3) != 0;
    record.configRevision = "4f1c0a9be2d7";
    record.stages = {Micros(31), Micros(12), Micros(18)};
    addDecision(record);
    addAttempts(record);
    close(record);
    return std::make_shared<const RequestRecord>(std::move(record));
}

void Traffic::addDecision(RequestRecord &record)
{
    record.facts.cjkShare = m_random.below(4) == 0 ? m_random.unit() : 0;
    record.facts.task = static_cast<Task>(m_random.below(4));
    record.facts.promptTokens = static_cast<std::int64_t>(m_random.below(4000)) + 20;
    record.facts.stream = record.stream;
    record.facts.turns = 1 + static_cast<int>(m_random.below(9));
    record.facts.client = record.client;
    record.facts.hour = 14;
    Decision &decision = record.decision;
    decision.route = record.route;
    decision.rule = record.rule;
    decision.strategy = Strategy::Weighted;
    for (const std::string_view rule : {kRules[1], kRules[2], kRules[3]}) {
        const bool matched = rule == record.rule;
        decision.trials.push_back({std::string(rule), matched, matched ? "" : "prompt_tokens"});
    }
    const std::size_t first = 3 * (record.route.size() % 4) + m_random.below(4);
    for (std::size_t i = 0; i < 4; ++i) {
        Candidate candidate;
        candidate.target = TargetId(std::string(kTargets[(first + i) % kTargets.size()]));
        candidate.weight = static_cast<double>(10 * (i + 1));
        decision.candidates.push_back(std::move(candidate));
    }
    decision.draw = m_random.unit();
    decision.seed = m_random.next();
}

AttemptRecord Traffic::attemptAt(const TargetId &target, bool fails)
{
    AttemptRecord attempt;
    attempt.target = target;
    attempt.connected = Micros(0);
    attempt.total = Micros(static_cast<std::int64_t>(200'000 + m_random.below(4'000'000)));
    if (fails) {
        const Trouble &trouble = kTroubles[m_random.below(kTroubles.size())];
        attempt.outcome = trouble.outcome;
        attempt.httpStatus = trouble.status;
        attempt.reason = trouble.reason;
        attempt.counted = true;
        return attempt;
    }
    attempt.httpStatus = 200;
    attempt.firstToken = attempt.total / 5;
    attempt.contentSent = true;
    attempt.upstreamRequestId = "chatcmpl-" + std::to_string(m_random.next());
    attempt.upstreamModel = target.model();
    Usage usage;
    usage.promptTokens = static_cast<std::int64_t>(m_random.below(4000)) + 20;
    usage.cachedTokens = usage.promptTokens / 3;
    usage.completionTokens = static_cast<std::int64_t>(m_random.below(900)) + 1;
    attempt.usage = usage;
    attempt.cost.amount = Money::fromNanos(usage.promptTokens * 150 + usage.completionTokens * 600);
    return attempt;
}

void Traffic::addAttempts(RequestRecord &record)
{
    const std::uint64_t fate = m_random.below(100);
    const auto &candidates = record.decision.candidates;
    const bool failsWholly = fate < 3;
    if (fate < 7) {
        record.attempts.push_back(attemptAt(candidates[0].target, true));
        record.attempts.push_back(attemptAt(candidates[1].target, failsWholly));
        record.attempts.back().startedAfter = record.attempts.front().total;
        return;
    }
    record.attempts.push_back(attemptAt(candidates[0].target, false));
}

void Traffic::close(RequestRecord &record)
{
    const AttemptRecord &last = record.attempts.back();
    record.total = last.startedAfter + last.total + Micros(400);
    record.outcome = last.outcome;
    if (last.outcome != OutcomeClass::Success) {
        record.status = 503;
        record.errorCode = "no_target_available";
        return;
    }
    record.status = 200;
    record.target = last.target;
    record.usage = last.usage.value_or(Usage{});
    record.cost = last.cost;
    record.firstToken = last.firstToken;
}

} // namespace signalbox::bench

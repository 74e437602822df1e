// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/trial_world.h"

#include "tests/support/dummy_secrets.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace signalbox::sim {

using namespace gateway;

namespace {

std::shared_ptr<const Configuration> configurationTo(const std::string &target)
{
    auto settings = *tests::configurationOf(R"(
[[provider]]
id = "a"
kind = "openai"
keys = ["env:A1"]
breaker = { failures = 1000 }
[[provider.model]]
name = "x"
price = { input = 1.0, output = 4.0 }
[[provider]]
id = "b"
kind = "openai"
keys = ["env:B1"]
breaker = { failures = 1000 }
[[provider.model]]
name = "y"
price = { input = 1.0, output = 4.0 }
[[route]]
name = "chat"
retry = { attempts = 1 }
targets = [{ target = ")" + target + R"(" }]
)");
    settings.revision = target; // the test's reader may not make one
    return std::make_shared<const Configuration>(std::move(settings));
}

double normal(Random &random)
{
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

std::string bodyOf(int completionTokens)
{
    return R"({"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":)"
           + std::to_string(completionTokens) + R"(,"total_tokens":)"
           + std::to_string(100 + completionTokens) + "}}";
}

} // namespace

TrialWorld::TrialWorld(std::uint64_t seed, Manner present, Manner draft)
    : m_random(seed)
    , m_present(present)
    , m_draftManner(draft)
    , m_start{SteadyTime(Seconds(1000)), SystemTime(Seconds(1'767'614'400))}
    , m_now(m_start)
    , m_nextArrival(m_start.steady)
    , m_configuration(configurationTo("a/x"))
    , m_draft(configurationTo("b/y"))
{
    GatewayOptions options;
    options.version = "test";
    options.seed = m_random.next();
    options.stopwatch = [this] { return m_now.steady; };
    options.hourIn = [](SystemTime, const std::string &) { return 12; };
    options.dayEndIn = [](SystemTime time, const std::string &) {
        return SystemTime(std::chrono::floor<std::chrono::days>(time) + std::chrono::days(1));
    };
    m_gateway = std::make_unique<Gateway>(std::move(options),
                                          m_configuration,
                                          tests::credentialsOf(*m_configuration),
                                          m_now);
}

void TrialWorld::setManners(Manner present, Manner draft)
{
    m_present = present;
    m_draftManner = draft;
}

Status<std::string> TrialWorld::begin(TrialTerms terms)
{
    m_began = m_now.steady;
    return m_gateway->beginTrial(m_draft, std::move(terms), m_now);
}

void TrialWorld::run(Millis time)
{
    const SteadyTime until = m_now.steady + time;
    while (m_now.steady < until) {
        step();
    }
}

TrialEnd TrialWorld::runToItsEnd()
{
    while (!trial().verdict(m_now.steady)) {
        step();
    }
    return *trial().verdict(m_now.steady);
}

/// The next arrival, answer or deadline.
void TrialWorld::step()
{
    SteadyTime next = m_nextArrival;
    if (!m_answers.empty()) {
        next = std::min(next, m_answers.begin()->first);
    }
    const auto deadline = m_gateway->nextDeadline();
    const bool due = deadline && *deadline < next;
    if (due) {
        next = *deadline;
    }
    m_now = m_start + (std::max(next, m_now.steady) - m_start.steady);
    if (due) {
        Actions actions;
        m_gateway->advance(m_now, actions);
        take(actions);
    } else if (!m_answers.empty() && m_answers.begin()->first <= m_now.steady) {
        const Answer given = m_answers.begin()->second;
        m_answers.erase(m_answers.begin());
        answer(given);
    } else {
        arrive();
    }
}

void TrialWorld::arrive()
{
    const double gap = -std::log(1 - m_random.unit()) / kRequestsPerSecond;
    m_nextArrival += std::chrono::duration_cast<Nanos>(std::chrono::duration<double>(gap));
    Arrival arrival;
    arrival.head.method = "POST";
    arrival.head.target = "/v1/chat/completions";
    arrival.head.path = arrival.head.target;
    arrival.head.authority = "localhost:8787";
    arrival.head.headers.add("host", arrival.head.authority);
    arrival.body = R"({"model":"chat","messages":[{"role":"user","content":"say hello"}]})";
    Actions actions;
    m_gateway->arrived(++m_lastExchange, std::move(arrival), m_now, actions);
    take(actions);
}

void TrialWorld::answer(const Answer &answer)
{
    const auto tell = [this, &answer](const UpstreamEvent &event) {
        Actions actions;
        m_gateway->upstream(answer.attempt, event, m_now, actions);
        take(actions);
    };
    const std::string body = answer.failed ? R"({"error":{"message":"no"}})"
                                           : bodyOf(answer.completionTokens);
    UpstreamHead head;
    head.status = answer.failed ? 500 : 200;
    head.headers.add("content-type", "application/json");
    tell(UpstreamConnected{});
    tell(head);
    tell(UpstreamBytes{body});
    tell(UpstreamEnd{});
}

void TrialWorld::take(const Actions &actions)
{
    for (const Action &action : actions) {
        const auto *call = std::get_if<CallUpstream>(&action);
        if (call == nullptr) {
            continue;
        }
        const bool drafted = call->provider->id == "b";
        m_callsOfDraft += drafted ? 1 : 0;
        const Manner &manner = drafted ? m_draftManner : m_present;
        const double ms = manner.medianMs * std::exp(manner.spread * normal(m_random));
        const bool failed = m_random.unit() < manner.failures;
        const double tokens = manner.completionTokens * (0.5 + m_random.unit());
        m_answers.emplace(m_now.steady
                              + std::chrono::duration_cast<Nanos>(
                                  std::chrono::duration<double, std::milli>(ms)),
                          Answer{call->attempt, failed, static_cast<int>(tokens)});
    }
}

} // namespace signalbox::sim

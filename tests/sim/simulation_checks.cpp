// SPDX-License-Identifier: Apache-2.0
// What a simulation looks at beside what each request gets, and how it tells what went wrong.
#include "tests/sim/simulation.h"

#include "core/base/check.h"

#include <algorithm>

namespace signalbox::sim {

using namespace gateway;

namespace {

constexpr std::size_t kTraceMax = 4000;
constexpr std::size_t kTraceShown = 40;

std::string timeText(Nanos time)
{
    return std::to_string(std::chrono::duration_cast<Micros>(time).count()) + " us";
}

} // namespace

void Simulation::look()
{
    const auto snapshot = m_gateway->snapshot(m_now);
    check(m_watch.differenceTo(*snapshot));
    if (snapshot->totals.inFlight != static_cast<int>(m_clients.size())) {
        check(std::to_string(snapshot->totals.inFlight) + " requests are shown in flight, "
              + std::to_string(m_clients.size()) + " are");
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            m_report.ejections += static_cast<std::int64_t>(target.ejections.size());
        }
    }
}

/// Nobody waits: nothing may be left in the air, and the books must agree.
void Simulation::checkQuiet()
{
    if (m_report.fault) {
        return;
    }
    look();
    if (m_liveCalls != 0) {
        check(std::to_string(m_liveCalls) + " upstream calls were left open");
    }
    const bool checksHealth = std::ranges::any_of(m_configuration->providers,
                                                  [](const ProviderSettings &provider) {
                                                      return provider.healthCheck.has_value();
                                                  });
    if (m_gateway->inFlight() != 0
        || (m_gateway->nextDeadline() && (!checksHealth || m_draining))) {
        check("the gateway still waits for something");
    }
    for (const auto &breaker : m_watch.all()) {
        if (breaker->inFlight() != 0) {
            check(breaker->id().name() + " still has attempts in the air");
        }
    }
    m_books.fold();
    const auto snapshot = m_gateway->snapshot(m_now);
    check(m_books.differenceTo(snapshot->totals));
    check(m_cache.differenceTo(m_gateway->cache().live().totals));
    check(m_ownBooks.differenceTo(m_gateway->metrics(m_now)));
    m_answered.clear();
    check(m_budgets.differenceTo(snapshot->budgets, m_now.system));
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        if (provider.budget) {
            check(m_budgets.differenceTo({*provider.budget}, m_now.system));
        }
    }
    ++m_report.quietMoments;
}

/// At rest every place is free: each provider that only bounds concurrency must take as many
/// requests at once as it says.
void Simulation::callTheRoll()
{
    const auto configuration = m_configuration;
    for (const ProviderSettings &provider : configuration->providers) {
        const LimitSettings &limits = provider.limits;
        const bool readable = std::ranges::any_of(provider.keys, [](const SecretRef &key) {
            return key.name != "GONE";
        });
        if (limits.concurrent && !limits.requestsPerMinute && !limits.tokensPerMinute && readable
            && !provider.budgetPerDay && !provider.models.empty() && !m_report.fault) {
            callTheRoll(provider);
        }
    }
}

void Simulation::callTheRoll(const ProviderSettings &provider)
{
    const TargetId target(provider.id, provider.models.front().name);
    for (const Act act : {Act::Reset, Act::Undrain}) {
        SB_CHECK(m_gateway->operate(act, target, {}, "roll call", m_now));
        m_watch.find(target)->operate(act, {}, m_now.steady);
    }
    const auto seats = m_seats.of(provider);
    for (std::int64_t i = 0; i < *provider.limits.concurrent; ++i) {
        Client client;
        client.question = m_questions.fresh(m_random);
        Arrival arrival = askingArrival(client, target.name());
        arrival.head.headers.add("x-api-key", "C0-secret");
        ask(std::move(client), std::move(arrival));
    }
    if (seats->taken != *provider.limits.concurrent) {
        check(provider.id + " has room for " + std::to_string(*provider.limits.concurrent)
              + " requests and took " + std::to_string(seats->taken));
    }
    ++m_report.rollCalls;
}

/// Of this gateway, which does nothing more. The widest bucket of the past must be over before it is
/// shown: it is asked in the future.
void Simulation::closeTheBooks()
{
    const Now later = m_now + std::chrono::hours(2);
    const auto snapshot = m_gateway->snapshot(later);
    check(m_watch.differenceTo(*snapshot));
    check(m_books.differenceTo(*snapshot));
    m_report.costNanos += m_books.records().cost.nanos();
}

void Simulation::check(std::optional<std::string> fault, ExchangeId exchange)
{
    if (!fault || m_report.fault) {
        return;
    }
    std::string text = exchange == 0 ? *fault : "#" + std::to_string(exchange) + ": " + *fault;
    std::vector<const Trace *> shown;
    for (auto it = m_trace.rbegin(); it != m_trace.rend() && shown.size() < kTraceShown; ++it) {
        if (exchange == 0 || it->exchange == 0 || it->exchange == exchange) {
            shown.push_back(&*it);
        }
        if (exchange != 0 && it->exchange == exchange && it->what == kAsks) {
            break;
        }
    }
    std::ranges::reverse(shown);
    for (const Trace *line : shown) {
        text += "\n    " + timeText(line->at - m_start.steady) + ": " + std::string(line->what)
                + (line->exchange == 0 ? "" : " #" + std::to_string(line->exchange))
                + (line->attempt == 0 ? "" : " call " + std::to_string(line->attempt))
                + (line->detail.empty() ? "" : " " + std::string(line->detail));
    }
    m_report.fault = timeText(m_now.steady - m_start.steady) + ": " + text;
}

/// \p what and \p detail must outlive the run.
void Simulation::trace(std::string_view what,
                       ExchangeId exchange,
                       AttemptId attempt,
                       std::string_view detail)
{
    if (m_trace.size() == kTraceMax) {
        m_trace.pop_front();
    }
    m_trace.push_back({m_now.steady, what, exchange, attempt, detail});
}

/// FNV-1a, by whole numbers.
void Simulation::digest(std::uint64_t value)
{
    m_report.digest = (m_report.digest ^ value) * 1'099'511'628'211ULL;
}

} // namespace signalbox::sim

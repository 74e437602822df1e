// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/prometheus.h"

#include "core/telemetry/breaker_text.h"
#include "core/telemetry/cache_text.h"
#include "core/telemetry/gen_ai_text.h"
#include "core/telemetry/metrics_text.h"
#include "core/telemetry/own_call_text.h"
#include "core/telemetry/views.h"

#include <cmath>
#include <functional>
#include <map>

namespace signalbox::telemetry {
namespace {

using Type = MetricsText::Type;
using Unit = MetricsText::Unit;

/// One scrape in the making.
class Exposition
{
public:
    Exposition(const Counters &counters, const LiveState &live, SteadyTime now)
        : m_counters(counters)
        , m_live(live)
        , m_now(now)
    {}

    std::string text();

private:
    using TargetVisit = std::function<void(const TargetCounters &)>;

    void forEachConfigured(const TargetVisit &visit) const;
    void forEachTarget(const TargetVisit &visit) const;
    void writeRequests();
    void writeOutcomes(MetricLabels labels, const OutcomeCounts &counts);
    void writeAttempts();
    void writeMoney();
    void writeBudgets();
    void writeOverhead();
    void writeInFlight();
    void writeInterruptions();
    void writeShare(const RouteCounters &route, const TargetId &target, double share);
    void writeShares();
    void writeAbandoned();
    void writeUnread();
    void writeProgram();

    const Counters &m_counters;
    const LiveState &m_live;
    SteadyTime m_now;
    MetricsText m_out;
};

std::string Exposition::text()
{
    writeGenAi(m_out, m_counters);
    writeRequests();
    writeAttempts();
    writeOwnCalls(m_out, m_counters);
    writeMoney();
    writeBudgets();
    writeBreakers(m_out, m_counters, m_live);
    writeOverhead();
    writeInFlight();
    writeInterruptions();
    writeShares();
    writeAbandoned();
    writeCache(m_out, m_live.cache);
    writeUnread();
    writeProgram();
    return m_out.text();
}

void Exposition::forEachConfigured(const TargetVisit &visit) const
{
    for (const ProviderCounters &provider : m_counters.providers) {
        for (const TargetCounters &target : provider.targets) {
            visit(target);
        }
    }
}

/// The configured ones, then the one that stands for all others once it has counted anything.
void Exposition::forEachTarget(const TargetVisit &visit) const
{
    forEachConfigured(visit);
    const TargetCounters &other = m_counters.elsewhere;
    if (other.outcomes != OutcomeCounts{} || other.interruptions != OutcomeCounts{}) {
        visit(other);
    }
}

/// A route may be called `other` as well: then both are one series.
void Exposition::writeRequests()
{
    std::map<std::string_view, RequestCounts> byRoute;
    byRoute[kOther] = m_counters.otherRequests;
    for (const RouteCounters &route : m_counters.routes) {
        for (const auto &[key, count] : route.requests) {
            byRoute[route.name][key] += count;
        }
    }
    m_out.family("signalbox_requests_total",
                 Type::Counter,
                 "Client requests that ended, by route, HTTP status sent and outcome.");
    for (const auto &[route, counts] : byRoute) {
        for (const auto &[key, count] : counts) {
            const std::string status = key.first == 0 ? std::string(kOther)
                                                      : std::to_string(key.first);
            m_out.sample({{"route", route}, {"status", status}, {"outcome", toString(key.second)}},
                         count);
        }
    }
}

/// One sample for each outcome that there was.
void Exposition::writeOutcomes(MetricLabels labels, const OutcomeCounts &counts)
{
    labels.push_back({"outcome", ""});
    for (std::size_t i = 0; i < counts.size(); ++i) {
        labels.back().value = toString(static_cast<OutcomeClass>(i));
        if (counts[i] > 0) {
            m_out.sample(labels, counts[i]);
        }
    }
}

void Exposition::writeAttempts()
{
    m_out.family("signalbox_attempts_total",
                 Type::Counter,
                 "Upstream calls that ended, by target and outcome.");
    forEachTarget([this](const TargetCounters &target) {
        writeOutcomes({{"provider", target.target.provider()}, {"target", target.target.name()}},
                      target.outcomes);
    });
}

void Exposition::writeMoney()
{
    const auto write = [this](auto TargetCounters::*value) {
        forEachTarget([this, value](const TargetCounters &target) {
            m_out.sample({{"provider", target.target.provider()}, {"target", target.target.name()}},
                         target.*value);
        });
    };
    m_out.family("signalbox_cost_usd_total",
                 Type::Counter,
                 "Known cost of upstream calls in US dollars, estimates included.");
    write(&TargetCounters::cost);
    m_out.family("signalbox_estimated_cost_usd_total",
                 Type::Counter,
                 "The part of signalbox_cost_usd_total that rests on estimated tokens.");
    write(&TargetCounters::estimatedCost);
    m_out.family("signalbox_outrun_cost_usd_total",
                 Type::Counter,
                 "The part of signalbox_cost_usd_total that calls cost which another one outran.");
    write(&TargetCounters::outrunCost);
    m_out.family("signalbox_unknown_price_attempts_total",
                 Type::Counter,
                 "Upstream calls that used tokens at an unknown price; they are in no cost.");
    write(&TargetCounters::unknownPrice);
}

void Exposition::writeBudgets()
{
    m_out.family("signalbox_client_budget_usd",
                 Type::Gauge,
                 "What a client with a budget may spend in a day, in US dollars.");
    for (const BudgetView &budget : m_live.budgets) {
        m_out.sample({{"client", budget.id}}, budget.perDay);
    }
    m_out.family("signalbox_client_spent_today_usd",
                 Type::Gauge,
                 "What a client with a budget has spent today, in US dollars; known costs only.");
    for (const BudgetView &budget : m_live.budgets) {
        m_out.sample({{"client", budget.id}}, budget.spent);
    }
    const auto ofProviders = [this](Money BudgetView::*what) {
        for (const auto &[id, provider] : m_live.providers) {
            if (provider.budget) {
                m_out.sample({{"provider", id}}, (*provider.budget).*what);
            }
        }
    };
    m_out.family("signalbox_provider_budget_usd",
                 Type::Gauge,
                 "What a provider with a budget may cost in a day, in US dollars.");
    ofProviders(&BudgetView::perDay);
    m_out.family("signalbox_provider_spent_today_usd",
                 Type::Gauge,
                 "What a provider with a budget has cost today, in US dollars; known costs only.");
    ofProviders(&BudgetView::spent);
}

void Exposition::writeOverhead()
{
    m_out.family("signalbox_overhead_seconds",
                 Type::Histogram,
                 "Time a request spent inside the gateway, by stage.");
    m_out.histogram({{"stage", "decode"}}, m_counters.decode, Unit::Micros);
    m_out.histogram({{"stage", "decide"}}, m_counters.decide, Unit::Micros);
    m_out.histogram({{"stage", "encode"}}, m_counters.encode, Unit::Micros);
}

void Exposition::writeInFlight()
{
    m_out.family("signalbox_requests_in_flight", Type::Gauge, "Client requests being served.");
    m_out.sample({}, std::int64_t{m_live.requestsInFlight});
    m_out.family("signalbox_upstream_in_flight",
                 Type::Gauge,
                 "Upstream calls begun and not ended.");
    forEachConfigured([this](const TargetCounters &target) {
        const auto found = m_live.targets.find(target.target);
        const int inFlight = found == m_live.targets.end() ? 0 : found->second.inFlight;
        m_out.sample({{"target", target.target.name()}}, std::int64_t{inFlight});
    });
}

void Exposition::writeInterruptions()
{
    m_out.family("signalbox_stream_interruptions_total",
                 Type::Counter,
                 "Streams that broke after content had been sent, by outcome.");
    forEachTarget([this](const TargetCounters &target) {
        writeOutcomes({{"target", target.target.name()}}, target.interruptions);
    });
    m_out.family("signalbox_stream_continuations_total",
                 Type::Counter,
                 "Answers that the target went on with after another call's stream had broken.");
    forEachTarget([this](const TargetCounters &target) {
        m_out.sample({{"target", target.target.name()}}, target.continued);
    });
}

/// A share that is not known has no sample.
void Exposition::writeShare(const RouteCounters &route, const TargetId &target, double share)
{
    if (!std::isnan(share)) {
        m_out.sample({{"route", route.name}, {"target", target.name()}}, share);
    }
}

void Exposition::writeShares()
{
    m_out.family(
        "signalbox_route_share_planned",
        Type::Gauge,
        "Share of a route's requests meant for a target, 0 to 1, where the route plans one.");
    for (const RouteCounters &route : m_counters.routes) {
        for (const ShareCounter &share : route.shares) {
            writeShare(route, share.target, share.planned);
        }
    }
    m_out.family("signalbox_route_share_actual",
                 Type::Gauge,
                 "Share of a route's upstream calls of the last minute, 0 to 1, where it had any.");
    for (const RouteCounters &route : m_counters.routes) {
        for (const ShareCounter &share : route.shares) {
            writeShare(route, share.target, actualShare(route, share, m_now));
        }
    }
}

/// A provider may be called `other` as well: then both are one series.
void Exposition::writeAbandoned()
{
    std::map<std::string_view, std::int64_t> byProvider;
    byProvider[kOther] = m_counters.abandonedElsewhere;
    for (const ProviderCounters &provider : m_counters.providers) {
        byProvider[provider.id] += provider.abandoned;
    }
    m_out.family("signalbox_abandoned_total",
                 Type::Counter,
                 "Requests whose client left before the end, by the provider last called.");
    for (const auto &[provider, count] : byProvider) {
        m_out.sample({{"provider", provider}}, count);
    }
}

void Exposition::writeUnread()
{
    m_out.family("signalbox_unread_requests_total",
                 Type::Counter,
                 "What was refused before it was a request, by HTTP status sent.");
    for (const auto &[status, count] : m_counters.unread) {
        m_out.sample({{"status", std::to_string(status)}}, count);
    }
    m_out.family("signalbox_turned_away_connections_total",
                 Type::Counter,
                 "Connections of clients closed at once for want of room.");
    m_out.sample({}, m_counters.turnedAway);
}

void Exposition::writeProgram()
{
    m_out.family("signalbox_ledger_dropped_total",
                 Type::Counter,
                 "Records that the ledger could not keep.");
    m_out.sample({}, m_live.ledger.dropped);
    m_out.family("signalbox_ledger_queue_length",
                 Type::Gauge,
                 "Records that wait to be written to the ledger.");
    m_out.sample({}, m_live.ledger.queued);
    m_out.family("signalbox_build_info", Type::Gauge, "Always 1; the labels say what is running.");
    m_out.sample({{"version", m_live.version}, {"revision", m_live.buildRevision}},
                 std::int64_t{1});
}

} // namespace

std::string prometheusText(const Telemetry &telemetry, const LiveState &live, Now now)
{
    return Exposition(telemetry.counters(), live, now.steady).text();
}

} // namespace signalbox::telemetry

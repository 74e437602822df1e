// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alert_conditions.h"

#include "ui/models/trial_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

constexpr std::int64_t kFewAttempts = 20;
constexpr std::size_t kFewMinutes = 30; // of a day, to know what is usual
constexpr Seconds kDay{86'400};
constexpr Seconds kYoungDay{3600}; // whose pace says nothing yet

double usd(Money amount)
{
    return double(amount.nanos()) * 1e-9;
}

using Found = std::vector<AlertCondition>;

bool isAskable(const telemetry::BreakerView &breaker)
{
    if (breaker.drained || breaker.forced == telemetry::ForcedState::Open) {
        return false;
    }
    return breaker.forced == telemetry::ForcedState::Closed
           || breaker.state != telemetry::BreakerState::Open;
}

template <class Do>
void forEachTarget(const telemetry::Snapshot &snapshot, const Do &act)
{
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            act(target);
        }
    }
}

/// What an operator forced or drained was done on purpose and calls nobody. A half-open one has not
/// recovered yet.
bool isOpenByItself(const telemetry::BreakerView &breaker)
{
    return breaker.state != telemetry::BreakerState::Closed && !breaker.drained
           && breaker.forced == telemetry::ForcedState::None;
}

void addBreaker(const telemetry::TargetView &target, Seconds hold, Found &found)
{
    const QString name = text::fromUtf8(target.target.name());
    found.push_back({.key = u"breaker "_s + name,
                     .subject = name,
                     .text = Alerts::tr("The breaker opened: %1. Requests go to the next target.")
                                 .arg(text::breakerCause(target.breaker.cause)),
                     .hold = hold,
                     .place = {.page = u"providers"_s, .target = target.target}});
}

/// Since when it has not been closed, as far as the changes that are remembered tell.
std::optional<SystemTime> openSince(const telemetry::Snapshot &snapshot,
                                    const telemetry::TargetView &target)
{
    std::optional<SystemTime> since = target.breaker.changedAt;
    for (auto at = snapshot.transitions.rbegin(); at != snapshot.transitions.rend(); ++at) {
        if (at->target != target.target) {
            continue;
        }
        if (at->to == telemetry::BreakerState::Closed) {
            break;
        }
        since = at->at;
    }
    return since;
}

void addLongBreaker(const telemetry::Snapshot &snapshot,
                    const telemetry::TargetView &target,
                    double minutes,
                    Found &found)
{
    const std::optional<SystemTime> since = openSince(snapshot, target);
    const Seconds limit(static_cast<std::int64_t>(minutes * 60));
    if (!since || snapshot.at.system - *since < limit) {
        return;
    }
    const QString name = text::fromUtf8(target.target.name());
    const auto open = std::chrono::duration_cast<Micros>(snapshot.at.system - *since);
    found.push_back(
        {.key = u"breakerLong "_s + name,
         .subject = name,
         .text = Alerts::tr("The breaker has not been closed for %1; the limit is %2. It opened "
                            "after: %3.")
                     .arg(text::span(open),
                          text::span(limit),
                          text::breakerCause(target.breaker.cause)),
         .place = {.page = u"providers"_s, .target = target.target}});
}

void addBreakers(const telemetry::Snapshot &snapshot, const AlertRules &rules, Found &found)
{
    const AlertRule &opened = rules.at(AlertKind::Breaker);
    const AlertRule &lasting = rules.at(AlertKind::BreakerLong);
    forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
        if (!isOpenByItself(target.breaker)) {
            return;
        }
        if (opened.on) {
            addBreaker(target, Seconds(opened.holdSeconds), found);
        }
        if (lasting.on) {
            addLongBreaker(snapshot, target, lasting.limit, found);
        }
    });
}

void addRoutes(const telemetry::Snapshot &snapshot, Seconds hold, Found &found)
{
    for (const telemetry::RouteView &route : snapshot.routes) {
        int askable = 0;
        forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
            const bool ours = std::ranges::find(route.shares,
                                                target.target,
                                                &telemetry::RouteShare::target)
                              != route.shares.end();
            askable += ours && isAskable(target.breaker) ? 1 : 0;
        });
        if (askable == 0 && !route.shares.empty()) {
            found.push_back({.key = u"route "_s + text::fromUtf8(route.name),
                             .subject = text::fromUtf8(route.name),
                             .text = Alerts::tr("No target of this route can be asked: all of them "
                                                "are open or drained."),
                             .critical = true,
                             .hold = hold,
                             .place = {.page = u"providers"_s, .target = {}}});
        }
    }
}

/// Names the target with the most failures, as that is where to look first.
void addErrors(const telemetry::Snapshot &snapshot, const AlertRule &rule, Found &found)
{
    std::int64_t attempts = 0;
    std::int64_t failures = 0;
    const telemetry::TargetView *worst = nullptr;
    forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
        attempts += target.attemptsLastMinute;
        failures += target.failuresLastMinute;
        if (worst == nullptr || target.failuresLastMinute > worst->failuresLastMinute) {
            worst = &target;
        }
    });
    const double limit = rule.limit / 100;
    const double share = attempts == 0 ? 0 : double(failures) / double(attempts);
    if (attempts < kFewAttempts || share <= limit) {
        return;
    }
    found.push_back({.key = u"errors"_s,
                     .subject = Alerts::tr("Attempts"),
                     .text = Alerts::tr("%1 of the last minute's %2 attempts failed; the limit is "
                                        "%3. Most at %4: %5 of %6.")
                                 .arg(text::percent(share),
                                      text::count(attempts),
                                      text::percent(limit),
                                      text::fromUtf8(worst->target.name()),
                                      text::count(worst->failuresLastMinute),
                                      text::count(worst->attemptsLastMinute)),
                     .hold = Seconds(rule.holdSeconds),
                     .place = {.page = u"requests"_s, .target = {}}});
}

/// The median of a day's minutes that had answers; NaN where there are too few to speak of.
double usualP95(const telemetry::Series &minutes)
{
    std::vector<double> known;
    for (const telemetry::SeriesPoint &point : minutes.points) {
        if (!std::isnan(point.p95Ms)) {
            known.push_back(point.p95Ms);
        }
    }
    if (known.size() < kFewMinutes) {
        return telemetry::kNoData;
    }
    const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
    std::ranges::nth_element(known, middle);
    return *middle;
}

void addLatency(const telemetry::Snapshot &snapshot, const AlertRule &rule, Found &found)
{
    if (snapshot.minutes == nullptr) {
        return;
    }
    const auto &series = snapshot.minutes->byProvider;
    for (std::size_t i = 0; i < std::min(series.size(), snapshot.providers.size()); ++i) {
        const telemetry::ProviderView &provider = snapshot.providers[i];
        const double usual = usualP95(series[i]);
        const double now = provider.latency.p95Ms.value_or(telemetry::kNoData);
        if (!(now > usual * rule.limit)) { // neither is true of NaN
            continue;
        }
        const QString name = text::providerName(provider.id, provider.kind);
        found.push_back(
            {.key = u"latency "_s + text::fromUtf8(provider.id),
             .subject = name,
             .text = Alerts::tr("p95 is %1 over the last minute's %2 answers; usual today is %3, "
                                "the limit %4 times that.")
                         .arg(text::latency(now),
                              text::count(provider.latency.samples),
                              text::latency(usual),
                              QLocale().toString(rule.limit, 'g', 3)),
             .hold = Seconds(rule.holdSeconds),
             .place = {.page = u"overview"_s, .widget = u"chart.latency"_s}});
    }
}

void addCost(const telemetry::Snapshot &snapshot, const AlertRule &rule, Found &found)
{
    if (snapshot.totals.costPerHour > rule.limit) {
        found.push_back({.key = u"cost"_s,
                         .subject = Alerts::tr("Cost"),
                         .text = Alerts::tr("Requests cost %1 now; the limit is %2.")
                                     .arg(text::costPerHour(snapshot.totals.costPerHour),
                                          text::costPerHour(rule.limit)),
                         .hold = Seconds(rule.holdSeconds),
                         .place = {.page = u"overview"_s, .widget = u"chart.cost"_s}});
    }
}

/// A day is taken for 24 hours; where the clocks change it is wrong by an hour's part.
void addBudgets(const telemetry::Snapshot &snapshot, const AlertRule &rule, Found &found)
{
    for (const BudgetView &budget : snapshot.budgets) {
        const auto gone = snapshot.at.system - (budget.resetsAt - kDay);
        const double perDay = usd(budget.perDay);
        if (gone < kYoungDay || perDay <= 0) {
            continue;
        }
        const double part = std::min(1.0,
                                     std::chrono::duration<double>(gone)
                                         / std::chrono::duration<double>(kDay));
        const double end = usd(budget.spent) / part;
        if (end <= perDay * rule.limit / 100) {
            continue;
        }
        found.push_back(
            {.key = u"budget "_s + text::fromUtf8(budget.id),
             .subject = text::fromUtf8(budget.id),
             .text = Alerts::tr("%1 of the day's %2 are spent after %3 of the day; at this pace "
                                "it ends at %4.")
                         .arg(text::money(budget.spent),
                              text::money(budget.perDay),
                              text::percent(part),
                              text::money(end)),
             .hold = Seconds(rule.holdSeconds),
             .place = {.page = u"overview"_s, .widget = u"chart.cost"_s}});
    }
}

/// True: it has been silent for so long that nothing else can be said.
bool addSilence(const telemetry::Snapshot &snapshot,
                const AlertRule &rule,
                SystemTime now,
                Found &found)
{
    const Seconds limit(static_cast<std::int64_t>(rule.limit));
    const auto silent = std::chrono::duration_cast<Micros>(now - snapshot.at.system);
    if (silent <= limit) {
        return false;
    }
    if (rule.on) {
        found.push_back({.key = u"silence"_s,
                         .subject = Alerts::tr("Gateway"),
                         .text = Alerts::tr("It has said nothing for %1; the limit is %2.")
                                     .arg(text::span(silent), text::span(limit)),
                         .critical = true,
                         .place = {.page = u"overview"_s, .target = {}}});
    }
    return true;
}

} // namespace

std::vector<AlertCondition> alertConditions(const telemetry::Snapshot *snapshot,
                                            const AlertRules &rules,
                                            SystemTime now)
{
    std::vector<AlertCondition> found;
    if (snapshot == nullptr) {
        return found;
    }
    if (addSilence(*snapshot, rules.at(AlertKind::Silence), now, found)) {
        return found;
    }
    addBreakers(*snapshot, rules, found);
    if (const AlertRule &rule = rules.at(AlertKind::Route); rule.on) {
        addRoutes(*snapshot, Seconds(rule.holdSeconds), found);
    }
    if (const AlertRule &rule = rules.at(AlertKind::Errors); rule.on) {
        addErrors(*snapshot, rule, found);
    }
    if (const AlertRule &rule = rules.at(AlertKind::Latency); rule.on) {
        addLatency(*snapshot, rule, found);
    }
    if (const AlertRule &rule = rules.at(AlertKind::Cost); rule.on) {
        addCost(*snapshot, rule, found);
    }
    if (const AlertRule &rule = rules.at(AlertKind::Budget); rule.on) {
        addBudgets(*snapshot, rule, found);
    }
    return found;
}

std::optional<AlertCondition> trialCondition(const TrialView *trial, SystemTime now)
{
    if (trial == nullptr || !trial->end || !isBadEnd(*trial->end)
        || now - trial->ended.value_or(SystemTime()) > kDay) {
        return std::nullopt;
    }
    QStringList routes;
    for (const std::string &route : trial->routes) {
        routes << text::fromUtf8(route);
    }
    return AlertCondition{.key = u"trial %1"_s.arg(trial->number),
                          .subject = routes.join(u", "_s),
                          .text = trialEnding(*trial),
                          .critical = isWorse(*trial->end),
                          .place = {.page = u"routing"_s}};
}

} // namespace signalbox::ui

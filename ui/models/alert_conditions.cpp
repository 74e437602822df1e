// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alert_conditions.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

constexpr Seconds kSilence{30};
constexpr Seconds kMinute{60};
constexpr std::int64_t kFewAttempts = 20;

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
void addBreakers(const telemetry::Snapshot &snapshot, std::vector<AlertCondition> &found)
{
    forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
        const telemetry::BreakerView &breaker = target.breaker;
        if (breaker.state == telemetry::BreakerState::Closed || breaker.drained
            || breaker.forced != telemetry::ForcedState::None) {
            return;
        }
        const QString name = text::fromUtf8(target.target.name());
        found.push_back(
            {.key = u"breaker "_s + name,
             .subject = name,
             .text = Alerts::tr("The breaker opened: %1. Requests go to the next target.")
                         .arg(text::breakerCause(breaker.cause)),
             .place = {.page = u"providers"_s, .target = target.target}});
    });
}

void addRoutes(const telemetry::Snapshot &snapshot, std::vector<AlertCondition> &found)
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
                             .place = {.page = u"providers"_s, .target = {}}});
        }
    }
}

void addErrors(const telemetry::Snapshot &snapshot,
               double limit,
               std::vector<AlertCondition> &found)
{
    std::int64_t attempts = 0;
    std::int64_t failures = 0;
    forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
        attempts += target.attemptsLastMinute;
        failures += target.failuresLastMinute;
    });
    const double share = attempts == 0 ? 0 : double(failures) / double(attempts);
    if (attempts >= kFewAttempts && share > limit) {
        found.push_back(
            {.key = u"errors"_s,
             .subject = Alerts::tr("Attempts"),
             .text = Alerts::tr("%1 of the last minute's %2 attempts failed; the limit "
                                "is %3.")
                         .arg(text::percent(share), text::count(attempts), text::percent(limit)),
             .hold = kMinute,
             .place = {.page = u"requests"_s, .target = {}}});
    }
}

void addCost(const telemetry::Snapshot &snapshot, double limit, std::vector<AlertCondition> &found)
{
    if (snapshot.totals.costPerHour > limit) {
        found.push_back({.key = u"cost"_s,
                         .subject = Alerts::tr("Cost"),
                         .text = Alerts::tr("Requests cost %1 now; the limit is %2.")
                                     .arg(text::costPerHour(snapshot.totals.costPerHour),
                                          text::costPerHour(limit)),
                         .hold = kMinute,
                         .place = {.page = u"overview"_s, .target = {}}});
    }
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
    if (now - snapshot->at.system > kSilence) { // nothing else can be said then
        if (rules.silence) {
            found.push_back({.key = u"silence"_s,
                             .subject = Alerts::tr("Gateway"),
                             .text = Alerts::tr("It has said nothing for more than 30 s."),
                             .critical = true,
                             .place = {.page = u"overview"_s, .target = {}}});
        }
        return found;
    }
    if (rules.breakers) {
        addBreakers(*snapshot, found);
    }
    if (rules.routes) {
        addRoutes(*snapshot, found);
    }
    if (rules.errors) {
        addErrors(*snapshot, rules.errorShare, found);
    }
    if (rules.cost) {
        addCost(*snapshot, rules.usdPerHour, found);
    }
    return found;
}

} // namespace signalbox::ui

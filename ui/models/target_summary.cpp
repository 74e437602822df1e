// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/target_summary.h"

#include "ui/models/head_room_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Tiles
{
    Q_DECLARE_TR_FUNCTIONS(Tiles)
};

// Below this a share or a quantile says nothing.
constexpr std::int64_t kEnoughSamples = 20;

QString stateName(const telemetry::BreakerView &breaker)
{
    if (breaker.forced == telemetry::ForcedState::Open) {
        return u"forced_open"_s;
    }
    if (breaker.forced == telemetry::ForcedState::Closed) {
        return u"forced_closed"_s;
    }
    if (breaker.drained) {
        return u"drained"_s;
    }
    switch (breaker.state) {
    case telemetry::BreakerState::Closed:
        return u"closed"_s;
    case telemetry::BreakerState::HalfOpen:
        return u"half_open"_s;
    case telemetry::BreakerState::Open:
        return u"open"_s;
    }
    return {};
}

int severityOf(const telemetry::TargetView &target)
{
    const telemetry::BreakerView &breaker = target.breaker;
    if (breaker.forced == telemetry::ForcedState::Open) {
        return 60;
    }
    if (breaker.forced == telemetry::ForcedState::Closed) {
        return breaker.state == telemetry::BreakerState::Closed ? 30 : 65;
    }
    if (breaker.drained) {
        return 35;
    }
    if (breaker.state == telemetry::BreakerState::Open) {
        return 70;
    }
    if (breaker.state == telemetry::BreakerState::HalfOpen) {
        return 50;
    }
    if (target.misconfigured) {
        return 45;
    }
    return breaker.failures > 0 ? 20 : 0;
}

QString forcedCause(const telemetry::BreakerView &breaker, SystemTime now)
{
    const QString reason = Tiles::tr("“%1”").arg(text::fromUtf8(breaker.forcedReason));
    if (!breaker.forcedUntil) {
        return breaker.forcedReason.empty() ? Tiles::tr("Until it is reset") : reason;
    }
    const QString left = Tiles::tr("%1 left").arg(text::countdown(*breaker.forcedUntil - now));
    return breaker.forcedReason.empty() ? left : Tiles::tr("%1, %2").arg(left, reason);
}

QString causeOf(const telemetry::TargetView &target, SystemTime now)
{
    const telemetry::BreakerView &breaker = target.breaker;
    if (breaker.forced != telemetry::ForcedState::None) {
        return forcedCause(breaker, now);
    }
    if (target.misconfigured) {
        return Tiles::tr("The provider does not know this model");
    }
    if (breaker.drained) {
        return Tiles::tr("By its own count %1")
            .arg(text::breakerStateWord(breaker.state).toLower());
    }
    if (breaker.state != telemetry::BreakerState::Closed && !breaker.cause.empty()) {
        return text::breakerCause(breaker.cause);
    }
    if (breaker.failures > 0 && !breaker.cause.empty()) {
        return Tiles::tr("Last: %1").arg(text::breakerCause(breaker.cause));
    }
    if (breaker.changedAt) {
        return Tiles::tr("For %1").arg(text::span(now - *breaker.changedAt));
    }
    return {};
}

QString failedText(const telemetry::TargetView &target)
{
    const std::int64_t attempts = target.attemptsLastMinute;
    QString counts =
        Tiles::tr("%1 of %2").arg(text::count(target.failuresLastMinute), text::count(attempts));
    if (attempts < kEnoughSamples) {
        return counts;
    }
    return text::percent(static_cast<double>(target.failuresLastMinute)
                         / static_cast<double>(attempts));
}

std::vector<Figure> figuresOf(const telemetry::TargetView &target)
{
    const auto &latency = target.latency;
    const auto &first = target.firstToken;
    const double perSecond = static_cast<double>(target.attemptsLastMinute) / 60.0;
    return {
        {Tiles::tr("p50"), text::quantile(latency.p50Ms, latency.samples)},
        {Tiles::tr("p95"), text::quantile(latency.p95Ms, latency.samples)},
        {Tiles::tr("TTFT p50"), text::quantile(first.p50Ms, first.samples)},
        {Tiles::tr("Rate"), text::rate(perSecond)},
        {Tiles::tr("Failed, 1 min"), failedText(target)},
        {Tiles::tr("In flight"), text::count(target.inFlight)},
    };
}

std::int64_t outcomes(const telemetry::TargetView &target, std::initializer_list<OutcomeClass> of)
{
    std::int64_t sum = 0;
    for (const OutcomeClass outcome : of) {
        sum += target.outcomes[static_cast<std::size_t>(outcome)];
    }
    return sum;
}

QString plannedText(const telemetry::RouteShare &share)
{
    return std::isnan(share.planned) ? text::dash() : text::percent(share.planned);
}

/// The shares of \p target in every route that names it, by weight and as measured.
void addShares(TargetSummary &summary, const telemetry::Snapshot &snapshot)
{
    QStringList planned;
    QStringList measured;
    for (const telemetry::RouteView &route : snapshot.routes) {
        for (const telemetry::RouteShare &share : route.shares) {
            if (share.target == summary.target) {
                planned << plannedText(share);
                measured << text::percent(share.actual);
            }
        }
    }
    summary.weight = planned.isEmpty() ? text::dash() : planned.join(u" · "_s);
    summary.measured = measured.isEmpty() ? text::dash() : measured.join(u" · "_s);
}

/// `50 · 30 %` for two routes, `3 routes` for more: it has to fit a tile.
QString compactShares(const QString &shares)
{
    QStringList each = shares.split(u" · "_s);
    if (each.size() > 2) {
        return Tiles::tr("%n routes", nullptr, static_cast<int>(each.size()));
    }
    if (each.size() == 2 && each[1].endsWith(u'%') && each[0].endsWith(u" %"_s)) {
        each[0].chop(2);
    }
    return each.join(u" · "_s);
}

QString forcedText(const telemetry::BreakerView &breaker, SystemTime now)
{
    if (breaker.forced == telemetry::ForcedState::None) {
        return {};
    }
    const QString state = breaker.forced == telemetry::ForcedState::Open ? Tiles::tr("Open")
                                                                         : Tiles::tr("Closed");
    return breaker.forcedUntil
               ? Tiles::tr("%1, %2 left").arg(state, text::countdown(*breaker.forcedUntil - now))
               : Tiles::tr("%1 until reset").arg(state);
}

TargetNumbers numbersOf(const telemetry::TargetView &target)
{
    const auto attempts = static_cast<double>(target.attemptsLastMinute);
    return {.attempts = target.attemptsLastMinute,
            .failureShare = attempts > 0 ? static_cast<double>(target.failuresLastMinute) / attempts
                                         : -1,
            .p95Ms = target.latency.p95Ms.value_or(-1),
            .inFlight = target.inFlight};
}

/// What large tiles say beyond the figures: three of the last minute, three of where its traffic
/// comes from, six since the start.
std::vector<Figure> detailsOf(const TargetSummary &summary,
                              const telemetry::ProviderView &provider,
                              const telemetry::TargetView &target)
{
    using enum OutcomeClass;
    const auto timeouts = outcomes(target,
                                   {ConnectTimeout, FirstTokenTimeout, IdleTimeout, TotalTimeout});
    const auto broken = outcomes(target,
                                 {ServerError,
                                  Overloaded,
                                  ConnectionRefused,
                                  DnsFailure,
                                  TlsFailure,
                                  ConnectionReset,
                                  Unparseable,
                                  EmptyAnswer,
                                  StreamBroken});
    const auto refused = outcomes(target, {AuthFailed, BillingRefused, ModelNotFound});
    return {
        {Tiles::tr("p90"), text::quantile(target.latency.p90Ms, target.latency.samples)},
        {Tiles::tr("p99"), text::quantile(target.latency.p99Ms, target.latency.samples)},
        {Tiles::tr("TTFT p95"), text::quantile(target.firstToken.p95Ms, target.firstToken.samples)},
        {Tiles::tr("By weight"), compactShares(summary.weight)},
        {Tiles::tr("Measured"), compactShares(summary.measured)},
        {Tiles::tr("Limit left"), tightestLimit(provider.headRoom)},
        {Tiles::tr("OK"), text::count(outcomes(target, {Success}))},
        {Tiles::tr("Errors"), text::count(broken)},
        {Tiles::tr("Timeouts"), text::count(timeouts)},
        {Tiles::tr("Rate limited"), text::count(outcomes(target, {RateLimited}))},
        {Tiles::tr("Key refused"), text::count(refused)},
        {Tiles::tr("Passed over"), text::count(target.shortCircuited)},
    };
}

TargetSummary summarise(const telemetry::ProviderView &provider,
                        const telemetry::TargetView &target,
                        SystemTime now)
{
    const telemetry::BreakerView &breaker = target.breaker;
    return TargetSummary{.target = target.target,
                         .tag = text::providerTag(provider.id, provider.kind),
                         .kind = text::fromUtf8(provider.kind),
                         .provider = text::providerName(provider.id, provider.kind),
                         .model = text::modelName(target.target),
                         .state = stateName(breaker),
                         .glyph = glyphOf(breaker),
                         .headline = text::breakerHeadline(breaker, target.inFlight, now),
                         .cause = causeOf(target, now),
                         .failuresInRow = breaker.failures,
                         .failuresToOpen = breaker.failuresToOpen,
                         .figures = figuresOf(target),
                         .details = {},
                         .calculated = text::breakerStateWord(breaker.state),
                         .forced = forcedText(breaker, now),
                         .limitLeft = tightestLimit(provider.headRoom),
                         .limits = limitsText(provider.headRoom),
                         .numbers = numbersOf(target),
                         .severity = severityOf(target),
                         .canReset = breaker.forced != telemetry::ForcedState::None
                                     || breaker.state != telemetry::BreakerState::Closed
                                     || breaker.failures > 0,
                         .drained = breaker.drained};
}

void makeUnknown(TargetSummary &summary)
{
    summary.cause = Tiles::tr("Last known: %1").arg(summary.headline);
    summary.state = u"unknown"_s;
    summary.glyph = {};
    summary.headline = Tiles::tr("Unknown, the data is old");
}

} // namespace

std::vector<int> providerOrdinals(const telemetry::Snapshot &snapshot)
{
    QHash<QString, int> seen;
    std::vector<int> ordinals;
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        ordinals.push_back(seen[text::fromUtf8(provider.kind)]++);
    }
    return ordinals;
}

std::vector<TargetSummary> summariseTargets(const telemetry::Snapshot &snapshot,
                                            SystemTime now,
                                            bool stale)
{
    std::vector<TargetSummary> summaries;
    const std::vector<int> ordinals = providerOrdinals(snapshot);
    for (std::size_t i = 0; i < snapshot.providers.size(); ++i) {
        for (const telemetry::TargetView &target : snapshot.providers[i].targets) {
            summaries.push_back(summarise(snapshot.providers[i], target, now));
            TargetSummary &summary = summaries.back();
            summary.ordinal = ordinals[i];
            addShares(summary, snapshot);
            summary.runsOut = runsOutText(snapshot, i);
            summary.strip = stateStrip(snapshot, target, now);
            summary.details = detailsOf(summary, snapshot.providers[i], target);
            if (stale) {
                makeUnknown(summaries.back());
            }
        }
    }
    return summaries;
}

void sortWorstFirst(std::vector<TargetSummary> &summaries)
{
    std::stable_sort(summaries.begin(), summaries.end(), [](const auto &a, const auto &b) {
        return a.severity > b.severity;
    });
}

QString spoken(const TargetSummary &summary)
{
    QStringList parts{summary.headline};
    if (!summary.cause.isEmpty()) {
        parts << summary.cause;
    }
    if (summary.failuresToOpen > 0) {
        parts << Tiles::tr("%1 of %2 failures in a row")
                     .arg(summary.failuresInRow)
                     .arg(summary.failuresToOpen);
    }
    if (summary.limits != text::dash()) {
        parts << Tiles::tr("limits: %1 left").arg(summary.limits);
    }
    if (!summary.runsOut.isEmpty()) {
        parts << Tiles::tr("used up %1").arg(summary.runsOut);
    }
    for (const Figure &figure : summary.figures) {
        parts << u"%1 %2"_s.arg(figure.label, figure.value);
    }
    return parts.join(u"; "_s);
}

} // namespace signalbox::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/flow.h"

#include "ui/models/target_summary.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Flows
{
    Q_DECLARE_TR_FUNCTIONS(Flows)
};

constexpr std::int64_t kEnoughAttempts = 20;

bool isNamed(const telemetry::Snapshot &snapshot, const TargetId &target)
{
    return std::any_of(snapshot.routes.begin(), snapshot.routes.end(), [&](const auto &route) {
        return std::any_of(route.shares.begin(), route.shares.end(), [&](const auto &share) {
            return share.target == target;
        });
    });
}

void addTargets(Flow &flow, const telemetry::Snapshot &snapshot, SystemTime now)
{
    const std::vector<int> ordinals = providerOrdinals(snapshot);
    for (std::size_t i = 0; i < snapshot.providers.size(); ++i) {
        const telemetry::ProviderView &provider = snapshot.providers[i];
        for (const telemetry::TargetView &view : provider.targets) {
            if (!isNamed(snapshot, view.target)) {
                continue;
            }
            flow.targets.push_back(
                {.target = view.target,
                 .tag = text::providerTag(provider.id, provider.kind),
                 .kind = text::fromUtf8(provider.kind),
                 .ordinal = ordinals[i],
                 .model = text::modelName(view.target),
                 .glyph = glyphOf(view.breaker),
                 .state = text::breakerHeadline(view.breaker, view.inFlight, now)});
        }
    }
}

FlowBand bandOf(const telemetry::RouteView &route, const telemetry::RouteShare &share)
{
    FlowBand band;
    band.share = std::isnan(share.actual) ? 0 : share.actual;
    band.perSecond = band.share * route.requestsPerSecond;
    if (!std::isnan(share.planned)) {
        band.planned = share.planned;
    }
    return band;
}

} // namespace

bool isDiverted(double planned, double actual, std::int64_t attempts)
{
    if (attempts < kEnoughAttempts || planned <= 0) {
        return false;
    }
    const double spread = std::sqrt(planned * (1 - planned) / static_cast<double>(attempts));
    return std::abs(actual - planned) > std::max(3 * spread, 0.005);
}

Flow flowOf(const telemetry::Snapshot &snapshot, SystemTime now)
{
    Flow flow;
    addTargets(flow, snapshot, now);
    for (const telemetry::RouteView &route : snapshot.routes) {
        std::int64_t attempts = 0;
        for (const telemetry::RouteShare &share : route.shares) {
            attempts += share.attempts;
        }
        if (route.shares.empty()) {
            continue;
        }
        flow.routes.push_back(
            {.name = text::fromUtf8(route.name), .perSecond = route.requestsPerSecond});
        for (std::size_t target = 0; target < flow.targets.size(); ++target) {
            for (const telemetry::RouteShare &share : route.shares) {
                if (share.target != flow.targets[target].target) {
                    continue;
                }
                FlowBand band = bandOf(route, share);
                band.route = flow.routes.size() - 1;
                band.target = target;
                band.diverted = band.planned && isDiverted(*band.planned, band.share, attempts);
                flow.bands.push_back(band);
            }
        }
    }
    return flow;
}

QString bandText(const Flow &flow, const FlowBand &band)
{
    const FlowTarget &target = flow.targets[band.target];
    QString text = Flows::tr("%1 → %2: %3, %4")
                       .arg(flow.routes[band.route].name,
                            text::fromUtf8(target.target.name()),
                            text::percent(band.share),
                            text::rate(band.perSecond));
    if (band.planned) {
        text += Flows::tr("; by weight %1").arg(text::percent(*band.planned));
    }
    if (band.diverted) {
        text += Flows::tr(", diverted");
    }
    return u"%1; %2"_s.arg(text, target.state);
}

} // namespace signalbox::ui

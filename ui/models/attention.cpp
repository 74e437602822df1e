// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/attention.h"

#include "ui/models/flow.h"
#include "ui/models/target_summary.h"
#include "ui/text/ledger_words.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Attention
{
    Q_DECLARE_TR_FUNCTIONS(Attention)
};

constexpr int kWorthTelling = 30;
constexpr int kUrgent = 60;

void addTargets(std::vector<AttentionItem> &items,
                const telemetry::Snapshot &snapshot,
                SystemTime now)
{
    std::vector<TargetSummary> summaries = summariseTargets(snapshot, now, false);
    sortWorstFirst(summaries);
    for (const TargetSummary &summary : summaries) {
        if (summary.severity < kWorthTelling) {
            break;
        }
        const QString text = summary.cause.isEmpty()
                                 ? summary.headline
                                 : u"%1 · %2"_s.arg(summary.headline, summary.cause);
        items.push_back(AttentionItem{.glyph = summary.glyph,
                                      .subject = u"%1 %2"_s.arg(summary.provider, summary.model),
                                      .text = text,
                                      .urgent = summary.severity >= kUrgent,
                                      .place = {.page = u"providers"_s, .target = summary.target}});
    }
}

/// A provider's first target stands for it.
Place placeOf(const telemetry::ProviderView &provider)
{
    Place place{.page = u"providers"_s};
    if (!provider.targets.empty()) {
        place.target = provider.targets.front().target;
    }
    return place;
}

/// Whether a target of that route gets less than its weight because it does not serve.
bool hasLoser(const Flow &flow, std::size_t route)
{
    return std::any_of(flow.bands.begin(), flow.bands.end(), [&](const FlowBand &band) {
        return band.route == route && band.diverted && band.share < *band.planned
               && flow.targets[band.target].glyph.shape != GlyphShape::Closed;
    });
}

/// Only what a target that does not serve has caused: rules move traffic on purpose.
void addDiverted(std::vector<AttentionItem> &items,
                 const telemetry::Snapshot &snapshot,
                 SystemTime now)
{
    const Flow flow = flowOf(snapshot, now);
    for (const FlowBand &band : flow.bands) {
        if (!band.diverted || band.share < *band.planned || !hasLoser(flow, band.route)) {
            continue;
        }
        const FlowTarget &target = flow.targets[band.target];
        items.push_back({.glyph = target.glyph,
                         .subject = flow.routes[band.route].name,
                         .text = Attention::tr("%1 to %2, by weight %3")
                                     .arg(text::percent(band.share),
                                          text::fromUtf8(target.target.name()),
                                          text::percent(*band.planned)),
                         .urgent = false,
                         .place = {.page = u"providers"_s, .target = target.target}});
    }
}

void addKeys(std::vector<AttentionItem> &items,
             const telemetry::ProviderView &provider,
             SystemTime now)
{
    const QString name = text::providerName(provider.id, provider.kind);
    if (provider.disabled) {
        items.push_back(AttentionItem{.glyph = {},
                                      .subject = name,
                                      .text = Attention::tr("Off: its key could not be read"),
                                      .urgent = true,
                                      .place = placeOf(provider)});
        return;
    }
    for (const telemetry::KeyView &key : provider.keys) {
        if (!key.disabled && !key.coolsUntil) {
            continue;
        }
        const QString reason = text::fromUtf8(key.reason);
        const QString what =
            key.disabled
                ? Attention::tr("Key %1 is disabled: %2").arg(text::fromUtf8(key.name), reason)
                : Attention::tr("Key %1 rests for %2: %3")
                      .arg(text::fromUtf8(key.name),
                           text::countdown(*key.coolsUntil - now),
                           reason);
        items.push_back(AttentionItem{.glyph = {},
                                      .subject = name,
                                      .text = what,
                                      .urgent = key.disabled,
                                      .place = placeOf(provider)});
    }
}

void addLedger(std::vector<AttentionItem> &items, const telemetry::LedgerHealth &ledger)
{
    if (ledger.healthy) {
        return;
    }
    const QString problem = text::ledgerTrouble(ledger.problem);
    const QString what =
        ledger.dropped == 0
            ? problem
            : Attention::tr("%1 records lost. %2").arg(text::count(ledger.dropped), problem);
    items.push_back(AttentionItem{.glyph = {},
                                  .subject = Attention::tr("Ledger"),
                                  .text = what,
                                  .urgent = true,
                                  .place = {.page = u"requests"_s}});
}

} // namespace

std::vector<AttentionItem> attention(const telemetry::Snapshot &snapshot, SystemTime now)
{
    std::vector<AttentionItem> items;
    addTargets(items, snapshot, now);
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        addKeys(items, provider, now);
    }
    addLedger(items, snapshot.ledger);
    addDiverted(items, snapshot, now);
    std::stable_sort(items.begin(), items.end(), [](const auto &a, const auto &b) {
        return a.urgent > b.urgent;
    });
    return items;
}

int openBreakers(const telemetry::Snapshot &snapshot)
{
    int open = 0;
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            const telemetry::BreakerView &breaker = target.breaker;
            const bool byCount = breaker.state == telemetry::BreakerState::Open
                                 && breaker.forced == telemetry::ForcedState::None;
            open += byCount || breaker.forced == telemetry::ForcedState::Open ? 1 : 0;
        }
    }
    return open;
}

} // namespace signalbox::ui

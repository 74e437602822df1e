// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/own_call_text.h"

namespace signalbox::telemetry {
namespace {

using Type = MetricsText::Type;

template <typename Visit>
void forEachTarget(const Counters &counters, const Visit &visit)
{
    for (const ProviderCounters &provider : counters.providers) {
        for (const TargetCounters &target : provider.targets) {
            visit(target,
                  MetricLabels{{"provider", target.target.provider()},
                               {"target", target.target.name()}});
        }
    }
}

/// One sample for each outcome that there was.
void writeOutcomes(MetricsText &out,
                   const Counters &counters,
                   OutcomeCounts TargetCounters::*member)
{
    forEachTarget(counters, [&](const TargetCounters &target, MetricLabels labels) {
        labels.push_back({"outcome", ""});
        const OutcomeCounts &counts = target.*member;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            labels.back().value = toString(static_cast<OutcomeClass>(i));
            if (counts[i] > 0) {
                out.sample(labels, counts[i]);
            }
        }
    });
}

template <typename Value>
void writeValues(MetricsText &out, const Counters &counters, Value TargetCounters::*member)
{
    forEachTarget(counters, [&](const TargetCounters &target, const MetricLabels &labels) {
        out.sample(labels, target.*member);
    });
}

} // namespace

void writeOwnCalls(MetricsText &out, const Counters &counters)
{
    out.family("signalbox_health_checks_total",
               Type::Counter,
               "Health checks that ended, by target and outcome.");
    writeOutcomes(out, counters, &TargetCounters::healthChecks);
    out.family("signalbox_health_check_cost_usd_total",
               Type::Counter,
               "Known cost of health checks in US dollars; it is in no other sum.");
    writeValues(out, counters, &TargetCounters::healthCheckCost);
    out.family("signalbox_cache_embeddings_total",
               Type::Counter,
               "Calls of the cache's embedder that ended, by target and outcome.");
    writeOutcomes(out, counters, &TargetCounters::embeddings);
    out.family("signalbox_cache_embedding_cost_usd_total",
               Type::Counter,
               "Known cost of the cache's embedder in US dollars; it is in no other sum.");
    writeValues(out, counters, &TargetCounters::embeddingCost);
    out.family("signalbox_shadows_total",
               Type::Counter,
               "Shadows that ended, by the target asked and outcome.");
    writeOutcomes(out, counters, &TargetCounters::shadows);
    out.family("signalbox_shadows_left_out_total",
               Type::Counter,
               "Shadows that were drawn and not asked, for want of room to spare.");
    writeValues(out, counters, &TargetCounters::shadowsLeftOut);
    out.family("signalbox_shadow_cost_usd_total",
               Type::Counter,
               "Known cost of shadows in US dollars; it is in no other sum.");
    writeValues(out, counters, &TargetCounters::shadowCost);
}

} // namespace signalbox::telemetry

// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/gen_ai_text.h"

#include <functional>
#include <utility>

namespace signalbox::telemetry {
namespace {

using Type = MetricsText::Type;
using Unit = MetricsText::Unit;
using Visit = std::function<void(const MetricLabels &, const GenAiCounts &)>;

/// The conventions' well-known value; our own word where they have none.
std::string_view genAiProviderName(const ProviderCounters &provider)
{
    switch (provider.kind) {
    case ProviderKind::Mistral:
        return "mistral_ai";
    case ProviderKind::Gemini:
        return "gcp.gemini";
    case ProviderKind::OpenAiCompatible:
        return provider.id;
    case ProviderKind::OpenAi:
    case ProviderKind::Qwen:
    case ProviderKind::Anthropic:
    case ProviderKind::DeepSeek:
    case ProviderKind::OpenRouter:
        break;
    }
    return toString(provider.kind);
}

void visitTarget(const TargetCounters &target,
                 std::string_view provider,
                 std::string_view model,
                 const Visit &visit)
{
    for (const auto &[operation, counts] : target.genAi) {
        visit({{"gen_ai_operation_name", toString(operation)},
               {"gen_ai_provider_name", provider},
               {"gen_ai_request_model", model},
               {"target", target.target.name()}},
              counts);
    }
}

void visitAll(const Counters &counters, const Visit &visit)
{
    for (const ProviderCounters &provider : counters.providers) {
        for (const TargetCounters &target : provider.targets) {
            visitTarget(target, genAiProviderName(provider), target.target.model(), visit);
        }
    }
    visitTarget(counters.elsewhere, kOther, kOther, visit);
}

void write(MetricsText &out, MetricLabels labels, const BucketCounts &counts, Unit unit)
{
    if (counts.count() > 0) {
        out.histogram(std::move(labels), counts, unit);
    }
}

void writeTokens(MetricsText &out, const Counters &counters)
{
    out.family("gen_ai_client_token_usage",
               Type::Histogram,
               "Number of input and output tokens used by one upstream call.");
    visitAll(counters, [&](MetricLabels labels, const GenAiCounts &counts) {
        labels.push_back({"gen_ai_token_type", "input"});
        write(out, labels, counts.inputTokens, Unit::One);
        labels.back().value = "output";
        write(out, labels, counts.outputTokens, Unit::One);
    });
}

void writeDurations(MetricsText &out, const Counters &counters)
{
    out.family("gen_ai_server_request_duration_seconds",
               Type::Histogram,
               "Duration of one upstream call, to its last byte or its failure.");
    visitAll(counters, [&](const MetricLabels &labels, const GenAiCounts &counts) {
        for (const auto &[outcome, durations] : counts.durations) {
            MetricLabels all = labels;
            if (outcome != OutcomeClass::Success) {
                all.push_back({"error_type", toString(outcome)});
            }
            write(out, std::move(all), durations, Unit::Micros);
        }
    });
}

} // namespace

void writeGenAi(MetricsText &out, const Counters &counters)
{
    writeTokens(out, counters);
    writeDurations(out, counters);
    out.family("gen_ai_server_time_to_first_token_seconds",
               Type::Histogram,
               "Time to the first content of a successful streamed upstream call.");
    visitAll(counters, [&](const MetricLabels &labels, const GenAiCounts &counts) {
        write(out, labels, counts.firstToken, Unit::Micros);
    });
    out.family("gen_ai_server_time_per_output_token_seconds",
               Type::Histogram,
               "Time per output token after the first, of a successful streamed upstream call.");
    visitAll(counters, [&](const MetricLabels &labels, const GenAiCounts &counts) {
        write(out, labels, counts.perToken, Unit::Micros);
    });
}

} // namespace signalbox::telemetry

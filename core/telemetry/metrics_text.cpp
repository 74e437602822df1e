// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/metrics_text.h"

#include <array>
#include <charconv>

namespace signalbox::telemetry {
namespace {

std::string_view nameOf(MetricsText::Type type)
{
    switch (type) {
    case MetricsText::Type::Counter:
        return "counter";
    case MetricsText::Type::Gauge:
        return "gauge";
    case MetricsText::Type::Histogram:
        return "histogram";
    }
    return "";
}

void appendEscaped(std::string &out, std::string_view value)
{
    for (const char c : value) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') {
            out += '\\';
        }
        out += c;
    }
}

/// 1500000 as `1.5`; \p micros are not negative.
std::string secondsOf(std::int64_t micros)
{
    std::string fraction = std::to_string(micros % 1'000'000);
    fraction.insert(0, 6 - fraction.size(), '0');
    fraction.erase(fraction.find_last_not_of('0') + 1);
    const std::string whole = std::to_string(micros / 1'000'000);
    return fraction.empty() ? whole : whole + '.' + fraction;
}

std::string numberOf(std::int64_t value, MetricsText::Unit unit)
{
    return unit == MetricsText::Unit::Micros ? secondsOf(value) : std::to_string(value);
}

} // namespace

void MetricsText::family(std::string_view name, Type type, std::string_view help)
{
    m_name = name;
    m_help = help;
    m_type = type;
    m_headWritten = false;
}

void MetricsText::sample(const MetricLabels &labels, std::int64_t value)
{
    writeSample("", labels, std::to_string(value));
}

void MetricsText::sample(const MetricLabels &labels, Money value)
{
    writeSample("", labels, value.toDecimal());
}

void MetricsText::sample(const MetricLabels &labels, double value)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    writeSample("", labels, {buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void MetricsText::histogram(MetricLabels labels, const BucketCounts &counts, Unit unit)
{
    const std::vector<std::int64_t> cumulative = counts.cumulative();
    labels.push_back({"le", ""});
    for (std::size_t i = 0; i < cumulative.size(); ++i) {
        const std::string bound = numberOf(counts.bounds()[i], unit);
        labels.back().value = bound;
        writeSample("_bucket", labels, std::to_string(cumulative[i]));
    }
    labels.back().value = "+Inf";
    writeSample("_bucket", labels, std::to_string(counts.count()));
    labels.pop_back();
    writeSample("_sum", labels, numberOf(counts.sum(), unit));
    writeSample("_count", labels, std::to_string(counts.count()));
}

void MetricsText::writeHead()
{
    m_text.append("# HELP ").append(m_name).append(" ").append(m_help).append("\n");
    m_text.append("# TYPE ").append(m_name).append(" ").append(nameOf(m_type)).append("\n");
    m_headWritten = true;
}

void MetricsText::writeSample(std::string_view suffix,
                              const MetricLabels &labels,
                              std::string_view value)
{
    if (!m_headWritten) {
        writeHead();
    }
    m_text.append(m_name).append(suffix);
    char before = '{';
    for (const MetricLabel &label : labels) {
        m_text.append(1, before).append(label.name).append("=\"");
        appendEscaped(m_text, label.value);
        m_text.append("\"");
        before = ',';
    }
    m_text.append(labels.empty() ? " " : "} ").append(value).append("\n");
}

} // namespace signalbox::telemetry

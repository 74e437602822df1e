// SPDX-License-Identifier: Apache-2.0
// Writes Prometheus' text exposition format, version 0.0.4.
#pragma once

#include "core/base/money.h"
#include "core/telemetry/bucket_counts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::telemetry {

struct MetricLabel
{
    std::string_view name;
    std::string_view value; ///< any UTF-8; escaped when written
};

using MetricLabels = std::vector<MetricLabel>;

/// A family, then its samples, then the next family. A family without samples is not written.
class MetricsText
{
public:
    enum class Type : std::uint8_t {
        Counter,
        Gauge,
        Histogram
    };
    /// What a histogram's whole numbers are.
    enum class Unit : std::uint8_t {
        One,
        Micros
    };

    [[nodiscard]] const std::string &text() const { return m_text; }

    /// \p name and \p help outlive the samples: they are literals.
    void family(std::string_view name, Type type, std::string_view help);
    void sample(const MetricLabels &labels, std::int64_t value);
    /// In US dollars, exactly.
    void sample(const MetricLabels &labels, Money value);
    /// \pre \p value is finite.
    void sample(const MetricLabels &labels, double value);
    /// Micros are written as seconds, exactly.
    void histogram(MetricLabels labels, const BucketCounts &counts, Unit unit);

private:
    void writeHead();
    void writeSample(std::string_view suffix, const MetricLabels &labels, std::string_view value);

    std::string m_text;
    std::string_view m_name;
    std::string_view m_help;
    Type m_type = Type::Counter;
    bool m_headWritten = false;
};

} // namespace signalbox::telemetry

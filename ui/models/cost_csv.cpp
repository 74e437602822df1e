// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of costs as a file.
#include "ui/models/cost_sheet.h"
#include "ui/text/csv.h"
#include "ui/text/names.h"

#include <QStringList>

namespace signalbox::ui {

QByteArray costsAsCsv(const std::vector<CostRow> &rows, const CostQuery &query)
{
    const auto title = [](CostDimension by) { return text::fromUtf8(toString(by)); };
    QStringList head{QStringLiteral("day"), title(query.by)};
    if (query.then) {
        head << title(*query.then);
    }
    head << QStringLiteral("requests") << QStringLiteral("prompt_tokens")
         << QStringLiteral("completion_tokens") << QStringLiteral("cost_usd")
         << QStringLiteral("estimated_cost_usd") << QStringLiteral("unknown_price_requests")
         << QStringLiteral("wasted_cost_usd") << QStringLiteral("abandoned_cost_usd")
         << QStringLiteral("abandoned_requests") << QStringLiteral("prompt_cache_saved_usd")
         << QStringLiteral("cache_saved_usd") << QStringLiteral("shadow_cost_usd")
         << QStringLiteral("health_check_cost_usd") << QStringLiteral("cache_embedding_cost_usd");
    QByteArray csv = text::csvLine(head);
    for (const CostRow &row : rows) {
        QStringList cells{text::fromUtf8(row.bucket), text::fromUtf8(row.name)};
        if (query.then) {
            cells << text::fromUtf8(row.part.value_or(std::string()));
        }
        cells << QString::number(row.requests) << QString::number(row.promptTokens)
              << QString::number(row.completionTokens) << text::fromUtf8(row.cost.toDecimal())
              << text::fromUtf8(row.estimatedCost.toDecimal())
              << QString::number(row.unknownPriceRequests)
              << text::fromUtf8(row.wastedCost.toDecimal())
              << text::fromUtf8(row.abandonedCost.toDecimal())
              << QString::number(row.abandonedRequests)
              << text::fromUtf8(row.promptCacheSaved.toDecimal())
              << text::fromUtf8(row.responseCacheSaved.toDecimal())
              << text::fromUtf8(row.shadowCost.toDecimal())
              << text::fromUtf8(row.healthCheckCost.toDecimal())
              << text::fromUtf8(row.embedderCost.toDecimal());
        csv += text::csvLine(cells);
    }
    return csv;
}

} // namespace signalbox::ui

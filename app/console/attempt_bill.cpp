// SPDX-License-Identifier: GPL-3.0-or-later
// What was, by the configuration that runs now: the gateway's own arithmetic and its own decision.
#include "app/console/config_texts.h"

#include "core/pricing/answer_price.h"
#include "core/pricing/cost.h"
#include "core/routing/router.h"

namespace signalbox::app {

namespace {

ui::BillLine::Part partOf(pricing::CostPart part)
{
    switch (part) {
    case pricing::CostPart::Input:
        return ui::BillLine::Part::Input;
    case pricing::CostPart::CachedInput:
        return ui::BillLine::Part::CachedInput;
    case pricing::CostPart::CacheWrite:
        return ui::BillLine::Part::CacheWrite;
    case pricing::CostPart::CacheWriteHour:
        return ui::BillLine::Part::CacheWriteHour;
    case pricing::CostPart::Output:
        return ui::BillLine::Part::Output;
    case pricing::CostPart::ThinkingOutput:
        return ui::BillLine::Part::ThinkingOutput;
    }
    return ui::BillLine::Part::Input;
}

} // namespace

std::optional<ui::AttemptBill> ConfigTexts::bill(const AttemptRecord &attempt,
                                                 SystemTime started) const
{
    const auto settings = running().settings;
    if (settings == nullptr || !attempt.usage || attempt.usage->statedCost) {
        return std::nullopt;
    }
    const ProviderSettings *provider = settings->provider(attempt.target.provider());
    const ModelSettings *model = settings->model(attempt.target);
    if (provider == nullptr || model == nullptr) {
        return std::nullopt;
    }
    const auto price = pricing::priceOfAnswer(*provider, *model, attempt.upstreamModel, started);
    const PriceRow *row = pricing::priceRow(price.table, attempt.usage->promptTokens);
    if (row == nullptr) {
        return std::nullopt;
    }
    ui::AttemptBill bill;
    CostSum sum;
    for (const pricing::CostLine &line : pricing::costLines(*attempt.usage, *row)) {
        sum.add(line.tokens, line.price);
        if (line.tokens > 0) {
            bill.lines.push_back({partOf(line.part), line.tokens, line.price});
        }
    }
    bill.sum = sum.total();
    bill.model = QString::fromStdString(price.model);
    bill.fromPromptTokens = row->fromPromptTokens;
    bill.byOperator = price.byOperator;
    bill.since = price.since;
    return bill;
}

std::optional<Decision> ConfigTexts::decideAgain(const RequestRecord &record) const
{
    const auto settings = running().settings;
    if (settings == nullptr || record.decision.candidates.empty()) {
        return std::nullopt;
    }
    if (record.route.empty()) {
        return routing::decideAgain(routing::routeToTarget(
                                        record.decision.candidates.front().target),
                                    record);
    }
    const RouteSettings *route = settings->route(record.route);
    return route == nullptr ? std::nullopt : std::optional(routing::decideAgain(*route, record));
}

} // namespace signalbox::app

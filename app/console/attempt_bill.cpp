// SPDX-License-Identifier: GPL-3.0-or-later
// What was, by the configuration that runs now: the gateway's own arithmetic and its own decision.
#include "app/console/attempt_bill.h"

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

ui::AttemptBill billBy(const AppliedPrice &price, const Usage &usage)
{
    ui::AttemptBill bill;
    CostSum sum;
    for (const pricing::CostLine &line : pricing::costLines(usage, price.row)) {
        sum.add(line.tokens, line.price);
        if (line.tokens > 0) {
            bill.lines.push_back({partOf(line.part), line.tokens, line.price});
        }
    }
    bill.sum = sum.total();
    bill.model = QString::fromStdString(price.model);
    bill.fromPromptTokens = price.row.fromPromptTokens;
    bill.byOperator = price.byOperator;
    bill.since = price.since;
    return bill;
}

/// What an attempt of that kind costs by \p settings.
std::optional<AppliedPrice> presentPrice(const Configuration &settings,
                                         const AttemptRecord &attempt,
                                         SystemTime started)
{
    const ProviderSettings *provider = settings.provider(attempt.target.provider());
    const ModelSettings *model = settings.model(attempt.target);
    if (provider == nullptr || model == nullptr) {
        return std::nullopt;
    }
    auto price = pricing::priceOfAnswer(*provider, *model, attempt.upstreamModel, started);
    const PriceRow *row = pricing::priceRow(price.table, attempt.usage->promptTokens);
    return row == nullptr
               ? std::nullopt
               : std::optional(
                   AppliedPrice{std::move(price.model), price.byOperator, price.since, *row});
}

} // namespace

std::optional<ui::AttemptBill> keptBill(const AttemptRecord &attempt)
{
    if (!attempt.usage || !attempt.price) {
        return std::nullopt;
    }
    ui::AttemptBill bill = billBy(*attempt.price, *attempt.usage);
    bill.isKept = true;
    return bill;
}

std::optional<ui::AttemptBill> ConfigTexts::bill(const AttemptRecord &attempt,
                                                 SystemTime started) const
{
    if (auto kept = keptBill(attempt)) {
        return kept;
    }
    const auto settings = running().settings;
    if (settings == nullptr || !attempt.usage || attempt.usage->statedCost) {
        return std::nullopt;
    }
    const auto price = presentPrice(*settings, attempt, started);
    return price ? std::optional(billBy(*price, *attempt.usage)) : std::nullopt;
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

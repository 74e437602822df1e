// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explanation_cost.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/zone.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using Tone = ExplanationLine::Tone;

struct CostText
{
    Q_DECLARE_TR_FUNCTIONS(CostText)
};

QString exact(Money amount)
{
    return u"$%1"_s.arg(text::fromUtf8(amount.toDecimal()));
}

QString exact(const Cost &cost)
{
    if (!cost.amount) {
        return CostText::tr("price unknown");
    }
    return cost.estimated ? CostText::tr("%1 (estimated)").arg(exact(*cost.amount))
                          : exact(*cost.amount);
}

QString usageText(const Usage &usage)
{
    QStringList parts{CostText::tr("%1 tokens in").arg(usage.promptTokens)};
    const auto add = [&parts](const QString &words, std::int64_t tokens) {
        if (tokens > 0) {
            parts << words.arg(tokens);
        }
    };
    add(CostText::tr("%1 of them from the provider's cache"), usage.cachedTokens);
    add(CostText::tr("%1 written into it"), usage.cacheWriteTokens);
    parts << CostText::tr("%1 out").arg(usage.completionTokens);
    add(CostText::tr("%1 of them reasoning"), usage.reasoningTokens);
    return parts.join(u", "_s);
}

QString partWord(BillLine::Part part)
{
    switch (part) {
    case BillLine::Part::Input:
        return CostText::tr("in");
    case BillLine::Part::CachedInput:
        return CostText::tr("in, from the provider's cache");
    case BillLine::Part::CacheWrite:
        return CostText::tr("in, written into its cache");
    case BillLine::Part::CacheWriteHour:
        return CostText::tr("in, written into its cache for an hour");
    case BillLine::Part::Output:
        return CostText::tr("out");
    case BillLine::Part::ThinkingOutput:
        return CostText::tr("out, with reasoning");
    }
    return {};
}

std::int64_t picosOf(const BillLine &line)
{
    return line.tokens * line.price.picosPerToken();
}

/// To the last digit: lines are not rounded, only their sum is. Nanodollars alone would not add up.
QString exactPicos(std::int64_t picos)
{
    QString digits = QString::number(picos).rightJustified(13, u'0');
    digits.insert(digits.size() - 12, u'.');
    const auto least = digits.indexOf(u'.') + 3;
    while (digits.size() > least && digits.endsWith(u'0')) {
        digits.chop(1);
    }
    return u"$%1"_s.arg(digits);
}

/// `412 in × $3.00 / 1M = $0.001236`: a token's picodollars are a million's microdollars.
QString billText(const BillLine &line)
{
    const Money perMillion = Money::fromNanos(line.price.picosPerToken() * 1000);
    return CostText::tr("%1 %2 × %3 / 1M = %4")
        .arg(QLocale().toString(static_cast<qlonglong>(line.tokens)),
             partWord(line.part),
             exact(perMillion),
             exactPicos(picosOf(line)));
}

/// Which row of whose price, of which day, and whether it is the one of then.
QString priceText(const AttemptBill &bill)
{
    QString words = bill.byOperator
                        ? CostText::tr("price of %1, from the configuration").arg(bill.model)
                        : CostText::tr("price of %1, from the catalogue").arg(bill.model);
    if (bill.since) {
        const auto ms = std::chrono::floor<Millis>(bill.since->time_since_epoch()).count();
        words += CostText::tr(", since %1")
                     .arg(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(u"yyyy-MM-dd"_s));
    }
    if (bill.fromPromptTokens > 0) {
        words += CostText::tr(", for prompts from %1 tokens").arg(bill.fromPromptTokens);
    }
    return bill.isKept ? words
                       : words + CostText::tr("; as it is now: none was kept with this request");
}

/// What rounding made of the lines, and whether it is what the ledger has.
void addSum(ExplanationLine &line, const AttemptRecord &attempt, const AttemptBill &bill)
{
    std::int64_t picos = 0;
    for (const BillLine &part : bill.lines) {
        picos += picosOf(part);
    }
    if (picos % 1000 != 0) {
        line.parts.push_back(
            {CostText::tr("together %1, rounded to %2").arg(exactPicos(picos), exact(bill.sum)),
             Tone::Quiet});
    }
    if (attempt.cost.amount == bill.sum) {
        return;
    }
    const QString words =
        bill.isKept
            ? CostText::tr("which makes %1, and is not what the ledger has: this is a fault")
            : CostText::tr("which makes %1 now: the price has been changed since");
    line.parts.push_back({words.arg(exact(bill.sum)), Tone::Bad});
}

void addBill(ExplanationLine &line, const AttemptRecord &attempt, const AttemptBill &bill)
{
    for (const BillLine &part : bill.lines) {
        line.parts.push_back({billText(part)});
    }
    line.parts.push_back({priceText(bill), Tone::Quiet});
    addSum(line, attempt, bill);
    if (attempt.promptCacheSaved != Money()) {
        line.parts.push_back({attempt.promptCacheSaved > Money()
                                  ? CostText::tr("the provider's cache made it %1 cheaper")
                                        .arg(exact(attempt.promptCacheSaved))
                                  : CostText::tr("writing into the provider's cache cost %1 more")
                                        .arg(exact(Money() - attempt.promptCacheSaved)),
                              Tone::Quiet});
    }
}

ExplanationLine attemptCost(const RequestRecord &record, std::size_t at, const ExplainedBy &by)
{
    const AttemptRecord &attempt = record.attempts[at];
    const MoneyUse use = useOf(record, attempt);
    ExplanationLine line;
    line.text = u"%1. %2: %3"_s.arg(QString::number(at + 1),
                                    attempt.usage ? usageText(*attempt.usage)
                                                  : CostText::tr("no usage was told"),
                                    exact(attempt.cost));
    if (attempt.usage && attempt.usage->statedCost) {
        line.text += CostText::tr("; as the provider states it");
    }
    if (use == MoneyUse::Wasted) {
        line.text += CostText::tr("; wasted");
        line.tone = Tone::Bad;
    } else if (use == MoneyUse::Abandoned) {
        line.text += CostText::tr("; for a client that had left");
    }
    if (by.bill) {
        if (const auto bill = by.bill(attempt, record.arrived + attempt.startedAfter); bill) {
            addBill(line, attempt, *bill);
        }
    }
    return line;
}

} // namespace

ExplanationLine costLine(const RequestRecord &record, const ExplainedBy &by)
{
    ExplanationLine line;
    line.text = CostText::tr("Cost: %1").arg(exact(record.cost));
    Money sum;
    bool unknown = false;
    for (std::size_t at = 0; at < record.attempts.size(); ++at) {
        const AttemptRecord &attempt = record.attempts[at];
        if (!attempt.usage && !attempt.cost.amount) {
            unknown = unknown || (attempt.contentSent || attempt.outcome == OutcomeClass::Success);
            continue; // nothing was billed, as far as anybody knows
        }
        sum += attempt.cost.amount.value_or(Money());
        unknown = unknown || !attempt.cost.amount;
        line.parts.push_back(attemptCost(record, at, by));
    }
    if (!line.parts.empty() && !unknown) {
        const bool same = record.cost.amount == sum;
        line.parts.push_back({same ? CostText::tr("Sum: %1, as the ledger has it").arg(exact(sum))
                                   : CostText::tr("Sum: %1, but the ledger has %2")
                                         .arg(exact(sum), exact(record.cost)),
                              same ? Tone::Good : Tone::Bad});
    }
    if (record.cacheSaved) {
        line.parts.push_back(
            {CostText::tr("Saved by the answer from the cache: %1").arg(exact(*record.cacheSaved)),
             Tone::Good});
    }
    if (const Money wasted = wastedCost(record); wasted > Money()) {
        line.parts.push_back({CostText::tr("Wasted: %1").arg(exact(wasted)), Tone::Bad});
    }
    return line;
}

Money wastedCost(const RequestRecord &record)
{
    Money wasted;
    for (const AttemptRecord &attempt : record.attempts) {
        if (useOf(record, attempt) == MoneyUse::Wasted) {
            wasted += attempt.cost.amount.value_or(Money());
        }
    }
    return wasted;
}

} // namespace signalbox::ui

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

/// Whether attempt \p at is the one whose answer the client got.
bool isAnswer(const RequestRecord &record, std::size_t at)
{
    return at + 1 == record.attempts.size() && !record.target.isEmpty()
           && record.attempts[at].target == record.target
           && (record.attempts[at].outcome == OutcomeClass::Success
               || record.attempts[at].contentSent);
}

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

/// `412 in × $3.00 / 1M = $0.001236`: a token's picodollars are a million's microdollars.
QString billText(const BillLine &line)
{
    CostSum sum;
    sum.add(line.tokens, line.price);
    const Money perMillion = Money::fromNanos(line.price.picosPerToken() * 1000);
    return CostText::tr("%1 %2 × %3 / 1M = %4")
        .arg(QLocale().toString(static_cast<qlonglong>(line.tokens)),
             partWord(line.part),
             exact(perMillion),
             exact(sum.total()));
}

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
    return words;
}

void addBill(ExplanationLine &line, const AttemptRecord &attempt, const AttemptBill &bill)
{
    for (const BillLine &part : bill.lines) {
        line.parts.push_back({billText(part)});
    }
    line.parts.push_back({priceText(bill), Tone::Quiet});
    if (attempt.cost.amount != bill.sum) {
        line.parts.push_back({CostText::tr("which makes %1 now: the price has been changed since")
                                  .arg(exact(bill.sum)),
                              Tone::Bad});
    }
}

ExplanationLine attemptCost(const RequestRecord &record, std::size_t at, const ExplainedBy &by)
{
    const AttemptRecord &attempt = record.attempts[at];
    const bool wasted = !isAnswer(record, at);
    ExplanationLine line;
    line.text = u"%1. %2: %3"_s.arg(QString::number(at + 1),
                                    attempt.usage ? usageText(*attempt.usage)
                                                  : CostText::tr("no usage was told"),
                                    exact(attempt.cost));
    if (attempt.usage && attempt.usage->statedCost) {
        line.text += CostText::tr("; as the provider states it");
    }
    if (wasted) {
        line.text += CostText::tr("; wasted");
        line.tone = Tone::Bad;
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
    if (const Money wasted = wastedCost(record); wasted > Money()) {
        line.parts.push_back({CostText::tr("Wasted: %1").arg(exact(wasted)), Tone::Bad});
    }
    return line;
}

Money wastedCost(const RequestRecord &record)
{
    Money wasted;
    for (std::size_t at = 0; at < record.attempts.size(); ++at) {
        if (!isAnswer(record, at)) {
            wasted += record.attempts[at].cost.amount.value_or(Money());
        }
    }
    return wasted;
}

} // namespace signalbox::ui

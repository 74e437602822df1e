// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explanation.h"

#include <QLocale>
#include <QTest>

#include <algorithm>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

namespace {

Candidate candidate(const char *target, double weight)
{
    Candidate made;
    made.target = TargetId(target);
    made.weight = weight;
    return made;
}

Usage usage(std::int64_t prompt, std::int64_t cached, std::int64_t completion)
{
    Usage made;
    made.promptTokens = prompt;
    made.cachedTokens = cached;
    made.completionTokens = completion;
    return made;
}

/// Failed at Mistral after its answer had begun to cost, answered by Anthropic.
RequestRecord twoAttempts()
{
    RequestRecord record;
    record.id = "01KAF3G7H2";
    record.route = "chat";
    record.modelAsked = "chat";
    record.rule = "chinese";
    record.target = TargetId("anthropic/claude-haiku-4-5");
    record.status = 200;
    record.total = Micros(2'400'000);
    record.decision.route = "chat";
    record.decision.rule = "chinese";
    record.decision.strategy = Strategy::Weighted;
    record.decision.draw = 0.87;
    record.decision.trials = {{"long prompts", false, "prompt_tokens"}, {"chinese", true, ""}};
    record.decision.candidates = {candidate("mistral/mistral-small", 30),
                                  candidate("anthropic/claude-haiku-4-5", 10),
                                  candidate("openai/gpt-5", 60)};
    record.decision.candidates[0].fromRule = true;
    record.decision.candidates[2].veto = Veto::BreakerOpen;
    AttemptRecord failed;
    failed.target = TargetId("mistral/mistral-small");
    failed.httpStatus = 503;
    failed.outcome = OutcomeClass::Overloaded;
    failed.reason = "try again later";
    failed.total = Micros(1'200'000);
    failed.counted = true;
    failed.usage = usage(412, 0, 0);
    failed.cost.amount = Money::fromNanos(900'000);
    AttemptRecord answered;
    answered.target = record.target;
    answered.startedAfter = Micros(1'210'000);
    answered.backoffBefore = Micros(10'000);
    answered.firstToken = Micros(880'000);
    answered.total = Micros(1'190'000);
    answered.httpStatus = 200;
    answered.contentSent = true;
    answered.usage = usage(412, 100, 141);
    answered.cost.amount = Money::fromNanos(3'351'000);
    record.attempts = {failed, answered};
    record.usage = *answered.usage;
    record.cost.amount = Money::fromNanos(4'251'000);
    return record;
}

} // namespace

class TestExplanation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void showsBothAttemptsAndWhyThereWereTwo();
    void tellsTheDecision();
    void addsUpTheCost();
    void saysWhenTheSumIsNotTheLedgers();
    void doesNotCallUnknownNothing();
    void tellsRequestsThatReachedNobody();
    void writesTheArithmeticLineByLine();
    void saysWhatTodaysConfigurationWouldDo();
};

void TestExplanation::showsBothAttemptsAndWhyThereWereTwo()
{
    const QString text = asText(explain(twoAttempts()));
    for (const QString &words : {u"2 attempt(s)"_s,
                                 u"1. mistral/mistral-small: 503"_s,
                                 u"from 0 ms on for 1.20 s"_s,
                                 u"counts for its breaker"_s,
                                 u"try again later"_s,
                                 u"2. anthropic/claude-haiku-4-5: 200"_s,
                                 u"from 1.21 s on for 1.19 s"_s,
                                 u"because attempt 1 ended"_s,
                                 u"waited 10 ms before"_s,
                                 u"first token after 880 ms"_s}) {
        QVERIFY2(text.contains(words), qPrintable(words + u"\nis not in\n"_s + text));
    }
}

void TestExplanation::tellsTheDecision()
{
    const auto lines = explain(twoAttempts());
    QCOMPARE(lines[0].parts.size(), std::size_t(2));
    QVERIFY(lines[0].parts[0].tone == ExplanationLine::Tone::Quiet);
    QVERIFY(lines[0].parts[0].text.contains(u"prompt_tokens"));
    QVERIFY(lines[0].parts[1].tone == ExplanationLine::Tone::Good);
    const auto &candidates = lines[1].parts;
    QVERIFY(lines[1].text.contains(u"weighted") && lines[1].text.contains(u"0.8700"));
    QCOMPARE(candidates.size(), std::size_t(3));
    QVERIFY2(candidates[0].text.contains(u"weight 30 (75 %)"), qPrintable(candidates[0].text));
    QVERIFY(candidates[0].text.contains(u"named by the rule"));
    QVERIFY2(candidates[1].text.contains(u"weight 10 (25 %)"), qPrintable(candidates[1].text));
    QCOMPARE(candidates[2].parts.size(), std::size_t(1));
    QVERIFY(candidates[2].parts[0].text.startsWith(u"left out"));
}

void TestExplanation::addsUpTheCost()
{
    const RequestRecord record = twoAttempts();
    QCOMPARE(wastedCost(record).nanos(), std::int64_t(900'000));
    const QString text = asText(explain(record));
    for (const QString &words :
         {u"Cost: $0.004251"_s,
          u"1. 412 tokens in, 0 out: $0.0009; wasted"_s,
          u"2. 412 tokens in, 100 of them from the provider's cache, 141 out: "
          "$0.003351"_s,
          u"Sum: $0.004251, as the ledger has it"_s,
          u"Wasted: $0.0009"_s}) {
        QVERIFY2(text.contains(words), qPrintable(words + u"\nis not in\n"_s + text));
    }
}

void TestExplanation::saysWhenTheSumIsNotTheLedgers()
{
    RequestRecord record = twoAttempts();
    record.cost.amount = Money::fromNanos(1);
    QVERIFY(asText(explain(record)).contains(u"but the ledger has $0.000000001"));
}

void TestExplanation::doesNotCallUnknownNothing()
{
    RequestRecord record = twoAttempts();
    record.attempts[1].cost.amount.reset();
    record.cost.amount.reset();
    const QString text = asText(explain(record));
    QVERIFY(text.contains(u"Cost: price unknown"));
    QVERIFY(!text.contains(u"Sum:"));
}

void TestExplanation::tellsRequestsThatReachedNobody()
{
    RequestRecord record;
    record.modelAsked = "nonsense";
    record.status = 404;
    record.errorCode = "model_not_found";
    record.outcome = OutcomeClass::InvalidRequest;
    const QString text = asText(explain(record));
    QVERIFY(text.contains(u"No provider was asked"));
    QVERIFY(text.contains(u"404"));
    QCOMPARE(wastedCost(record).nanos(), std::int64_t(0));
}

void TestExplanation::writesTheArithmeticLineByLine()
{
    ExplainedBy by;
    by.bill = [](const AttemptRecord &attempt, SystemTime) -> std::optional<AttemptBill> {
        if (attempt.target.provider() != "anthropic") {
            return std::nullopt;
        }
        AttemptBill bill;
        bill.lines = {{BillLine::Part::Input, 312, TokenPrice::fromPicosPerToken(3'000'000)},
                      {BillLine::Part::CachedInput, 100, TokenPrice::fromPicosPerToken(300'000)},
                      {BillLine::Part::Output, 141, TokenPrice::fromPicosPerToken(15'000'000)}};
        bill.sum = Money::fromNanos(3'081'000);
        bill.model = u"claude-haiku-4-5"_s;
        bill.fromPromptTokens = 200'000;
        bill.since = SystemTime(std::chrono::sys_days{std::chrono::year{2026} / 3 / 1});
        return bill;
    };
    RequestRecord record = twoAttempts();
    record.attempts[1].cost.amount = Money::fromNanos(3'081'000);
    QString text = asText(explain(record, by));
    for (const QString &words :
         {u"312 in × $3.00 / 1M = $0.000936"_s,
          u"100 in, from the provider's cache × $0.30 / 1M = $0.00003"_s,
          u"141 out × $15.00 / 1M = $0.002115"_s,
          u"price of claude-haiku-4-5, from the catalogue, since 2026-03-01, for prompts from "
          "200000 tokens"_s}) {
        QVERIFY2(text.contains(words), qPrintable(words + u"\nis not in\n"_s + text));
    }
    QVERIFY(!text.contains(u"changed since"));
    QVERIFY(text.contains(u"as it is now: none was kept with this request"));
    record.attempts[1].cost.amount = Money::fromNanos(5);
    text = asText(explain(record, by));
    QVERIFY(text.contains(u"which makes $0.003081 now: the price has been changed since"));
}

void TestExplanation::saysWhatTodaysConfigurationWouldDo()
{
    RequestRecord record = twoAttempts();
    std::optional<Decision> today = record.decision;
    ExplainedBy by;
    by.decideAgain = [&today](const RequestRecord &) { return today; };
    QVERIFY(asText(explain(record, by)).contains(u"Today the same would be decided"));
    std::ranges::reverse(today->candidates);
    today->rule.clear();
    const QString text = asText(explain(record, by));
    QVERIFY2(text.contains(u"Today anthropic/claude-haiku-4-5 would lead\n"), qPrintable(text));
    QVERIFY(text.contains(u"no rule matches any more"));
    for (Candidate &candidate : today->candidates) {
        candidate.veto = Veto::Drained;
    }
    QVERIFY(asText(explain(record, by)).contains(u"Today nobody could serve it"));
    today.reset();
    QVERIFY(asText(explain(record, by)).contains(u"the route chat is gone"));
}

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explanation.h"

#include "ui/models/request_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using Tone = ExplanationLine::Tone;

struct Explanation
{
    Q_DECLARE_TR_FUNCTIONS(Explanation)
};

QString nameOf(const TargetId &target)
{
    return text::fromUtf8(target.name());
}

/// Whether attempt \p at is the one whose answer the client got.
bool isAnswer(const RequestRecord &record, std::size_t at)
{
    return at + 1 == record.attempts.size() && !record.target.isEmpty()
           && record.attempts[at].target == record.target
           && (record.attempts[at].outcome == OutcomeClass::Success
               || record.attempts[at].contentSent);
}

ExplanationLine routeLine(const RequestRecord &record)
{
    const Decision &decision = record.decision;
    ExplanationLine line;
    const QString asked = text::fromUtf8(record.modelAsked);
    line.text =
        record.route.empty()
            ? Explanation::tr("Asked for the target %1 by its name").arg(asked)
            : Explanation::tr("Route %1, asked for as %2").arg(text::fromUtf8(record.route), asked);
    for (const RuleTrial &trial : decision.trials) {
        const QString rule = text::fromUtf8(trial.rule);
        if (trial.matched) {
            line.parts.push_back({Explanation::tr("Rule %1 matched").arg(rule), Tone::Good});
        } else {
            line.parts.push_back(
                {Explanation::tr("Rule %1 did not: %2").arg(rule, text::fromUtf8(trial.failedFact)),
                 Tone::Quiet});
        }
    }
    if (!decision.trials.empty() && decision.rule.empty()) {
        line.parts.push_back({Explanation::tr("No rule matched: the route's own targets")});
    }
    return line;
}

/// What chance gives \p candidate, of those in its tier that nothing speaks against.
QString weightText(const Decision &decision, const Candidate &candidate)
{
    double all = 0;
    for (const Candidate &other : decision.candidates) {
        if (other.tier == candidate.tier && other.veto == Veto::None) {
            all += other.weight;
        }
    }
    const QString weight = QLocale().toString(candidate.weight, 'g', 6);
    return decision.strategy == Strategy::Weighted && candidate.veto == Veto::None && all > 0
               ? Explanation::tr("weight %1 (%2)")
                     .arg(weight, text::percent(candidate.weight / all))
               : Explanation::tr("weight %1").arg(weight);
}

QString forecastText(const Forecast &forecast)
{
    return Explanation::tr("expected: %1, %2, %3 failing, %4 tokens out; from %5 answers")
        .arg(forecast.cost ? text::money(*forecast.cost) : Explanation::tr("price unknown"),
             forecast.time ? text::latency(*forecast.time) : Explanation::tr("time unknown"),
             text::percent(forecast.failureShare),
             text::tokens(forecast.outputTokens),
             QString::number(forecast.observations));
}

ExplanationLine candidateLine(const Decision &decision, const Candidate &candidate)
{
    ExplanationLine line;
    QStringList parts{nameOf(candidate.target),
                      Explanation::tr("tier %1").arg(candidate.tier),
                      weightText(decision, candidate)};
    if (candidate.fromRule) {
        parts << Explanation::tr("named by the rule");
    }
    if (candidate.score) {
        parts << Explanation::tr("score %1 (lower is better)")
                     .arg(QLocale().toString(*candidate.score, 'g', 4));
    }
    line.text = parts.join(u" · "_s);
    if (candidate.veto != Veto::None) {
        line.tone = Tone::Quiet;
        const QString detail = text::fromUtf8(candidate.vetoDetail);
        const QString why = text::vetoSentence(candidate.veto);
        line.parts.push_back({Explanation::tr("left out: %1")
                                  .arg(detail.isEmpty() ? why : u"%1 (%2)"_s.arg(why, detail)),
                              Tone::Bad});
    }
    if (candidate.forecast) {
        line.parts.push_back({forecastText(*candidate.forecast), Tone::Quiet});
    }
    return line;
}

ExplanationLine decisionLine(const Decision &decision)
{
    ExplanationLine line;
    const std::string_view strategy = toString(decision.strategy);
    line.text = Explanation::tr("Candidates, in the order they would be tried: %1")
                    .arg(text::fromUtf8(strategy));
    if (decision.draw) {
        line.text += Explanation::tr(", drew %1").arg(QLocale().toString(*decision.draw, 'f', 4));
    }
    for (const Candidate &candidate : decision.candidates) {
        line.parts.push_back(candidateLine(decision, candidate));
    }
    if (decision.explored) {
        line.parts.push_back({Explanation::tr("%1 leads because too little is known of it")
                                  .arg(nameOf(*decision.explored))});
    }
    for (const std::string &note : decision.notes) {
        line.parts.push_back({text::fromUtf8(note), Tone::Quiet});
    }
    return line;
}

ExplanationLine attemptLine(const RequestRecord &record, std::size_t at)
{
    const AttemptRecord &attempt = record.attempts[at];
    const bool success = attempt.outcome == OutcomeClass::Success;
    ExplanationLine line;
    line.tone = success ? Tone::Good : Tone::Bad;
    const QString status = attempt.httpStatus == 0
                               ? text::outcomeWord(attempt.outcome)
                               : u"%1 %2"_s.arg(QString::number(attempt.httpStatus),
                                                text::outcomeWord(attempt.outcome));
    line.text = Explanation::tr("%1. %2: %3, from %4 on for %5")
                    .arg(QString::number(at + 1),
                         nameOf(attempt.target),
                         status,
                         text::latency(attempt.startedAfter),
                         text::latency(attempt.total));
    const auto add = [&line](const QString &words) { line.parts.push_back({words, Tone::Quiet}); };
    if (at > 0) {
        add(Explanation::tr("because attempt %1 ended: %2")
                .arg(QString::number(at), text::outcomeSentence(record.attempts[at - 1].outcome)));
    }
    if (attempt.backoffBefore > Micros(0)) {
        add(Explanation::tr("waited %1 before").arg(text::latency(attempt.backoffBefore)));
    }
    if (attempt.firstToken) {
        add(Explanation::tr("first token after %1").arg(text::latency(*attempt.firstToken)));
    }
    if (!attempt.reason.empty()) {
        add(text::fromUtf8(attempt.reason));
    }
    if (attempt.hint) {
        add(Explanation::tr("asked us to wait %1").arg(text::latency(Micros(attempt.hint->wait))));
    }
    if (!success) {
        add(attempt.counted ? Explanation::tr("counts for its breaker")
                            : Explanation::tr("does not count for its breaker"));
    }
    for (const std::string &note : attempt.notes) {
        add(text::fromUtf8(note));
    }
    return line;
}

ExplanationLine attemptsLine(const RequestRecord &record)
{
    ExplanationLine line;
    line.text = record.attempts.empty()
                    ? Explanation::tr("No provider was asked")
                    : Explanation::tr("%n attempt(s)", nullptr, int(record.attempts.size()));
    for (std::size_t at = 0; at < record.attempts.size(); ++at) {
        line.parts.push_back(attemptLine(record, at));
    }
    return line;
}

QString exact(Money amount)
{
    return u"$%1"_s.arg(text::fromUtf8(amount.toDecimal()));
}

QString exact(const Cost &cost)
{
    if (!cost.amount) {
        return Explanation::tr("price unknown");
    }
    return cost.estimated ? Explanation::tr("%1 (estimated)").arg(exact(*cost.amount))
                          : exact(*cost.amount);
}

QString usageText(const Usage &usage)
{
    QStringList parts{Explanation::tr("%1 tokens in").arg(usage.promptTokens)};
    const auto add = [&parts](const QString &words, std::int64_t tokens) {
        if (tokens > 0) {
            parts << words.arg(tokens);
        }
    };
    add(Explanation::tr("%1 of them from the provider's cache"), usage.cachedTokens);
    add(Explanation::tr("%1 written into it"), usage.cacheWriteTokens);
    parts << Explanation::tr("%1 out").arg(usage.completionTokens);
    add(Explanation::tr("%1 of them reasoning"), usage.reasoningTokens);
    return parts.join(u", "_s);
}

ExplanationLine costLine(const RequestRecord &record)
{
    ExplanationLine line;
    line.text = Explanation::tr("Cost: %1").arg(exact(record.cost));
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
        QString words = u"%1. %2: %3"_s.arg(QString::number(at + 1),
                                            attempt.usage ? usageText(*attempt.usage)
                                                          : Explanation::tr("no usage was told"),
                                            exact(attempt.cost));
        if (attempt.usage && attempt.usage->statedCost) {
            words += Explanation::tr("; as the provider states it");
        }
        const bool wasted = !isAnswer(record, at);
        if (wasted) {
            words += Explanation::tr("; wasted");
        }
        line.parts.push_back({words, wasted ? Tone::Bad : Tone::Plain});
    }
    if (!line.parts.empty() && !unknown) {
        const bool same = record.cost.amount == sum;
        line.parts.push_back({same
                                  ? Explanation::tr("Sum: %1, as the ledger has it").arg(exact(sum))
                                  : Explanation::tr("Sum: %1, but the ledger has %2")
                                        .arg(exact(sum), exact(record.cost)),
                              same ? Tone::Good : Tone::Bad});
    }
    if (const Money wasted = wastedCost(record); wasted > Money()) {
        line.parts.push_back({Explanation::tr("Wasted: %1").arg(exact(wasted)), Tone::Bad});
    }
    return line;
}

void appendText(QString &out, const std::vector<ExplanationLine> &lines, int depth)
{
    for (const ExplanationLine &line : lines) {
        out += QString(depth * 2, u' ') + line.text + u'\n';
        appendText(out, line.parts, depth + 1);
    }
}

} // namespace

std::vector<ExplanationLine> explain(const RequestRecord &record)
{
    std::vector<ExplanationLine> lines;
    lines.push_back(routeLine(record));
    if (!record.decision.candidates.empty()) {
        lines.push_back(decisionLine(record.decision));
    }
    if (record.cache != "off") {
        lines.push_back({Explanation::tr("Cache: %1").arg(text::fromUtf8(record.cache))});
    }
    lines.push_back(attemptsLine(record));
    lines.push_back({Explanation::tr("Answered with %1 after %2")
                         .arg(statusText(record), text::latency(record.total)),
                     isComplete(record) ? Tone::Good : Tone::Bad});
    lines.push_back(costLine(record));
    return lines;
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

QString asText(const std::vector<ExplanationLine> &lines)
{
    QString out;
    appendText(out, lines, 0);
    return out;
}

} // namespace signalbox::ui

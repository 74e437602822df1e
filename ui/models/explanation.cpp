// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explanation.h"

#include "ui/models/explanation_cost.h"
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

struct ExplanationText
{
    Q_DECLARE_TR_FUNCTIONS(ExplanationText)
};

QString nameOf(const TargetId &target)
{
    return text::fromUtf8(target.name());
}

ExplanationLine routeLine(const RequestRecord &record)
{
    const Decision &decision = record.decision;
    ExplanationLine line;
    const QString asked = text::fromUtf8(record.modelAsked);
    line.text = record.route.empty()
                    ? ExplanationText::tr("Asked for the target %1 by its name").arg(asked)
                    : ExplanationText::tr("Route %1, asked for as %2")
                          .arg(text::fromUtf8(record.route), asked);
    for (const RuleTrial &trial : decision.trials) {
        const QString rule = text::fromUtf8(trial.rule);
        if (trial.matched) {
            line.parts.push_back({ExplanationText::tr("Rule %1 matched").arg(rule), Tone::Good});
        } else {
            line.parts.push_back({ExplanationText::tr("Rule %1 did not: %2")
                                      .arg(rule, text::fromUtf8(trial.failedFact)),
                                  Tone::Quiet});
        }
    }
    if (!decision.trials.empty() && decision.rule.empty()) {
        line.parts.push_back({ExplanationText::tr("No rule matched: the route's own targets")});
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
               ? ExplanationText::tr("weight %1 (%2)")
                     .arg(weight, text::percent(candidate.weight / all))
               : ExplanationText::tr("weight %1").arg(weight);
}

QString forecastText(const Forecast &forecast)
{
    return ExplanationText::tr("expected: %1, %2, %3 failing, %4 tokens out; from %5 answers")
        .arg(forecast.cost ? text::money(*forecast.cost) : ExplanationText::tr("price unknown"),
             forecast.time ? text::latency(*forecast.time) : ExplanationText::tr("time unknown"),
             text::percent(forecast.failureShare),
             text::tokens(forecast.outputTokens),
             QString::number(forecast.observations));
}

ExplanationLine candidateLine(const Decision &decision, const Candidate &candidate)
{
    ExplanationLine line;
    QStringList parts{nameOf(candidate.target),
                      ExplanationText::tr("tier %1").arg(candidate.tier),
                      weightText(decision, candidate)};
    if (candidate.fromRule) {
        parts << ExplanationText::tr("named by the rule");
    }
    if (candidate.score) {
        parts << ExplanationText::tr("score %1 (lower is better)")
                     .arg(QLocale().toString(*candidate.score, 'g', 4));
    }
    line.text = parts.join(u" · "_s);
    if (candidate.veto != Veto::None) {
        line.tone = Tone::Quiet;
        const QString detail = text::fromUtf8(candidate.vetoDetail);
        const QString why = text::vetoSentence(candidate.veto);
        line.parts.push_back({ExplanationText::tr("left out: %1")
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
    line.text = ExplanationText::tr("Candidates, in the order they would be tried: %1")
                    .arg(text::fromUtf8(strategy));
    if (decision.draw) {
        line.text +=
            ExplanationText::tr(", drew %1").arg(QLocale().toString(*decision.draw, 'f', 4));
    }
    for (const Candidate &candidate : decision.candidates) {
        line.parts.push_back(candidateLine(decision, candidate));
    }
    if (decision.explored) {
        line.parts.push_back({ExplanationText::tr("%1 leads because too little is known of it")
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
    line.text = ExplanationText::tr("%1. %2: %3, from %4 on for %5")
                    .arg(QString::number(at + 1),
                         nameOf(attempt.target),
                         status,
                         text::latency(attempt.startedAfter),
                         text::latency(attempt.total));
    const auto add = [&line](const QString &words) { line.parts.push_back({words, Tone::Quiet}); };
    if (at > 0) {
        add(ExplanationText::tr("because attempt %1 ended: %2")
                .arg(QString::number(at), text::outcomeSentence(record.attempts[at - 1].outcome)));
    }
    if (attempt.backoffBefore > Micros(0)) {
        add(ExplanationText::tr("waited %1 before").arg(text::latency(attempt.backoffBefore)));
    }
    if (attempt.firstToken) {
        add(ExplanationText::tr("first token after %1").arg(text::latency(*attempt.firstToken)));
    }
    if (!attempt.reason.empty()) {
        add(text::fromUtf8(attempt.reason));
    }
    if (attempt.hint) {
        add(ExplanationText::tr("asked us to wait %1")
                .arg(text::latency(Micros(attempt.hint->wait))));
    }
    if (!success) {
        add(attempt.counted ? ExplanationText::tr("counts for its breaker")
                            : ExplanationText::tr("does not count for its breaker"));
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
                    ? ExplanationText::tr("No provider was asked")
                    : ExplanationText::tr("%n attempt(s)", nullptr, int(record.attempts.size()));
    for (std::size_t at = 0; at < record.attempts.size(); ++at) {
        line.parts.push_back(attemptLine(record, at));
    }
    return line;
}

/// Whom \p decision would ask first; nothing when nobody could serve.
std::optional<TargetId> leader(const Decision &decision)
{
    for (const Candidate &candidate : decision.candidates) {
        if (candidate.veto == Veto::None) {
            return candidate.target;
        }
    }
    return std::nullopt;
}

ExplanationLine againLine(const RequestRecord &record, const ExplainedBy &by)
{
    const std::optional<Decision> again = by.decideAgain(record);
    if (!again) {
        return {ExplanationText::tr("Today: the route %1 is gone")
                    .arg(text::fromUtf8(record.route)),
                Tone::Bad};
    }
    if (*again == record.decision) {
        return {ExplanationText::tr("Today the same would be decided"), Tone::Good};
    }
    const auto now = leader(*again);
    const bool same = now == leader(record.decision);
    ExplanationLine line;
    line.text =
        !now   ? ExplanationText::tr("Today nobody could serve it")
        : same ? ExplanationText::tr("Today %1 would lead too, by another way").arg(nameOf(*now))
               : ExplanationText::tr("Today %1 would lead").arg(nameOf(*now));
    line.tone = same ? Tone::Plain : Tone::Bad;
    if (again->rule != record.decision.rule) {
        line.parts.push_back(
            {again->rule.empty()
                 ? ExplanationText::tr("no rule matches any more")
                 : ExplanationText::tr("rule %1 matches").arg(text::fromUtf8(again->rule))});
    }
    line.parts.push_back(decisionLine(*again));
    line.parts.push_back(
        {ExplanationText::tr("by the running configuration, with the facts of the request and "
                             "what was known of its targets then"),
         Tone::Quiet});
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

std::vector<ExplanationLine> explain(const RequestRecord &record, const ExplainedBy &by)
{
    std::vector<ExplanationLine> lines;
    lines.push_back(routeLine(record));
    if (!record.decision.candidates.empty()) {
        lines.push_back(decisionLine(record.decision));
    }
    if (record.cache != "off") {
        lines.push_back({ExplanationText::tr("Cache: %1").arg(text::fromUtf8(record.cache))});
    }
    lines.push_back(attemptsLine(record));
    lines.push_back({ExplanationText::tr("Answered with %1 after %2")
                         .arg(statusText(record), text::latency(record.total)),
                     isComplete(record) ? Tone::Good : Tone::Bad});
    lines.push_back(costLine(record, by));
    if (by.decideAgain && !record.decision.candidates.empty()) {
        lines.push_back(againLine(record, by));
    }
    return lines;
}

QString asText(const std::vector<ExplanationLine> &lines)
{
    QString out;
    appendText(out, lines, 0);
    return out;
}

} // namespace signalbox::ui

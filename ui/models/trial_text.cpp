// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trial_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Trials
{
    Q_DECLARE_TR_FUNCTIONS(Trials)
};

QString shareOf(const EffectFigures &figures)
{
    if (figures.requests == 0) {
        return text::dash();
    }
    return Trials::tr("%1 of %2")
        .arg(text::percent(double(figures.failed) / double(figures.requests)),
             text::count(figures.requests));
}

QString timeOf(const std::optional<Micros> &time)
{
    return time ? text::latency(*time) : text::dash();
}

QString costOf(const EffectFigures &figures)
{
    if (figures.costPerRequest) {
        return text::money(*figures.costPerRequest);
    }
    return figures.unknownPrice > 0 ? Trials::tr("n/a") : text::dash();
}

/// One costs less than a cent as a rule.
QString ofThousand(Money each)
{
    return text::money(Money::fromNanos(each.nanos() * 1000));
}

QString routesOf(const TrialView &trial)
{
    QStringList names;
    for (const std::string &route : trial.routes) {
        names << text::fromUtf8(route);
    }
    return names.join(u", "_s);
}

QString worseWords(const TrialView &trial)
{
    const std::vector<TrialRow> rows = trialRows(trial);
    const auto sentence = [](const QString &words, const TrialRow &row) {
        return words.arg(row.onTrial, row.bar, row.others);
    };
    if (trial.end == TrialEnd::MoreFailures) {
        return sentence(Trials::tr("Rolled back, since more requests failed: %1. At most %2 was "
                                   "expected; of the others it was %3."),
                        rows[0]);
    }
    if (trial.end == TrialEnd::Slower) {
        return sentence(Trials::tr("Rolled back, since it was slower: p95 %1. At most %2 was "
                                   "expected; that of the others was %3."),
                        rows[1]);
    }
    return sentence(Trials::tr("Rolled back, since it was dearer: %1 a request. At most %2 was "
                               "expected; one of the others cost %3."),
                    rows[2]);
}

} // namespace

std::vector<TrialRow> trialRows(const TrialView &trial)
{
    const ExpectedEffect expected = trial.expected.value_or(ExpectedEffect());
    return {{Trials::tr("Failed"),
             shareOf(trial.onTrial),
             shareOf(trial.others),
             expected.failureShare ? text::percent(expected.failureShare->high) : text::dash(),
             trial.doubt.failures},
            {Trials::tr("p95"),
             timeOf(trial.onTrial.p95),
             timeOf(trial.others.p95),
             expected.p95 ? text::latency(expected.p95->high) : text::dash(),
             trial.doubt.time},
            {Trials::tr("Cost per request"),
             costOf(trial.onTrial),
             costOf(trial.others),
             expected.costPerRequest ? text::money(expected.costPerRequest->high) : text::dash(),
             trial.doubt.cost}};
}

QString trialTitle(const TrialView &trial, SystemTime now)
{
    return Trials::tr("On trial: %1 of the requests to %2, for %3 more")
        .arg(text::percent(trial.terms.share),
             routesOf(trial),
             text::countdown(std::chrono::duration_cast<Micros>(trial.until - now)));
}

QString trialBasis(const TrialView &trial)
{
    if (!trial.expected) {
        return Trials::tr("What is usual is still being measured.");
    }
    return trial.measured ? Trials::tr("Held to what these routes did before.")
                          : Trials::tr("Held to what the preview foretold.");
}

QString trialEnding(const TrialView &trial)
{
    if (!trial.end) {
        return {};
    }
    switch (*trial.end) {
    case TrialEnd::MoreFailures:
    case TrialEnd::Slower:
    case TrialEnd::Dearer:
        return worseWords(trial);
    case TrialEnd::Passed:
        return Trials::tr("The trial passed: plan %1 serves all requests to %2.")
            .arg(trial.applied)
            .arg(routesOf(trial));
    case TrialEnd::TakenOver:
        return Trials::tr("%1 ended the trial early: plan %2 serves all requests to %3.")
            .arg(text::fromUtf8(trial.endedBy))
            .arg(trial.applied)
            .arg(routesOf(trial));
    case TrialEnd::TooFewRequests:
        return Trials::tr("Rolled back: only %1 requests were seen of it, too few to judge. The "
                          "former weights serve all.")
            .arg(text::count(trial.onTrial.requests));
    case TrialEnd::RolledBack:
        return Trials::tr("%1 rolled the trial back: the former weights serve all.")
            .arg(text::fromUtf8(trial.endedBy));
    case TrialEnd::Restarted:
        return Trials::tr("The gateway was restarted during a trial: the former weights are in "
                          "force.");
    case TrialEnd::Superseded:
        return Trials::tr("The trial ended, since another configuration came into force.");
    case TrialEnd::NotApplied:
        return Trials::tr("The trial passed, but could not be put in force: %1")
            .arg(text::fromUtf8(trial.problem));
    }
    return {};
}

QString expectedBars(const ExpectedEffect &expected)
{
    QStringList bars;
    if (expected.failureShare) {
        bars << Trials::tr("failures up to %1").arg(text::percent(expected.failureShare->high));
    }
    if (expected.p95) {
        bars << Trials::tr("p95 up to %1").arg(text::latency(expected.p95->high));
    }
    if (expected.costPerRequest) {
        bars << Trials::tr("up to %1 for 1,000 requests")
                    .arg(ofThousand(expected.costPerRequest->high));
    }
    return bars.join(u", "_s);
}

QString followUpLine(const FollowUp &followUp)
{
    const ExpectedEffect &foretold = followUp.foretold;
    const EffectFigures &happened = followUp.happened;
    const auto beside = [&followUp](const QString &told, const QString &came) {
        return followUp.until ? u"%1 / %2"_s.arg(told, came) : told;
    };
    QStringList measures;
    if (foretold.failureShare) {
        const double share = happened.requests == 0
                                 ? 0
                                 : double(happened.failed) / double(happened.requests);
        measures << Trials::tr("failures %1")
                        .arg(beside(text::percent(foretold.failureShare->value),
                                    text::percent(share)));
    }
    if (foretold.p95) {
        measures << Trials::tr("p95 %1").arg(
            beside(text::latency(foretold.p95->value), timeOf(happened.p95)));
    }
    if (foretold.costPerRequest) {
        measures << Trials::tr("1,000 requests for %1")
                        .arg(beside(ofThousand(foretold.costPerRequest->value),
                                    happened.costPerRequest ? ofThousand(*happened.costPerRequest)
                                                            : costOf(happened)));
    }
    const QString figures = measures.join(u" · "_s);
    if (!followUp.until) {
        return Trials::tr(
                   "Foretold: %1. What happens is told after an hour, or a hundred requests.")
            .arg(figures);
    }
    return (followUp.final ? Trials::tr("Foretold / happened: %1, in %2 requests")
                           : Trials::tr("Foretold / happened so far: %1, in %2 requests"))
        .arg(figures, text::count(happened.requests));
}

QString truthLine(const ForesightTruth &truth)
{
    QStringList errors;
    if (truth.costError) {
        errors << Trials::tr("%1 on cost").arg(text::percent(*truth.costError));
    }
    if (truth.p95Error) {
        errors << Trials::tr("%1 on p95").arg(text::percent(*truth.p95Error));
    }
    if (truth.failureError) {
        errors << Trials::tr("%1 points on failures").arg(*truth.failureError * 100, 0, 'f', 1);
    }
    return errors.isEmpty() ? QString()
                            : Trials::tr("Previews were within %1, in %n change(s).",
                                         nullptr,
                                         int(truth.changes))
                                  .arg(errors.join(u", "_s));
}

bool isBadEnd(TrialEnd end)
{
    return !isTakenOver(end) && end != TrialEnd::RolledBack;
}

} // namespace signalbox::ui

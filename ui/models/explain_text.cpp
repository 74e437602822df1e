// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explain_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"
#include "ui/text/routing_text.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct ExplainText
{
    Q_DECLARE_TR_FUNCTIONS(ExplainText)
};

/// `cjk_share`, `header.x-team`: as decisions name the condition that did not hold.
std::string writtenName(const Condition &condition)
{
    const std::string name(toString(condition.fact));
    return condition.key.empty() ? name : name + '.' + condition.key;
}

QString whyNot(const RuleTrial &trial, const RouteSettings *route, const RequestFacts &facts)
{
    const RuleSettings *rule = nullptr;
    if (route != nullptr) {
        const auto found = std::ranges::find(route->rules, trial.rule, &RuleSettings::name);
        rule = found == route->rules.end() ? nullptr : &*found;
    }
    if (rule != nullptr) {
        const auto failed = std::ranges::find(rule->when, trial.failedFact, writtenName);
        if (failed != rule->when.end()) {
            return ExplainText::tr("not: %1, but here it is %2")
                .arg(text::conditionText(*failed), text::factValue(*failed, facts));
        }
    }
    return ExplainText::tr("not: %1 does not hold").arg(text::fromUtf8(trial.failedFact));
}

QString shareText(const Candidate &candidate, const Decision &decision)
{
    QString words = ExplainText::tr("tier %1").arg(candidate.tier);
    if (candidate.fromRule) {
        words += u", "_s + ExplainText::tr("from the rule");
    }
    if (decision.strategy == Strategy::Weighted) {
        double sum = 0;
        int rivals = 0;
        for (const Candidate &other : decision.candidates) {
            const bool rival = other.tier == candidate.tier && other.fromRule == candidate.fromRule
                               && other.veto == Veto::None;
            sum += rival ? other.weight : 0;
            rivals += rival ? 1 : 0;
        }
        if (!(candidate.weight > 0)) {
            words += u", "_s + ExplainText::tr("fallback only");
        } else if (rivals > 1) {
            words += u", "_s
                     + ExplainText::tr("%1 by weight").arg(text::percent(candidate.weight / sum));
        }
    }
    if (candidate.forecast && candidate.score) {
        words += u", "_s + ExplainText::tr("score %1").arg(*candidate.score, 0, 'f', 2);
    }
    return words;
}

} // namespace

std::vector<std::pair<QString, QString>> factRows(const RequestFacts &facts)
{
    std::vector<std::pair<QString, QString>> rows;
    for (int i = 0; i <= static_cast<int>(Fact::BudgetLeft); ++i) {
        const Condition asked{.fact = static_cast<Fact>(i), .key = {}, .matcher = {}};
        rows.emplace_back(text::factName(asked.fact), text::factValue(asked, facts));
    }
    return rows;
}

std::vector<RuleVerdict> ruleVerdicts(const RequestRecord &record, const RouteSettings *route)
{
    std::vector<RuleVerdict> verdicts;
    for (const RuleTrial &trial : record.decision.trials) {
        verdicts.push_back({.rule = text::fromUtf8(trial.rule),
                            .hit = trial.matched,
                            .words = trial.matched ? ExplainText::tr("hits: its targets are asked "
                                                                     "first")
                                                   : whyNot(trial, route, record.facts)});
    }
    if (route == nullptr) {
        return verdicts;
    }
    for (std::size_t i = verdicts.size(); i < route->rules.size(); ++i) {
        verdicts.push_back({.rule = text::fromUtf8(route->rules[i].name),
                            .hit = false,
                            .words = ExplainText::tr("not tried: one before it hit")});
    }
    return verdicts;
}

std::vector<CandidateLine> candidateLines(const Decision &decision)
{
    std::vector<CandidateLine> lines;
    std::vector<CandidateLine> barred;
    for (const Candidate &candidate : decision.candidates) {
        if (candidate.veto == Veto::None) {
            const int place = static_cast<int>(lines.size()) + 1;
            lines.push_back({.target = candidate.target,
                             .place = place,
                             .words = shareText(candidate, decision)});
            continue;
        }
        QString words = text::vetoSentence(candidate.veto);
        if (!candidate.vetoDetail.empty()) {
            words += u": "_s + text::fromUtf8(candidate.vetoDetail);
        }
        barred.push_back({.target = candidate.target, .place = 0, .words = words});
    }
    lines.insert(lines.end(), barred.begin(), barred.end());
    return lines;
}

} // namespace signalbox::ui

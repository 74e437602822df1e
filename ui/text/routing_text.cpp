// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/routing_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct RoutingText
{
    Q_DECLARE_TR_FUNCTIONS(RoutingText)
};

/// As the editor counts: shares in percent.
QString number(Fact fact, double value)
{
    const double shown = isShare(fact) ? value * 100 : value;
    return QLocale().toString(shown, 'g', 6) + factUnit(fact);
}

QString literalText(Fact fact, const Literal &literal)
{
    if (const auto *flag = std::get_if<bool>(&literal)) {
        return *flag ? RoutingText::tr("yes") : RoutingText::tr("no");
    }
    if (const auto *value = std::get_if<double>(&literal)) {
        return number(fact, *value);
    }
    return fromUtf8(std::get<std::string>(literal));
}

QString comparisonText(Comparison::Operator op)
{
    switch (op) {
    case Comparison::Operator::Less:
        return RoutingText::tr("%1 under %2");
    case Comparison::Operator::LessEqual:
        return RoutingText::tr("%1 at most %2");
    case Comparison::Operator::Greater:
        return RoutingText::tr("%1 over %2");
    case Comparison::Operator::GreaterEqual:
        return RoutingText::tr("%1 at least %2");
    }
    return {};
}

QString yesNo(bool value)
{
    return value ? RoutingText::tr("yes") : RoutingText::tr("no");
}

QString valueIn(const std::map<std::string, std::string> &all, const std::string &key)
{
    const auto found = all.find(key);
    return found == all.end() ? dash() : fromUtf8(found->second);
}

} // namespace

bool isShare(Fact fact)
{
    return fact == Fact::CjkShare || fact == Fact::BudgetLeft;
}

QString factName(Fact fact)
{
    switch (fact) {
    case Fact::CjkShare:
        return RoutingText::tr("CJK share");
    case Fact::Language:
        return RoutingText::tr("Language");
    case Fact::Task:
        return RoutingText::tr("Task");
    case Fact::PromptTokens:
        return RoutingText::tr("Prompt tokens");
    case Fact::MaxOutputTokens:
        return RoutingText::tr("Output tokens allowed");
    case Fact::HasTools:
        return RoutingText::tr("Has tools");
    case Fact::HasImages:
        return RoutingText::tr("Has images");
    case Fact::WantsJson:
        return RoutingText::tr("Wants JSON");
    case Fact::WantsReasoning:
        return RoutingText::tr("Wants reasoning");
    case Fact::Stream:
        return RoutingText::tr("Streams");
    case Fact::Client:
        return RoutingText::tr("Client");
    case Fact::BudgetLeft:
        return RoutingText::tr("Budget left");
    case Fact::Hour:
        return RoutingText::tr("Hour of day");
    case Fact::Header:
        return RoutingText::tr("Header");
    case Fact::Metadata:
        return RoutingText::tr("Metadata");
    }
    return {};
}

QString factHint(Fact fact)
{
    switch (fact) {
    case Fact::CjkShare:
        return RoutingText::tr("Chinese, Japanese and Korean characters among all letters");
    case Fact::Language:
        return RoutingText::tr(
            "Codes of two letters such as zh, separated by commas; und: unknown");
    case Fact::Task:
        return RoutingText::tr("What the request wants done");
    case Fact::PromptTokens:
        return RoutingText::tr("Estimated before anything is sent");
    case Fact::MaxOutputTokens:
        return RoutingText::tr("As the client says; without a say the condition does not hold");
    case Fact::HasTools:
    case Fact::HasImages:
    case Fact::WantsJson:
    case Fact::WantsReasoning:
    case Fact::Stream:
        return RoutingText::tr("Whether the request does");
    case Fact::Client:
        return RoutingText::tr("Whose key the request came with");
    case Fact::BudgetLeft:
        return RoutingText::tr("Of the client's budget for the day; all of it without one");
    case Fact::Hour:
        return RoutingText::tr("In the gateway's time zone; a range may go over midnight");
    case Fact::Header:
    case Fact::Metadata:
        return RoutingText::tr("One value, or several separated by commas");
    }
    return {};
}

QString factUnit(Fact fact)
{
    if (isShare(fact)) {
        return RoutingText::tr(" %", "unit of a share");
    }
    if (fact == Fact::Hour) {
        return RoutingText::tr(":00", "full hour");
    }
    const bool tokens = fact == Fact::PromptTokens || fact == Fact::MaxOutputTokens;
    return tokens ? RoutingText::tr(" tokens") : QString();
}

QString conditionText(const Condition &condition)
{
    const QString name = condition.key.empty()
                             ? factName(condition.fact)
                             : u"%1 %2"_s.arg(factName(condition.fact), fromUtf8(condition.key));
    if (const auto *comparison = std::get_if<Comparison>(&condition.matcher)) {
        return comparisonText(comparison->op).arg(name, number(condition.fact, comparison->bound));
    }
    if (const auto *range = std::get_if<Range>(&condition.matcher)) {
        return RoutingText::tr("%1 from %2 to under %3")
            .arg(name, number(condition.fact, range->from), number(condition.fact, range->to));
    }
    if (const auto *any = std::get_if<std::vector<Literal>>(&condition.matcher)) {
        QStringList words;
        for (const Literal &literal : *any) {
            words << literalText(condition.fact, literal);
        }
        return RoutingText::tr("%1 is %2").arg(name, words.join(RoutingText::tr(" or ")));
    }
    return RoutingText::tr("%1 is %2")
        .arg(name, literalText(condition.fact, std::get<Literal>(condition.matcher)));
}

QString whenText(const RuleSettings &rule)
{
    QStringList words;
    for (const Condition &condition : rule.when) {
        words << conditionText(condition);
    }
    return words.join(RoutingText::tr(" and "));
}

QString factValue(const Condition &condition, const RequestFacts &facts)
{
    switch (condition.fact) {
    case Fact::CjkShare:
        return percent(facts.cjkShare);
    case Fact::Language:
        return facts.language.empty() ? dash() : fromUtf8(facts.language);
    case Fact::Task:
        return fromUtf8(toString(facts.task));
    case Fact::PromptTokens:
        return number(condition.fact, static_cast<double>(facts.promptTokens));
    case Fact::MaxOutputTokens:
        return facts.maxOutputTokens
                   ? number(condition.fact, static_cast<double>(*facts.maxOutputTokens))
                   : dash();
    case Fact::HasTools:
        return yesNo(facts.hasTools);
    case Fact::HasImages:
        return yesNo(facts.hasImages);
    case Fact::WantsJson:
        return yesNo(facts.wantsJson);
    case Fact::WantsReasoning:
        return yesNo(facts.wantsReasoning);
    case Fact::Stream:
        return yesNo(facts.stream);
    case Fact::Client:
        return facts.client.empty() ? dash() : fromUtf8(facts.client);
    case Fact::BudgetLeft:
        return number(condition.fact, facts.budgetLeft);
    case Fact::Hour:
        return number(condition.fact, facts.hour);
    case Fact::Header:
        return valueIn(facts.headers, condition.key);
    case Fact::Metadata:
        return valueIn(facts.metadata, condition.key);
    }
    return dash();
}

QString strategyName(Strategy strategy)
{
    switch (strategy) {
    case Strategy::Priority:
        return RoutingText::tr("Priority");
    case Strategy::Weighted:
        return RoutingText::tr("Weighted");
    case Strategy::Cheapest:
        return RoutingText::tr("Cheapest");
    case Strategy::Fastest:
        return RoutingText::tr("Fastest");
    case Strategy::Balanced:
        return RoutingText::tr("Balanced");
    }
    return {};
}

QString strategyHint(Strategy strategy)
{
    switch (strategy) {
    case Strategy::Priority:
        return RoutingText::tr("Every request goes to the first target that can take it.");
    case Strategy::Weighted:
        return RoutingText::tr("Each target gets its share of the requests.");
    case Strategy::Cheapest:
        return RoutingText::tr("The target whose answer is expected to cost least.");
    case Strategy::Fastest:
        return RoutingText::tr("The target whose answer is expected soonest.");
    case Strategy::Balanced:
        return RoutingText::tr(
            "Expected cost, time and risk of failing are weighed against each other.");
    }
    return {};
}

QString streamBreakName(StreamBreakMode mode)
{
    switch (mode) {
    case StreamBreakMode::Fail:
        return RoutingText::tr("End with an error");
    case StreamBreakMode::RestartBeforeContent:
        return RoutingText::tr("Start again elsewhere, while nothing was sent");
    case StreamBreakMode::Continue:
        return RoutingText::tr("Let another target continue");
    }
    return {};
}

QString routeCacheName(std::optional<CacheMode> mode)
{
    if (!mode) {
        return RoutingText::tr("As the cache is set for all routes");
    }
    switch (*mode) {
    case CacheMode::Off:
        return RoutingText::tr("Off");
    case CacheMode::Exact:
        return RoutingText::tr("The same request only");
    case CacheMode::Semantic:
        return RoutingText::tr("Also by meaning");
    }
    return {};
}

} // namespace signalbox::ui::text

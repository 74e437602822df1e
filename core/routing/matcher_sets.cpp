// SPDX-License-Identifier: Apache-2.0
#include "core/routing/matcher_sets.h"

#include "core/domain/task.h"
#include "core/routing/rules.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace signalbox::routing {
namespace {

constexpr double kNoEnd = std::numeric_limits<double>::infinity();

/// Numbers from one to another, each with or without its end.
struct Interval
{
    double from = -kNoEnd;
    double to = kNoEnd;
    bool withFrom = true;
    bool withTo = true;

    [[nodiscard]] bool isEmpty() const
    {
        return from > to || (from == to && !(withFrom && withTo));
    }
    [[nodiscard]] bool contains(const Interval &other) const
    {
        const bool begins = from < other.from
                            || (from == other.from && (withFrom || !other.withFrom));
        const bool ends = to > other.to || (to == other.to && (withTo || !other.withTo));
        return other.isEmpty() || (begins && ends);
    }
};

Interval within(Interval interval, double least, double most)
{
    if (interval.from < least) {
        interval.from = least;
        interval.withFrom = true;
    }
    if (interval.to > most) {
        interval.to = most;
        interval.withTo = true;
    }
    return interval;
}

Interval intervalOf(const Comparison &comparison)
{
    switch (comparison.op) {
    case Comparison::Operator::Less:
        return {.to = comparison.bound, .withTo = false};
    case Comparison::Operator::LessEqual:
        return {.to = comparison.bound};
    case Comparison::Operator::Greater:
        return {.from = comparison.bound, .withFrom = false};
    case Comparison::Operator::GreaterEqual:
        return {.from = comparison.bound};
    }
    return {};
}

bool isText(Fact fact)
{
    return fact == Fact::Header || fact == Fact::Metadata;
}

bool isShare(Fact fact)
{
    return fact == Fact::CjkShare || fact == Fact::BudgetLeft;
}

/// What a fact can be at all: a share, or a count.
Interval domainOf(Fact fact)
{
    return isText(fact) ? Interval{} : Interval{.from = 0, .to = isShare(fact) ? 1 : kNoEnd};
}

/// The numbers that pass, where these are one interval and no list.
std::optional<Interval> intervalOf(const Condition &condition)
{
    const Interval domain = domainOf(condition.fact);
    if (const auto *comparison = std::get_if<Comparison>(&condition.matcher)) {
        return within(intervalOf(*comparison), domain.from, domain.to);
    }
    if (const auto *range = std::get_if<Range>(&condition.matcher)) {
        return within({.from = range->from, .to = range->to, .withTo = false},
                      domain.from,
                      domain.to);
    }
    return std::nullopt;
}

/// All values of a fact that has few.
std::vector<Literal> valuesOf(Fact fact)
{
    std::vector<Literal> values;
    switch (fact) {
    case Fact::HasTools:
    case Fact::HasImages:
    case Fact::WantsJson:
    case Fact::WantsReasoning:
    case Fact::Stream:
        return {Literal(true), Literal(false)};
    case Fact::Hour:
        for (int hour = 0; hour < 24; ++hour) {
            values.emplace_back(static_cast<double>(hour));
        }
        return values;
    case Fact::Task:
        for (const Task task : kTasks) {
            values.emplace_back(std::string(toString(task)));
        }
        return values;
    case Fact::CjkShare:
    case Fact::BudgetLeft:
    case Fact::Language:
    case Fact::PromptTokens:
    case Fact::MaxOutputTokens:
    case Fact::Client:
    case Fact::Header:
    case Fact::Metadata:
        break;
    }
    return values;
}

/// The values that pass, where they are few and known.
std::optional<std::vector<Literal>> passing(const Condition &condition)
{
    std::vector<Literal> values = valuesOf(condition.fact);
    if (values.empty()) {
        if (const auto *one = std::get_if<Literal>(&condition.matcher)) {
            values = {*one};
        } else if (const auto *list = std::get_if<std::vector<Literal>>(&condition.matcher)) {
            values = *list;
        } else {
            return std::nullopt;
        }
    }
    std::erase_if(values, [&](const Literal &value) {
        const auto *number = std::get_if<double>(&value);
        const Interval domain = domainOf(condition.fact);
        const bool outside = number != nullptr
                             && !domain.contains({.from = *number, .to = *number});
        return outside || !passes(condition, value);
    });
    return values;
}

} // namespace

bool isImpossible(const Condition &condition)
{
    if (const auto values = passing(condition)) {
        return values->empty();
    }
    const auto interval = intervalOf(condition);
    return interval && interval->isEmpty();
}

bool contains(const Condition &wide, const Condition &narrow)
{
    if (const auto values = passing(narrow)) {
        return std::ranges::all_of(*values,
                                   [&](const Literal &value) { return passes(wide, value); });
    }
    const auto outer = intervalOf(wide);
    const auto inner = intervalOf(narrow);
    return outer && inner && outer->contains(*inner);
}

bool isCertain(const Condition &condition)
{
    const std::vector<Literal> values = valuesOf(condition.fact);
    if (!values.empty()) {
        return std::ranges::all_of(values,
                                   [&](const Literal &value) { return passes(condition, value); });
    }
    // Requests need not have the others.
    const bool always = isShare(condition.fact) || condition.fact == Fact::PromptTokens;
    const auto interval = intervalOf(condition);
    return always && interval && interval->contains(domainOf(condition.fact));
}

} // namespace signalbox::routing

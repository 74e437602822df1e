// SPDX-License-Identifier: Apache-2.0
#include "core/config/condition.h"
#include "core/config/notation.h"
#include "core/config/sections.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

using enum Strategy;

const std::vector<Strategy> &strategies()
{
    static const std::vector<Strategy> all = {Priority, Weighted, Cheapest, Fastest, Balanced};
    return all;
}

std::optional<TargetId> readTarget(TableReader &table, const TargetDirectory &directory)
{
    const auto name = table.requiredName("target");
    if (!name) {
        return std::nullopt;
    }
    auto target = directory.resolve(name->value);
    if (!target) {
        table.report().fault(name->at, directory.refusal(name->value));
    }
    return target;
}

std::vector<TargetChoice> readTargets(TableReader &owner, const TargetDirectory &directory)
{
    std::vector<TargetChoice> choices;
    if (!owner.require("targets")) {
        return choices;
    }
    auto tables = owner.tables("targets");
    for (TableReader &table : tables) {
        TargetChoice choice;
        const auto target = readTarget(table, directory);
        choice.weight = table.number("weight").value_or(choice.weight);
        table.whole("tier", choice.tier, {1, 1000});
        table.finish();
        if (target && std::ranges::find(choices, *target, &TargetChoice::target) != choices.end()) {
            table.report().fault(table.at("target"),
                                 "target " + quoted(target->name()) + " is already in this list");
        }
        choice.target = target.value_or(TargetId{});
        choices.push_back(std::move(choice));
    }
    if (owner.isEmptyList("targets")) {
        owner.report().fault(owner.at("targets"), "`targets` must have at least one target");
    }
    return choices;
}

RetrySettings readRetry(TableReader &route)
{
    RetrySettings retry;
    auto table = route.table("retry");
    if (!table) {
        return retry;
    }
    table->whole("attempts", retry.attempts, {1, 20});
    table->whole("same_target", retry.sameTarget, {0, 20});
    table->millis("backoff_ms", retry.backoff);
    table->millis("backoff_max_ms", retry.backoffMax);
    table->seconds("retry_after_cap_s", retry.retryAfterCap, Zero::Allowed);
    if (retry.backoff > retry.backoffMax) {
        table->report().fault(table->at(table->has("backoff_ms") ? "backoff_ms" : "backoff_max_ms"),
                              "`backoff_ms` (" + std::to_string(retry.backoff.count())
                                  + ") must not be greater than `backoff_max_ms` ("
                                  + std::to_string(retry.backoffMax.count()) + ')');
    }
    table->finish();
    return retry;
}

/// A rule without a strategy of its own has its route's.
std::vector<RuleSettings> readRules(TableReader &route,
                                    Strategy strategy,
                                    const TargetDirectory &directory)
{
    std::vector<RuleSettings> rules;
    UniqueNames names("rule", route.report());
    for (TableReader &table : route.tables("rule")) {
        RuleSettings rule;
        if (const auto name = table.requiredName("name")) {
            names.add(*name);
            rule.name = name->value;
        }
        rule.when = readWhen(table);
        rule.strategy = strategy;
        table.choice("strategy", rule.strategy, strategies());
        rule.targets = readTargets(table, directory);
        table.finish();
        rules.push_back(std::move(rule));
    }
    return rules;
}

std::string readName(TableReader &table, UniqueNames &names, const TargetDirectory &directory)
{
    const auto name = table.requiredName("name");
    if (!name) {
        return "";
    }
    names.add(*name);
    if (directory.resolve(name->value)) {
        table.report().fault(name->at,
                             "route " + quoted(name->value)
                                 + " has the name of a target; clients could not tell them apart");
    }
    return name->value;
}

/// `2.5`, or `"p95"`: a quantile of the target's own recent times.
std::optional<HedgeAfter> readHedge(TableReader &route)
{
    constexpr std::string_view kKey = "hedge_after_s";
    if (!route.has(kKey)) {
        return std::nullopt;
    }
    if (!route.isText(kKey)) {
        Millis after{0};
        route.seconds(kKey, after);
        return after;
    }
    const auto text = route.text(kKey);
    const auto percent = text->value.size() == 3 && text->value.front() == 'p'
                             ? parseDecimal(std::string_view(text->value).substr(1))
                             : std::nullopt;
    if (!percent || *percent < 50 || *percent > 99) {
        route.report()
            .fault(text->at,
                   "`hedge_after_s` must be a number of seconds or \"p50\" to \"p99\", found "
                       + quoted(text->value));
        return std::nullopt;
    }
    return *percent / 100;
}

std::optional<EjectSettings> readEject(TableReader &route)
{
    auto table = route.table("eject_slow");
    if (!table) {
        return std::nullopt;
    }
    EjectSettings eject;
    eject.factor = table->number("factor", {1.1, 100}).value_or(eject.factor);
    table->seconds("for_s", eject.duration);
    eject.shareMax = table->number("share_max", {0, 0.5}).value_or(eject.shareMax);
    table->finish();
    return eject;
}

std::optional<ProposeSettings> readPropose(TableReader &route, const TargetDirectory &directory)
{
    auto table = route.table("propose");
    if (!table) {
        return std::nullopt;
    }
    ProposeSettings propose;
    table->choice("aim", propose.aim, {WeightAim::Cost, WeightAim::Time, WeightAim::Balanced});
    table->whole("most_points", propose.mostPoints, {1, 100});
    table->whole("least_points", propose.leastPoints, {0, 50});
    for (const Text &name : table->texts("never_gain").value_or(std::vector<Text>{})) {
        if (auto target = directory.resolve(name.value)) {
            propose.neverGain.push_back(std::move(*target));
        } else {
            table->report().fault(name.at, directory.refusal(name.value));
        }
    }
    table->boolean("auto_apply", propose.autoApply);
    table->finish();
    return propose;
}

std::optional<ShadowSettings> readShadow(TableReader &route, const TargetDirectory &directory)
{
    auto table = route.table("shadow");
    if (!table) {
        return std::nullopt;
    }
    ShadowSettings shadow;
    const auto target = readTarget(*table, directory);
    shadow.target = target.value_or(TargetId{});
    if (table->require("share")) {
        shadow.share = table->number("share", {0, 1}).value_or(shadow.share);
    }
    table->finish();
    return shadow;
}

RouteSettings readRoute(TableReader &table, UniqueNames &names, const TargetDirectory &directory)
{
    RouteSettings route;
    route.name = readName(table, names, directory);
    table.choice("strategy", route.strategy, strategies());
    route.targets = readTargets(table, directory);
    route.rules = readRules(table, route.strategy, directory);
    table.seconds("deadline_s", route.deadline);
    route.retry = readRetry(table);
    using enum StreamBreakMode;
    route.hedgeAfter = readHedge(table);
    route.promptCacheAffinity = table.has("affinity")
                                && table.choiceIndex("affinity", {"prompt-cache"}).has_value();
    route.ejectSlow = readEject(table);
    route.propose = readPropose(table, directory);
    route.shadow = readShadow(table, directory);
    if (table.has("cache")) {
        using enum CacheMode;
        table.choice("cache", route.cache.emplace(), {Off, Exact, Semantic});
    }
    if (table.has("comment_s")) {
        table.seconds("comment_s", route.comment.emplace());
    }
    table.choice("on_stream_break", route.onStreamBreak, {Fail, RestartBeforeContent, Continue});
    table.finish();
    return route;
}

} // namespace

std::vector<RouteSettings> readRoutes(TableReader &root, const TargetDirectory &targets)
{
    std::vector<RouteSettings> routes;
    UniqueNames names("route", root.report());
    for (TableReader &table : root.tables("route")) {
        routes.push_back(readRoute(table, names, targets));
    }
    return routes;
}

} // namespace signalbox::config

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_config.h"

#include "core/config/write.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::tests {

using config::conditionKey;
using config::matcherText;
using config::numberText;
using config::secondsText;

namespace {

constexpr std::array kStrategies = {Strategy::Priority,
                                    Strategy::Weighted,
                                    Strategy::Cheapest,
                                    Strategy::Fastest,
                                    Strategy::Balanced};

std::string quotes(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

} // namespace

std::string RandomConfig::comment(const std::string &what)
{
    return "#" + what + "." + std::to_string(m_comments++) + " = [ \"it's\" ] {";
}

TargetId RandomConfig::target()
{
    return {"p" + std::to_string(below(m_baseUrls.size())), "m" + std::to_string(below(3))};
}

TargetChoice RandomConfig::choice(const TargetId &target)
{
    TargetChoice choice{target};
    if (chance(0.7)) {
        choice.weight = static_cast<double>(below(400)) / (chance(0.5) ? 4 : 1);
    }
    if (chance(0.3)) {
        choice.tier = 1 + static_cast<int>(below(3));
    }
    return choice;
}

std::vector<TargetChoice> RandomConfig::choices()
{
    std::vector<TargetChoice> choices;
    for (std::size_t wanted = 1 + below(4); wanted > 0; --wanted) {
        const TargetId id = target();
        if (std::ranges::find(choices, id, &TargetChoice::target) == choices.end()) {
            choices.push_back(choice(id));
        }
    }
    return choices;
}

Matcher RandomConfig::matcher(Fact fact)
{
    const double small = static_cast<double>(1 + below(99)) / 100;
    switch (below(4)) {
    case 0:
        return fact == Fact::CjkShare ? Matcher(Range{small / 2, small}) : Matcher(Range{3, 17.5});
    case 1:
        return Comparison{static_cast<Comparison::Operator>(below(4)), small};
    case 2:
        return std::vector<Literal>{small, 0.5};
    default:
        return Literal(small);
    }
}

Condition RandomConfig::condition()
{
    constexpr std::array kWords = {Fact::Client, Fact::Header, Fact::Metadata};
    constexpr std::array kNumbers = {Fact::CjkShare, Fact::PromptTokens, Fact::Hour};
    constexpr std::array kTruths = {Fact::Stream, Fact::HasTools};
    switch (below(3)) {
    case 0: {
        const Fact fact = kNumbers[below(kNumbers.size())];
        return {fact, "", matcher(fact)};
    }
    case 1:
        return {kTruths[below(kTruths.size())], "", Literal(chance(0.5))};
    default:
        break;
    }
    const Fact fact = kWords[below(kWords.size())];
    const std::string key = fact == Fact::Client ? "" : "k" + std::to_string(below(3));
    if (chance(0.5)) {
        return {fact, key, Literal(std::string("> 0.4 \"#'{["))};
    }
    return {fact, key, std::vector<Literal>{std::string("a]"), std::string("b")}};
}

RuleSettings RandomConfig::rule(const std::string &name)
{
    RuleSettings rule;
    rule.name = name;
    for (std::size_t wanted = 1 + below(3); wanted > 0; --wanted) {
        const Condition one = condition();
        const bool known = std::ranges::any_of(rule.when, [&](const Condition &each) {
            return each.fact == one.fact && each.key == one.key;
        });
        if (!known) {
            rule.when.push_back(one);
        }
    }
    rule.strategy = kStrategies[below(kStrategies.size())];
    rule.targets = choices();
    return rule;
}

namespace {

/// As good as chance, and takes none: what a seed means otherwise stays.
std::size_t pickOf(const RouteSettings &route)
{
    return static_cast<std::size_t>(route.deadline.count() + route.retry.attempts)
           + 7 * route.targets.size();
}

std::optional<CacheMode> cacheBy(std::size_t pick)
{
    return static_cast<CacheMode>(pick / 5 % 3);
}

} // namespace

RouteSettings RandomConfig::route(const std::string &name)
{
    RouteSettings route;
    route.name = name;
    route.strategy = kStrategies[below(kStrategies.size())];
    route.targets = choices();
    for (std::size_t wanted = below(4); wanted > 0; --wanted) {
        route.rules.push_back(rule("rule" + std::to_string(m_names++)));
    }
    route.deadline = chance(0.5) ? Millis(1000 + below(9000)) : route.deadline;
    route.retry.attempts = chance(0.5) ? 1 + static_cast<int>(below(6)) : route.retry.attempts;
    route.retry.backoff = chance(0.3) ? Millis(below(900) + 1) : route.retry.backoff;
    if (const std::size_t pick = pickOf(route); pick % 3 == 0) {
        route.cache = cacheBy(pick);
    }
    return route;
}

// ---- as text -------------------------------------------------------------------------------------

std::string RandomConfig::writeTarget(const TargetChoice &choice)
{
    std::string out = (chance(0.5) ? "{target = " : "{ target=") + quotes(choice.target.name());
    if (choice.tier != 1 || chance(0.1)) {
        out += ", tier = " + std::to_string(choice.tier);
    }
    if (choice.weight != 1 || chance(0.3)) {
        out += ",  weight =" + std::string(chance(0.5) ? " " : "") + numberText(choice.weight);
    }
    return out + (chance(0.5) ? " }" : "}");
}

std::string RandomConfig::writeTargets(const std::vector<TargetChoice> &choices)
{
    std::string out = "targets = [";
    const bool lines = chance(0.6);
    const bool commented = lines && chance(0.6);
    out += lines ? (commented && chance(0.3) ? " " + comment("o") + "\n" : "\n") : " ";
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const std::string name = "t:" + choices[i].target.name();
        out += commented && chance(0.4) ? "    " + comment(name) + "\n" : "";
        out += (lines ? "  " : "") + writeTarget(choices[i]);
        out += i + 1 < choices.size() || (lines && chance(0.5)) ? "," : "";
        out += commented && chance(0.5) ? "  " + comment(name) : "";
        out += lines ? "\n" : (i + 1 < choices.size() ? " " : "");
    }
    return out + (lines ? "" : " ") + "]" + (chance(0.3) ? " " + comment("o") : "") + "\n";
}

std::string RandomConfig::writeBlocks(const std::string &header,
                                      const std::vector<TargetChoice> &choices)
{
    std::string out;
    for (const TargetChoice &each : choices) {
        const std::string name = "t:" + each.target.name();
        out += chance(0.3) ? comment(name) + "\n" : "";
        out += "[[" + header + "]]" + (chance(0.3) ? " " + comment(name) : "") + "\n";
        out += "target = " + quotes(each.target.name()) + "\n";
        out += each.weight != 1 ? "  weight = " + numberText(each.weight) + "\n" : "";
        out += each.tier != 1 ? "tier = " + std::to_string(each.tier) + "\n" : "";
        out += chance(0.3) ? "\n" : "";
    }
    return out;
}

std::string RandomConfig::writeWhen(const RuleSettings &rule,
                                    const std::string &header,
                                    std::string &later)
{
    const std::size_t way = below(3);
    if (way == 0) {
        return "when = " + config::whenText(rule.when)
               + (chance(0.3) ? " " + comment("r:" + rule.name) : "") + "\n";
    }
    std::string lines;
    for (const Condition &each : rule.when) {
        const std::string key = each.key.empty() || chance(0.5)
                                    ? conditionKey(each)
                                    : std::string(toString(each.fact)) + "." + each.key;
        lines += (way == 1 ? "when." : "") + key + " = " + matcherText(each.matcher) + "\n";
    }
    if (way == 1) {
        return lines;
    }
    later += "[" + header + ".when]\n" + lines;
    return "";
}

std::string RandomConfig::writeRule(const RuleSettings &rule, Strategy inherited)
{
    std::string later;
    std::string out = chance(0.3) ? comment("r:" + rule.name) + "\n" : "";
    out += "[[route.rule]]" + (chance(0.3) ? " " + comment("r:" + rule.name) : "") + "\n";
    out += "name = " + quotes(rule.name) + "\n" + writeWhen(rule, "route.rule", later);
    out += rule.strategy != inherited ? "strategy = " + quotes(toString(rule.strategy)) + "\n" : "";
    if (chance(0.6)) {
        out += writeTargets(rule.targets);
    } else {
        later += writeBlocks("route.rule.targets", rule.targets);
    }
    return out + later + (chance(0.5) ? "\n" : "");
}

std::string RandomConfig::writeRetry(const RetrySettings &retry, std::string &later)
{
    const std::string attempts = "attempts = " + std::to_string(retry.attempts);
    const std::string backoff = "backoff_ms = " + std::to_string(retry.backoff.count());
    switch (below(3)) {
    case 0:
        return "retry = { " + attempts + ", " + backoff + " }\n";
    case 1:
        return "retry." + attempts + "\nretry." + backoff + "\n";
    default:
        later += "[route.retry]\n" + attempts + " " + comment("o") + "\n" + backoff + "\n";
        return "";
    }
}

std::string RandomConfig::writeRoute(const RouteSettings &route)
{
    std::string later;
    std::string out = "[[route]]\nname = " + quotes(route.name) + "  " + comment("o") + "\n";
    if (route.strategy != Strategy::Priority || chance(0.5)) {
        out += "strategy   = " + quotes(toString(route.strategy)) + " " + comment("o") + "\n";
    }
    if (route.retry != RetrySettings()) {
        out += writeRetry(route.retry, later);
    }
    if (route.deadline != RouteSettings().deadline) {
        out += "deadline_s = " + secondsText(route.deadline) + "\n";
    }
    if (route.cache) {
        out += "cache = " + quotes(toString(*route.cache)) + "\n";
    }
    if (chance(0.6)) {
        out += writeTargets(route.targets);
    } else {
        later += writeBlocks("route.targets", route.targets);
    }
    out += chance(0.3) ? "\n" + comment("o") + "\n\n" : "";
    out += later;
    for (const RuleSettings &each : route.rules) {
        out += writeRule(each, route.strategy);
    }
    return out + "\n";
}

std::string RandomConfig::text(const std::string &head)
{
    std::string out = comment("o") + "\n" + head;
    for (std::size_t i = 0; i < m_baseUrls.size(); ++i) {
        out += "[[provider]]\nid = \"p" + std::to_string(i) + "\"\nkind = \"openai\"\nbase_url = "
               + quotes(m_baseUrls[i]) + " " + comment("o") + "\n";
        for (int model = 0; model < 3; ++model) {
            out += "[[provider.model]]\nname = \"m" + std::to_string(model) + "\"\n";
        }
        out += "\n";
    }
    for (int i = 0; i < 3; ++i) {
        out += comment("o") + "\n\n" + writeRoute(route("r" + std::to_string(i)));
    }
    out += chance(0.5) ? "[ledger]\nkeep_requests_days = 30\n" + comment("o") : "";
    if (chance(0.2)) { // as an editor on Windows leaves it
        for (std::size_t at = 0; (at = out.find('\n', at)) != std::string::npos; at += 2) {
            out.insert(at, 1, '\r');
        }
    }
    return out;
}

// ---- changes -------------------------------------------------------------------------------------

void RandomConfig::changeTargets(std::vector<TargetChoice> &choices)
{
    switch (below(5)) {
    case 0: {
        const TargetId id = target();
        if (std::ranges::find(choices, id, &TargetChoice::target) == choices.end()) {
            choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(below(choices.size() + 1)),
                           choice(id));
        }
        break;
    }
    case 1:
        if (choices.size() > 1) {
            choices.erase(choices.begin() + static_cast<std::ptrdiff_t>(below(choices.size())));
        }
        break;
    case 2:
        std::swap(choices[below(choices.size())], choices[below(choices.size())]);
        break;
    default: {
        TargetChoice &one = choices[below(choices.size())];
        one = choice(one.target);
    }
    }
}

void RandomConfig::changeRules(std::vector<RuleSettings> &rules)
{
    const std::size_t way = below(6);
    if (way == 0 || rules.empty()) {
        rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(below(rules.size() + 1)),
                     rule("new" + std::to_string(m_names++)));
        return;
    }
    RuleSettings &one = rules[below(rules.size())];
    switch (way) {
    case 1:
        rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(below(rules.size())));
        break;
    case 2:
        std::swap(one, rules[below(rules.size())]);
        break;
    case 3:
        one.when = rule("x").when;
        break;
    case 4:
        one.strategy = kStrategies[below(kStrategies.size())];
        one.name += chance(0.3) ? "'s" : "";
        break;
    default:
        changeTargets(one.targets);
    }
}

RouteSettings RandomConfig::changed(RouteSettings route)
{
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
        switch (below(7)) {
        case 0:
            route.strategy = kStrategies[below(kStrategies.size())];
            break;
        case 1:
            route.deadline = Millis(1 + below(900'000));
            break;
        case 2:
            route.retry.attempts = 1 + static_cast<int>(below(20));
            route.retry.retryAfterCap = Millis(below(90'000));
            break;
        case 3:
            route.onStreamBreak = chance(0.5) ? StreamBreakMode::Fail
                                              : StreamBreakMode::RestartBeforeContent;
            break;
        case 4:
            changeRules(route.rules);
            break;
        default:
            changeTargets(route.targets);
        }
    }
    if (const std::size_t pick = pickOf(route); pick % 4 == 0) {
        route.cache = pick % 8 == 0 ? std::nullopt : cacheBy(pick);
    }
    return route;
}

RouteSettings RandomConfig::reweighted(RouteSettings route)
{
    for (TargetChoice &each : route.targets) {
        each.weight = static_cast<double>(below(10'000)) / 100;
    }
    return route;
}

std::string RandomConfig::broken(const std::string &text)
{
    std::string out = text;
    if (chance(0.2)) {
        return out + "\n[[route]\n";
    }
    constexpr std::array kFaults = {
        "[[route]]\nname = \"x1\"\ntargets = [{ target = \"nobody/m0\" }]\n",
        "[[route]]\nname = \"r0\"\ntargets = [{ target = \"p0/m0\" }]\n",
        "[[route]]\nname = \"x2\"\nstrategy = \"wieghted\"\ntargets = [{ target = \"p0/m0\" }]\n",
        "[[route]]\nname = \"x3\"\ntargets = [{ target = \"p0/m0\", weight = -1 }]\n",
        "[[provider]]\nid = \"x4\"\nkind = \"openia\"\n",
        "[[route]]\nname = \"x5\"\ntargets = []\n",
        "[cache]\nttl_s = \"long\"\n",
    };
    out += out.ends_with('\n') ? "" : "\n";
    const std::size_t first = below(kFaults.size());
    for (std::size_t i = 0; i < 1 + first % 3; ++i) {
        out += kFaults[(first + i) % kFaults.size()];
    }
    return out;
}

} // namespace signalbox::tests

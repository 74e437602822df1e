// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

#include "core/domain/task.h"

namespace signalbox::test {
namespace {

const std::string kRoute = "[[route]]\nname = \"chat\"\n";
const std::string kRule = "[[route.rule]]\nname = \"r\"\ntargets = [{ target = \"qwen/plus\" }]\n";

std::string routeWith(const std::string &line)
{
    return kRoute + "targets = [{ target = \"qwen/qwen-plus\" }]\n" + line;
}

/// The condition stands in line 7, behind `when = { `, which is column 10.
std::string ruleWhen(const std::string &when)
{
    return routeWith(kRule + "when = { " + when + " }\n");
}

} // namespace

/// Routes, targets and rules: every check, and what a valid text becomes.
class TestConfigRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksRoutes_data();
    void checksRoutes() { compareFaults(); }
    void checksTargets_data();
    void checksTargets() { compareFaults(); }
    void checksConditions_data();
    void checksConditions() { compareFaults(); }
    void readsConditionsInTheFilesOrder();
    void resolvesAliasesToTheRealName();
    void givesARuleItsRoutesStrategy();
};

void TestConfigRoutes::checksRoutes_data()
{
    columns();
    row("nothing in it",
        "[[route]]",
        "1:1: `name` is missing in `route`\n1:1: `targets` is missing in `route`");
    row("same name",
        "[[route]]\nname = \"house\"\ntargets = [{ target = \"qwen/plus\" }]",
        "17:8: route `house` is already defined in line 2");
    row("named as a target",
        "[[route]]\nname = \"qwen/plus\"\ntargets = [{ target = \"qwen/plus\" }]",
        "2:8: route `qwen/plus` has the name of a target; clients could not tell them apart");
    row("strategy",
        routeWith("strategy = \"wieghted\""),
        "4:12: `strategy` must be priority, weighted, cheapest, fastest or balanced, found "
        "`wieghted`; did you mean `weighted`?");
    for (const std::string strategy : {"cheapest", "fastest", "balanced"}) {
        row(strategy.c_str(), routeWith("strategy = \"" + strategy + '"'), "ok");
    }
    row("stream break", routeWith("on_stream_break = \"continue\""), "ok");
    row("stream break, other",
        routeWith("on_stream_break = \"restart\""),
        "4:19: `on_stream_break` must be fail, restart-before-content or continue, found "
        "`restart`");
    row("affinity", routeWith("affinity = \"prompt-cache\""), "ok");
    row("affinity to something else",
        routeWith("affinity = \"prompt-cash\""),
        "4:12: `affinity` must be prompt-cache, found `prompt-cash`; did you mean `prompt-cache`?");
    row("cache", routeWith("cache = \"semantic\""), "ok");
    row("cache, other",
        routeWith("cache = \"on\""),
        "4:9: `cache` must be off, exact or semantic, found `on`");
    row("slow ones", routeWith("eject_slow = { factor = 2.5, for_s = 60, share_max = 0.5 }"), "ok");
    row("slow ones, as usual", routeWith("eject_slow = {}"), "ok");
    row("proposals",
        routeWith("propose = { aim = \"time\", most_points = 5, least_points = 10, "
                  "never_gain = [\"qwen/qwen-plus\"], auto_apply = true }"),
        "ok");
    row("proposals for nobody",
        routeWith("propose = { aim = \"fame\", most_points = 0 }"),
        "4:19: `aim` must be cost, time or balanced, found `fame`\n"
        "4:41: `most_points` must be between 1 and 100");
    row("slow ones, all of them",
        routeWith("eject_slow = { share_max = 1 }"),
        "4:28: `share_max` must be between 0 and 0.5");
    row("shadow", routeWith("shadow = { target = \"qwen/plus\", share = 0.05 }"), "ok");
    row("shadow, nothing said",
        routeWith("shadow = {}"),
        "4:10: `target` is missing in `route.shadow`\n4:10: `share` is missing in `route.shadow`");
    row("shadow, too much",
        routeWith("shadow = { target = \"qwen/plus\", share = 1.5, of = 1 }"),
        "4:42: `share` must be between 0 and 1\n4:47: unknown key `of`");
    row("hedge at once",
        routeWith("hedge_after_s = 0"),
        "4:17: `hedge_after_s` must be between 0.001 and 31536000");
    for (const char *quantile : {"p100", "p49", "p", "95", "p9x"}) {
        row(quantile,
            routeWith("hedge_after_s = \"" + std::string(quantile) + "\""),
            "4:17: `hedge_after_s` must be a number of seconds or \"p50\" to \"p99\", found `"
                + std::string(quantile) + "`");
    }
    row("hedged", routeWith("hedge_after_s = \"p95\"\ncomment_s = 0.5"), "ok");
    row("deadline",
        routeWith("deadline_s = 0"),
        "4:14: `deadline_s` must be between 0.001 and 31536000");
    row("retry",
        routeWith("retry = { attempts = 21, same_target = -1, retry_after_cap_s = -1, tries = 1 }"),
        "4:22: `attempts` must be between 1 and 20\n"
        "4:40: `same_target` must be between 0 and 20\n"
        "4:64: `retry_after_cap_s` must be between 0 and 31536000\n"
        "4:68: unknown key `tries`");
    row("backoff",
        routeWith("retry = { backoff_ms = 300, backoff_max_ms = 200 }"),
        "4:24: `backoff_ms` (300) must not be greater than `backoff_max_ms` (200)");
    row("backoff under the default",
        routeWith("retry = { backoff_max_ms = 200 }"),
        "4:28: `backoff_ms` (250) must not be greater than `backoff_max_ms` (200)");
    row("rule without anything",
        routeWith("[[route.rule]]"),
        "4:1: `name` is missing in `route.rule`\n4:1: `when` is missing in `route.rule`\n"
        "4:1: `targets` is missing in `route.rule`");
    row("same rule",
        routeWith(kRule + "when = { stream = true }\n" + kRule + "when = { stream = true }"),
        "9:8: rule `r` is already defined in line 5");
    row("rule's strategy",
        routeWith(kRule + "when = { stream = true }\nstrategy = \"cheap\""),
        "8:12: `strategy` must be priority, weighted, cheapest, fastest or balanced, found "
        "`cheap`");
}

void TestConfigRoutes::checksTargets_data()
{
    columns();
    const auto targets = [](const std::string &list) { return kRoute + "targets = " + list; };
    row("none", targets("[]"), "3:11: `targets` must have at least one target");
    row("no list",
        targets("\"qwen/plus\""),
        "3:11: `targets` must be a list of tables (write [[route.targets]]), found a string");
    row("no table",
        targets("[\"qwen/plus\"]"),
        "3:12: `targets` must be a list of tables, found a string");
    row("no target", targets("[{ weight = 1 }]"), "3:12: `target` is missing in `route.targets`");
    row("unknown provider",
        targets("[{ target = \"qwn/qwen-plus\" }]"),
        "3:23: there is no provider `qwn`; did you mean `qwen/qwen-plus`?");
    row("unknown model",
        targets("[{ target = \"qwen/qwen-plsu\" }]"),
        "3:23: provider `qwen` has no model `qwen-plsu`; did you mean `qwen/qwen-plus`?");
    row("no provider",
        targets("[{ target = \"claude-haiku-4-5\" }]"),
        "3:23: target `claude-haiku-4-5` must be written provider/model; did you mean "
        "`anthropic/claude-haiku-4-5`?");
    row("twice, once by its alias",
        targets("[{ target = \"qwen/qwen-plus\" }, { target = \"qwen/plus\" }]"),
        "3:54: target `qwen/qwen-plus` is already in this list");
    row("weight and tier",
        targets("[{ target = \"qwen/plus\", weight = -1, tier = 0 }]"),
        "3:45: `weight` must be at least 0\n3:56: `tier` must be between 1 and 1000");
    row("weight without end",
        targets("[{ target = \"qwen/plus\", weight = inf }]"),
        "3:45: `weight` must be a finite number");
}

void TestConfigRoutes::checksConditions_data()
{
    columns();
    const std::string number = "must be a number, a comparison such as \"> 0.4\", a range such as "
                               "\"8..18\" or a list of numbers, found ";
    row("empty", ruleWhen(""), "7:8: `when` must have at least one condition");
    row("no table",
        routeWith(kRule + "when = true"),
        "7:8: `when` must be a table, found a boolean");
    row("unknown fact",
        ruleWhen("cjk_shar = 1"),
        "7:10: there is no fact `cjk_shar`; did you mean `cjk_share`?");
    row("fact with a name",
        ruleWhen("\"stream.x\" = true"),
        "7:10: there is no fact `stream`; did you mean `stream`?");
    const std::string code = "must be an ISO 639-1 code of two lower-case letters such as \"zh\", "
                             "or \"und\" for what cannot be told, found ";
    const std::string tasks = "must be chat, code, translation, summary, extraction, reasoning or "
                              "other, found ";
    row("languages", ruleWhen("language = [\"zh\", \"und\"]"), "ok");
    row("language in words",
        ruleWhen("language = \"chinese\""),
        "7:21: `language` " + code + "`chinese`");
    row("language with a country",
        ruleWhen("language = [\"en\", \"zh-CN\"]"),
        "7:28: `language` " + code + "`zh-CN`");
    row("language in capitals", ruleWhen("language = \"ZH\""), "7:21: `language` " + code + "`ZH`");
    row("no language", ruleWhen("language = \"\""), "7:21: `language` " + code + "``");
    row("language as a number",
        ruleWhen("language = 2"),
        "7:21: `language` must be a string or a list of strings, found a whole number");
    for (const Task task : kTasks) {
        const std::string name(toString(task));
        row(("task " + name).c_str(), ruleWhen("task = \"" + name + "\""), "ok");
    }
    row("tasks", ruleWhen("task = [\"code\", \"reasoning\"]"), "ok");
    row("misspelt task",
        ruleWhen("task = \"translaton\""),
        "7:17: `task` " + tasks + "`translaton`; did you mean `translation`?");
    row("misspelt tasks",
        ruleWhen("task = [\"code\", \"sumary\", \"Chat\"]"),
        "7:26: `task` " + tasks
            + "`sumary`; did you mean `summary`?\n"
              "7:36: `task` "
            + tasks + "`Chat`; did you mean `chat`?");
    row("unknown task", ruleWhen("task = \"x\""), "7:17: `task` " + tasks + "`x`");
    row("task compared",
        ruleWhen("task = true"),
        "7:17: `task` must be a string or a list of strings, found a boolean");
    row("boolean",
        ruleWhen("has_tools = \"yes\""),
        "7:22: `has_tools` must be true or false, found a string");
    row("list of booleans",
        ruleWhen("stream = [true]"),
        "7:19: `stream` must be true or false, found a list");
    row("number", ruleWhen("cjk_share = true"), "7:22: `cjk_share` " + number + "a boolean");
    row("no comparison",
        ruleWhen("cjk_share = \"> much\""),
        "7:22: `cjk_share` " + number + "`> much`");
    row("equality",
        ruleWhen("prompt_tokens = \"== 4\""),
        "7:26: `prompt_tokens` " + number + "`== 4`");
    row("share in percent",
        ruleWhen("cjk_share = \"> 40\""),
        "7:22: `cjk_share` is compared with numbers from 0 to 1 only");
    row("share in percent, list",
        ruleWhen("cjk_share = [0.1, 40]"),
        "7:28: `cjk_share` is compared with numbers from 0 to 1 only");
    row("hour", ruleWhen("hour = 25"), "7:17: `hour` is compared with numbers from 0 to 24 only");
    row("hours",
        ruleWhen("hour = \"8..25\""),
        "7:17: `hour` is compared with numbers from 0 to 24 only");
    row("backward",
        ruleWhen("prompt_tokens = \"9..3\""),
        "7:26: `prompt_tokens` has an empty range: from must be less than to");
    row("no hours",
        ruleWhen("hour = \"8..8\""),
        "7:17: `hour` has an empty range: from must be less than to");
    row("night", ruleWhen("hour = \"22..6\""), "ok");
    row("empty list", ruleWhen("hour = []"), "7:17: `hour` must not be an empty list");
    row("mixed list", ruleWhen("hour = [1, \"2..3\"]"), "7:21: `hour` " + number + "a string");
    row("words",
        ruleWhen("client = 4"),
        "7:19: `client` must be a string or a list of strings, found a whole number");
    row("header without a name",
        ruleWhen("header = \"x\""),
        "7:10: `header` needs a name after it: `header.NAME`");
    row("bad header",
        ruleWhen("header.\"x y\" = \"x\""),
        "7:17: `x y` cannot be the name of a header");
    row("secret header",
        ruleWhen("header.X-Api-Key = \"x\""),
        "7:17: `X-Api-Key` carries a secret, and what a rule asks for is recorded; use the fact "
        "`client`");
    row("header's type",
        ruleWhen("header.x-a = 1"),
        "7:23: `header.x-a` must be a string or a list of strings, found a whole number");
}

void TestConfigRoutes::readsConditionsInTheFilesOrder()
{
    const auto loaded = readText(
        ruleWhen(R"(stream = true, header.X-Team = ["a", "b"], )"
                 R"(cjk_share = "> 0.4", "metadata.Plan.x" = "<= 2", )"
                 R"(prompt_tokens = "<= 800", hour = "22 .. 6", )"
                 R"(max_output_tokens = [16, 32], "header.Y" = "", task = ["code", "chat"], )"
                 R"(language = "zh")")
        + kHouse);
    QVERIFY(loaded.ok());
    const std::vector<Condition> expected = {
        {Fact::Stream, "", Literal(true)},
        {Fact::Header, "x-team", std::vector<Literal>{"a", "b"}},
        {Fact::CjkShare, "", Comparison{Comparison::Operator::Greater, 0.4}},
        {Fact::Metadata, "Plan.x", Literal("<= 2")},
        {Fact::PromptTokens, "", Comparison{Comparison::Operator::LessEqual, 800}},
        {Fact::Hour, "", Range{22, 6}},
        {Fact::MaxOutputTokens, "", std::vector<Literal>{16.0, 32.0}},
        {Fact::Header, "y", Literal("")},
        {Fact::Task, "", std::vector<Literal>{"code", "chat"}},
        {Fact::Language, "", Literal("zh")},
    };
    QCOMPARE(loaded->configuration.routes[0].rules[0].when, expected);
}

void TestConfigRoutes::resolvesAliasesToTheRealName()
{
    const auto loaded = readText(ruleWhen("stream = true") + kHouse);
    QVERIFY(loaded.ok());
    const RouteSettings &route = loaded->configuration.routes[0];
    QCOMPARE(route.rules[0].targets[0].target, TargetId("qwen/qwen-plus"));
    QVERIFY(loaded->configuration.model(route.rules[0].targets[0].target) != nullptr);
}

void TestConfigRoutes::givesARuleItsRoutesStrategy()
{
    const std::string weighted = "strategy = \"weighted\"\n";
    const std::string when = "when = { stream = true }\n";
    const auto inherited = readText(routeWith(weighted + kRule + when) + kHouse);
    QVERIFY(inherited->configuration.routes[0].rules[0].strategy == Strategy::Weighted);
    const auto own = readText(routeWith(weighted + kRule + when + "strategy = \"priority\"\n")
                              + kHouse);
    QVERIFY(own->configuration.routes[0].rules[0].strategy == Strategy::Priority);
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigRoutes)
#include "tst_config_routes.moc"

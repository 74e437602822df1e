// SPDX-License-Identifier: Apache-2.0
// Changing routes in a text without touching what is not meant.
#include "tests/support/random_config.h"

#include "core/config/read.h"
#include "core/config/route_edit.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace signalbox;
using namespace signalbox::config;
using signalbox::tests::RandomConfig;

namespace {

using Change = std::function<void(RouteSettings &)>;

const char *const kHead = "[[provider]]\nid = \"a\"\nkind = \"openai\"\n[[provider.model]]\n"
                          "name = \"x\"\n[[provider.model]]\nname = \"y\"\n[[provider.model]]\n"
                          "name = \"z\"\n";

RouteSettings routeOf(const std::string &text, const std::string &name)
{
    const auto loaded = read(text, "");
    const RouteSettings *route = loaded ? loaded->configuration.route(name) : nullptr;
    return route == nullptr ? RouteSettings() : *route;
}

std::string said(const Result<std::string, std::string> &result)
{
    return result ? *result : "FAILED: " + result.error();
}

QStringList commentsOf(const std::string &text)
{
    static const QRegularExpression comment(QStringLiteral("#[otr](:[^.]*)?\\.\\d+"));
    QStringList found;
    auto matches = comment.globalMatch(QString::fromStdString(text));
    while (matches.hasNext()) {
        found << matches.next().captured();
    }
    return found;
}

/// What the comments of those name that are in one and not in the other.
std::set<QString> namesGone(const RouteSettings &before, const RouteSettings &after)
{
    std::set<QString> names;
    const auto addTargets = [&names](const std::vector<TargetChoice> &from,
                                     const std::vector<TargetChoice> &to) {
        for (const TargetChoice &each : from) {
            if (std::ranges::find(to, each.target, &TargetChoice::target) == to.end()) {
                names.insert(QStringLiteral("#t:") + QString::fromStdString(each.target.name()));
            }
        }
    };
    addTargets(before.targets, after.targets);
    for (const RuleSettings &rule : before.rules) {
        const auto kept = std::ranges::find(after.rules, rule.name, &RuleSettings::name);
        if (kept == after.rules.end()) {
            names.insert(QStringLiteral("#r:") + QString::fromStdString(rule.name));
            names.insert(QStringLiteral("#o")); // those within its brackets
        }
        addTargets(rule.targets,
                   kept == after.rules.end() ? std::vector<TargetChoice>() : kept->targets);
    }
    return names;
}

QString withoutWeights(const std::string &text)
{
    static const QRegularExpression weight(QStringLiteral("weight( ?= ?)[0-9.]+"));
    return QString::fromStdString(text).replace(weight, QStringLiteral("weight\\1N"));
}

} // namespace

class TestRouteEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesWhatIsMeant_data();
    void changesWhatIsMeant();
    void addsAndRemovesRoutes();
    void renamesForClientsToo();
    void saysWhyItCannot();
    void anyChangeOfAnyTextSaysWhatWasWantedAndKeepsTheRest();
    void otherWeightsChangeNoOtherByte();
};

void TestRouteEdit::changesWhatIsMeant_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const char *before, Change change, const char *after) {
        QTest::newRow(name) << QByteArray(before) << std::move(change) << QByteArray(after);
    };
    const Change swap = [](RouteSettings &route) { std::swap(route.targets[0], route.targets[1]); };
    const Change weigh = [](RouteSettings &route) { route.targets[0].weight = 30; };
    row("a weight in brackets",
        "[[route]]\nname='r' # c\ntargets = [ {target='a/x', weight=70.0 }, {target='a/y'} ]#d\n",
        weigh,
        "[[route]]\nname='r' # c\ntargets = [ {target='a/x', weight=30 }, {target='a/y'} ]#d\n");
    row("a weight that was the default",
        "[[route]]\nname='r'\ntargets = [ {target='a/x', tier=2} ]\n",
        weigh,
        "[[route]]\nname='r'\ntargets = [ {target='a/x', weight = 30, tier=2} ]\n");
    row("a weight under a header",
        "[[route]]\nname='r'\n  [[route.targets]] # 1\n  target='a/x' # é\n\n[ledger]\n",
        weigh,
        "[[route]]\nname='r'\n  [[route.targets]] # 1\n  target='a/x' # é\n  weight = 30\n\n"
        "[ledger]\n");
    const Change veto = [](RouteSettings &route) { route.propose->neverGain = {TargetId("a/y")}; };
    row("a veto in brackets",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\npropose = { aim='cost' } # p\n",
        veto,
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n"
        "propose = { aim='cost', never_gain = [\"a/y\"] } # p\n");
    row("a veto under a header",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n[route.propose] # p\naim='cost'\n",
        veto,
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n[route.propose] # p\naim='cost'\n"
        "never_gain = [\"a/y\"]\n");
    row(
        "a hedge for an affinity",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\naffinity='prompt-cache'\n",
        [](RouteSettings &route) {
            route.promptCacheAffinity = false;
            route.hedgeAfter = Millis(1500);
        },
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\nhedge_after_s = 1.5\n");
    row("order on one line",
        "[[route]]\nname='r'\ntargets = [{target='a/x'},  {target='a/y'}]",
        swap,
        "[[route]]\nname='r'\ntargets = [{target='a/y'},  {target='a/x'}]");
    row("order on lines with comments",
        "[[route]]\nname='r'\ntargets = [ # t\n  # about x\n  {target='a/x'}, # x\n"
        "  {target='a/y'} # y\n  # end\n]\n",
        swap,
        "[[route]]\nname='r'\ntargets = [ # t\n  {target='a/y'}, # y\n  # about x\n"
        "  {target='a/x'} # x\n  # end\n]\n");
    row("order of headers",
        "[[route]]\nname='r'\n\n# about x\n[[route.targets]]\ntarget='a/x'\n\n# apart\n\n"
        "[[route.targets]] # y\ntarget='a/y'",
        swap,
        "[[route]]\nname='r'\n\n[[route.targets]] # y\ntarget='a/y'\n\n# apart\n\n# about x\n"
        "[[route.targets]]\ntarget='a/x'\n");
    row(
        "one target more and one less",
        "[[route]]\nname='r'\ntargets = [\n  {target='a/x'},\n  {target='a/y'}\n]\n",
        [](RouteSettings &route) {
            route.targets.erase(route.targets.begin());
            route.targets.push_back({TargetId("a", "z"), 5, 2});
        },
        "[[route]]\nname='r'\ntargets = [\n  {target='a/y'},\n"
        "  { target = \"a/z\", weight = 5, tier = 2 }\n]\n");
    row(
        "options that are not there yet",
        "[[route]]\nname='r' # n\ntargets=[{target='a/x'}]\n# behind\n",
        [](RouteSettings &route) {
            route.strategy = Strategy::Weighted;
            route.deadline = Millis(1500);
            route.retry.attempts = 2;
            route.retry.retryAfterCap = Millis(0);
            route.onStreamBreak = StreamBreakMode::Fail;
        },
        "[[route]]\nname='r' # n\nstrategy = \"weighted\"\ntargets=[{target='a/x'}]\n"
        "deadline_s = 1.5\nretry = { attempts = 2, retry_after_cap_s = 0 }\n"
        "on_stream_break = \"fail\"\n# behind\n");
    row(
        "conditions",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n[[route.rule]]\nname='n'\n"
        "targets=[{target='a/x'}]\n[route.rule.when] # w\nstream = true # s\nhour='8..18'\n"
        "header.x-Team='a'\n",
        [](RouteSettings &route) {
            auto &when = route.rules[0].when;
            when.erase(when.begin());
            when[0].matcher = Range{22, 6};
            when[1].matcher = std::vector<Literal>{std::string("a"), std::string("b")};
            when.push_back({Fact::CjkShare, "", Comparison{Comparison::Operator::Greater, 0.4}});
        },
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n[[route.rule]]\nname='n'\n"
        "targets=[{target='a/x'}]\n[route.rule.when] # w\nhour=\"22..6\"\n"
        "cjk_share = \"> 0.4\"\nheader.x-Team=[\"a\", \"b\"]\n");
    row(
        "rules in another order, one of them new, one renamed",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n# first\n[[route.rule]]\nname='n1'\n"
        "when={stream=true}\ntargets=[{target='a/x'}]\n\n[[route.rule]]\nname='n2'\n"
        "when={stream=false}\ntargets=[{target='a/y'}]\n\n[ledger]\n",
        [](RouteSettings &route) {
            std::swap(route.rules[0], route.rules[1]);
            route.rules.push_back(route.rules[0]);
            route.rules.back().name = "n3";
        },
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n[[route.rule]]\nname='n2'\n"
        "when={stream=false}\ntargets=[{target='a/y'}]\n\n# first\n[[route.rule]]\nname='n1'\n"
        "when={stream=true}\ntargets=[{target='a/x'}]\n\n[[route.rule]]\nname = \"n3\"\n"
        "when = { stream = false }\ntargets = [ { target = \"a/y\" } ]\n\n[ledger]\n");
    row(
        "the first rule",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]",
        [](RouteSettings &route) {
            route.rules.push_back({"n",
                                   {{Fact::Header, "x-t", Literal(std::string("\""))}},
                                   Strategy::Fastest,
                                   route.targets});
        },
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n[[route.rule]]\nname = \"n\"\n"
        "when = { \"header.x-t\" = \"\\\"\" }\nstrategy = \"fastest\"\n"
        "targets = [ { target = \"a/x\" } ]\n");
    row(
        "the last rule goes",
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n[[route.rule]]\nname='n1'\n"
        "when={stream=true}\ntargets=[{target='a/x'}]\n\n# of the ledger\n[ledger]\n",
        [](RouteSettings &route) { route.rules.clear(); },
        "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n# of the ledger\n[ledger]\n");
}

void TestRouteEdit::changesWhatIsMeant()
{
    QFETCH(const QByteArray, before);
    QFETCH(const Change, change);
    QFETCH(const QByteArray, after);
    for (const bool windows : {false, true}) {
        const auto ends = [windows](QByteArray text) {
            return (windows ? text.replace("\n", "\r\n") : text).toStdString();
        };
        const std::string head = ends(kHead);
        const std::string text = head + ends(before);
        RouteSettings route = routeOf(text, "r");
        QCOMPARE(route.name, std::string("r"));
        QCOMPARE(said(withRoute(text, "r", route)), text);
        change(route);
        const std::string edited = said(withRoute(text, "r", route));
        QVERIFY2(edited.starts_with(head), edited.c_str());
        QCOMPARE(edited.substr(head.size()), ends(after));
    }
}

void TestRouteEdit::addsAndRemovesRoutes()
{
    const std::string text = std::string(kHead)
                             + "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n\n# l\n[ledger]\n";
    RouteSettings route = routeOf(text, "r");
    route.name = "s";
    route.rules.push_back(
        {"n", {{Fact::Stream, "", Literal(true)}}, route.strategy, {{TargetId("a", "y"), 0.5, 1}}});
    const auto added = withNewRoute(text, route);
    QVERIFY2(added.ok(), said(added).c_str());
    QCOMPARE(routeOf(*added, "s"), route);
    QCOMPARE(said(withoutRoute(*added, "s")), text);
    const std::string last = std::string(kHead) + "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n";
    QCOMPARE(said(withoutRoute(*withNewRoute(last, route), "s")), last);
    const auto none = withoutRoute(text, "r");
    QCOMPARE(said(none), std::string(kHead) + "# l\n[ledger]\n");
    const auto first = withNewRoute(*none, route);
    QVERIFY2(first.ok(), said(first).c_str());
    QVERIFY(first->starts_with(*none));
    QCOMPARE(routeOf(*first, "s"), route);
    // In brackets, as it may also be written.
    const std::string flat = "route = [{ name = \"r\", targets = [{ target = \"a/x\" }] }]\n"
                             + std::string(kHead);
    const auto two = withNewRoute(flat, route);
    QVERIFY2(two.ok(), said(two).c_str());
    QCOMPARE(routeOf(*two, "s"), route);
    route.rules[0].targets[0].weight = 2;
    route.rules.push_back(route.rules[0]);
    route.rules[1].name = "m";
    const auto changed = withRoute(*two, "s", route);
    QVERIFY2(changed.ok(), said(changed).c_str());
    QCOMPARE(routeOf(*changed, "s"), route);
    QCOMPARE(said(withoutRoute(*changed, "s")), flat);
}

void TestRouteEdit::renamesForClientsToo()
{
    const std::string text = std::string(kHead)
                             + "[[client]]\nid='c'\nkey='env:C'\nroutes=['r', \"s\"] # ok\n"
                               "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n"
                               "[[route]]\nname='s'\ntargets=[{target='a/x'}]\n";
    RouteSettings route = routeOf(text, "s");
    route.name = "t";
    const auto renamed = withRoute(text, "s", route);
    QVERIFY2(renamed.ok(), said(renamed).c_str());
    QVERIFY(renamed->find("routes=['r', \"t\"] # ok\n") != std::string::npos);
    const auto gone = withoutRoute(text, "s");
    QVERIFY(!gone.ok());
    QVERIFY2(gone.error().starts_with("line 13: "), gone.error().c_str());
}

void TestRouteEdit::saysWhyItCannot()
{
    const std::string text = std::string(kHead) + "[[route]]\nname='r'\ntargets=[{target='a/x'}]\n";
    RouteSettings route = routeOf(text, "r");
    QCOMPARE(said(withRoute(text, "q", route)),
             std::string("FAILED: there is no route q in the file"));
    QCOMPARE(said(withoutRoute(text, "q")), std::string("FAILED: there is no route q in the file"));
    QVERIFY(said(withRoute("x = [\n", "r", route)).starts_with("FAILED: line 1: not valid TOML"));
    QVERIFY(said(withNewRoute(text, route)).find("`r`") != std::string::npos);
    const auto refused = [&](const Change &change) {
        RouteSettings wrong = route;
        change(wrong);
        return said(withRoute(text, "r", wrong));
    };
    QVERIFY(refused([](RouteSettings &r) { r.targets.clear(); }).find("at least one")
            != std::string::npos);
    QVERIFY(refused([](RouteSettings &r) {
                r.targets[0].weight = -1;
            }).starts_with("FAILED: line 12: "));
    QVERIFY(refused([](RouteSettings &r) {
                r.targets[0].target = TargetId("no", "x");
            }).find("no provider `no`")
            != std::string::npos);
    // A table out of its place, as TOML allows: right where it stands, or not at all.
    const std::string apart = text
                              + "[[route.rule]]\nname='1'\nwhen={stream=true}\n"
                                "targets=[{target='a/x'}]\n[[route.rule]]\nname='2'\n"
                                "targets=[{target='a/x'}]\n[ledger]\n[route.rule.when]\nhour=1\n";
    route = routeOf(apart, "r");
    QCOMPARE(route.rules.size(), std::size_t(2));
    std::swap(route.rules[0], route.rules[1]);
    QVERIFY(said(withRoute(apart, "r", route)).find("by hand") != std::string::npos);
}

void TestRouteEdit::anyChangeOfAnyTextSaysWhatWasWantedAndKeepsTheRest()
{
    int changes = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        RandomConfig random(seed, {"http://127.0.0.1:1/v1", "http://127.0.0.1:2/v1"});
        const std::string text = random.text();
        const auto loaded = read(text, "");
        QVERIFY2(loaded.ok(), (loaded ? text : loaded.error().front().message + text).c_str());
        const std::string name = "r" + std::to_string(seed % 3);
        const RouteSettings before = *loaded->configuration.route(name);
        const RouteSettings wanted = random.changed(before);
        const auto edited = withRoute(text, name, wanted);
        const std::string about = "seed " + std::to_string(seed) + "\n" + text + "\n---\n"
                                  + said(edited);
        QVERIFY2(edited.ok(), about.c_str());
        changes += before == wanted ? 0 : 1;
        // The proof inside compares values; here nobody's comment may be lost or come twice.
        const QStringList was = commentsOf(text);
        const QStringList is = commentsOf(*edited);
        const std::set<QString> gone = namesGone(before, wanted);
        for (const QString &comment : was) {
            const bool mayGo = gone.contains(comment.section(QLatin1Char('.'), 0, 0));
            QVERIFY2(is.count(comment) == 1 || mayGo,
                     (comment.toStdString() + " in " + about).c_str());
        }
        QVERIFY2(is.size() <= was.size(), about.c_str());
        // What stands before and behind the route is what it was.
        const std::size_t head = text.find("[[route]]");
        QCOMPARE(edited->substr(0, head), text.substr(0, head));
        for (const char *other : {"r0", "r1", "r2"}) {
            if (other != name) {
                QCOMPARE(routeOf(*edited, other), routeOf(text, other));
            }
        }
        // And back.
        const auto back = withRoute(*edited, name, before);
        QVERIFY2(back.ok(), (about + "\n---\n" + said(back)).c_str());
    }
    QVERIFY(changes > 700);
}

void TestRouteEdit::otherWeightsChangeNoOtherByte()
{
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        RandomConfig random(seed, {"http://127.0.0.1:1/v1", "http://127.0.0.1:2/v1"});
        const std::string text = random.text();
        RouteSettings start = routeOf(text, "r1");
        const auto once = withRoute(text, "r1", random.reweighted(start)); // all are written now
        QVERIFY2(once.ok(), said(once).c_str());
        const auto twice = withRoute(*once, "r1", random.reweighted(start));
        QVERIFY2(twice.ok(), said(twice).c_str());
        const bool allWritten = std::ranges::none_of(routeOf(*once, "r1").targets,
                                                     [](const TargetChoice &each) {
                                                         return each.weight == 1;
                                                     });
        if (allWritten) {
            QCOMPARE(withoutWeights(*twice), withoutWeights(*once));
            ++compared;
        }
    }
    QVERIFY(compared > 270);
}

QTEST_APPLESS_MAIN(TestRouteEdit)
#include "tst_route_edit.moc"

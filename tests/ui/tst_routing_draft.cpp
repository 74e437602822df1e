// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_config.h"
#include "ui/models/route_edits.h"
#include "ui/state/routing_draft.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

const TargetId kGpt("openai", "gpt-4.1");
const TargetId kClaude("anthropic", "claude-sonnet-4-5");
const TargetId kMistral("mistral", "mistral-large");
const TargetId kDeepSeek("deepseek", "deepseek-chat");

void setWeightOf(RoutingDraft &draft, double weight, quint64 gesture = 0)
{
    draft.edit(
        u"weigh"_s,
        [&](RoutingState &state) {
            state.route("chat-default")->settings.targets.front().weight = weight;
        },
        gesture);
}

double weightOf(const RoutingDraft &draft)
{
    return draft.state().route("chat-default")->settings.targets.front().weight;
}

std::vector<std::string> names(const Targets &targets)
{
    std::vector<std::string> all;
    for (const TargetChoice &choice : targets) {
        all.push_back(choice.target.name());
    }
    return all;
}

Targets threeTargets()
{
    return {{.target = kGpt, .weight = 50},
            {.target = kClaude, .weight = 30},
            {.target = kMistral, .weight = 20},
            {.target = kDeepSeek, .weight = 1, .tier = 2}};
}

} // namespace

class TestRoutingDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsAreStepsThatCanBeUndone();
    void aGestureIsOneStepAndNoneWhereItEndsWhereItBegan();
    void aDraftFollowsWhatRunsUntilItIsEdited();
    void aDraftSurvivesARestartWithItsBase();
    void damagedDraftsAreForgotten();
    void onlyWhatChangedIsWritten();
    void aConflictIsCarriedOverRouteByRoute();
    void anImportIsOneStepWithItsProviders();
    void whatIsFixedCannotBeEdited();
    void routesComeGoAndAreRenamed();
    void targetsMoveWithinAndBetweenTiers();
    void weightsOfAnyScaleStayUntilTheyAreEdited();
    void chanceExplainsSoMuch();
};

void TestRoutingDraft::editsAreStepsThatCanBeUndone()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    QVERIFY(!draft.isModified());
    setWeightOf(draft, 60);
    setWeightOf(draft, 60); // nothing changes: no step
    QCOMPARE(draft.undoStack().count(), 1);
    QVERIFY(draft.isModified());
    QCOMPARE(draft.changedRoutes(), std::vector<std::string>{"chat-default"});
    draft.undoStack().undo();
    QCOMPARE(weightOf(draft), 50.0);
    QVERIFY(!draft.isModified());
    draft.undoStack().redo();
    draft.discard();
    QCOMPARE(weightOf(draft), 50.0);
    draft.undoStack().undo(); // also the discarding
    QCOMPARE(weightOf(draft), 60.0);
}

void TestRoutingDraft::aGestureIsOneStepAndNoneWhereItEndsWhereItBegan()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    setWeightOf(draft, 51, 7);
    setWeightOf(draft, 57, 7);
    setWeightOf(draft, 60, 7);
    QCOMPARE(draft.undoStack().count(), 1);
    setWeightOf(draft, 61, 8);
    QCOMPARE(draft.undoStack().count(), 2);
    setWeightOf(draft, 60, 8);
    QCOMPARE(draft.undoStack().count(), 1);
    draft.undoStack().undo();
    QCOMPARE(weightOf(draft), 50.0);
}

void TestRoutingDraft::aDraftFollowsWhatRunsUntilItIsEdited()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    config.applyAs(u"bob"_s, config.textWith(u"weight = 50"_s, u"weight = 55"_s), {});
    QCOMPARE(weightOf(draft), 55.0);
    QCOMPARE(draft.base().number, 18);
    setWeightOf(draft, 60);
    config.applyAs(u"bob"_s, config.textWith(u"weight = 55"_s, u"weight = 45"_s), {});
    QCOMPARE(weightOf(draft), 60.0);
    QCOMPARE(draft.base().number, 18);
    QVERIFY(draft.isOvertaken());
    draft.discard();
    QCOMPARE(weightOf(draft), 55.0);
}

void TestRoutingDraft::aDraftSurvivesARestartWithItsBase()
{
    FixtureConfig config;
    QByteArray saved;
    RoutingState state;
    {
        RoutingDraft draft(config);
        QVERIFY(draft.save().isEmpty());
        setWeightOf(draft, 60);
        draft.edit(u"more"_s, [](RoutingState &all) {
            DraftRoute &route = *all.route("chat-default");
            route.locks[{}] = {kMistral};
            route.settings.deadline = Millis(90'500);
            route.settings.retry.attempts = 7;
            route.settings.onStreamBreak = StreamBreakMode::Fail;
            route.settings.rules[0]
                .when = {{.fact = Fact::Hour, .key = {}, .matcher = Range{22, 6}},
                         {.fact = Fact::HasTools, .key = {}, .matcher = Literal(true)},
                         {.fact = Fact::CjkShare,
                          .key = {},
                          .matcher = Comparison{Comparison::Operator::LessEqual, 0.25}},
                         {.fact = Fact::Header,
                          .key = "x-team",
                          .matcher = std::vector<Literal>{std::string("a"), std::string("b")}}};
        });
        draft.edit(u"new"_s, [](RoutingState &all) {
            RouteSettings night;
            night.name = "night";
            all.routes.push_back({.origin = {}, .settings = night});
        });
        saved = draft.save();
        state = draft.state();
    }
    const QString base = config.running().revision;
    config.applyAs(u"bob"_s, config.textWith(u"weight = 20"_s, u"weight = 21"_s), {});
    RoutingDraft again(config);
    again.restore(saved);
    QVERIFY(again.state() == state);
    QCOMPARE(again.base().revision, base);
    QCOMPARE(again.base().number, 17);
    QVERIFY(again.isOvertaken());
}

void TestRoutingDraft::damagedDraftsAreForgotten()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    setWeightOf(draft, 60);
    QByteArray saved = draft.save();
    RoutingDraft other(config);
    for (const QByteArray &damaged :
         {QByteArray(), QByteArray("{}"), saved.left(saved.size() / 2), QByteArray("[1]")}) {
        other.restore(damaged);
        QVERIFY(!other.isModified());
        QCOMPARE(other.base().revision, config.running().revision);
    }
    other.restore(saved.replace("[[provider]]", "[[provider")); // its base is no configuration
    QVERIFY(!other.isModified());
}

void TestRoutingDraft::onlyWhatChangedIsWritten()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    setWeightOf(draft, 60);
    QVERIFY2(draft.edited().problem.isEmpty(), qPrintable(draft.edited().problem));
    QCOMPARE(draft.edited().text, config.textWith(u"weight = 50"_s, u"weight = 60"_s));
    QVERIFY(draft.checked().faults.empty());
    draft.edit(u"empty"_s,
               [](RoutingState &state) { state.route("code")->settings.targets.clear(); });
    QVERIFY(draft.edited().text.isEmpty());
    QVERIFY2(draft.edited().problem.contains(u"targets"_s), qPrintable(draft.edited().problem));
}

void TestRoutingDraft::aConflictIsCarriedOverRouteByRoute()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    setWeightOf(draft, 60);
    draft.edit(u"mine alone"_s,
               [](RoutingState &state) { state.route("code")->settings.retry.attempts = 2; });
    QString text = config.textWith(u"weight = 50"_s, u"weight = 10"_s);
    config.applyAs(u"bob"_s, text.replace(u"weight = 3 "_s, u"weight = 4 "_s), {});
    const auto conflicts = draft.conflicts(config.running());
    QCOMPARE(conflicts.size(), std::size_t{3});
    QVERIFY(conflicts[0].route == "chat-default" && conflicts[0].mine && conflicts[0].theirs);
    QVERIFY(conflicts[1].route == "cjk-to-qwen" && !conflicts[1].mine && conflicts[1].theirs);
    QVERIFY(conflicts[2].route == "code" && conflicts[2].mine && !conflicts[2].theirs);

    draft.carryOver(config.running(), {"chat-default"});
    QVERIFY(!draft.isOvertaken());
    QCOMPARE(weightOf(draft), 10.0); // theirs
    QCOMPARE(draft.state().route("code")->settings.retry.attempts, 2); // mine
    QCOMPARE(draft.state().route("cjk-to-qwen")->settings.targets[0].weight, 4.0); // theirs alone
    QCOMPARE(draft.changedRoutes(), std::vector<std::string>{"code"});
}

/// Providers that routes need come and go with them, over a restart and over a conflict.
void TestRoutingDraft::anImportIsOneStepWithItsProviders()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    const QByteArray file = "model_list:\n"
                            "- {model_name: code, litellm_params: {model: groq/llama-3.3-70b}}\n"
                            "- {model_name: extra, litellm_params: {model: openai/o3}}\n";
    const ImportedConfig imported = config.importFile(file, u"config.yaml"_s, draft.text());
    QCOMPARE(imported.providerCount, 2);
    draft.add(u"import"_s, imported.providers, imported.routes);
    QCOMPARE(draft.undoStack().count(), 1);
    QCOMPARE(draft.changedRoutes(), (std::vector<std::string>{"code", "extra"}));
    QCOMPARE(draft.edited().problem, QString());
    QVERIFY(draft.checked().settings != nullptr);
    QVERIFY(draft.known()->model(TargetId("groq/llama-3.3-70b")) != nullptr);
    // Nothing of what stood there before has moved, but the route that has its name.
    const QString text = draft.edited().text;
    QVERIFY(text.startsWith(draft.base().text.section(u"[[route]]\nname = \"code\""_s, 0, 0)));
    draft.undoStack().undo();
    QVERIFY(!draft.isModified());
    QVERIFY(draft.known()->model(TargetId("groq/llama-3.3-70b")) == nullptr);
    draft.undoStack().redo();
    RoutingDraft later(config);
    later.restore(draft.save());
    QCOMPARE(later.edited().text, text);
    config.applyAs(u"bob"_s, config.textWith(u"weight = 50"_s, u"weight = 45"_s), {});
    draft.carryOver(config.running(), {"code"});
    QVERIFY(draft.checked().settings != nullptr);
    QVERIFY(draft.edited().text.contains(u"weight = 45"_s));
    QVERIFY(draft.edited().text.contains(u"name = \"extra\""_s));
    draft.carryOver(config.running(), {"extra"});
    QVERIFY(!draft.isModified());
    QCOMPARE(draft.edited().text, config.running().text);
}

void TestRoutingDraft::whatIsFixedCannotBeEdited()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    config.setFixed(u"You may read everything and change nothing."_s);
    setWeightOf(draft, 60);
    QCOMPARE(weightOf(draft), 50.0);
    QCOMPARE(draft.undoStack().count(), 0);
}

void TestRoutingDraft::routesComeGoAndAreRenamed()
{
    FixtureConfig config;
    RoutingDraft draft(config);
    draft.edit(u"rename"_s,
               [](RoutingState &state) { state.route("code")->settings.name = "coding"; });
    draft.edit(u"remove"_s, [](RoutingState &state) {
        std::erase_if(state.routes,
                      [](const DraftRoute &route) { return route.origin == "cjk-to-qwen"; });
    });
    draft.edit(u"add"_s, [](RoutingState &state) {
        RouteSettings route;
        route.name = "night";
        route.targets = {{.target = kDeepSeek}};
        state.routes.push_back({.origin = {}, .settings = route});
    });
    QCOMPARE(draft.changedRoutes(), (std::vector<std::string>{"coding", "night", "cjk-to-qwen"}));
    QVERIFY2(draft.edited().problem.isEmpty(), qPrintable(draft.edited().problem));
    const auto settings = draft.checked().settings;
    QVERIFY(settings != nullptr);
    QVERIFY(settings->route("coding") != nullptr && settings->route("night") != nullptr);
    QVERIFY(settings->route("code") == nullptr && settings->route("cjk-to-qwen") == nullptr);
}

void TestRoutingDraft::targetsMoveWithinAndBetweenTiers()
{
    Targets targets = threeTargets();
    Locks locks;
    QVERIFY(!moveTarget(targets, locks, kGpt, -1, true));
    QVERIFY(moveTarget(targets, locks, kGpt, 1, true));
    QCOMPARE(
        names(targets),
        (std::vector<std::string>{kClaude.name(), kGpt.name(), kMistral.name(), kDeepSeek.name()}));
    QVERIFY(moveTarget(targets, locks, kMistral, 1, true)); // into tier 2, before what is there
    QCOMPARE(tiersOf(targets), (std::vector<int>{1, 2}));
    QCOMPARE(placesIn(targets, 2).size(), std::size_t{2});
    QCOMPARE(targets[placesIn(targets, 2).front()].target, kMistral);
    QCOMPARE(sumOf(sharesIn(targets, 1, locks)), kWholeWeight);
    QCOMPARE(sumOf(sharesIn(targets, 2, locks)), kWholeWeight);
    addTarget(targets, locks, TargetId("qwen", "qwen-max"), 1, true);
    QCOMPARE(sharesIn(targets, 1, locks).back().weight, 0);
    removeTarget(targets, locks, kClaude, true);
    QCOMPARE(sumOf(sharesIn(targets, 1, locks)), kWholeWeight);
    moveToTier(targets, locks, kDeepSeek, 3, true);
    QCOMPARE(tiersOf(targets), (std::vector<int>{1, 2, 3}));
    QVERIFY(!moveTarget(targets, locks, kDeepSeek, 1, true)); // alone at the bottom
}

void TestRoutingDraft::weightsOfAnyScaleStayUntilTheyAreEdited()
{
    Targets targets{{.target = kGpt, .weight = 5},
                    {.target = kClaude, .weight = 3},
                    {.target = kMistral, .weight = 1}};
    Locks locks{kMistral};
    Shares shares = sharesIn(targets, 1, locks);
    QCOMPARE(shares[0].weight, 56);
    QCOMPARE(shares[1].weight, 33);
    QCOMPARE(shares[2].weight, 11);
    QVERIFY(shares[2].locked);
    QCOMPARE(targets[0].weight, 5.0);
    moveDivider(shares, 0, 4);
    setShares(targets, locks, 1, shares);
    QCOMPARE(targets[0].weight, 60.0);
    QCOMPARE(targets[2].weight, 11.0);
    QCOMPARE(locks, Locks{kMistral});
}

void TestRoutingDraft::chanceExplainsSoMuch()
{
    QVERIFY(samplingError(0.5, 200) > 0.069 && samplingError(0.5, 200) < 0.070);
    QCOMPARE(samplingError(0, 200), 0.0);
    QCOMPARE(samplingError(0.5, 0), 1.0);
}

QTEST_GUILESS_MAIN(TestRoutingDraft)
#include "tst_routing_draft.moc"

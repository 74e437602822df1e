// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kHalves = R"([{ target = "a/x", weight = 50 }, { target = "b/y", weight = 50 }])";

gateway::Arrival question(const std::string &body)
{
    gateway::Arrival arrival;
    arrival.head.method = "POST";
    arrival.body = body;
    return arrival;
}

std::string chat(const std::string &text)
{
    return R"({"model":"chat","messages":[{"role":"user","content":")" + text + R"("}]})";
}

/// Who leads, request by request.
std::vector<std::string> leaders(VirtualGateway &world, int count, bool askToo)
{
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        if (askToo) {
            (void)world.gateway().explain(question(chat("x")), "chat", world.now());
        }
        const auto id = world.ask();
        world.run();
        names.push_back(world.record(id).decision.candidates.at(0).target.name());
    }
    return names;
}

} // namespace

/// Goal: an operator sees what a request would be decided to, and asking changes nothing.
class TestExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itForetellsTheNextDecision();
    void itChangesNothing();
    void itShowsFactsRulesAndVetoes();
    void itTellsTaskAndLanguage();
    void itRefusesWhatTheDoorWouldRefuse();
};

void TestExplain::itForetellsTheNextDecision()
{
    VirtualGateway world(House{.targets = kHalves, .strategy = "weighted"}.toml(), 7);
    for (int i = 0; i < 20; ++i) {
        const auto told = world.gateway().explain(question(chat("x")), "chat", world.now());
        QVERIFY(told);
        const auto id = world.ask({.body = chat("x")});
        world.run();
        QCOMPARE(world.record(id).decision.candidates, told->decision.candidates);
        QCOMPARE(world.record(id).decision.draw, told->decision.draw);
    }
}

void TestExplain::itChangesNothing()
{
    const std::string toml = House{.targets = kHalves, .strategy = "weighted"}.toml();
    VirtualGateway asked(toml, 7);
    VirtualGateway left(toml, 7);
    QCOMPARE(leaders(asked, 50, true), leaders(left, 50, false));
    QCOMPARE(asked.snapshot()->totals.requests, 50);
    QCOMPARE(asked.calls().size(), std::size_t(50));
}

void TestExplain::itShowsFactsRulesAndVetoes()
{
    VirtualGateway world(House{.route = "[[route.rule]]\nname = \"chinese\"\n"
                                        "when = { cjk_share = \"> 0.4\" }\n"
                                        "targets = [ { target = \"b/y\" } ]\n"}
                             .toml());
    world.operate(gateway::Act::Drain, "a/x");
    const auto told = world.gateway().explain(question(chat("\u4f60\u597d\u4e16\u754c")),
                                              "chat",
                                              world.now());
    QVERIFY(told);
    QCOMPARE(told->decision.rule, std::string("chinese"));
    QCOMPARE(told->facts.cjkShare, 1.0);
    QCOMPARE(told->decision.candidates.at(0).target.name(), std::string("b/y"));
    QVERIFY(told->decision.candidates.at(1).veto == Veto::Drained);
    QVERIFY(told->id.empty());
}

void TestExplain::itTellsTaskAndLanguage()
{
    const std::string text = "Translate to English please: Wo ist der Bahnhof?";
    VirtualGateway plain(House{}.toml());
    const auto told = plain.gateway().explain(question(chat(text)), "chat", plain.now());
    QVERIFY(told->facts.task == Task::Translation);
    QCOMPARE(told->taskName(), std::string_view("translation"));
    QCOMPARE(told->facts.language, std::string()); // no rule asks

    VirtualGateway world(House{.route = "[[route.rule]]\nname = \"german code\"\n"
                                        "when = { language = \"de\", task = \"code\" }\n"
                                        "targets = [ { target = \"b/y\" } ]\n"}
                             .toml());
    auto arrival = question(chat("Guten Tag, ich brauche bitte eine kurze Auskunft von Ihnen."));
    const auto unstated = world.gateway().explain(arrival, "chat", world.now());
    QCOMPARE(unstated->facts.language, std::string("de"));
    QCOMPARE(unstated->decision.trials.at(0).failedFact, std::string("task"));
    arrival.head.headers.add("X-Signalbox-Metadata-Task", "code");
    const auto stated = world.gateway().explain(arrival, "chat", world.now());
    QVERIFY(stated->facts.task == Task::Code);
    QCOMPARE(stated->decision.rule, std::string("german code"));

    const auto embedded = world.gateway().explain(question(R"({"model":"chat","input":"x"})"),
                                                  "embeddings",
                                                  world.now());
    QCOMPARE(embedded->taskName(), std::string_view("embeddings"));
}

void TestExplain::itRefusesWhatTheDoorWouldRefuse()
{
    VirtualGateway world(House{}.toml());
    const auto refusal = [&](const std::string &body, const char *operation) {
        const auto told = world.gateway().explain(question(body), operation, world.now());
        return told ? std::string("decided") : told.error().code;
    };
    QCOMPARE(refusal("{", "chat"), std::string("invalid_request"));
    QCOMPARE(refusal(R"({"model":"nobody","messages":[{"role":"user","content":"x"}]})", "chat"),
             std::string("model_not_found"));
    QCOMPARE(refusal(chat("x"), "embeddings"), std::string("invalid_request"));
    QCOMPARE(refusal(R"({"model":"chat","input":"x"})", "embeddings"), std::string("decided"));
}

QTEST_APPLESS_MAIN(TestExplain)
#include "tst_explain.moc"

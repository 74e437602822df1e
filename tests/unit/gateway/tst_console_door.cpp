// SPDX-License-Identifier: Apache-2.0
// Requests from a console: whom they are booked under, what they teach, what they are told before.
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const std::string kClient = "[[client]]\nid = \"bot\"\nkey = \"env:BOT\"\n"
                            "requests_per_minute = 1\n";
const char *const kBoth = R"([{ target = "a/x" }, { target = "b/y" }])";

Ask fromConsole(const std::string &model)
{
    return {.model = model, .headers = {{"Authorization", "Bearer CONSOLE-secret"}}};
}

const RequestRecord &recordOf(VirtualGateway &world, const Ask &ask)
{
    const auto id = world.ask(ask);
    world.run();
    return world.record(id);
}

/// How often \p target was seen, by the forecast of the next request.
std::int64_t observations(VirtualGateway &world, const char *target)
{
    const RequestRecord &record = recordOf(world, {});
    for (const Candidate &candidate : record.decision.candidates) {
        if (candidate.target == TargetId(target)) {
            return candidate.forecast->observations;
        }
    }
    return -1;
}

} // namespace

class TestConsoleDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConsoleIsAClientOfItsOwn();
    void aConsoleHasNoLimits();
    void nobodyElseIsTakenForOne();
    void trialsTeachNoRoute();
    void countingTellsTheMostItCanCost();
};

void TestConsoleDoor::aConsoleIsAClientOfItsOwn()
{
    for (const std::string &clients : {kClient, std::string()}) {
        VirtualGateway world(House{.targets = kBoth}.toml() + clients);
        const RequestRecord &direct = recordOf(world, fromConsole("a/x"));
        QCOMPARE(direct.status, 200);
        QCOMPARE(direct.client, std::string("playground"));
        QVERIFY(direct.route.empty());
        const RequestRecord &routed = recordOf(world, fromConsole("chat"));
        QCOMPARE(routed.client, std::string("playground"));
        QCOMPARE(routed.route, std::string("chat"));
    }
}

void TestConsoleDoor::aConsoleHasNoLimits()
{
    VirtualGateway world(House{.targets = kBoth}.toml() + kClient);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(recordOf(world, fromConsole("chat")).status, 200);
    }
}

void TestConsoleDoor::nobodyElseIsTakenForOne()
{
    VirtualGateway world(House{.targets = kBoth}.toml());
    QCOMPARE(recordOf(world, {}).client, std::string());
    const Ask pretender{.headers = {{"Authorization", "Bearer playground"},
                                    {"x-signalbox-metadata-purpose", "playground"}}};
    QCOMPARE(recordOf(world, pretender).client, std::string());
    VirtualGateway guarded(House{.targets = kBoth}.toml() + kClient);
    const auto id = guarded.ask(pretender);
    guarded.run();
    QCOMPARE(guarded.reply(id).status, 401);
}

/// A target asked directly by hand tells the routes nothing; a route that is asked does.
void TestConsoleDoor::trialsTeachNoRoute()
{
    const std::string toml = House{.targets = kBoth, .strategy = "cheapest"}.toml();
    VirtualGateway world(toml);
    const auto before = observations(world, "b/y");
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(recordOf(world, fromConsole("b/y")).status, 200);
    }
    QVERIFY(observations(world, "b/y") <= before + 1); // that one request may have explored
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(recordOf(world, {.model = "b/y"}).status, 200); // an application's do
    }
    QVERIFY(observations(world, "b/y") >= before + 10);
}

void TestConsoleDoor::countingTellsTheMostItCanCost()
{
    VirtualGateway world("[[provider]]\nid = \"a\"\nkind = \"openai-compatible\"\n"
                         "base_url = \"http://127.0.0.1:1/v1\"\nkeys = [\"env:A1\"]\n"
                         "[[provider.model]]\nname = \"x\"\nprice = { input = 1, output = 2 }\n"
                         "max_output = 50\n"
                         "[[provider.model]]\nname = \"y\"\nprice = { input = 3, output = 9 }\n"
                         "[[provider.model]]\nname = \"free\"\n"
                         "[[route]]\nname = \"chat\"\nstrategy = \"priority\"\n"
                         "targets = [{ target = \"a/x\" }, { target = \"a/y\" }]\n");
    const auto most = [&world](const std::string &model, const std::string &limit) {
        const auto id = world.ask(
            {.body = R"({"model":")" + model + R"(",)" + limit
                     + R"("messages":[{"role":"user","content":"hi there"}]})",
             .path = "/v1/messages/count_tokens"});
        world.run();
        const Reply &reply = world.reply(id);
        const std::string tokens = reply.bytes.substr(reply.bytes.find(':') + 1);
        return std::pair(std::stoll(tokens), reply.header("x-signalbox-cost-usd-max"));
    };
    const std::string limit = R"("max_tokens":100,)";
    const auto [tokens, dearest] = most("chat", limit);
    QVERIFY(tokens > 0);
    // The dearest of the route, in whole nano-USD: 3 and 9 USD per million.
    QCOMPARE(dearest, Money::fromNanos(tokens * 3'000 + 100 * 9'000).toDecimal());
    QCOMPARE(most("a/x", limit).second, Money::fromNanos(tokens * 1'000 + 100 * 2'000).toDecimal());
    QCOMPARE(most("a/x", {}).second, Money::fromNanos(tokens * 1'000 + 50 * 2'000).toDecimal());
    QCOMPARE(most("a/y", {}).second, std::string("unknown")); // nobody says where it ends
    QCOMPARE(most("a/free", limit).second, std::string("unknown"));
    QVERIFY(world.calls().empty());
}

QTEST_APPLESS_MAIN(TestConsoleDoor)
#include "tst_console_door.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace signalbox;
using namespace signalbox::tests;
using gateway::ReasoningSeen;
using gateway::ReasoningStore;

namespace {

constexpr const char *kTools =
    R"("reasoning_effort":"high","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}])";
constexpr const char *kClients = "[[client]]\nid = \"one\"\nkey = \"env:ONE\"\n"
                                 "[[client]]\nid = \"two\"\nkey = \"env:TWO\"\n";
constexpr const char *kNote = "reasoning that the client left out was given back";

std::string question(const std::string &model)
{
    return R"({"model":")" + model + R"(",)" + kTools
           + R"(,"messages":[{"role":"user","content":"go"}]})";
}

/// The results of `200 call`; \p own are further members of the assistant's message.
std::string results(const std::string &model, const std::string &id, const std::string &own = {})
{
    return R"({"model":")" + model + R"(",)" + kTools
           + R"(,"messages":[{"role":"user","content":"go"},{"role":"assistant","content":null)"
           + own + R"(,"tool_calls":[{"id":")" + id
           + R"(","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
             R"({"role":"tool","tool_call_id":")"
           + id + R"(","content":"done"}]})";
}

Ask as(const char *client, std::string body)
{
    return {.headers = {{"authorization", std::string("Bearer ") + client + "-secret"}},
            .body = std::move(body)};
}

House house(const char *kind)
{
    return {.kindOfA = kind, .more = kClients};
}

std::string idOf(const std::string &kind)
{
    return kind == "anthropic" ? "toolu_1" : "call_1";
}

/// What a/x is sent for the second turn, after client ONE was answered a call by it.
std::string secondBody(VirtualGateway &world, const Ask &second)
{
    world.script("a/x: 200 call");
    world.ask(as("ONE", question("a/x")));
    world.run();
    world.ask(second);
    world.run();
    return world.calls().back().call.body;
}

ReasoningSeen seen(const std::string &id, std::size_t bytes)
{
    ChatChunk chunk;
    ChoiceDelta choice;
    choice.reasoning = std::string(bytes, 'r');
    ToolCallDelta call;
    call.id = id;
    choice.toolCalls.push_back(call);
    chunk.choices.push_back(choice);
    ReasoningSeen gathered;
    gathered.add(chunk);
    return gathered;
}

} // namespace

/// Goal: a client that sends tools' results without the reasoning it was answered with loses nothing
/// where the provider wants it; nobody else gets it.
class TestToolReasoning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoWantsItGetsItBack_data();
    void whoWantsItGetsItBack();
    void whatIsKeptCountsForTheStrict();
    void theClientsOwnStays();
    void anotherClientGetsNothing();
    void anotherKindGetsNothing();
    void whoDoesNotWantItGetsNothing();
    void theStoreIsBounded();
};

void TestToolReasoning::whoWantsItGetsItBack_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("sent");
    QTest::newRow("anthropic") << "anthropic"
                               << R"({"type":"thinking","thinking":"hm","signature":"sig"})";
    QTest::newRow("deepseek") << "deepseek"
                              << R"("reasoning_content":"hm")";
    QTest::newRow("openrouter") << "openrouter"
                                << R"("signature":"sig")";
}

void TestToolReasoning::whoWantsItGetsItBack()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, sent);
    const std::string name = kind.toStdString();
    VirtualGateway world(house(name.c_str()).toml());
    const std::string body = secondBody(world, as("ONE", results("a/x", idOf(name))));
    QVERIFY2(body.find(sent.toStdString()) != std::string::npos, body.c_str());
    const auto &notes = world.record(2).attempts.at(0).notes;
    QVERIFY(std::ranges::find(notes, kNote) != notes.end());
}

/// This model refuses to think on without its thinking; strictly, it then cannot serve.
void TestToolReasoning::whatIsKeptCountsForTheStrict()
{
    std::string toml = house("anthropic").toml();
    for (const auto &[from, to] : {std::pair("name = \"x\"", "name = \"claude-haiku-4-5\""),
                                   std::pair("\"a/x\"", "\"a/claude-haiku-4-5\"")}) {
        const auto at = toml.find(from);
        QVERIFY(at != std::string::npos);
        toml.replace(at, std::string_view(from).size(), to);
    }
    const char *target = "a/claude-haiku-4-5";
    Ask second = as("ONE", results(target, "toolu_1"));
    second.headers.emplace_back("x-signalbox-strict", "1");
    VirtualGateway unknowing(toml);
    const auto refused = unknowing.ask(second);
    unknowing.run();
    QCOMPARE(unknowing.reply(refused).status, 422);
    VirtualGateway knowing(toml);
    knowing.script(std::string(target) + ": 200 call");
    knowing.ask(as("ONE", question(target)));
    knowing.run();
    const auto served = knowing.ask(second);
    knowing.run();
    QCOMPARE(knowing.reply(served).status, 200);
}

void TestToolReasoning::theClientsOwnStays()
{
    VirtualGateway world(house("deepseek").toml());
    const std::string body =
        secondBody(world, as("ONE", results("a/x", "call_1", R"(,"reasoning_content":"mine")")));
    QVERIFY(body.find(R"("reasoning_content":"mine")") != std::string::npos);
    QVERIFY(body.find(R"("hm")") == std::string::npos);
}

void TestToolReasoning::anotherClientGetsNothing()
{
    VirtualGateway world(house("deepseek").toml());
    const std::string body = secondBody(world, as("TWO", results("a/x", "call_1")));
    QVERIFY(body.find(R"("reasoning_content":"")") != std::string::npos);
    QVERIFY(body.find("hm") == std::string::npos);
}

void TestToolReasoning::anotherKindGetsNothing()
{
    VirtualGateway world(house("openrouter").toml());
    const std::string body = secondBody(world, as("ONE", results("b/y", "call_1")));
    QVERIFY2(body.find("\"hm\"") == std::string::npos, body.c_str());
}

void TestToolReasoning::whoDoesNotWantItGetsNothing()
{
    VirtualGateway world(house("openai-compatible").toml());
    const std::string body = secondBody(world, as("ONE", results("a/x", "call_1")));
    QVERIFY2(body.find("\"hm\"") == std::string::npos, body.c_str());
}

void TestToolReasoning::theStoreIsBounded()
{
    constexpr auto kind = ProviderKind::DeepSeek;
    ReasoningStore store;
    for (std::size_t i = 0; i <= ReasoningStore::kEntriesMax; ++i) {
        store.keep("c", kind, seen(std::to_string(i), 10));
    }
    QVERIFY(store.find("c", kind, "0") == nullptr);
    QVERIFY(store.find("c", kind, "1") != nullptr);
    store.keep("c", kind, seen("too much", ReasoningStore::kEntryBytesMax + 1));
    QVERIFY(store.find("c", kind, "too much") == nullptr);
    const std::size_t fitting = ReasoningStore::kBytesMax / ReasoningStore::kEntryBytesMax;
    for (std::size_t i = 0; i <= fitting; ++i) {
        store.keep("c", kind, seen("big" + std::to_string(i), ReasoningStore::kEntryBytesMax));
    }
    QVERIFY(store.find("c", kind, "1") == nullptr);
    QVERIFY(store.find("c", kind, "big0") == nullptr);
    QVERIFY(store.find("c", kind, "big1") != nullptr);
    store.keep("c", kind, seen("big1", 5));
    QCOMPARE(store.find("c", kind, "big1")->text, std::string("rrrrr"));
}

QTEST_GUILESS_MAIN(TestToolReasoning)

#include "tst_tool_reasoning.moc"

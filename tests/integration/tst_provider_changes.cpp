// SPDX-License-Identifier: Apache-2.0
#include "tests/support/every_kind.h"

#include <QTest>

#include <set>

using namespace signalbox::tests;

/// *Goal*: a conversation with parallel calls that one provider began goes on at any other and back:
/// ids, names, results and what the model thought are in order, and nobody refuses. *Method*: three
/// turns by real sockets, over every pair of kinds, with a simulator that holds each history to the
/// provider's own rules (docs/SIMULATOR.md); the client sends back every message as it came.
class TestProviderChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theConversationGoesOn_data();
    void theConversationGoesOn();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<RunningDaemon> m_daemon;
};

namespace {

const Json kTools = Json::parse(
    R"([{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},)"
    R"({"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":{}}}}])");

void append(Json &message, const Json &delta, const char *name)
{
    if (delta.contains(name) && delta[name].is_string()) {
        message[name] = message.value(name, std::string()) + delta[name].get<std::string>();
    }
}

/// What a client gathers from a stream; null when it did not end as it should.
Json gathered(const HttpReply &reply)
{
    Json message = {{"role", "assistant"}};
    bool done = false;
    for (const std::string &event : reply.events()) {
        done = event == "[DONE]";
        const Json delta = done ? Json::object()
                                : Json::parse(event).at("choices").at(0).at("delta");
        append(message, delta, "content");
        append(message, delta, "reasoning_content");
        if (delta.contains("reasoning_details")) {
            message["reasoning_details"] = delta["reasoning_details"];
        }
        for (const Json &part : delta.value("tool_calls", Json::array())) {
            Json &call = message["tool_calls"][part.at("index").get<std::size_t>()];
            if (part.contains("id")) {
                call = part;
                call.erase("index");
            } else {
                Json &arguments = call.at("function").at("arguments");
                arguments = arguments.get<std::string>()
                            + part.at("function").at("arguments").get<std::string>();
            }
        }
    }
    return done ? message : Json();
}

/// A client in the middle of its conversation. A step that went wrong leaves words and ends it.
class Conversation
{
public:
    Conversation(const RunningDaemon &daemon, bool stream)
        : m_daemon(daemon)
        , m_stream(stream)
    {}

    /// The user asks, \p caller calls both tools, and \p teller tells what they said.
    void turn(const SimulatedKind &caller, const SimulatedKind &teller)
    {
        m_messages.push_back({{"role", "user"}, {"content", "What is it like in Paris?"}});
        const Json message = ask(caller);
        checkCalls(message, caller);
        if (!wrong.empty()) {
            return;
        }
        std::vector<std::string> expected;
        for (const std::size_t i : {1U, 0U}) { // the second one first
            const Json &call = message["tool_calls"][i];
            const std::string words = "result" + std::to_string(++m_results);
            m_messages.push_back(
                {{"role", "tool"}, {"tool_call_id", call["id"]}, {"content", words}});
            expected.push_back(call["function"]["name"].get<std::string>() + " said " + words);
        }
        const Json told = ask(teller);
        for (const std::string &words : expected) {
            const Json content = told.value("content", Json());
            if (!content.is_string()
                || content.get<std::string>().find(words) == std::string::npos) {
                fail("not told: " + words + " by " + told.dump());
            }
        }
    }

    std::string wrong;

private:
    Json ask(const SimulatedKind &kind)
    {
        const std::string target = kind.kind + "/" + kind.thinker;
        const Json body = {{"model", target},
                           {"messages", m_messages},
                           {"tools", kTools},
                           {"reasoning_effort", "low"},
                           {"stream", m_stream}};
        const HttpReply reply = m_daemon.fetch({"POST", "/v1/chat/completions", body.dump(), {}});
        if (reply.status != 200 || reply.header("x-signalbox-target") != target
            || reply.header("x-signalbox-attempts") != "1") {
            fail(target + ": " + reply.body);
            return Json::object();
        }
        const Json message = m_stream ? gathered(reply) : reply.json()["choices"][0]["message"];
        m_messages.push_back(message);
        return message;
    }

    void checkCalls(const Json &message, const SimulatedKind &caller)
    {
        const Json calls = message.is_object() ? message.value("tool_calls", Json::array())
                                               : Json();
        if (calls.size() != 2 || calls[0]["function"]["name"] != "get_weather"
            || calls[1]["function"]["name"] != "get_time") {
            fail("the calls are not both there: " + message.dump());
            return;
        }
        for (const Json &call : calls) {
            const bool isNew = m_ids.insert(call["id"].get<std::string>()).second;
            const Json arguments = Json::parse(call["function"]["arguments"].get<std::string>());
            if (!isNew || !arguments.is_object()) {
                fail("a call is not right: " + call.dump());
            }
        }
        const bool shown = !message.value("reasoning_content", std::string()).empty();
        if (shown != caller.showsThinking) {
            fail("thinking is not told as it is: " + message.dump());
        }
    }

    void fail(const std::string &words)
    {
        if (wrong.empty()) {
            wrong = words + "\nafter " + m_messages.dump();
        }
    }

    const RunningDaemon &m_daemon;
    bool m_stream;
    Json m_messages = Json::array({{{"role", "system"}, {"content", "Use the tools."}}});
    std::set<std::string> m_ids;
    int m_results = 0;
};

} // namespace

void TestProviderChanges::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(scenarioOfEveryKind());
    m_daemon = std::make_unique<RunningDaemon>(configurationOfEveryKind(*m_simulator),
                                               DaemonOptions{{{"UPSTREAM_KEY", "key"}},
                                                             {},
                                                             {},
                                                             "127.0.0.1:0"});
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
}

void TestProviderChanges::theConversationGoesOn_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const std::vector<SimulatedKind> &kinds = everyKind();
    for (std::size_t from = 0; from < kinds.size(); ++from) {
        for (std::size_t to = 0; to < kinds.size(); ++to) {
            QTest::addRow("%s to %s", kinds[from].kind.c_str(), kinds[to].kind.c_str())
                << int(from) << int(to);
        }
    }
}

void TestProviderChanges::theConversationGoesOn()
{
    QFETCH(int, from);
    QFETCH(int, to);
    const SimulatedKind &one = everyKind()[static_cast<std::size_t>(from)];
    const SimulatedKind &other = everyKind()[static_cast<std::size_t>(to)];
    for (const bool stream : {false, true}) {
        Conversation conversation(*m_daemon, stream);
        conversation.turn(one, other);
        for (const auto &[caller, teller] : {std::pair(&other, &one), std::pair(&one, &other)}) {
            if (conversation.wrong.empty()) {
                conversation.turn(*caller, *teller);
            }
        }
        QVERIFY2(conversation.wrong.empty(), conversation.wrong.c_str());
    }
}

QTEST_GUILESS_MAIN(TestProviderChanges)
#include "tst_provider_changes.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include "core/providers/messages_request.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

namespace {

constexpr const char *kOld = "claude-haiku-4-5";
constexpr const char *kAdaptive = "claude-sonnet-4-6";
constexpr const char *kNewest = "claude-opus-4-8";
constexpr const char *kAlways = "claude-fable-5";

const std::string kTurn = R"({"role":"user","content":"hi"})";
const std::string kTool = R"("tools":[{"name":"f","input_schema":{"type":"object"}}],)";
/// A call that came without thinking, and its result.
const std::string kUnthought =
    kTurn
    + R"(,{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},)"
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]})";
const std::string kThought =
    kTurn
    + R"(,{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"},{"type":"tool_use","id":"t1","name":"f","input":{}}]},)"
      R"({"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]})";

std::string body(const std::string &members, const std::string &messages = kTurn)
{
    return R"({"model":"m","max_tokens":20000,)" + members + R"("messages":[)" + messages + "]}";
}

HttpCall encoded(const std::string &text,
                 const char *model,
                 std::optional<std::int64_t> most = std::nullopt)
{
    const auto request = decodeMessages(text, "beta-1");
    ModelSettings settings;
    settings.maxOutputTokens = most;
    if (!request) {
        return {};
    }
    auto call = adapterFor(ProviderKind::Anthropic).encodeChat(*request, model, settings);
    return call ? *std::move(call) : HttpCall();
}

QByteArray notesOf(const HttpCall &call)
{
    QByteArrayList notes;
    for (const std::string &note : call.notes) {
        notes.append(QByteArray::fromStdString(note));
    }
    return notes.join("; ");
}

} // namespace

/// Goal: a request in Anthropic's format reaches Anthropic unchanged, but for what the model chosen
/// would refuse.
class TestMessagesNative : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesNothingButTheModel();
    void lowersTheLimit();
    void fitsTheModel_data();
    void fitsTheModel();
    void vetoesWhatTheModelCannot_data();
    void vetoesWhatTheModelCannot();
};

void TestMessagesNative::changesNothingButTheModel()
{
    const std::string members =
        R"("system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],)"
        R"("tools":[{"name":"f","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],)"
        R"("tool_choice":{"type":"auto","disable_parallel_tool_use":true},"stream":true,)"
        R"("thinking":{"type":"enabled","budget_tokens":1500},"stop_sequences":["x"],"top_k":3,)"
        R"("metadata":{"user_id":"u"},"service_tier":"standard_only","unheard_of":{"a":[1.0]},)";
    const HttpCall call = encoded(body(members, kThought), kOld);
    QCOMPARE(call.body,
             R"({"model":"claude-haiku-4-5","max_tokens":20000,)" + members + R"("messages":[)"
                 + kThought + "]}");
    QCOMPARE(notesOf(call), QByteArray());
    QCOMPARE(call.path, std::string("/messages"));
    QVERIFY(std::ranges::find(call.headers,
                              std::pair<std::string, std::string>("anthropic-beta", "beta-1"))
            != call.headers.end());
}

void TestMessagesNative::lowersTheLimit()
{
    const HttpCall call = encoded(body(""), kOld, 500);
    QCOMPARE(member(call.body, "max_tokens"), std::string("500"));
    QCOMPARE(notesOf(call), QByteArray("lowered max_tokens to the model's 500"));
    QCOMPARE(notesOf(encoded(body(""), kOld, 20'000)), QByteArray());
}

void TestMessagesNative::fitsTheModel_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("notes");
    const auto row = [](const char *name,
                        const char *model,
                        const std::string &text,
                        const char *member,
                        const char *expected,
                        const char *notes) {
        QTest::newRow(name) << QByteArray(model) << QByteArray::fromStdString(text)
                            << QByteArray(member) << QByteArray(expected) << QByteArray(notes);
    };
    const std::string budget = R"("thinking":{"type":"enabled","budget_tokens":5000},)";
    const std::string adaptive = R"("thinking":{"type":"adaptive"},)";
    const std::string off = R"("thinking":{"type":"disabled"},)";
    row("sampling, old", kOld, body(R"("temperature":0.5,)"), "temperature", "0.5", "");
    row("sampling, newest",
        kNewest,
        body(R"("temperature":0.5,)"),
        "temperature",
        "",
        "dropped temperature");
    row("top_k, newest", kNewest, body(R"("top_k":5,)"), "top_k", "", "dropped top_k");
    row("budget, between",
        kAdaptive,
        body(budget),
        "thinking",
        R"({"type":"enabled","budget_tokens":5000})",
        "");
    row("budget, newest",
        kNewest,
        body(budget),
        "thinking",
        R"({"type":"adaptive","display":"summarized"})",
        "asked for thinking in the model's own way");
    row("adaptive, old",
        kOld,
        body(adaptive),
        "thinking",
        R"({"type":"enabled","budget_tokens":16384})",
        "asked for thinking in the model's own way");
    row("adaptive, newest", kNewest, body(adaptive), "thinking", R"({"type":"adaptive"})", "");
    row("off, newest", kNewest, body(off), "thinking", R"({"type":"disabled"})", "");
    row("off, always",
        kAlways,
        body(off),
        "thinking",
        "",
        "dropped thinking; the model always thinks");
    row("budget without its thinking",
        kOld,
        body(kTool + budget, kUnthought),
        "thinking",
        "",
        "dropped thinking; thinking is off: the tool calls came without the thinking that led to "
        "them");
    row("budget with its thinking",
        kOld,
        body(kTool + budget, kThought),
        "thinking",
        R"({"type":"enabled","budget_tokens":5000})",
        "");
    row("an earlier call without",
        kOld,
        body(kTool + budget, kUnthought + "," + kTurn),
        "thinking",
        R"({"type":"enabled","budget_tokens":5000})",
        "");
    row("null", kOld, body(R"("thinking":null,)"), "thinking", "null", "");
}

void TestMessagesNative::fitsTheModel()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, notes);
    const HttpCall call = encoded(text.toStdString(), model.constData());
    QVERIFY(!call.body.empty());
    QCOMPARE(QByteArray::fromStdString(test::member(call.body, member.constData())), expected);
    QCOMPARE(notesOf(call), notes);
}

void TestMessagesNative::vetoesWhatTheModelCannot_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const std::string schema =
        R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},)";
    const std::string prefill = kTurn + R"(,{"role":"assistant","content":"It"})";
    QTest::newRow("prefill, newest")
        << QByteArray(kNewest) << QByteArray::fromStdString(body("", prefill))
        << QByteArray("ends with the assistant's words");
    QTest::newRow("prefill, old") << QByteArray(kOld)
                                  << QByteArray::fromStdString(body("", prefill)) << QByteArray();
    QTest::newRow("schema, first")
        << QByteArray("claude-3-haiku") << QByteArray::fromStdString(body(schema))
        << QByteArray("no structured output");
    QTest::newRow("schema, old") << QByteArray(kOld) << QByteArray::fromStdString(body(schema))
                                 << QByteArray();
}

void TestMessagesNative::vetoesWhatTheModelCannot()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const auto request = decodeMessages(text.toStdString(), "");
    QVERIFY(request);
    const Adapter &adapter = adapterFor(ProviderKind::Anthropic);
    const auto refusal = adapter.refuses(*request, model.toStdString());
    QCOMPARE(refusal.has_value(), !words.isEmpty());
    QVERIFY(!refusal || refusal->text.find(words.toStdString()) != std::string::npos);
    QCOMPARE(adapter.encodeChat(*request, model.toStdString(), ModelSettings()).ok(),
             words.isEmpty());
}

QTEST_GUILESS_MAIN(TestMessagesNative)
#include "tst_messages_native.moc"

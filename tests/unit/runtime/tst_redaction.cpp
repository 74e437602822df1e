// SPDX-License-Identifier: Apache-2.0
// What becomes of a body before it is kept.
#include "core/base/random.h"
#include "core/runtime/ledger/body_rows.h"
#include "core/runtime/ledger/deflate.h"
#include "core/runtime/ledger/redaction.h"
#include "core/runtime/ledger/stream_text.h"

#include <QElapsedTimer>
#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;

namespace {

/// Of no one.
constexpr const char *kKey = "sk-proj-4f9QhZ2mVbR7xK1pLw8YcT6nA3dGe5Js";

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesKeysOut_data();
    void takesKeysOut();
    void leavesTheRest_data();
    void leavesTheRest();
    void halfAKeyGoesToo();
    void anyBytesAreSurvived();
    void joinsStreams_data();
    void joinsStreams();
    void aKeyInPiecesIsKnown();
    void compressesAndBounds();
};

void TestRedaction::takesKeysOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char *name, const char *text, const char *kept) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(kept);
    };
    row("OpenAI", "use sk-proj-4f9QhZ2mVbR7xK1pLw8YcT6nA3dGe5Js.", "use [redacted].");
    row("short", "sk-0123456789abcdef", "[redacted]");
    row("Anthropic", "\"sk-ant-api03-aBcD_eFgH-1234567890\"", "\"[redacted]\"");
    row("OpenRouter", "sk-or-v1-0123456789abcdef0123456789abcdef", "[redacted]");
    row("Google", "AIzaSyA1234567890abcdefghijklmnopqrstuv", "[redacted]");
    row("Amazon", "AKIAIOSFODNN7EXAMPLE x", "[redacted] x");
    row("GitHub", "ghp_0123456789abcdefghijklmnopqrstuvwxyz", "[redacted]");
    row("Slack", "xoxb-123456789012-abcdefgh", "[redacted]");
    row("Hugging Face", "hf_abcdefghijklmnopqrstuvwxyz", "[redacted]");
    row("Stripe", "sk_live_51H8xkjEexample", "[redacted]");
    row("web token",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
        "[redacted]");
    row("bearer", "Authorization: Bearer abc.def-123456", "Authorization: Bearer [redacted]");
    row("bearer, small",
        "curl -H 'authorization: bearer 0123456789'",
        "curl -H 'authorization: bearer [redacted]'");
    row("basic", "basic dXNlcjpwYXNz", "basic [redacted]");
    row("JSON", R"({"password": "hunter22", "n": 1})", R"({"password": "[redacted]", "n": 1})");
    row("JSON in JSON",
        R"({"content":"{\"api_key\": \"abcd1234\"}"})",
        R"({"content":"{\"api_key\": \"[redacted]\"}"})");
    row("environment",
        "export OPENAI_API_KEY=abcdefgh; ls",
        "export OPENAI_API_KEY=[redacted]; ls");
    row("query",
        "https://h/p?client_secret=abcdefgh&x=1",
        "https://h/p?client_secret=[redacted]&x=1");
    row("camel", R"("accessToken":"abcdefgh1")", R"("accessToken":"[redacted]")");
    row("token", R"("token":"0123456789abcdef")", R"("token":"[redacted]")");
    row("header", "x-api-key: abcd1234efgh", "x-api-key: [redacted]");
    row("address", "postgresql://bob:s3cret@db/x", "postgresql://[redacted]@db/x");
    row("PEM",
        "a -----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY----- b",
        "a [redacted] b");
    row("PEM without an end", "-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted]");
    row("looks like one", "id Zk3vQ9xW1rT7yU5iO2pA8sD4fG6hJ0kL end", "id [redacted] end");
    row("two", "sk-0123456789abcdef sk-fedcba9876543210", "[redacted] [redacted]");
}

void TestRedaction::takesKeysOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, kept);
    QCOMPARE(QByteArray::fromStdString(redacted(text.toStdString())), kept);
    // What was taken out once stays as it is.
    QCOMPARE(QByteArray::fromStdString(redacted(kept.toStdString())), kept);
}

void TestRedaction::leavesTheRest_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *text) {
        QTest::newRow(name) << QByteArray(text);
    };
    row("nothing", "");
    row("words", "The password is a word; a secret garden. Ask-me-anything, risk-averse.");
    row("request",
        R"({"model":"gpt-4.1","max_tokens":500,"messages":[{"role":"user","content":"Hi"}]})");
    row("uuid", "0192e4a1-7c3b-7def-8a11-0242ac120002");
    row("digest", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    row("id of ours", "01KAF3G7H210000ABCDEFGHJKM");
    row("null", R"({"api_key": null, "secret": true, "token": {"type": "none"}})");
    row("Chinese", "我的密码是什么? 🚂");
    row("address", "https://example.org/a?b=c:d@e");
    row("certificate", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----");
    row("code", "int accessTokenCount = tokens.size(); // bearer of news");
}

void TestRedaction::leavesTheRest()
{
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(redacted(text.toStdString())), text);
}

void TestRedaction::halfAKeyGoesToo()
{
    const std::string key = kKey;
    for (std::size_t length = 1; length <= key.size(); ++length) {
        const std::string kept = redactedCut("the key is " + key.substr(0, length));
        QVERIFY2(kept == "the key is " || kept == "the key is [redacted]", kept.c_str());
    }
}

/// Goal: whatever comes, it ends, soon, and no key is left. Method: keys between random bytes.
void TestRedaction::anyBytesAreSurvived()
{
    Random random(12);
    constexpr std::string_view odd = "\"'\\:= -/@.{}[]\n,;&eyJsk-Bearer password://";
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (int i = 0; i < 300; ++i) {
            text += random.below(3) == 0 ? static_cast<char>(random.below(256))
                                         : odd[random.below(odd.size())];
        }
        text += std::string(" ") + kKey + " ";
        for (int i = 0; i < 100; ++i) {
            text += odd[random.below(odd.size())];
        }
        QVERIFY(redacted(text).find("4f9QhZ2mVbR7") == std::string::npos);
        (void)joinedStream(text);
    }
    QElapsedTimer clock;
    clock.start();
    for (const char *piece :
         {"://a:", "secret:\"", "password=", "\\\"token\\\":\\\"", "-----BEGIN "}) {
        std::string text;
        while (text.size() < 1'000'000) {
            text += piece;
        }
        (void)redacted(text);
    }
    QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed()))); // not squared
}

void TestRedaction::joinsStreams_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("joined");
    QTest::newRow("OpenAI") << QByteArray(
        "data: "
        "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}},"
        "{\"index\":1,\"delta\":{\"content\":\"Hi\"}}]}\n\n"
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3}}\n\ndata: [DONE]\n\n")
                            << QByteArray(R"({"events":3,"content":"Hello","content[1]":"Hi"})");
    QTest::newRow("tools") << QByteArray(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
        "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}}]}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
        "\"function\":{\"arguments\":\":1}\"}}]}}]}\n\n")
                           << QByteArray(R"({"events":2,"arguments":"{\"a\":1}"})");
    QTest::newRow("Anthropic") << QByteArray(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n"
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
        "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hel\"}}\n\n"
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
        "\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}}\n\n")
                               << QByteArray(R"({"events":3,"text":"Hello"})");
    QTest::newRow("broken")
        << QByteArray("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
                      "data: {\"error\":{\"code\":\"upstream_stream_broken\"}}\n\ndata: {\"cut")
        << QByteArray(R"({"events":2,"content":"Hel","error":{"code":"upstream_stream_broken"}})");
}

void TestRedaction::joinsStreams()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, joined);
    QVERIFY(isEventStream(stream.toStdString()));
    QCOMPARE(QByteArray::fromStdString(joinedStream(stream.toStdString())), joined);
}

/// Statement 64, of a stream: a key that a model says comes in pieces of some letters.
void TestRedaction::aKeyInPiecesIsKnown()
{
    RequestBodies bodies;
    const std::string said = std::string("Your key is ") + kKey + " for now.";
    for (std::size_t i = 0; i < said.size(); i += 3) {
        bodies.answer.text += "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                              + said.substr(i, 3) + "\"}}]}\n\n";
    }
    const RequestBodies kept = readyToKeep(bodies);
    QVERIFY2(kept.answer.text.find("Your key is [redacted] for now.") != std::string::npos,
             kept.answer.text.c_str());
}

void TestRedaction::compressesAndBounds()
{
    const std::string text(1'000'000, 'x');
    for (const std::string &each : {std::string(), std::string("a"), text}) {
        QCOMPARE(*inflated(deflated(each), 2'000'000), each);
    }
    QVERIFY(deflated(text).size() < 5'000);
    QVERIFY(!inflated(deflated(text), 999'999)); // a small file must not fill the memory
    QVERIFY(!inflated("no zlib", 1000));
    std::string damaged = deflated(text);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    QVERIFY(!inflated(damaged, 2'000'000));
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"

// SPDX-License-Identifier: Apache-2.0
#include "core/base/redaction.h"
#include "core/base/secret.h"

#include <QTest>

#include <concepts>
#include <ostream>
#include <utility>

using namespace signalbox;

template <typename T>
concept Printable = requires(std::ostream &out, const T &value)
{
    out << value;
};

// A secret that could be printed, or became a string by itself, would sooner or later be logged.
static_assert(!Printable<Secret>);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<Secret, std::string_view>);

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesItselfOnly();
    void anEmptyOneMatchesNothing();
    void showsFourCharactersOfALongOne();
    void movingLeavesNothingBehind();
    void isBlottedOutOfOthersWords();
    void whatLooksLikeAKeyIsBlottedOut_data();
    void whatLooksLikeAKeyIsBlottedOut();
    void whatIsNoKeyStays_data();
    void whatIsNoKeyStays();
};

void TestSecret::matchesItselfOnly()
{
    const Secret key("sk-abcdefgh1234");
    QVERIFY(key.matches("sk-abcdefgh1234"));
    for (const char *other : {"",
                              "s",
                              "sk-abcdefgh123",
                              "sk-abcdefgh12345",
                              "sk-abcdefgh1235",
                              "sk-abcdefgh1234sk-abcdefgh1234"}) {
        QVERIFY2(!key.matches(other), other);
    }
}

void TestSecret::anEmptyOneMatchesNothing()
{
    QVERIFY(!Secret().matches(""));
    QVERIFY(!Secret().matches("x"));
}

void TestSecret::showsFourCharactersOfALongOne()
{
    QCOMPARE(Secret("sk-abcdefgh1234").masked(), std::string("\u2022\u2022\u2022\u20221234"));
    QCOMPARE(Secret("short").masked(), std::string("\u2022\u2022\u2022\u2022"));
}

void TestSecret::isBlottedOutOfOthersWords()
{
    std::string text = "wrong key k-1 (k-1), not k-2";
    Secret("k-1").blotOut(text);
    QCOMPARE(text, std::string("wrong key [redacted] ([redacted]), not k-2"));
    Secret().blotOut(text);
    Secret("[redacted]").blotOut(text);
    QCOMPARE(text, std::string("wrong key [redacted] ([redacted]), not k-2"));
}

void TestSecret::movingLeavesNothingBehind()
{
    Secret from("sk-abcdefgh1234");
    const Secret to(std::move(from));
    QVERIFY(to.matches("sk-abcdefgh1234"));
    QVERIFY(from.isEmpty()); // NOLINT(bugprone-use-after-move): that is the claim
    Secret assigned("another");
    assigned = to;
    QVERIFY(assigned.matches("sk-abcdefgh1234"));
}

void TestSecret::whatLooksLikeAKeyIsBlottedOut_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("kept");
    const auto row = [](const char *text, const char *kept) {
        QTest::newRow(text) << std::string(text) << std::string(kept);
    };
    row("wrong key sk-proj-abc_DEF-123456.", "wrong key [redacted].");
    row("sk-ant-api03-AAAA", "[redacted]");
    row("AIzaSyD-1234567890abcdefghijklmnopqrstu in a URL", "[redacted] in a URL");
    row("gsk_abcdefgh hf_abcdefgh ghp_abcdefgh AKIAIOSFODNN7EXAMPLE",
        "[redacted] [redacted] [redacted] [redacted]");
    row("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[redacted]");
    row("Authorization: Bearer abcd1234", "Authorization: Bearer [redacted]");
    row("authorization: basic QWxhZGRpbjpvcGVu=1", "authorization: basic [redacted]");
    row("bearer abcdefghijklmnopqrstuvwxyz", "bearer [redacted]");
    row("api_key = \"hunter2hunter\" # mine", "api_key = \"[redacted]\" # mine");
    row("{\\\"password\\\": \\\"correct horse\\\"}", "{\\\"password\\\": \\\"[redacted]\\\"}");
    row("GET /v1?key=abc12345&x=1", "GET /v1?key=[redacted]&x=1");
    row("x-api-key: a1b2c3d4e5", "x-api-key: [redacted]");
    row("OPENAI_API_KEY=whatever", "OPENAI_API_KEY=[redacted]");
    row("https://me:geheim@proxy.example/v1", "https://[redacted]@proxy.example/v1");
    row("a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb",
        "a\n[redacted]\nb");
    row("-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted]");
}

void TestSecret::whatLooksLikeAKeyIsBlottedOut()
{
    QFETCH(std::string, text);
    QFETCH(std::string, kept);
    QVERIFY(blotKeys(text));
    QCOMPARE(text, kept);
    QVERIFY(!blotKeys(text)); // once is enough
}

void TestSecret::whatIsNoKeyStays_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *text : {"",
                             "keys = [\"env:OPENAI_API_KEY\", \"keychain:openai\"]",
                             "admin_token = \"file:/etc/signalbox/token\"",
                             "https://api.openai.com/v1/chat?a@b",
                             "\"prompt_tokens\":123456,\"first_token\": 1234567",
                             "a risk-free task-force asks for basic information",
                             "unexpected token: something",
                             "bearer tokens are used; sk-1",
                             "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
                             "01KAF3G7H2ABCDEFGHJKMNPQRS qwen/qwen-plus 9f3a1c22d0aa",
                             "server_error, first_token_timeout in 41 s"}) {
        QTest::newRow(text) << std::string(text);
    }
}

void TestSecret::whatIsNoKeyStays()
{
    QFETCH(std::string, text);
    const std::string before = text;
    QVERIFY(!blotKeys(text));
    QCOMPARE(text, before);
}

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"

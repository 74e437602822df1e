// SPDX-License-Identifier: Apache-2.0
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

QTEST_APPLESS_MAIN(TestSecret)
#include "tst_secret.moc"

// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounds.h"
#include "core/cache/canonical_json.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::cache;

namespace {

std::optional<std::string> canonical(std::string_view json, MemberOrder order)
{
    std::string out;
    return appendCanonical(out, json, order) ? std::optional(out) : std::nullopt;
}

} // namespace

class TestCanonicalJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equals_data();
    void equals();
    void differs_data();
    void differs();
    void isNoJson_data();
    void isNoJson();
    void depthIsBounded();
    void decodesStrings();
};

void TestCanonicalJson::equals_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::newRow("blanks") << QByteArray(R"({"a":[1,{"b":null}]})")
                            << QByteArray(" { \"a\" :\t[ 1 ,\r\n{ \"b\":null } ] } ");
    QTest::newRow("escapes") << QByteArray(R"("\u0041\/\n\ud83d\ude00")")
                             << QByteArray("\"A/\\u000a\xF0\x9F\x98\x80\"");
    QTest::newRow("member names") << QByteArray(R"({"\u0061":1})") << QByteArray(R"({"a":1})");
    QTest::newRow("nothing in it") << QByteArray("[ ]") << QByteArray("[]");
}

void TestCanonicalJson::equals()
{
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    for (const MemberOrder order : {MemberOrder::AsWritten, MemberOrder::Sorted}) {
        const auto form = canonical(one.toStdString(), order);
        QVERIFY(form);
        QVERIFY(form == canonical(other.toStdString(), order));
    }
}

void TestCanonicalJson::differs_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("whenSorted");
    const auto row = [](const char *name, const char *one, const char *other, bool sorted = true) {
        QTest::newRow(name) << QByteArray(one) << QByteArray(other) << sorted;
    };
    row("order", R"({"a":1,"b":2})", R"({"b":2,"a":1})", false);
    row("null", R"({"a":null})", "{}", false);
    row("digits", "0.7", "0.70");
    row("a number and a text", "1", R"("1")");
    row("nesting", "[[1],2]", "[[1,2]]");
    row("numbers side by side", "[1,12]", "[11,2]");
    row("texts side by side", R"(["a","bs1:c"])", R"(["as4:b","c"])");
    row("half pairs", R"("\ud83d")", R"("\ud83e")");
    row("half a pair and what replaces it", R"("\ud83d")", R"("\ufffd")");
    row("empty ones", "[]", "{}");
    row("null in a list", "[null]", "[]");
}

void TestCanonicalJson::differs()
{
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    QFETCH(bool, whenSorted);
    QVERIFY(canonical(one.toStdString(), MemberOrder::AsWritten)
            != canonical(other.toStdString(), MemberOrder::AsWritten));
    QCOMPARE(canonical(one.toStdString(), MemberOrder::Sorted)
                 != canonical(other.toStdString(), MemberOrder::Sorted),
             whenSorted);
}

void TestCanonicalJson::isNoJson_data()
{
    QTest::addColumn<QByteArray>("json");
    int number = 0;
    for (const char *json : {"",      "   ",     "{",          "[",           "]",        "[1",
                             "[1,",   "{\"a\"}", "{\"a\":}",   "{a:1}",       "{\"a\":1", "\"a",
                             "\"\\",  "\"\\x\"", "\"\\u12\"",  "\"\\u12g4\"", "1 2",      "[1]]",
                             "{} {}", "[1}",     "\"a\"\"b\"", "\"a\nb\""}) {
        QTest::addRow("%d", number++) << QByteArray(json);
    }
}

void TestCanonicalJson::isNoJson()
{
    QFETCH(QByteArray, json);
    QVERIFY(!canonical(json.toStdString(), MemberOrder::AsWritten));
    QVERIFY(!canonical(json.toStdString(), MemberOrder::Sorted));
}

void TestCanonicalJson::depthIsBounded()
{
    const auto nested = [](int depth) {
        const auto levels = static_cast<std::size_t>(depth);
        return std::string(levels, '[') + std::string(levels, ']');
    };
    QVERIFY(canonical(nested(bounds::kJsonDepthMax), MemberOrder::AsWritten));
    QVERIFY(!canonical(nested(bounds::kJsonDepthMax + 1), MemberOrder::AsWritten));
}

void TestCanonicalJson::decodesStrings()
{
    QVERIFY(decodedString(R"( "a\"b" )") == "a\"b");
    QVERIFY(!decodedString("1"));
    QVERIFY(!decodedString(R"("a" 1)"));
}

QTEST_APPLESS_MAIN(TestCanonicalJson)
#include "tst_canonical_json.moc"

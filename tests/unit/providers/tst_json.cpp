// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounds.h"
#include "core/providers/json_check.h"
#include "core/providers/json_reader.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace signalbox;
using namespace signalbox::providers;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatTheGrammarTakes_data();
    void takesWhatTheGrammarTakes();
    void refusesTheRest_data();
    void refusesTheRest();
    void boundsTheDepth();
    void survivesAHundredThousandBrackets();
    void agreesWithAnotherParserOnEveryMutation();
    void opensObjectsAndArraysOnly();
    void keepsTheExactTextOfEveryValue();
    void walksWhatItHasTakenRaw();
    void givesBackTheMemoryOfAHugeDocument();
};

void TestJson::takesWhatTheGrammarTakes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("object") << QByteArray(R"({"a":1,"b":[true,false,null],"c":{}})");
    QTest::newRow("blanks") << QByteArray(" \t\r\n[ 1 , 2 ]\n ");
    QTest::newRow("numbers") << QByteArray(
        "[0,-0,1.5,-1e10,2E+3,4e-2,123456789012345678901234567890]");
    QTest::newRow("escapes") << QByteArray(R"(["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"])");
    QTest::newRow("utf-8") << QByteArray("[\"\xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80\"]");
    QTest::newRow("scalar") << QByteArray("42");
    QTest::newRow("empty key") << QByteArray(R"({"":0})");
}

void TestJson::takesWhatTheGrammarTakes()
{
    QFETCH(QByteArray, text);
    QVERIFY(!checkJson(text.toStdString()));
}

void TestJson::refusesTheRest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &text, JsonFaultKind kind) {
        QTest::newRow(name) << text << static_cast<int>(kind);
    };
    row("nothing", "", JsonFaultKind::Empty);
    row("blanks", " \n", JsonFaultKind::Empty);
    row("cut", R"({"a":)", JsonFaultKind::Syntax);
    row("cut string", R"(["abc)", JsonFaultKind::Syntax);
    row("trailing comma", "[1,]", JsonFaultKind::Syntax);
    row("trailing comma in object", R"({"a":1,})", JsonFaultKind::Syntax);
    row("leading zero", "[01]", JsonFaultKind::Syntax);
    row("bare point", "[1.]", JsonFaultKind::Syntax);
    row("plus", "[+1]", JsonFaultKind::Syntax);
    row("bare exponent", "[1e]", JsonFaultKind::Syntax);
    row("NaN", "[NaN]", JsonFaultKind::Syntax);
    row("single quotes", "['a']", JsonFaultKind::Syntax);
    row("unquoted key", "{a:1}", JsonFaultKind::Syntax);
    row("missing colon", R"({"a" 1})", JsonFaultKind::Syntax);
    row("missing comma", R"({"a":1 "b":2})", JsonFaultKind::Syntax);
    row("wrong bracket", "[1}", JsonFaultKind::Syntax);
    row("two documents", "{} {}", JsonFaultKind::Syntax);
    row("trailing text", "{}x", JsonFaultKind::Syntax);
    row("comment", "{/*a*/}", JsonFaultKind::Syntax);
    row("byte order mark", "\xEF\xBB\xBF{}", JsonFaultKind::Syntax);
    row("line feed in string", "[\"a\nb\"]", JsonFaultKind::Syntax);
    row("zero byte in string", QByteArray("[\"a\0b\"]", 7), JsonFaultKind::Syntax);
    row("unknown escape", R"(["\x41"])", JsonFaultKind::Syntax);
    row("short escape", R"(["\u12"])", JsonFaultKind::Syntax);
    row("escape at the end", R"(["\)", JsonFaultKind::Syntax);
    row("lone high surrogate", R"(["\ud83d"])", JsonFaultKind::Surrogate);
    row("lone low surrogate", R"(["\ude00"])", JsonFaultKind::Surrogate);
    row("high twice", R"(["\ud83d\ud83d"])", JsonFaultKind::Surrogate);
    row("high before other escape", R"(["\ud83d\n"])", JsonFaultKind::Surrogate);
    row("cut character", "[\"\xE4\xB8\"]", JsonFaultKind::Utf8);
    row("overlong", "[\"\xC0\xAF\"]", JsonFaultKind::Utf8);
    row("encoded surrogate", "[\"\xED\xA0\x80\"]", JsonFaultKind::Utf8);
}

void TestJson::refusesTheRest()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const auto fault = checkJson(text.toStdString());
    QVERIFY(fault.has_value());
    QCOMPARE(static_cast<int>(fault->kind), kind);
}

void TestJson::boundsTheDepth()
{
    const std::string deepest = std::string(bounds::kJsonDepthMax, '[')
                                + std::string(bounds::kJsonDepthMax, ']');
    QVERIFY(!checkJson(deepest));
    const auto fault = checkJson("[" + deepest + "]");
    QCOMPARE(fault->kind, JsonFaultKind::Depth);
    QCOMPARE(fault->at, std::size_t{bounds::kJsonDepthMax});
}

void TestJson::survivesAHundredThousandBrackets()
{
    JsonReader reader;
    QCOMPARE(reader.open(std::string(100'000, '[')).error().kind, JsonFaultKind::Depth);
    std::string objects;
    for (int i = 0; i < 100'000; ++i) {
        objects += R"({"a":)";
    }
    QCOMPARE(reader.open(objects).error().kind, JsonFaultKind::Depth);
}

/// Goal: the check accepts exactly what an independent parser accepts.
/// Method: every byte of a document with all kinds of tokens is replaced by every interesting one,
/// and every prefix is tried. Surrogates are left out: the other parser has the same rule.
void TestJson::agreesWithAnotherParserOnEveryMutation()
{
    const std::string document =
        R"( {"k":[1,-2.5e-3,0,true,false,null,"x\n\u0041\ud83d\ude00 long enough for words"],"o":{}} )";
    const std::string_view bytes = "{}[]\",:\\0123456789abcdefntru+-.eE \t\n\r\x01z";
    int accepted = 0;
    const auto compare = [&](const std::string &text) {
        const bool ours = !checkJson(text);
        const bool theirs = nlohmann::json::accept(text);
        if (ours != theirs) {
            qWarning("differs on %s", text.c_str());
        }
        accepted += ours ? 1 : 0;
        return ours == theirs;
    };
    for (std::size_t at = 0; at < document.size(); ++at) {
        QVERIFY(compare(document.substr(0, at)));
        for (const char byte : bytes) {
            std::string mutant = document;
            mutant[at] = byte;
            QVERIFY(compare(mutant));
        }
    }
    QVERIFY(accepted > 100);
}

void TestJson::opensObjectsAndArraysOnly()
{
    JsonReader reader;
    QVERIFY(reader.open("{}").ok());
    QVERIFY(reader.open("[]").ok());
    QCOMPARE(reader.open("42").error().kind, JsonFaultKind::Scalar);
    QCOMPARE(reader.open(R"("text")").error().kind, JsonFaultKind::Scalar);
    QCOMPARE(reader.open("null").error().kind, JsonFaultKind::Scalar);
}

void TestJson::keepsTheExactTextOfEveryValue()
{
    JsonReader reader;
    auto root = reader.open(
        R"({"big":7228414683750928000 , "exact":0.10000000000000001, "text" : "a\u0062c"  ,"list":[ 1, 2 ] ,"none":null})");
    QVERIFY(root.ok());
    std::vector<std::string> raw;
    QVERIFY(forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        raw.push_back(std::string(name) + "=" + std::string(rawJson(value)));
    }));
    const std::vector<std::string> expected = {"big=7228414683750928000",
                                               "exact=0.10000000000000001",
                                               R"(text="a\u0062c")",
                                               "list=[ 1, 2 ]",
                                               "none=null"};
    QCOMPARE(raw, expected);
}

void TestJson::walksWhatItHasTakenRaw()
{
    JsonReader reader;
    auto root = reader.open(R"({"a":[{"b":[]},{"b":[1,[2]]},{}],"c":{},"d":"end","e":[{}]})");
    QVERIFY(root.ok());
    std::string walked;
    QVERIFY(forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        walked += std::string(name) + std::string(rawJson(value)) + "|";
        forEachElement(value, [&](JsonValue &element) {
            walked += std::string(rawJson(element)) + "/";
            forEachMember(element, [&](std::string_view inner, JsonValue &list) {
                walked += std::string(inner) + std::string(rawJson(list)) + "/";
            });
        });
        if (const auto text = asString(value)) {
            walked += *text;
        }
    }));
    QCOMPARE(walked,
             std::string(R"(a[{"b":[]},{"b":[1,[2]]},{}]|{"b":[]}/b[]/{"b":[1,[2]]}/b[1,[2]]/{}/)"
                         R"(c{}|d"end"|ende[{}]|{}/)"));
}

void TestJson::givesBackTheMemoryOfAHugeDocument()
{
    JsonReader reader;
    const std::string huge = "[\"" + std::string(4 << 20, 'x') + "\"]";
    QVERIFY(reader.open(huge).ok());
    auto small = reader.open(R"({"a":1})");
    QVERIFY(small.ok());
    int members = 0;
    forEachMember(*small, [&](std::string_view, JsonValue &) { ++members; });
    QCOMPARE(members, 1);
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"

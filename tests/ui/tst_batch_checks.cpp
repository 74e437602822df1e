// SPDX-License-Identifier: GPL-3.0-or-later
// What answers must be like, JSON Schemas, and the words of a judge.
#include "ui/models/batch_checks.h"
#include "ui/models/batch_judge.h"
#include "ui/models/json_schema.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

class TestBatchChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checks_data();
    void checks();
    void problems_data();
    void problems();
    void anExpressionThatGoesAstrayEnds();
    void schemas_data();
    void schemas();
    void schemasThatAreNotUnderstood_data();
    void schemasThatAreNotUnderstood();
    void verdicts_data();
    void verdicts();
    void placesDoNotDecide();
    void aJudgeIsToldWhatToDo();
};

void TestBatchChecks::checks_data()
{
    QTest::addColumn<CheckKind>("kind");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<CheckResult>("result");
    const auto row = [](const char *name,
                        CheckKind kind,
                        const QString &value,
                        const QString &text,
                        CheckResult result) {
        QTest::newRow(name) << kind << value << text << result;
    };
    using enum CheckKind;
    row("contains", Contains, u"Refund"_s, u"a refund is due"_s, CheckResult::Passed);
    row("contains not", Contains, u"refund"_s, u"no"_s, CheckResult::Failed);
    row("lacks", Lacks, u"sorry"_s, u"fine"_s, CheckResult::Passed);
    row("lacks not", Lacks, u"sorry"_s, u"Sorry!"_s, CheckResult::Failed);
    row("matches", Matches, u"^\\d{3}$"_s, u"x\n123\ny"_s, CheckResult::Passed);
    row("matches not", Matches, u"^\\d{3}$"_s, u"1234"_s, CheckResult::Failed);
    row("schema", Schema, u"{\"type\":\"object\"}"_s, u"{}"_s, CheckResult::Passed);
    row("schema in a fence",
        Schema,
        u"{\"type\":\"object\"}"_s,
        u"```json\n{\"a\":1}\n```"_s,
        CheckResult::Passed);
    row("schema not", Schema, u"{\"type\":\"object\"}"_s, u"Sure! {}"_s, CheckResult::Failed);
    row("length", LengthMax, u"3"_s, u"日本語"_s, CheckResult::Passed);
    row("length in characters", LengthMax, u"1"_s, u"😀"_s, CheckResult::Passed);
    row("too long", LengthMax, u"3"_s, u"four"_s, CheckResult::Failed);
    row("fast enough", MillisMax, u"1500"_s, u"x"_s, CheckResult::Passed);
    row("too slow", MillisMax, u"1499.9"_s, u"x"_s, CheckResult::Failed);
    row("cheap enough", CostMax, u"0.002"_s, u"x"_s, CheckResult::Passed);
    row("too dear", CostMax, u"0.001999999"_s, u"x"_s, CheckResult::Failed);
}

void TestBatchChecks::checks()
{
    QFETCH(CheckKind, kind);
    QFETCH(QString, value);
    QFETCH(QString, text);
    QFETCH(CheckResult, result);
    const BatchCheck check{kind, value};
    QCOMPARE(problemOf(check), QString());
    const CheckedAnswer answer{text, 1'500, Money::fromDecimal("0.002")};
    QCOMPARE(resultOf(check, answer), result);
    if (kind == CheckKind::CostMax) {
        QCOMPARE(resultOf(check, {text, 1'500, {}}), CheckResult::Unknown); // no price is no $0
    }
}

void TestBatchChecks::problems_data()
{
    QTest::addColumn<CheckKind>("kind");
    QTest::addColumn<QString>("value");
    for (const CheckKind kind : kCheckKinds) {
        QTest::addRow("%s of nothing", qPrintable(nameOf(kind))) << kind << QString();
    }
    QTest::newRow("a broken expression") << CheckKind::Matches << u"(a"_s;
    QTest::newRow("a broken schema") << CheckKind::Schema << u"{"_s;
    QTest::newRow("no number") << CheckKind::LengthMax << u"few"_s;
    QTest::newRow("less than nothing") << CheckKind::MillisMax << u"-1"_s;
    QTest::newRow("no money") << CheckKind::CostMax << u"cheap"_s;
}

void TestBatchChecks::problems()
{
    QFETCH(CheckKind, kind);
    QFETCH(QString, value);
    QVERIFY(!problemOf(BatchCheck{kind, value}).isEmpty());
}

void TestBatchChecks::anExpressionThatGoesAstrayEnds()
{
    QElapsedTimer clock;
    clock.start();
    const BatchCheck check{CheckKind::Matches, u"^(a+)+$"_s};
    QCOMPARE(resultOf(check, {QString(5'000, u'a') + u'b', 0, {}}), CheckResult::Failed);
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
}

void TestBatchChecks::schemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *name, const char *schema, const char *text, bool fits) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(text) << fits;
    };
    row("anything", "true", "[1]", true);
    row("nothing", "false", "1", false);
    row("no JSON", "true", "one", false);
    row("two values", "true", "1,2", false);
    row("an integer", R"({"type":"integer"})", "3.0", true);
    row("no integer", R"({"type":"integer"})", "3.5", false);
    row("one of two types", R"({"type":["null","string"]})", "null", true);
    row("neither type", R"({"type":["null","string"]})", "1", false);
    row("enum", R"({"enum":["a",1]})", "1", true);
    row("not in enum", R"({"enum":["a",1]})", "2", false);
    row("const", R"({"const":{"a":1}})", R"({"a":1})", true);
    row("not const", R"({"const":"x"})", R"("y")", false);
    row("at the minimum", R"({"minimum":1,"maximum":2})", "1", true);
    row("below", R"({"minimum":1})", "0.9", false);
    row("above", R"({"maximum":2})", "2.1", false);
    row("at the open end", R"({"exclusiveMaximum":2})", "2", false);
    row("at the other open end", R"({"exclusiveMinimum":2})", "2", false);
    row("long enough", R"({"minLength":2,"maxLength":2})", R"("日本")", true);
    row("too short", R"({"minLength":2})", R"("a")", false);
    row("too long", R"({"maxLength":2})", R"("abc")", false);
    row("pattern", R"({"pattern":"^a"})", R"("ab")", true);
    row("not the pattern", R"({"pattern":"^a"})", R"("ba")", false);
    row("items", R"({"items":{"type":"number"},"minItems":1,"maxItems":2})", "[1,2]", true);
    row("a wrong item", R"({"items":{"type":"number"}})", R"([1,"2"])", false);
    row("too few items", R"({"minItems":1})", "[]", false);
    row("too many items", R"({"maxItems":1})", "[1,2]", false);
    row("members",
        R"({"properties":{"a":{"type":"string"}},"required":["a"]})",
        R"({"a":"x","b":1})",
        true);
    row("a member is missing", R"({"required":["a"]})", "{}", false);
    row("a wrong member", R"({"properties":{"a":{"type":"string"}}})", R"({"a":1})", false);
    row("one too many",
        R"({"properties":{"a":true},"additionalProperties":false})",
        R"({"a":1,"b":2})",
        false);
    row("others of a kind",
        R"({"additionalProperties":{"type":"number"}})",
        R"({"a":1,"b":"2"})",
        false);
    row("any of", R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "7", true);
    row("none of", R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "3", false);
    row("one of", R"({"oneOf":[{"minimum":1},{"minimum":5}]})", "3", true);
    row("two of one", R"({"oneOf":[{"minimum":1},{"minimum":5}]})", "7", false);
    row("not all of", R"({"allOf":[{"minimum":1},{"minimum":5}]})", "3", false);
    row("not", R"({"not":{"type":"string"}})", "3", true);
    row("what may not be", R"({"not":{"type":"string"}})", R"("x")", false);
}

void TestBatchChecks::schemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, text);
    QFETCH(bool, fits);
    QCOMPARE(schemaProblem(schema), QString());
    const QString complaint = schemaComplaint(schema, text);
    QVERIFY2(complaint.isEmpty() == fits, qPrintable(complaint));
}

void TestBatchChecks::schemasThatAreNotUnderstood_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("named");
    QTest::newRow("no JSON") << QByteArray("{") << QString();
    QTest::newRow("a number") << QByteArray("3") << QString();
    QTest::newRow("a reference") << QByteArray(R"({"$ref":"#/x"})") << u"$ref"_s;
    QTest::newRow("within") << QByteArray(R"({"properties":{"a":{"format":"date"}}})")
                            << u"format"_s;
    QTest::newRow("no such type") << QByteArray(R"({"type":"text"})") << u"type"_s;
    QTest::newRow("a text for a number") << QByteArray(R"({"minimum":"1"})") << u"minimum"_s;
    QTest::newRow("a broken pattern") << QByteArray(R"({"pattern":"("})") << u"pattern"_s;
    QTest::newRow("no list") << QByteArray(R"({"anyOf":{}})") << u"anyOf"_s;
    QTest::newRow("a count below nothing") << QByteArray(R"({"minItems":-1})") << u"minItems"_s;
    QTest::newRow("names that are none") << QByteArray(R"({"required":[1]})") << u"required"_s;
    QTest::newRow("an empty enum") << QByteArray(R"({"enum":[]})") << u"enum"_s;
    QTest::newRow("properties of a list") << QByteArray(R"({"properties":[]})") << u"properties"_s;
}

void TestBatchChecks::schemasThatAreNotUnderstood()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, named);
    const QString problem = schemaProblem(schema);
    QVERIFY(!problem.isEmpty());
    QVERIFY2(problem.contains(named), qPrintable(problem));
}

void TestBatchChecks::verdicts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<PlaceVerdict>("verdict");
    QTest::newRow("a word") << u"FIRST"_s << PlaceVerdict::First;
    QTest::newRow("with a dot") << u" second. "_s << PlaceVerdict::Second;
    QTest::newRow("bold") << u"**TIE**"_s << PlaceVerdict::Tie;
    QTest::newRow("behind reasons") << u"The first is longer.\nSECOND"_s << PlaceVerdict::Second;
    QTest::newRow("both") << u"FIRST or SECOND"_s << PlaceVerdict::Unclear;
    QTest::newRow("neither") << u"I cannot say."_s << PlaceVerdict::Unclear;
    QTest::newRow("within a word") << u"secondary"_s << PlaceVerdict::Unclear;
    QTest::newRow("nothing") << QString() << PlaceVerdict::Unclear;
}

void TestBatchChecks::verdicts()
{
    QFETCH(QString, text);
    QFETCH(PlaceVerdict, verdict);
    QCOMPARE(verdictIn(text), verdict);
}

void TestBatchChecks::placesDoNotDecide()
{
    using P = PlaceVerdict;
    QCOMPARE(verdictOf(P::First, P::Second), PairVerdict::FirstWins);
    QCOMPARE(verdictOf(P::Second, P::First), PairVerdict::OtherWins);
    QCOMPARE(verdictOf(P::First, P::First), PairVerdict::Tie); // whatever stands first
    QCOMPARE(verdictOf(P::Second, P::Second), PairVerdict::Tie);
    QCOMPARE(verdictOf(P::Tie, P::First), PairVerdict::Tie);
    QCOMPARE(verdictOf(P::Unclear, P::First), PairVerdict::Unclear);
    QCOMPARE(verdictOf(P::First, P::Unclear), PairVerdict::Unclear);
}

void TestBatchChecks::aJudgeIsToldWhatToDo()
{
    QVERIFY(judgeInstruction(u"Politeness."_s).contains(u"Politeness."_s));
    QVERIFY(judgeInstruction({}).contains(u"FIRST, SECOND or TIE"_s));
    const QString question = judgeQuestion(u"why?"_s, u"one"_s, u"two"_s);
    QVERIFY(question.indexOf(u"why?"_s) < question.indexOf(u"one"_s));
    QVERIFY(question.indexOf(u"one"_s) < question.indexOf(u"two"_s));
}

QTEST_APPLESS_MAIN(TestBatchChecks)
#include "tst_batch_checks.moc"

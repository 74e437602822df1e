// SPDX-License-Identifier: Apache-2.0
#include "core/cache/question.h"

#include <QTest>

#include <string>

using namespace signalbox::cache;

namespace {

QString joined(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &word : words) {
        list << QString::fromStdString(word);
    }
    return list.join(QLatin1Char(' '));
}

Question read(const char *text)
{
    return understood(text);
}

} // namespace

class TestQuestion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void asks_data();
    void asks();
    void numbersHaveTheirUnits();
    void namesStandWithinASentence();
    void negationsAreCounted();
    void writings();
    void partsArePlayed();
    void tensesAndModalities();
};

void TestQuestion::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(words);
    };
    row("How do I reset my passwords?", "reset password");
    row("What's the best way to repair stopped clocks?", "fix stop clock");
    row("Please turn on the alarm", "enabl alarm");
    row("Could you summarise it?", "summariz");
    row("two miles", "2 mile");
    row("Who wrote it", "writ");
    row("请问怎么重置密码？", "重 置 密 码");
    row("我想打开夜间模式", "开启 夜 间 模 式");
    row("你能不能去", "你 能");
    row("三句话", "三 句 话");
    row("the", "");
}

void TestQuestion::words()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QCOMPARE(joined(understood(text.toStdString()).words), words);
}

void TestQuestion::asks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("asks");
    const auto row = [](const char *text, Asks asks) {
        QTest::newRow(text) << QString::fromUtf8(text) << static_cast<int>(asks);
    };
    row("Reset it.", Asks::Nothing);
    row("Is it safe?", Asks::YesOrNo);
    row("Could you reset it?", Asks::Nothing);
    row("After a week, may I return it?", Asks::YesOrNo);
    row("Do you know who said it?", Asks::Who);
    row("Are people who smoke ill?", Asks::YesOrNo);
    row("In which year did it start?", Asks::When);
    row("My phone is dead. How do I charge it?", Asks::How);
    row("What is the way to open it?", Asks::How);
    row("What is the price of milk?", Asks::HowMuch);
    row("What is the reason for it, seriously?", Asks::Why);
    row("How many times a week does it rain?", Asks::HowOften);
    row("How many hours does it take to fly?", Asks::HowLong);
    row("How many dogs are there?", Asks::HowMany);
    row("Convert 5 km to miles.", Asks::HowMany);
    row("How do they differ?", Asks::What);
    row("怎么做", Asks::How);
    row("他来吗？", Asks::YesOrNo);
    row("他来不来", Asks::YesOrNo);
    row("你知道他是谁吗", Asks::Who);
    row("什么时候来", Asks::When);
    row("为什么来", Asks::Why);
    row("多少钱", Asks::HowMuch);
    row("首都是哪里", Asks::What);
    row("在哪里买", Asks::Where);
}

void TestQuestion::asks()
{
    QFETCH(QString, text);
    QFETCH(int, asks);
    QCOMPARE(static_cast<int>(understood(text.toStdString()).asks), asks);
}

void TestQuestion::numbersHaveTheirUnits()
{
    QCOMPARE(joined(read("5 kilometres, 3kg, seven days and 12 dogs").numbers),
             QStringLiteral("5 km 3 kg 7 day 12"));
    QCOMPARE(joined(read("250美元买三本书，一天").numbers), QStringLiteral("250 美元 三 本"));
    QVERIFY(read("3个月后").numbers != read("3天后").numbers);
}

void TestQuestion::namesStandWithinASentence()
{
    QCOMPARE(joined(read("Is Anna taller than Paul? Yes, I am.").names),
             QStringLiteral("anna paul"));
    QVERIFY(read("Where am I?").names.empty());
}

void TestQuestion::negationsAreCounted()
{
    QCOMPARE(read("It works.").negations, 0);
    QCOMPARE(read("It doesn't work.").negations, 1);
    QCOMPARE(read("I cannot live without it").negations, 2);
    QCOMPARE(read("won't").negations, 1);
    QCOMPARE(read("no longer").negations, 1);
    QCOMPARE(read("他不去").negations, 1);
    QCOMPARE(read("他没有去").negations, 1);
    QCOMPARE(read("他去不去").negations, 0);
    QCOMPARE(read("有没有").negations, 0);
    QCOMPARE(read("有什么不同").negations, 0);
}

void TestQuestion::writings()
{
    QVERIFY(read("hello").writing == Writing::Latin);
    QVERIFY(read("你好吗 Python").writing == Writing::Han);
    QVERIFY(read("用Go写冒泡排序").writing == Writing::Han);
    QVERIFY(read("日本はどこ").writing == Writing::Kana);
    QVERIFY(read("안녕").writing == Writing::Hangul);
    QVERIFY(read("привет").writing == Writing::Other);
    QVERIFY(read("12 + 5").writing == Writing::None);
    QVERIFY(read("").writing == Writing::None);
}

void TestQuestion::partsArePlayed()
{
    using Parts = std::vector<std::pair<std::string, std::string>>;
    QVERIFY((read("the flight from Oslo").parts == Parts{{"from", "oslo"}}));
    QVERIFY((read("my dog").parts == Parts{{"'s", "my"}}));
    QVERIFY((read("从北京飞纽约").parts == Parts{{"从", "北京"}, {"到", "纽约"}}));
}

void TestQuestion::tensesAndModalities()
{
    QVERIFY(read("When was it sold?").tense == Tense::Past);
    QVERIFY(read("When will it be sold?").tense == Tense::Future);
    QVERIFY(read("When is it sold?").tense == Tense::Unsaid);
    QVERIFY(read("Can I go?").modality == Modality::Possible);
    QVERIFY(read("Do I have to go?").modality == Modality::Needed);
}

QTEST_APPLESS_MAIN(TestQuestion)
#include "tst_question.moc"

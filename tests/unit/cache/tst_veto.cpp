// SPDX-License-Identifier: Apache-2.0
#include "core/cache/veto.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <string>

using namespace signalbox::cache;

namespace {

std::vector<Veto> between(const QString &one, const QString &other)
{
    return vetoes(understood(one.toStdString()), understood(other.toStdString()));
}

} // namespace

class TestVeto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksAgainst_data();
    void speaksAgainst();
    void letsPass_data();
    void letsPass();
    void vetoesHaveNames();
};

void TestVeto::speaksAgainst_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<int>("veto");
    const auto row = [](Veto veto, const char *one, const char *other) {
        QTest::newRow(one) << QString::fromUtf8(one) << QString::fromUtf8(other)
                           << static_cast<int>(veto);
    };
    row(Veto::Language, "What is the capital of Japan?", "日本的首都是哪里？");
    row(Veto::Language, "привет 12", "hello 12");
    row(Veto::Negation,
        "Is it safe for people who smoke?",
        "Is it safe for people who don't smoke?");
    row(Veto::Negation, "Write a story with a dragon.", "Write a story without a dragon.");
    row(Veto::Negation, "这种药可以吃吗？", "这种药不可以吃吗？");
    row(Veto::Numbers, "Give me three ideas.", "Give me ten ideas.");
    row(Veto::Numbers, "Is 100 mg a lot?", "Is 100 g a lot?");
    row(Veto::Numbers, "What is 3 - 5?", "What is 5 - 3?");
    row(Veto::Numbers, "Is -5 greater than 3?", "Is 5 greater than 3?");
    row(Veto::Numbers, "Convert 5 km to miles.", "Convert 5 miles to km.");
    row(Veto::Numbers, "100美元等于多少人民币？", "100人民币等于多少美元？");
    row(Veto::Numbers, "给我三个建议", "给我五个建议");
    row(Veto::Quotes, "What does \"per se\" mean?", "What does \"per annum\" mean?");
    row(Veto::Quotes, "Rename 'draft' to 'final'.", "Rename 'final' to 'draft'.");
    row(Veto::Quotes, "Fix `if (a = b)`.", "Fix `if (a == b)`.");
    row(Veto::Quotes, "Set an alarm for 6:30.", "Set an alarm for 16:30.");
    row(Veto::Quotes, "“画蛇添足”是什么意思？", "“守株待兔”是什么意思？");
    row(Veto::Names, "Who leads France?", "Who leads Finland?");
    row(Veto::Names,
        "How long is the flight to Oslo via Rome?",
        "How long is the flight to Rome via Oslo?");
    row(Veto::Parts, "Trains from Oslo", "Trains to Oslo");
    row(Veto::Parts, "What is my address?", "What is your address?");
    row(Veto::Parts, "从北京飞纽约要多久？", "从纽约飞北京要多久？");
    row(Veto::Parts, "张伟比李娜高吗？", "李娜比张伟高吗？");
    row(Veto::Parts, "从上海的火车", "到上海的火车");
    row(Veto::Parts, "Do I have a virus?", "Do you have a virus?");
    row(Veto::Parts, "Who beat Brazil?", "Who did Brazil beat?");
    row(Veto::Asks, "Where was it founded?", "When was it founded?");
    row(Veto::Asks, "Can I eat nuts?", "Should I eat nuts?");
    row(Veto::Asks, "Is smoking bad?", "Why is smoking bad?");
    row(Veto::Asks, "你什么时候去学校？", "你为什么去学校？");
    row(Veto::Tense, "When will order 5 be shipped?", "When was order 5 shipped?");
    row(Veto::Words, "How do I enable it?", "How do I disable it?");
    row(Veto::Words, "Show only unread messages.", "Show only read messages.");
    row(Veto::Words, "How do I bake a cake?", "How do I bake a vegan cake?");
    row(Veto::Words, "怎么导入数据？", "怎么导出数据？");
    row(Veto::Words, "Is it you?", "Is it that?");
    row(Veto::Order, "Does a lender trust borrowers?", "Do borrowers trust a lender?");
    row(Veto::Order, "狗咬人了吗？", "人咬狗了吗？");
    row(Veto::Order,
        "What did the lender promise the borrower?",
        "What did the borrower promise the lender?");
}

/// Whichever comes first, and the reason is among those named.
void TestVeto::speaksAgainst()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(int, veto);
    const auto found = between(one, other);
    QVERIFY(std::ranges::find(found, static_cast<Veto>(veto)) != found.end());
    QVERIFY(between(other, one) == found);
}

void TestVeto::letsPass_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    const auto row = [](const char *one, const char *other) {
        QTest::newRow(one) << QString::fromUtf8(one) << QString::fromUtf8(other);
    };
    row("How do I reset my Gmail password?", "how can i reset the Gmail password");
    row("reverse a list in Python", "What's the best way to reverse a list in Python?");
    row("My laptop won't turn on. What should I do?",
        "What should I do if my laptop does not turn on?");
    row("How many miles are 5 kilometers?", "5 km in miles?");
    row("Can you recommend a book on Rome?", "Recommend a book on Rome.");
    row("Is it possible to get my money back after 7 days?", "Can I get a refund after 7 days?");
    row("By whom was the zipper invented?", "Who invented the zipper?");
    row("Wie tief ist das Meer?", "wie tief ist das Meer");
    row("怎么重置微信的密码？", "请问如何重置微信密码");
    row("天空为什么是黑的？", "为什么天空是黑的");
    row("在哪里下载发票？", "发票在哪里下载");
    row("", "");
    row("Hi!", "hi");
}

void TestVeto::letsPass()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QVERIFY(between(one, other).empty());
    QVERIFY(between(other, one).empty());
    QVERIFY(between(one, one).empty());
}

void TestVeto::vetoesHaveNames()
{
    std::set<std::string_view> names;
    for (int i = 0; i < kVetoCount; ++i) {
        const auto name = toString(static_cast<Veto>(i));
        QVERIFY(!name.empty());
        QVERIFY(names.insert(name).second);
    }
}

QTEST_APPLESS_MAIN(TestVeto)
#include "tst_veto.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/tokens/small_ranks.h"

#include "core/base/bounds.h"
#include "core/tokens/rank_table.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::tokens;

class TestRankTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTokensOfEveryLength();
    void refusesDamage_data();
    void refusesDamage();
};

void TestRankTable::knowsTokensOfEveryLength()
{
    std::vector<std::string> words;
    for (std::size_t length = 2; length <= 40; ++length) {
        words.emplace_back(length, 'a');
        words.push_back(std::string(length - 1, 'b') + '\0');
    }
    const auto table = RankTable::parse(smallRanks(words));
    QVERIFY(table.ok());
    QCOMPARE(table->size(), 256 + words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        QCOMPARE(table->rankOf(words[i]), static_cast<std::uint32_t>(256 + i));
    }
    QCOMPARE(table->rankOfPair('a', 'a'), 256U);
    QCOMPARE(table->rankOfPair('a', 'b'), kNoRank);
    for (const std::string &stranger : {std::string(),
                                        std::string("ab"),
                                        std::string(41, 'a'),
                                        std::string(12, 'b'),
                                        std::string("\0\0", 2)}) {
        QCOMPARE(table->rankOf(stranger), kNoRank);
    }
}

void TestRankTable::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("line");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const std::string &file, int line, const char *says) {
        QTest::newRow(name) << QByteArray::fromStdString(file) << line << QByteArray(says);
    };
    row("empty", "", 0, "byte 0 is no token");
    row("a byte is missing", rankLine("a", 0), 0, "byte 0 is no token");
    row("no rank", smallRanks() + "YWI=\n", 257, "base64");
    row("no number", smallRanks() + "YWI= x\n", 257, "base64");
    row("no base64", smallRanks() + "Y*I= 256\n", 257, "base64");
    row("cut base64", smallRanks() + "YWI 256\n", 257, "base64");
    row("no bytes", smallRanks() + "==== 256\n", 257, "base64");
    row("a rank twice", smallRanks() + rankLine("ab", 7), 257, "rank that was there");
    row("a token twice", smallRanks({"ab"}) + rankLine("ab", 300), 258, "token that was there");
    row("a rank too high", smallRanks() + rankLine("ab", 1U << 20U), 257, "no tokenizer has");
    row("a token too long",
        smallRanks() + rankLine(std::string(bounds::kTokenBytesMax + 1, 'a'), 256),
        257,
        "1025 bytes");
    row("a web page", "<!doctype html>\n<html></html>\n", 1, "base64");
}

void TestRankTable::refusesDamage()
{
    QFETCH(QByteArray, file);
    QFETCH(int, line);
    QFETCH(QByteArray, says);
    const auto table = RankTable::parse(file.toStdString());
    QVERIFY(!table.ok());
    QCOMPARE(static_cast<int>(table.error().line), line);
    QVERIFY2(QByteArray::fromStdString(table.error().message).contains(says),
             table.error().message.c_str());
}

QTEST_APPLESS_MAIN(TestRankTable)
#include "tst_rank_table.moc"

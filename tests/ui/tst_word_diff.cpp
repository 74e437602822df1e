// SPDX-License-Identifier: GPL-3.0-or-later
// Words that one text has and another has not.
#include "ui/models/word_diff.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace signalbox::ui;

namespace {

QString marked(const QString &text, const std::vector<WordSpan> &spans)
{
    QString shown;
    qsizetype at = 0;
    for (const WordSpan &span : spans) {
        shown += text.mid(at, span.begin - at) + u'[' + text.mid(span.begin, span.length) + u']';
        at = span.begin + span.length;
    }
    return shown + text.mid(at);
}

/// \p text without \p spans and without blanks.
QString rest(const QString &text, const std::vector<WordSpan> &spans)
{
    QString left;
    qsizetype at = 0;
    for (const WordSpan &span : spans) {
        left += text.mid(at, span.begin - at);
        at = span.begin + span.length;
    }
    left += text.mid(at);
    return left.remove(QChar::Space);
}

QString randomText(std::mt19937 &random, int words)
{
    std::uniform_int_distribution<int> word(0, 5);
    QString text;
    for (int i = 0; i < words; ++i) {
        text += QString(QChar(u'a' + static_cast<char16_t>(word(random)))) + u' ';
    }
    return text;
}

/// Words of the longest common subsequence, by the table of all pairs.
int commonWords(const QStringList &a, const QStringList &b)
{
    std::vector<std::vector<int>> table(static_cast<std::size_t>(a.size() + 1),
                                        std::vector<int>(static_cast<std::size_t>(b.size() + 1)));
    for (std::size_t i = 1; i < table.size(); ++i) {
        for (std::size_t j = 1; j < table[i].size(); ++j) {
            const bool same = a[static_cast<qsizetype>(i - 1)] == b[static_cast<qsizetype>(j - 1)];
            table[i][j] = same ? table[i - 1][j - 1] + 1
                               : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table.back().back();
}

} // namespace

class TestWordDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksWords_data();
    void marksWords();
    void marksAsFewAsPossible();
    void isBoundedForLongTexts();
};

void TestWordDiff::marksWords_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("inFirst");
    QTest::addColumn<QString>("inSecond");
    const auto row = [](const char *name, QString a, QString b, QString inA, QString inB) {
        QTest::newRow(name) << a << b << inA << inB;
    };
    row("the same", u"one two"_s, u"one two"_s, u"one two"_s, u"one two"_s);
    row("nothing", {}, {}, {}, {});
    row("from nothing", {}, u"one two"_s, {}, u"[one two]"_s);
    row("to nothing", u"one two"_s, {}, u"[one two]"_s, {});
    row("a word",
        u"a fuse blows"_s,
        u"a breaker blows"_s,
        u"a [fuse] blows"_s,
        u"a [breaker] blows"_s);
    row("blanks do not count", u"a  b\n\nc"_s, u"a b c"_s, u"a  b\n\nc"_s, u"a b c"_s);
    row("punctuation", u"yes."_s, u"yes!"_s, u"yes[.]"_s, u"yes[!]"_s);
    row("moved", u"x a b"_s, u"a b x"_s, u"[x] a b"_s, u"a b [x]"_s);
    row("Chinese by character", u"我们开门"_s, u"我们关门"_s, u"我们[开]门"_s, u"我们[关]门"_s);
    row("a picture of two units", u"go 😀"_s, u"go 🚀"_s, u"go [😀]"_s, u"go [🚀]"_s);
    row("accents", u"café noir"_s, u"café au lait"_s, u"café [noir]"_s, u"café [au lait]"_s);
}

void TestWordDiff::marksWords()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const WordDiff diff = diffWords(first, second);
    QTEST(marked(first, diff.onlyInFirst), "inFirst");
    QTEST(marked(second, diff.onlyInSecond), "inSecond");
    QVERIFY(!diff.coarse);
}

/// Goal: what is left of both texts is the same, and as long as can be.
void TestWordDiff::marksAsFewAsPossible()
{
    std::mt19937 random(7);
    std::uniform_int_distribution<int> length(0, 40);
    int differing = 0;
    for (int round = 0; round < 2'000; ++round) {
        const QString a = randomText(random, length(random));
        const QString b = randomText(random, length(random));
        const WordDiff diff = diffWords(a, b);
        const QString left = rest(a, diff.onlyInFirst);
        QCOMPARE(left, rest(b, diff.onlyInSecond));
        QCOMPARE(left.size(),
                 commonWords(a.split(u' ', Qt::SkipEmptyParts), b.split(u' ', Qt::SkipEmptyParts)));
        differing += a == b ? 0 : 1;
    }
    QVERIFY(differing > 1'900);
}

void TestWordDiff::isBoundedForLongTexts()
{
    const QString same = u"word "_s.repeated(40'000);
    QElapsedTimer took;
    took.start();
    const WordDiff few = diffWords(same, same + u"more"_s);
    QVERIFY(!few.coarse);
    QCOMPARE(few.onlyInSecond, (std::vector<WordSpan>{{same.size(), 4}}));
    QString other;
    for (int i = 0; i < 40'000; ++i) {
        other += QString::number(i) + u' ';
    }
    const WordDiff many = diffWords(u"begin "_s + same, u"begin "_s + other);
    QVERIFY(many.coarse);
    QCOMPARE(many.onlyInSecond.size(), std::size_t(1));
    QCOMPARE(many.onlyInSecond.front().begin, 6);
    const WordDiff huge = diffWords(same.repeated(3), u"x "_s + same.repeated(3));
    QCOMPARE(huge.onlyInSecond, (std::vector<WordSpan>{{0, 1}})); // by its common end alone
    QVERIFY2(took.elapsed() < 5'000, qPrintable(QString::number(took.elapsed())));
}

QTEST_APPLESS_MAIN(TestWordDiff)
#include "tst_word_diff.moc"

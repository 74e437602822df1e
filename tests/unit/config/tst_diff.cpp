// SPDX-License-Identifier: Apache-2.0
// What changed between two texts, and which key stands where.
#include "core/base/random.h"
#include "core/config/diff.h"
#include "core/config/key_path.h"
#include "core/config/read.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::config;

namespace {

std::string joined(const std::vector<std::string> &lines)
{
    std::string out;
    for (const std::string &line : lines) {
        out += line + "\n";
    }
    return out;
}

/// The text that the whole difference leads to, or comes from.
std::string side(const std::vector<DiffHunk> &hunks, DiffLine::Kind without)
{
    std::string out;
    for (const DiffHunk &hunk : hunks) {
        for (const DiffLine &line : hunk) {
            out += line.kind == without ? "" : line.text + "\n";
        }
    }
    return out;
}

/// The fewest lines to add and remove, by the table of longest common subsequences.
int shortestChange(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    std::vector<std::vector<int>> common(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t k = 0; k < b.size(); ++k) {
            common[i + 1][k + 1] = a[i] == b[k] ? common[i][k] + 1
                                                : std::max(common[i][k + 1], common[i + 1][k]);
        }
    }
    return static_cast<int>(a.size() + b.size()) - 2 * common[a.size()][b.size()];
}

} // namespace

class TestDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatChanged_data();
    void showsWhatChanged();
    void isTheShortestAndLeadsFromOneToTheOther();
    void replacesWhatDiffersTooMuch();
    void namesTheKeyOfAFault_data();
    void namesTheKeyOfAFault();
};

void TestDiff::showsWhatChanged_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("nothing") << QByteArray("a\nb\n") << QByteArray("a\nb\n") << QByteArray();
    QTest::newRow("only the end") << QByteArray("a\nb\n") << QByteArray("a\nb") << QByteArray();
    QTest::newRow("from nothing") << QByteArray() << QByteArray("a\n")
                                  << QByteArray("@@ -0,0 +1 @@\n+a\n");
    QTest::newRow("one line") << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n")
                              << QByteArray("1\n2\n3\n4\nfive\n6\n7\n8\n9\n")
                              << QByteArray("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    QTest::newRow("two far apart")
        << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n") << QByteArray("2\n3\n4\n5\n6\n7\n8\n9\n10\n")
        << QByteArray("@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -7,3 +6,4 @@\n 7\n 8\n 9\n+10\n");
    QTest::newRow("two close") << QByteArray("1\n2\n3\n4\n5\n6\n7\n")
                               << QByteArray("2\n3\n4\n5\n6\n7\n8\n")
                               << QByteArray("@@ -1,7 +1,7 @@\n-1\n 2\n 3\n 4\n 5\n 6\n 7\n+8\n");
    QTest::newRow("lines' ends") << QByteArray("a\r\nb\n") << QByteArray("a\nb\n")
                                 << QByteArray("@@ -1,2 +1,2 @@\n-a\n+a\n b\n");
}

void TestDiff::showsWhatChanged()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    QFETCH(const QByteArray, shown);
    const auto hunks = diff(before.toStdString(), after.toStdString());
    QCOMPARE(QByteArray::fromStdString(unified(hunks)), shown);
    const DiffCount count = countOf(hunks);
    QCOMPARE(count.added, static_cast<int>(shown.count("\n+")));
    QCOMPARE(count.removed, static_cast<int>(shown.count("\n-")));
}

void TestDiff::isTheShortestAndLeadsFromOneToTheOther()
{
    Random random(6);
    for (int round = 0; round < 3000; ++round) {
        std::vector<std::string> a;
        std::vector<std::string> b;
        for (std::uint64_t i = random.below(25); i > 0; --i) {
            a.push_back(std::string(1, static_cast<char>('a' + random.below(4))));
            if (random.below(3) > 0) {
                b.push_back(a.back());
            }
            if (random.below(4) == 0) {
                b.push_back(std::string(1, static_cast<char>('a' + random.below(4))));
            }
        }
        const auto all = diff(joined(a), joined(b), 1000);
        const DiffCount count = countOf(all);
        QCOMPARE(count.added + count.removed, shortestChange(a, b));
        if (!all.empty()) {
            QCOMPARE(all.size(), std::size_t(1));
            QCOMPARE(side(all, DiffLine::Kind::Added), joined(a));
            QCOMPARE(side(all, DiffLine::Kind::Removed), joined(b));
        }
        for (const DiffHunk &hunk : diff(joined(a), joined(b), 1)) {
            for (const DiffLine &line : hunk) {
                QVERIFY(line.before == 0
                        || a[static_cast<std::size_t>(line.before - 1)] == line.text);
                QVERIFY(line.after == 0
                        || b[static_cast<std::size_t>(line.after - 1)] == line.text);
            }
        }
    }
}

void TestDiff::replacesWhatDiffersTooMuch()
{
    std::string before = "head\n";
    std::string after = "head\n";
    for (int i = 0; i < 3000; ++i) {
        before += "a" + std::to_string(i) + "\n";
        after += "b" + std::to_string(i) + "\n";
    }
    const auto hunks = diff(before + "tail\n", after + "tail\n");
    QCOMPARE(countOf(hunks), (DiffCount{3000, 3000}));
    QCOMPARE(hunks.size(), std::size_t(1));
    QCOMPARE(hunks[0].size(), std::size_t(6002));
}

void TestDiff::namesTheKeyOfAFault_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    const QByteArray head = "[[provider]]\nid='a'\nkind='openai'\n[[provider.model]]\nname='x'\n";
    QTest::newRow("a value")
        << head + "[[route]]\nname='r'\ntargets=[{target='a/x'},{target='a/y',weight=-1}]\n"
        << QStringLiteral("route[0].targets[1].target route[0].targets[1].weight");
    QTest::newRow("a key")
        << head
               + "[[route]]\nname='r'\nhedge='x'\ntargets=[{target='a/x'}]\n[[route.rule]]\n"
                 "name='q'\nwhen.steam=true\ntargets=[{target='a/x'}]\n"
        << QStringLiteral("route[0].hedge route[0].rule[0].when.steam");
    QTest::newRow("what is missing") << head + "[[route]]\nname='r'\n"
                                     << QStringLiteral("route[0]");
    QTest::newRow("no TOML") << head + "[[route]\n" << QString();
}

void TestDiff::namesTheKeyOfAFault()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, path);
    const auto loaded = read(text.toStdString(), "");
    QVERIFY(!loaded.ok());
    QStringList paths;
    for (const Fault &fault : loaded.error()) {
        paths << QString::fromStdString(keyPathAt(text.toStdString(), fault.line, fault.column));
    }
    QCOMPARE(paths.join(QLatin1Char(' ')), path);
}

QTEST_APPLESS_MAIN(TestDiff)
#include "tst_diff.moc"

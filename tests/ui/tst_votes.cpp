// SPDX-License-Identifier: GPL-3.0-or-later
// Votes: what they count for, which were not blind, and what follows for weights.
#include "ui/models/vendor_names.h"
#include "ui/models/vote_book.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

const QString kA = u"openai/gpt-4.1"_s;
const QString kB = u"anthropic/claude-haiku-4-5"_s;
const QString kC = u"deepseek/deepseek-chat"_s;

KeptVote vote(const QStringList &models, int best, const QString &task = u"chat"_s)
{
    return {.task = task, .models = models, .best = best};
}

/// \p count of the same.
std::vector<KeptVote> votes(int count, const KeptVote &one)
{
    return std::vector<KeptVote>(static_cast<std::size_t>(count), one);
}

void append(std::vector<KeptVote> &to, const std::vector<KeptVote> &more)
{
    to.insert(to.end(), more.begin(), more.end());
}

PlaygroundRun finishedRun(quint64 number, const QString &model, const QString &text)
{
    PlaygroundRun run(number, {.model = model});
    (void)run.take(PlaygroundPiece{.run = number, .text = text, .firstTokenMs = 1});
    (void)run.take(PlaygroundEnd{.run = number, .finishReason = u"stop"_s});
    return run;
}

} // namespace

class TestVotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChoiceOfThreeIsTwoWins();
    void aTieIsHalfToBoth();
    void tasksAreApart();
    void votesThatWereNotBlindDoNotCount();
    void theStrongestComesFirst();
    void theSameModelTwiceIsNoMeeting();
    void whatIsSureBecomesAVetoOrABonus();
    void filesHaveNoFormulas();
    void ownNames_data();
    void ownNames();
    void aVerdictIsOnWhatFinished();
};

void TestVotes::aChoiceOfThreeIsTwoWins()
{
    const Standings standings = standingsOf({vote({kA, kB, kC}, 1)}, {});
    QCOMPARE(standings.votes, 1);
    QCOMPARE(standings.models.front().model, kB);
    QCOMPARE(standings.pairs.size(), std::size_t(2)); // nothing is said of the other two
    for (const PairStanding &pair : standings.pairs) {
        QCOMPARE(pair.first, kB);
        QCOMPARE(pair.wins, 1);
        QCOMPARE(pair.ties + pair.losses, 0);
    }
}

void TestVotes::aTieIsHalfToBoth()
{
    KeptVote bad = vote({kA, kB}, -1);
    bad.allBad = true;
    const Standings standings = standingsOf({vote({kA, kB}, -1), bad, vote({kB, kA}, 0)}, {});
    QCOMPARE(standings.pairs.size(), std::size_t(1));
    const PairStanding &pair = standings.pairs.front();
    QCOMPARE(pair.first, kB);
    QCOMPARE(pair.wins, 1);
    QCOMPARE(pair.ties, 2);
    QCOMPARE(pair.rate, proportionOf(2, 3));
    QCOMPARE(standings.models.front().rate, proportionOf(2, 3));
    QCOMPARE(standings.models.back().rate, proportionOf(1, 3));
}

void TestVotes::tasksAreApart()
{
    const std::vector<KeptVote> both = {vote({kA, kB}, 0, u"code"_s), vote({kA, kB}, 1, u"chat"_s)};
    QCOMPARE(standingsOf(both, u"code"_s).models.front().model, kA);
    QCOMPARE(standingsOf(both, u"chat"_s).models.front().model, kB);
    QCOMPARE(standingsOf(both, {}).votes, 2);
    QCOMPARE(standingsOf(both, u"summary"_s), Standings());
}

void TestVotes::votesThatWereNotBlindDoNotCount()
{
    KeptVote seen = vote({kA, kB}, 0);
    seen.named = {u"Claude"_s};
    const Standings standings = standingsOf({seen, vote({kA, kB}, 1)}, {});
    QCOMPARE(standings.votes, 1);
    QCOMPARE(standings.notBlind, 1);
    QCOMPARE(standings.models.front().model, kB);
}

void TestVotes::theStrongestComesFirst()
{
    std::vector<KeptVote> all;
    append(all, votes(12, vote({kA, kB}, 0)));
    append(all, votes(4, vote({kA, kB}, 1)));
    append(all, votes(9, vote({kB, kC}, 0)));
    append(all, votes(3, vote({kB, kC}, 1)));
    const Standings standings = standingsOf(all, {});
    QCOMPARE(standings.models[0].model, kA);
    QCOMPARE(standings.models[1].model, kB);
    QCOMPARE(standings.models[2].model, kC); // never met the first: the chain says so
    double sum = 0;
    for (const ModelStanding &one : standings.models) {
        sum += one.strength.value;
        QVERIFY(one.strength.within.low < one.strength.value);
        QVERIFY(one.strength.value < one.strength.within.high);
    }
    QVERIFY(std::abs(sum) < 1e-9);
    QCOMPARE(standings.models[1].votes, 28);
}

void TestVotes::theSameModelTwiceIsNoMeeting()
{
    const Standings standings = standingsOf({vote({kA, kA}, 0)}, {});
    QVERIFY(standings.pairs.empty());
}

void TestVotes::whatIsSureBecomesAVetoOrABonus()
{
    std::vector<KeptVote> all;
    append(all, votes(50, vote({kA, kB}, 0)));
    append(all, votes(10, vote({kA, kB}, 1)));
    const std::vector<QualityWord> words = qualityOf(standingsOf(all, {}));
    QCOMPARE(words.size(), std::size_t(2));
    QCOMPARE(words[0].target, kA);
    QVERIFY(!words[0].veto && words[0].bonus > 1 && words[0].bonus <= 1.5);
    QCOMPARE(words[1], (QualityWord{kB, true, 1}));
    QCOMPARE(vetoText(words), u"never_gain = [\"anthropic/claude-haiku-4-5\"]"_s);
    const auto ofRoute = qualityOf(standingsOf(votes(40, vote({kA, u"default"_s}, 0)), {}));
    QCOMPARE(ofRoute.size(), std::size_t(1)); // weights are targets'
    QCOMPARE(ofRoute.front().target, kA);
    QVERIFY(qualityOf(standingsOf(votes(3, vote({kA, kB}, 0)), {})).empty()); // too few
    QVERIFY(vetoText({}).isEmpty());
    QCOMPARE(vetoText({{u"a/\"x\\"_s, true, 1}}), u"never_gain = [\"a/\\\"x\\\\\"]"_s);
}

void TestVotes::filesHaveNoFormulas()
{
    const QByteArray csv = standingsAsCsv(standingsOf({vote({u"=HYPERLINK(1)"_s, kB}, 0)}, {}));
    const QList<QByteArray> lines = csv.trimmed().split('\n');
    QCOMPARE(lines.size(), 4); // a header, two models, a pair
    QVERIFY(csv.contains("'=HYPERLINK(1)"));
    QVERIFY(!csv.contains(",=") && !csv.contains("'-"));
}

void TestVotes::ownNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("itself") << u"As Claude, made by Anthropic, I can help."_s << kB
                            << QStringList{u"Claude"_s, u"Anthropic"_s};
    QTest::newRow("another's") << u"OpenAI makes ChatGPT."_s << kB << QStringList();
    QTest::newRow("whatever its case") << u"i am chatgpt"_s << kA << QStringList{u"chatgpt"_s};
    QTest::newRow("a version") << u"GPT-4.1 here"_s << kA << QStringList{u"GPT-4.1"_s};
    QTest::newRow("within a word") << u"claudette and misanthropically"_s << kB << QStringList();
    QTest::newRow("Chinese") << u"我是通义千问，由阿里云开发。"_s << u"qwen/qwen-plus"_s
                             << QStringList{u"通义千问"_s, u"阿里云"_s};
    QTest::newRow("its own name") << u"I run on yonder-large."_s << u"local/yonder-large"_s
                                  << QStringList{u"yonder-large"_s};
    QTest::newRow("a route") << u"by default it is so"_s << u"default"_s << QStringList();
    QTest::newRow("short parts are words") << u"a pro tip"_s << u"x/pro"_s << QStringList();
    QTest::newRow("once") << u"Qwen, qwen"_s << u"qwen/qwen-plus"_s << QStringList{u"Qwen"_s};
    QTest::newRow("nothing") << QString() << kA << QStringList();
}

void TestVotes::ownNames()
{
    QFETCH(QString, text);
    QFETCH(QString, model);
    QFETCH(QStringList, names);
    QCOMPARE(ownNamesIn(text, model), names);
}

/// A column that failed is no opponent; the best one's number is among those that stayed.
void TestVotes::aVerdictIsOnWhatFinished()
{
    PlaygroundRun failed(1, {.model = kC});
    (void)failed.take(PlaygroundEnd{.run = 1, .failure = PlaygroundFailure{.status = 503}});
    const KeptVote kept =
        voteOf({failed, finishedRun(2, kA, u"one"_s), finishedRun(3, kB, u"two"_s)}, 2, false);
    QCOMPARE(kept.models, (QStringList{kA, kB}));
    QCOMPARE(kept.best, 1);
    QVERIFY(kept.isBlind());
    const KeptVote seen =
        voteOf({finishedRun(2, kA, u"one"_s), finishedRun(3, kB, u"Claude here"_s)}, -1, true);
    QCOMPARE(seen.best, -1);
    QVERIFY(seen.allBad);
    QCOMPARE(seen.named, QStringList{u"Claude"_s});
}

QTEST_APPLESS_MAIN(TestVotes)
#include "tst_votes.moc"

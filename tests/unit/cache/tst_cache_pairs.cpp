// SPDX-License-Identifier: Apache-2.0
// What vetoes and threshold do on pairs whose truth is known; the figures are those of docs/CACHE.md.
#include "core/cache/evaluation.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <set>
#include <string>

using namespace signalbox::cache;

namespace {

constexpr std::size_t kDefaultThreshold = 92; ///< hundredths

struct Pairs
{
    std::vector<LabelledPair> tuned;
    std::vector<LabelledPair> kept;
    std::vector<LabelledPair> fresh; ///< written when the tables were done
    std::set<QString> tunedFamilies;
    std::set<QString> keptFamilies;
};

Pairs read()
{
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/data/cache_pairs.jsonl"));
    Pairs pairs;
    if (!file.open(QIODevice::ReadOnly)) {
        return pairs;
    }
    while (!file.atEnd()) {
        const QJsonObject json = QJsonDocument::fromJson(file.readLine()).object();
        const QString half = json.value(QLatin1String("half")).toString();
        const bool kept = half == QLatin1String("kept");
        const bool fresh = half == QLatin1String("fresh");
        (fresh  ? pairs.fresh
         : kept ? pairs.kept
                : pairs.tuned)
            .push_back({json.value(QLatin1String("a")).toString().toStdString(),
                        json.value(QLatin1String("b")).toString().toStdString(),
                        json.value(QLatin1String("same")).toBool()});
        const QString family = json.value(QLatin1String("family")).toString();
        if (!family.isEmpty() && !fresh) {
            (kept ? pairs.keptFamilies : pairs.tunedFamilies).insert(family);
        }
    }
    return pairs;
}

void tell(const char *half, const Evaluation &result)
{
    for (const std::size_t i : {std::size_t(0), std::size_t(80), kDefaultThreshold}) {
        const AtThreshold &with = result.vetoed.at(i);
        const AtThreshold &without = result.unvetoed.at(i);
        qInfo("%s at %.2f: recall %.1f %%, %zu of %zu false hits; without vetoes %.1f %%, %zu "
              "(%.1f %%)",
              half,
              static_cast<double>(with.threshold),
              100 * result.recall(with),
              with.falseHits,
              result.different,
              100 * result.recall(without),
              without.falseHits,
              100.0 * static_cast<double>(without.falseHits)
                  / static_cast<double>(result.different));
    }
    for (int i = 0; i < kVetoCount; ++i) {
        const auto at = static_cast<std::size_t>(i);
        qInfo("%s veto %s: rightly %zu, wrongly %zu",
              half,
              std::string(toString(static_cast<Veto>(i))).c_str(),
              result.right.at(at),
              result.wrong.at(at));
    }
}

} // namespace

class TestCachePairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_pairs = read(); }
    void thereAreEnough();
    void theHalvesShareNothing();
    void noFalseHitInTheKeptHalf();
    void noFalseHitAmongFreshOnes();
    void vetoesAreWorthIt();
    void countsAsItSays();
    void whatIsNotVetoedHasOneEssence();

private:
    Pairs m_pairs;
};

void TestCachePairs::thereAreEnough()
{
    const auto different = [](const std::vector<LabelledPair> &pairs) {
        return std::ranges::count(pairs, false, &LabelledPair::same);
    };
    QCOMPARE_GE(m_pairs.tuned.size() + m_pairs.kept.size(), std::size_t(2000));
    QCOMPARE_GE(different(m_pairs.tuned) + different(m_pairs.kept), 1200);
    QCOMPARE_GE(different(m_pairs.kept), 600);
}

void TestCachePairs::theHalvesShareNothing()
{
    std::set<std::string> tuned;
    for (const LabelledPair &pair : m_pairs.tuned) {
        tuned.insert({pair.one, pair.other});
    }
    for (const LabelledPair &pair : m_pairs.kept) {
        QVERIFY2(!tuned.contains(pair.one) && !tuned.contains(pair.other), pair.one.c_str());
    }
    for (const QString &family : m_pairs.keptFamilies) {
        QVERIFY2(!m_pairs.tunedFamilies.contains(family), qPrintable(family));
    }
    QCOMPARE_GE(m_pairs.keptFamilies.size(), std::size_t(30));
}

/// Goal: a large index may look hits up by their essence and miss none.
void TestCachePairs::whatIsNotVetoedHasOneEssence()
{
    std::size_t same = 0;
    for (const auto *pairs : {&m_pairs.tuned, &m_pairs.kept}) {
        for (const LabelledPair &pair : *pairs) {
            const Question one = understood(pair.one);
            const Question other = understood(pair.other);
            const bool equal = essenceOf(one) == essenceOf(other);
            same += equal ? 1U : 0U;
            QVERIFY2(equal || !vetoes(one, other).empty(), pair.one.c_str());
        }
    }
    QCOMPARE_GT(same, std::size_t(300));
    QCOMPARE_LT(same, m_pairs.tuned.size()); // else it would tell nothing
}

void TestCachePairs::noFalseHitInTheKeptHalf()
{
    const Evaluation kept = evaluate(m_pairs.kept, localScore);
    tell("kept", kept);
    const AtThreshold &at = kept.vetoed.at(kDefaultThreshold);
    QCOMPARE(at.falseHits, std::size_t(0));
    QCOMPARE_GE(kept.recall(at), 0.34);
    QCOMPARE(at.precision(), 1.0);
}

void TestCachePairs::vetoesAreWorthIt()
{
    const Evaluation tuned = evaluate(m_pairs.tuned, localScore);
    tell("tuned", tuned);
    QCOMPARE(tuned.vetoed.at(kDefaultThreshold).falseHits, std::size_t(0));
    QCOMPARE_GT(tuned.unvetoed.at(kDefaultThreshold).falseHits, std::size_t(50));
    QCOMPARE_GE(tuned.recall(tuned.vetoed.at(kDefaultThreshold)), 0.54);
}

void TestCachePairs::noFalseHitAmongFreshOnes()
{
    const Evaluation fresh = evaluate(m_pairs.fresh, localScore);
    tell("fresh", fresh);
    QCOMPARE_GE(fresh.different, std::size_t(190));
    QCOMPARE(fresh.vetoed.at(kDefaultThreshold).falseHits, std::size_t(0));
    QCOMPARE_GE(fresh.recall(fresh.vetoed.at(kDefaultThreshold)), 0.35);
}

/// With a score that is known for each pair.
void TestCachePairs::countsAsItSays()
{
    const std::vector<LabelledPair> pairs = {
        {"a cat", "the cat", true},
        {"a dog", "the dog", true},
        {"Is it a bird?", "Why is it a bird?", false}, // vetoed
        {"red fish", "The red fish", false}, // not vetoed: its label says so
    };
    const auto score = [](const std::string &one, const std::string &) {
        return one == "a dog" ? 0.5F : one == "red fish" ? 0.7F : 0.9F;
    };
    const Evaluation result = evaluate(pairs, score);
    QCOMPARE(result.same, std::size_t(2));
    QCOMPARE(result.different, std::size_t(2));
    QVERIFY((result.vetoed.at(40) == AtThreshold{0.4F, 2, 1}));
    QVERIFY((result.vetoed.at(60) == AtThreshold{0.6F, 1, 1}));
    QVERIFY((result.vetoed.at(80) == AtThreshold{0.8F, 1, 0}));
    QVERIFY((result.unvetoed.at(80) == AtThreshold{0.8F, 1, 1}));
    QCOMPARE(result.unvetoed.at(80).precision(), 0.5);
    QCOMPARE(result.recall(result.vetoed.at(80)), 0.5);
    QVERIFY(result.recommended() && *result.recommended() > 0.69F && *result.recommended() < 0.72F);
    QCOMPARE(result.right.at(static_cast<std::size_t>(Veto::Asks)), std::size_t(1));
    QVERIFY(evaluate({}, score).recommended() == 0.0F);
}

QTEST_APPLESS_MAIN(TestCachePairs)
#include "tst_cache_pairs.moc"

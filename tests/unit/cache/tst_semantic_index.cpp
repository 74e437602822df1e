// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/cache/semantic_index.h"

#include <QTest>

#include <map>
#include <string>

using namespace signalbox;
using namespace signalbox::cache;

namespace {

const Digest kScope = digestOf("scope");
const Digest kOther = digestOf("another scope");

std::string hit(const SemanticIndex::Found &found)
{
    return found.hit ? found.hit->question : std::string();
}

} // namespace

class TestSemanticIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSameQuestion();
    void nearMissesAreTold();
    void aVetoedOneHidesNoOther();
    void scopesAreApart();
    void theThresholdHolds();
    void erasesAndReplaces();
    void agreesWithLookingAtEach();
    void findsOneAmongThousands();
    void aGraphFindsWhatLookingAtEachDoes();
    void aGraphIsMadeAnewWhenMuchIsGone();
    void anotherEmbeddersPointsAreForgotten();
    void ordersAreCarriedOutElsewhere();
};

void TestSemanticIndex::findsTheSameQuestion()
{
    SemanticIndex index({});
    QVERIFY(index.find(kScope, "anything") == SemanticIndex::Found());
    index.put(kScope, digestOf("1"), "How do I reset my Gmail password?");
    index.put(kScope, digestOf("2"), "How do I bake bread?");
    const auto found = index.find(kScope, "how can i reset the Gmail password");
    QVERIFY(found.hit.has_value());
    QVERIFY(found.hit->key == digestOf("1"));
    QVERIFY(found.hit->vetoes.empty());
    QCOMPARE_GT(found.hit->likeness, 0.92F);
    QVERIFY(!found.nearMiss);
}

void TestSemanticIndex::nearMissesAreTold()
{
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), "Is hummus safe for people who smoke?");
    const auto found = index.find(kScope, "Is hummus safe for people who don't smoke?");
    QVERIFY(!found.hit);
    QVERIFY(found.nearMiss.has_value());
    QVERIFY(found.nearMiss->vetoes == std::vector<Veto>{Veto::Negation});
}

void TestSemanticIndex::aVetoedOneHidesNoOther()
{
    SemanticIndex index({});
    for (int i = 0; i < 10; ++i) {
        index.put(kScope, digestOf("no" + std::to_string(i)), "Why is hummus safe for children?");
    }
    index.put(kScope, digestOf("yes"), "Is hummus safe for children?");
    const auto found = index.find(kScope, "is the hummus safe for children");
    QCOMPARE(hit(found), std::string("Is hummus safe for children?"));
    QVERIFY(found.nearMiss && found.nearMiss->key == digestOf("no0"));
}

void TestSemanticIndex::scopesAreApart()
{
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    QVERIFY(index.find(kOther, "How do I bake bread?") == SemanticIndex::Found());
    index.put(kOther, digestOf("2"), "How do I bake bread?");
    QVERIFY(index.find(kScope, "How do I bake bread?").hit->key == digestOf("1"));
    QVERIFY(index.find(kOther, "How do I bake bread?").hit->key == digestOf("2"));
    QCOMPARE(index.scopes(), std::size_t(2));
}

void TestSemanticIndex::theThresholdHolds()
{
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    const char *brown = "How do I bake brown bread?";
    QVERIFY(index.find(kScope, brown) == SemanticIndex::Found());
    IndexSettings low;
    low.threshold = 0.3F;
    index.configure(low);
    QVERIFY(!index.find(kScope, brown).hit);
    QVERIFY(index.find(kScope, brown).nearMiss->vetoes == std::vector<Veto>{Veto::Words});
    low.threshold = 1.01F;
    index.configure(low);
    QVERIFY(index.find(kScope, "How do I bake bread?") == SemanticIndex::Found());
}

void TestSemanticIndex::erasesAndReplaces()
{
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    index.put(kScope, digestOf("1"), "How do I boil rice?");
    QCOMPARE(index.size(), std::size_t(1));
    QVERIFY(!index.find(kScope, "How do I bake bread?").hit);
    QVERIFY(index.erase(kScope, digestOf("1")));
    QVERIFY(!index.erase(kScope, digestOf("1")));
    QCOMPARE(index.scopes(), std::size_t(0));
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    index.clear();
    QCOMPARE(index.size(), std::size_t(0));
    QVERIFY(!index.find(kScope, "How do I bake bread?").hit);
}

/// Against a map of what should be there, as entries come and go.
void TestSemanticIndex::agreesWithLookingAtEach()
{
    Random random(11);
    SemanticIndex index({});
    std::map<int, std::string> there;
    for (int step = 0; step < 2000; ++step) {
        const int which = static_cast<int>(random.next() % 60);
        const std::string question = "How do I bake cake number " + std::to_string(which) + "?";
        if (random.next() % 2 == 0) {
            index.put(kScope, digestOf(std::to_string(which)), question);
            there[which] = question;
        } else {
            QCOMPARE(index.erase(kScope, digestOf(std::to_string(which))), there.erase(which) == 1);
        }
        const int asked = static_cast<int>(random.next() % 60);
        const auto found = index.find(kScope,
                                      "how can i bake the cake number " + std::to_string(asked));
        QCOMPARE(hit(found), there.contains(asked) ? there.at(asked) : std::string());
        QCOMPARE(index.size(), there.size());
    }
}

void TestSemanticIndex::findsOneAmongThousands()
{
    SemanticIndex index({});
    for (int i = 0; i < 3000; ++i) {
        index.put(kScope,
                  digestOf(std::to_string(i)),
                  "How do I repair engine " + std::to_string(i) + " of the fleet?");
    }
    QCOMPARE(hit(index.find(kScope, "how can i fix engine 2777 of the fleet")),
             std::string("How do I repair engine 2777 of the fleet?"));
}

namespace {

std::string engine(int number)
{
    return "How do I repair engine " + std::to_string(number) + " of the fleet?";
}

/// With a graph for all of them, as soon as there are more than a few.
SemanticIndex engines(int count)
{
    IndexSettings settings;
    settings.flatMax = 100;
    SemanticIndex index(settings);
    for (int i = 0; i < count; ++i) {
        index.put(kScope, digestOf(std::to_string(i)), engine(i));
    }
    return index;
}

int hitsOf(const SemanticIndex &index, int count, int step)
{
    int hits = 0;
    for (int i = 0; i < count; i += step) {
        const auto found =
            index.find(kScope, "how can i fix engine " + std::to_string(i) + " of the fleet");
        hits += hit(found) == engine(i) ? 1 : 0;
    }
    return hits;
}

} // namespace

/// Goal: nothing is lost on the way into a graph, not even among thousands that differ in a number alone,
/// where all are as near to each other as can be.
void TestSemanticIndex::aGraphFindsWhatLookingAtEachDoes()
{
    SemanticIndex index = engines(2000);
    QCOMPARE(index.scope(kScope)->inGraph(), std::size_t(0));
    QCOMPARE(hitsOf(index, 2000, 20), 100);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(index.advance(10));
    }
    QCOMPARE(index.scope(kScope)->inGraph(), std::size_t(1000)); // half of them, and half beside
    QCOMPARE(hitsOf(index, 2000, 20), 100);
    while (index.advance(100)) {}
    QCOMPARE(index.scope(kScope)->inGraph(), std::size_t(2000));
    QCOMPARE(index.size(), std::size_t(2000));
    QCOMPARE(hitsOf(index, 2000, 20), 100);
    index.put(kScope, digestOf("new"), engine(5000));
    QCOMPARE(hit(index.find(kScope, engine(5000))), engine(5000)); // before it is in the graph
}

void TestSemanticIndex::aGraphIsMadeAnewWhenMuchIsGone()
{
    SemanticIndex index = engines(1000);
    while (index.advance(100)) {}
    for (int i = 0; i < 290; ++i) {
        QVERIFY(index.erase(kScope, digestOf(std::to_string(i))));
    }
    QVERIFY(!index.advance(100));
    QCOMPARE(index.scope(kScope)->inGraph(), std::size_t(1000));
    for (int i = 290; i < 400; ++i) {
        QVERIFY(index.erase(kScope, digestOf(std::to_string(i))));
    }
    QVERIFY(index.advance(100)); // begun
    QVERIFY(index.advance(100));
    // While it is made: some more go, one comes back, all else is still found.
    QVERIFY(index.erase(kScope, digestOf("999"))); // the last goes in first
    QVERIFY(index.erase(kScope, digestOf("998")));
    index.put(kScope, digestOf("998"), engine(998));
    QCOMPARE(hit(index.find(kScope, engine(998))), engine(998));
    QVERIFY(hit(index.find(kScope, engine(999))).empty());
    while (index.advance(100)) {}
    QCOMPARE(index.scope(kScope)->size(), std::size_t(599));
    QCOMPARE(index.scope(kScope)->inGraph(), std::size_t(601)); // with the two that went meanwhile
    QVERIFY(hit(index.find(kScope, engine(999))).empty());
    QVERIFY(hit(index.find(kScope, engine(10))).empty());
    QCOMPARE(hitsOf(index, 1000, 1), 599);
    for (int i = 400; i < 999; ++i) {
        QVERIFY(index.erase(kScope, digestOf(std::to_string(i))));
    }
    QCOMPARE(index.size(), std::size_t(0));
    QVERIFY(!index.advance(100));
}

void TestSemanticIndex::anotherEmbeddersPointsAreForgotten()
{
    const Embedding three = quantized(std::vector<float>{1, 0, 0});
    const Embedding four = quantized(std::vector<float>{1, 0, 0, 0});
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), engine(1), &three);
    AskedQuestion asked = AskedQuestion::of(engine(1));
    QVERIFY(index.find(kScope, asked) == Alike()); // 512 coordinates are no three
    asked.point = three;
    QVERIFY(index.find(kScope, asked).hit);
    asked.point = four;
    QVERIFY(index.find(kScope, asked) == Alike());
    index.put(kScope, digestOf("2"), engine(2), &four);
    QCOMPARE(index.size(), std::size_t(1));
    asked.point = three;
    QVERIFY(index.find(kScope, asked) == Alike());
}

void TestSemanticIndex::ordersAreCarriedOutElsewhere()
{
    SemanticIndex here({});
    SemanticIndex there({});
    here.put(kScope, digestOf("1"), engine(1));
    here.put(kOther, digestOf("1"), engine(1));
    there.carryOut(TakeScope{kScope, here.release(kScope)});
    there.carryOut(PutQuestion{kScope, digestOf("2"), engine(2), nullptr});
    QCOMPARE(here.size(), std::size_t(1));
    QVERIFY(here.scope(kScope) == nullptr);
    QCOMPARE(there.size(), std::size_t(2));
    QCOMPARE(hit(there.find(kScope, engine(1))), engine(1));
    there.carryOut(EraseQuestion{kScope, digestOf("1")});
    there.carryOut(EraseQuestion{kOther, digestOf("1")}); // is not there
    QVERIFY(hit(there.find(kScope, engine(1))).empty());
    QCOMPARE(hit(there.find(kScope, engine(2))), engine(2));
    there.carryOut(ForgetQuestions{});
    QCOMPARE(there.size(), std::size_t(0));
}

QTEST_APPLESS_MAIN(TestSemanticIndex)
#include "tst_semantic_index.moc"

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
    void theOldestMakesRoom();
    void roomIsBounded();
    void erasesAndReplaces();
    void agreesWithLookingAtEach();
    void findsOneAmongThousands();
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

void TestSemanticIndex::theOldestMakesRoom()
{
    IndexSettings few;
    few.scopeMax = 2;
    SemanticIndex index(few);
    QVERIFY(!index.put(kScope, digestOf("1"), "How do I bake bread?"));
    QVERIFY(!index.put(kScope, digestOf("2"), "How do I boil rice?"));
    QVERIFY(index.put(kScope, digestOf("3"), "How do I fry fish?") == digestOf("1"));
    QVERIFY(!index.put(kOther, digestOf("4"), "How do I fry fish?"));
    QVERIFY(!index.find(kScope, "How do I bake bread?").hit);
    QVERIFY(index.find(kScope, "How do I boil rice?").hit);
    QCOMPARE(index.size(), std::size_t(3));
}

void TestSemanticIndex::roomIsBounded()
{
    IndexSettings few;
    few.entriesMax = 2;
    SemanticIndex index(few);
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    index.put(kScope, digestOf("2"), "How do I boil rice?");
    QVERIFY(index.put(kOther, digestOf("3"), "How do I fry fish?") == digestOf("3"));
    QCOMPARE(index.scopes(), std::size_t(1));
    QVERIFY(index.put(kScope, digestOf("4"), "How do I fry fish?") == digestOf("1"));
    QCOMPARE(index.size(), std::size_t(2));
}

void TestSemanticIndex::erasesAndReplaces()
{
    SemanticIndex index({});
    index.put(kScope, digestOf("1"), "How do I bake bread?");
    index.put(kScope, digestOf("1"), "How do I boil rice?");
    QCOMPARE(index.size(), std::size_t(1));
    QVERIFY(!index.find(kScope, "How do I bake bread?").hit);
    QVERIFY(index.erase(digestOf("1")));
    QVERIFY(!index.erase(digestOf("1")));
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
            QCOMPARE(index.erase(digestOf(std::to_string(which))), there.erase(which) == 1);
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

QTEST_APPLESS_MAIN(TestSemanticIndex)
#include "tst_semantic_index.moc"

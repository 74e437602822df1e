// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding.h"

#include <QTest>

#include <string>

using namespace signalbox::cache;

namespace {

Embedding of(const char *text)
{
    return embedded(understood(text));
}

float alike(const char *one, const char *other)
{
    return similarity(of(one), of(other));
}

} // namespace

class TestEmbedding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameIsOne();
    void nothingIsLikeNothing();
    void isSymmetric();
    void moreInCommonIsNearer();
    void repetitionWeighsLittle();
    void strangersAreFar();
    void doesNotChangeUnnoticed();
};

void TestEmbedding::theSameIsOne()
{
    QVERIFY(of("How do I reset my password?") == of("how can i reset my password"));
    for (const char *text : {"a cat", "How do I reset my password?", "怎么重置密码？"}) {
        QCOMPARE_GT(alike(text, text), 0.999F);
        QCOMPARE_LT(alike(text, text), 1.001F);
    }
}

void TestEmbedding::nothingIsLikeNothing()
{
    QCOMPARE(alike("", ""), 0.0F);
    QCOMPARE(alike("", "a cat"), 0.0F);
    QCOMPARE(alike("the", "cat"), 0.0F);
}

void TestEmbedding::isSymmetric()
{
    const float one = alike("reset the router password", "change the router name");
    QCOMPARE(one, alike("change the router name", "reset the router password"));
    QCOMPARE_GT(one, 0.1F);
    QCOMPARE_LT(one, 0.7F);
}

void TestEmbedding::moreInCommonIsNearer()
{
    const char *text = "reset the router password";
    QCOMPARE_GT(alike(text, "reset the password of the router"), 0.9F);
    QCOMPARE_GT(alike(text, "reset the router pasword"), alike(text, "reset the router clock"));
    QCOMPARE_GT(alike(text, "reset the router clock"), alike(text, "sell the house clock"));
    QCOMPARE_GT(alike("怎么重置密码", "怎么修改密码"), alike("怎么重置密码", "今天天气好吗"));
}

void TestEmbedding::repetitionWeighsLittle()
{
    QCOMPARE_GT(alike("dogs chase cats", "dogs dogs dogs chase cats"), 0.75F);
}

void TestEmbedding::strangersAreFar()
{
    QCOMPARE_LT(std::abs(alike("How tall is the tower?", "Translate this letter into Dutch")),
                0.25F);
    QCOMPARE_LT(std::abs(alike("怎么做红烧肉", "How tall is the tower?")), 0.25F);
}

/// What is kept was embedded by an earlier program: a change needs another kLocalEmbedder.
void TestEmbedding::doesNotChangeUnnoticed()
{
    const Embedding embedding = of("reset the router password");
    int sum = 0;
    for (std::size_t i = 0; i < kEmbeddingSize; ++i) {
        sum += embedding.steps.at(i) * static_cast<int>(i % 101);
    }
    QCOMPARE(kLocalEmbedder, std::string_view("local/1"));
    QCOMPARE(sum, 18423);
}

QTEST_APPLESS_MAIN(TestEmbedding)
#include "tst_embedding.moc"

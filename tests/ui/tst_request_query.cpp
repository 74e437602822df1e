// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cache_search.h"
#include "ui/models/request_query.h"

#include "core/base/random.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

class TestRequestQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsNames();
    void readsStatuses();
    void readsFigures();
    void readsWordsAlone();
    void saysWhatMakesNoSense_data();
    void saysWhatMakesNoSense();
    void keepsWhatMakesSense();
    void knowsWhereItsTermsAre();
    void takesTermsAway();
    void completesKeysAndValues();
    void completesInTheMiddle();
    void readsAnything();
    void findsCacheEntries();
    void saysWhatFindsNoEntries_data();
    void saysWhatFindsNoEntries();
    void completesCacheEntries();
};

void TestRequestQuery::readsNames()
{
    const auto query = parseRequestQuery(
        u"route:chat rule:\"long prompts\" target:qwen/qwen-plus provider:qwen client:web "
        "id:01ABC cache:exact outcome:rate_limited error:\"quota: used\""_s);
    QCOMPARE(query.problem(), QString());
    QCOMPARE(query.filter.route, std::string("chat"));
    QCOMPARE(query.filter.rule, std::string("long prompts"));
    QCOMPARE(query.filter.target, std::string("qwen/qwen-plus"));
    QCOMPARE(query.filter.provider, std::string("qwen"));
    QCOMPARE(query.filter.client, std::string("web"));
    QCOMPARE(query.filter.id, std::string("01ABC"));
    QCOMPARE(query.filter.cache, std::string("exact"));
    QVERIFY(query.filter.outcome == OutcomeClass::RateLimited);
    QCOMPARE(query.filter.errorText, std::string("quota: used"));
}

void TestRequestQuery::readsStatuses()
{
    QVERIFY(parseRequestQuery(u"status:error"_s).filter.failedOnly);
    QCOMPARE(parseRequestQuery(u"status:503"_s).filter.status, std::optional(503));
    QCOMPARE(parseRequestQuery(u"STATUS:4xx"_s).filter.statusClass, std::optional(4));
}

void TestRequestQuery::readsFigures()
{
    const auto filter =
        parseRequestQuery(
            u"latency:>2s latency:<=2500ms cost:>=0.01 cost:<$2 tokens:>4k tokens:<=1.5M"_s)
            .filter;
    QVERIFY(filter.latency.least == Micros(2'000'001));
    QVERIFY(filter.latency.most == Micros(2'500'000));
    QVERIFY(filter.cost.least == Money::fromNanos(10'000'000));
    QVERIFY(filter.cost.most == Money::fromNanos(1'999'999'999));
    QCOMPARE(filter.tokens.least, std::optional(std::int64_t(4001)));
    QCOMPARE(filter.tokens.most, std::optional(std::int64_t(1'500'000)));
    QVERIFY(parseRequestQuery(u"cost:unknown"_s).filter.unknownCostOnly);
}

void TestRequestQuery::readsWordsAlone()
{
    QCOMPARE(parseRequestQuery(u"mistral/mistral-large"_s).filter.target,
             std::string("mistral/mistral-large"));
    QCOMPARE(parseRequestQuery(u"01KAF3G7H2"_s).filter.id, std::string("01KAF3G7H2"));
    QCOMPARE(parseRequestQuery(u"overloaded"_s).filter.errorText, std::string("overloaded"));
    QCOMPARE(parseRequestQuery(u"\"a/b: c\""_s).filter.errorText, std::string("a/b: c"));
}

void TestRequestQuery::saysWhatMakesNoSense_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"status:600",
                             "status:9xx",
                             "status:bad",
                             "route:",
                             "route:a route:b",
                             "colour:red",
                             "outcome:nice",
                             "latency:2s",
                             "latency:>2",
                             "latency:>-1s",
                             "latency:>99999999999s",
                             "cost:>cheap",
                             "tokens:>",
                             "tokens:<nan",
                             "\"\""}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestRequestQuery::saysWhatMakesNoSense()
{
    QFETCH(QString, text);
    QVERIFY(!parseRequestQuery(text).problem().isEmpty());
}

void TestRequestQuery::keepsWhatMakesSense()
{
    const auto query = parseRequestQuery(u"route:chat status:bad client:web"_s);
    QCOMPARE(query.filter.route, std::string("chat"));
    QCOMPARE(query.filter.client, std::string("web"));
    QVERIFY(query.terms[0].problem.isEmpty() && !query.terms[1].problem.isEmpty());
}

void TestRequestQuery::knowsWhereItsTermsAre()
{
    const QString text = u"  route:chat   rule:\"a b\"  x"_s;
    const auto query = parseRequestQuery(text);
    QCOMPARE(query.terms.size(), std::size_t(3));
    QCOMPARE(query.terms[1].start, 15);
    QCOMPARE(query.terms[1].text, u"rule:\"a b\""_s);
    QVERIFY(parseRequestQuery(u"   "_s).terms.empty());
}

void TestRequestQuery::takesTermsAway()
{
    const QString text = u"route:chat rule:\"a  b\" x"_s;
    const auto query = parseRequestQuery(text);
    QCOMPARE(withoutTerm(text, query.terms, 0), u"rule:\"a  b\" x"_s);
    QCOMPARE(withoutTerm(text, query.terms, 1), u"route:chat x"_s);
    QCOMPARE(withoutTerm(text, query.terms, 2), u"route:chat rule:\"a  b\""_s);
    QCOMPARE(withoutTerm(text, query.terms, 9), text);
}

void TestRequestQuery::completesKeysAndValues()
{
    QueryNames names;
    names.rules = {u"long prompts"_s, u"chinese"_s};
    names.providers = {u"mistral"_s, u"qwen"_s};
    QCOMPARE(completeRequestQuery(u"pro"_s, 3, names).texts, QStringList{u"provider:"_s});
    QCOMPARE(completeRequestQuery(u"provider:"_s, 9, names).texts,
             (QStringList{u"provider:mistral"_s, u"provider:qwen"_s}));
    QCOMPARE(completeRequestQuery(u"provider:Q"_s, 10, names).texts,
             QStringList{u"provider:qwen"_s});
    QCOMPARE(completeRequestQuery(u"rule:\"lo"_s, 8, names).texts,
             QStringList{u"rule:\"long prompts\""_s});
    QVERIFY(completeRequestQuery(u"status:4"_s, 8, names).texts.contains(u"status:4xx"_s));
    QVERIFY(completeRequestQuery(u""_s, 0, names).texts.size() > 10);
    QVERIFY(completeRequestQuery(u"provider:qwen"_s, 13, names).texts.isEmpty());
}

void TestRequestQuery::completesInTheMiddle()
{
    const Completion completion = completeRequestQuery(u"route:chat st client:web"_s, 13, {});
    QCOMPARE(completion.start, 11);
    QCOMPARE(completion.texts, QStringList{u"status:"_s});
    QCOMPARE(completeRequestQuery(u"route:chat "_s, 11, {}).start, 11);
}

void TestRequestQuery::readsAnything()
{
    // Goal: no text breaks it, terms lie in the text, and one fewer is one fewer.
    Random random(7);
    const QString letters = u"ab:\"<>/ 5xkms\u00e9\t"_s;
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        for (auto left = random.below(20); left > 0; --left) {
            text += letters[static_cast<qsizetype>(random.below(std::size_t(letters.size())))];
        }
        const auto query = parseRequestQuery(text);
        for (const QueryTerm &term : query.terms) {
            QCOMPARE(text.mid(term.start, term.length), term.text);
        }
        if (!query.terms.empty() && !text.contains(u'"')) {
            const auto fewer = parseRequestQuery(withoutTerm(text, query.terms, 0));
            QCOMPARE(fewer.terms.size(), query.terms.size() - 1);
        }
        (void)completeRequestQuery(text,
                                   static_cast<int>(random.below(std::size_t(text.size()) + 1)),
                                   {});
    }
}

void TestRequestQuery::findsCacheEntries()
{
    const auto search = parseCacheSearch(
        u"route:\"my chat\" model:gpt-4.1 client:bot age:>1d hits:<=3 how do \"I  reset\""_s);
    QCOMPARE(search.problem(), QString());
    CacheFilter wanted;
    wanted.route = "my chat";
    wanted.model = "gpt-4.1";
    wanted.client = "bot";
    wanted.olderThan = Millis(86'400'000);
    wanted.hitsAtMost = 3;
    wanted.text = "how do I  reset";
    QVERIFY(search.filter == wanted);
    QCOMPARE(*parseCacheSearch(u"age:>=90m hits:0"_s).filter.olderThan, Millis(5'400'000));
    QCOMPARE(*parseCacheSearch(u"age:>=90m hits:0"_s).filter.hitsAtMost, std::uint64_t(0));
    QCOMPARE(*parseCacheSearch(u"hits:<3"_s).filter.hitsAtMost, std::uint64_t(2));
    QVERIFY(parseCacheSearch({}).filter == CacheFilter());
}

void TestRequestQuery::saysWhatFindsNoEntries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("too young") << u"age:<1d"_s << u"age:>12h"_s;
    QTest::newRow("no unit") << u"age:>5"_s << u"age:>12h"_s;
    QTest::newRow("no bound") << u"age:1d"_s << u"age:>12h"_s;
    QTest::newRow("at least") << u"hits:>2"_s << u"hits:<=3"_s;
    QTest::newRow("below none") << u"hits:<0"_s << u"hits:<=3"_s;
    QTest::newRow("words") << u"hits:few"_s << u"hits:<=3"_s;
    QTest::newRow("twice") << u"route:a route:b"_s << u"twice"_s;
    QTest::newRow("nothing") << u"model:"_s << u"model:"_s;
    QTest::newRow("another's key") << u"status:500"_s << u"status"_s;
}

void TestRequestQuery::saysWhatFindsNoEntries()
{
    QFETCH(QString, text);
    QFETCH(QString, word);
    const auto search = parseCacheSearch(text);
    QVERIFY2(search.problem().contains(word), qPrintable(search.problem()));
}

void TestRequestQuery::completesCacheEntries()
{
    const CacheNames names{.routes = {u"chat"_s, u"my code"_s}, .models = {u"gpt-4.1"_s}};
    QCOMPARE(completeCacheSearch(u"m"_s, 1, names).texts, QStringList{u"model:"_s});
    QCOMPARE(completeCacheSearch(u"x route:"_s, 8, names).texts,
             (QStringList{u"route:chat"_s, u"route:\"my code\""_s}));
    QCOMPARE(completeCacheSearch(u"x route:"_s, 8, names).start, 2);
    QCOMPARE(completeCacheSearch(u"age:"_s, 4, names).texts.size(), 3);
}

QTEST_GUILESS_MAIN(TestRequestQuery)
#include "tst_request_query.moc"

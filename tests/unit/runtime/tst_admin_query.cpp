// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/admin_query.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;

class TestAdminQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFilter();
    void asksForNothingThatIsNotThere();
    void namesWhatMakesNoSense_data();
    void namesWhatMakesNoSense();
    void histogramsNeedBothEnds();
};

void TestAdminQuery::readsEveryFilter()
{
    const auto filter = readRequestFilter(
        "since=2026-11-22T00:00:00Z&until=2026-11-23T00:00:00Z&route=chat&rule=long%20prompts"
        "&target=qwen/qwen-plus&provider=qwen&client=web&id=01ABC&cache=exact&status=5xx"
        "&outcome=server_error&failed=true&error=quota%20of&min_ms=1500&max_ms=60000"
        "&min_cost_usd=0.01&max_cost_usd=2&unknown_cost=false&min_tokens=10&max_tokens=4000"
        "&limit=7&cursor=12.3");
    QVERIFY(filter.ok());
    QCOMPARE(toIso8601(*filter->since), std::string("2026-11-22T00:00:00.000Z"));
    QCOMPARE(toIso8601(*filter->until), std::string("2026-11-23T00:00:00.000Z"));
    QCOMPARE(filter->route, std::string("chat"));
    QCOMPARE(filter->rule, std::string("long prompts"));
    QCOMPARE(filter->target, std::string("qwen/qwen-plus"));
    QCOMPARE(filter->provider, std::string("qwen"));
    QCOMPARE(filter->client, std::string("web"));
    QCOMPARE(filter->id, std::string("01ABC"));
    QCOMPARE(filter->cache, std::string("exact"));
    QVERIFY(!filter->status);
    QCOMPARE(filter->statusClass, std::optional(5));
    QVERIFY(filter->outcome == OutcomeClass::ServerError);
    QVERIFY(filter->failedOnly);
    QCOMPARE(filter->errorText, std::string("quota of"));
    QVERIFY(filter->latency.least == Micros(1'500'000));
    QVERIFY(filter->latency.most == Micros(60'000'000));
    QVERIFY(filter->cost.least == Money::fromNanos(10'000'000));
    QVERIFY(filter->cost.most == Money::fromNanos(2'000'000'000));
    QVERIFY(!filter->unknownCostOnly);
    QCOMPARE(filter->tokens.least, std::optional(std::int64_t(10)));
    QCOMPARE(filter->tokens.most, std::optional(std::int64_t(4000)));
    QCOMPARE(filter->limit, 7);
    QCOMPARE(filter->cursor, std::string("12.3"));
}

void TestAdminQuery::asksForNothingThatIsNotThere()
{
    const auto filter = readRequestFilter("status=503");
    QVERIFY(filter.ok());
    QCOMPARE(filter->status, std::optional(503));
    QVERIFY(!filter->statusClass && !filter->failedOnly && !filter->latency.least);
    QVERIFY(filter->errorText.empty() && filter->rule.empty());
    QCOMPARE(filter->limit, kPageDefault);
}

void TestAdminQuery::namesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("named");
    for (const char *query : {"since=yesterday",
                              "status=6xx",
                              "status=99",
                              "outcome=bad",
                              "failed=1",
                              "unknown_cost=yes",
                              "min_ms=-1",
                              "max_ms=2000000000",
                              "max_ms=soon",
                              "min_cost_usd=cheap",
                              "max_tokens=1.5",
                              "limit=0"}) {
        const QByteArray text(query);
        QTest::newRow(query) << text << text.left(text.indexOf('='));
    }
}

void TestAdminQuery::namesWhatMakesNoSense()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, named);
    const auto filter = readRequestFilter(query.toStdString());
    QVERIFY(!filter.ok());
    QCOMPARE(QByteArray::fromStdString(filter.error().param), named);
}

void TestAdminQuery::histogramsNeedBothEnds()
{
    const auto histogram = readHistogramQuery(
        "since=2026-11-22T00:00:00Z&until=2026-11-23T00:00:00Z&buckets=24&client=web");
    QVERIFY(histogram.ok());
    QCOMPARE(histogram->buckets, 24);
    QCOMPARE(histogram->filter.client, std::string("web"));
    QCOMPARE(readHistogramQuery("since=2026-11-22T00:00:00Z").error().param, std::string("until"));
    QCOMPARE(readHistogramQuery("").error().param, std::string("since"));
    QVERIFY(!readHistogramQuery("since=2026-11-22T00:00:00Z&until=2026-11-23T00:00:00Z&buckets=501")
                 .ok());
}

QTEST_GUILESS_MAIN(TestAdminQuery)
#include "tst_admin_query.moc"

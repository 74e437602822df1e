// SPDX-License-Identifier: GPL-3.0-or-later
// The cache of a gateway inside and of one elsewhere: what is asked for, what is understood, and what
// is said instead.
#include "app/console/cache/cache_reading.h"
#include "app/console/cache/local_cache.h"
#include "app/console/cache/remote_cache.h"
#include "tests/support/child_process.h"
#include "tests/ui/support/fake_gateway.h"

#include "core/runtime/admin/cache_json.h"
#include "core/runtime/config_file.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace signalbox;
using namespace signalbox::app;
using namespace Qt::StringLiterals;

namespace {

constexpr Millis kPatience{5'000};

constexpr auto kView =
    R"({"mode":"semantic","routes_on":[],"threshold":0.92,"embedder":"local","trouble":"slow",
"shared":true,"lifetime_ms":86400000,"entries_max":1000,"bytes_max":300000000,"entry_count":2,
"bytes":184000000,"matching":1,"unheard_of":7,
"totals":{"lookups":10842,"exact_hits":3711,"semantic_hits":389,"stale_hits":20,"shared":3,
"not_cacheable":14,"vetoed":214,"evicted":5,"saved_usd":"88.1","unpriced_hits":12,
"wait_saved_ms":2460000},
"prompt_caches":[{"provider":"anthropic","prompt_tokens":4120,"cached_tokens":2925}],
"entries":[{"id":"ab12","request_id":"01K","route":"chat","client":"bot","target":"openai/gpt-4.1",
"question":"How?","made":"2026-11-23T14:03:22.500Z","used_last":null,
"expires":"2026-11-24T14:03:22.5Z","hits":3,"saved_usd":"0.0064","bytes":1200,"pinned":true}],
"near_misses":[{"request_id":"01L","at":"2026-11-23T14:00:00Z","route":"chat","asked":"Not?",
"kept":"How?","entry":"ab12","likeness":0.94,"vetoes":["negation"]}]})";

SystemTime timeOf(const char *text)
{
    return fromIso8601(text).value_or(SystemTime{});
}

/// What \p ask is answered, once it is.
template <typename T, typename Ask>
ui::CacheAnswer<T> answerOf(const Ask &ask)
{
    std::optional<ui::CacheAnswer<T>> found;
    const ui::Asked asked = ask([&found](const ui::CacheAnswer<T> &answer) { found = answer; });
    (void)QTest::qWaitFor([&found] { return found.has_value(); }, 20'000);
    return found ? *found : ui::CacheAnswer<T>(Failure{QString(u"no answer"_s)});
}

struct Line
{
    Line() { cache.useToken(Secret("token-of-ann")); }

    ui::CacheAnswer<CacheView> view(const CacheQuery &query = {})
    {
        return answerOf<CacheView>([&](auto then) { return cache.view(query, then); });
    }
    ui::CacheAnswer<std::size_t> evict(const std::vector<std::string> &ids)
    {
        return answerOf<std::size_t>([&](auto then) { return cache.evict(ids, then); });
    }
    ui::CacheAnswer<std::size_t> evictMatching(const CacheFilter &filter)
    {
        return answerOf<std::size_t>([&](auto then) { return cache.evictMatching(filter, then); });
    }
    ui::CacheAnswer<std::size_t> pin(bool pinned)
    {
        return answerOf<std::size_t>([&](auto then) { return cache.pin("ab12", pinned, then); });
    }
    /// The first line of the last request.
    QString asked() const
    {
        return QString::fromLatin1(gateway.heads().last().split('\r').first());
    }

    FakeGateway gateway;
    RemoteCache cache{gateway.url(), {}, kPatience};
};

/// A gateway in this process, with a cache that keeps nothing yet.
struct Inside
{
    Inside()
    {
        const std::string path = folder.filePath(u"signalbox.toml"_s).toStdString();
        tests::writeFile(path,
                         "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
                         "base_url = \"http://127.0.0.1:1/v1\"\n[[provider.model]]\nname = \"m\"\n"
                         "[[route]]\nname = \"r\"\ntargets = [ { target = \"p/m\" } ]\n"
                         "[cache]\nmode = \"semantic\"\nthreshold = 0.9\n");
        auto ready = runtime::readConfigurationFile(path, secrets);
        runtime::ServiceOptions options;
        options.configPath = path;
        options.stateDir = folder.path().toStdString();
        options.listen = "127.0.0.1:0";
        service = std::move(*runtime::Service::create(options, std::move(*ready), secrets));
        cache = std::make_unique<LocalCache>(*service);
        thread = std::make_unique<runtime::GatewayThread>(*service);
    }

    QTemporaryDir folder;
    runtime::SystemSecretStore secrets;
    std::unique_ptr<runtime::Service> service;
    std::unique_ptr<LocalCache> cache;
    std::unique_ptr<runtime::GatewayThread> thread;
};

} // namespace

class TestCacheSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheView();
    void asksForWhatIsWanted();
    void evictsOneAfterTheOther();
    void evictsWhatAFilterFinds();
    void pins();
    void evaluates();
    void saysWhyNot_data();
    void saysWhyNot();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void whatIsTakenBackIsNotAnswered();
    void readsWhatGatewaysWrite();
    void aGatewayInsideAnswers();
};

void TestCacheSource::readsTheView()
{
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(kView));
    const auto answer = line.view();
    QVERIFY2(answer.ok(), answer ? "" : qPrintable(answer.error()));
    CacheView wanted;
    wanted.mode = "semantic";
    wanted.threshold = 0.92;
    wanted.embedder = "local";
    wanted.trouble = "slow";
    wanted.shared = true;
    wanted.lifetime = Millis(86'400'000);
    wanted.entriesMax = 1'000;
    wanted.bytesMax = 300'000'000;
    wanted.entryCount = 2;
    wanted.bytes = 184'000'000;
    wanted.matching = 1;
    wanted.totals = {.lookups = 10'842,
                     .exactHits = 3'711,
                     .semanticHits = 389,
                     .staleHits = 20,
                     .shared = 3,
                     .notCacheable = 14,
                     .vetoed = 214,
                     .evicted = 5,
                     .saved = Money::fromNanos(88'100'000'000),
                     .unpricedHits = 12,
                     .waitSaved = Millis(2'460'000)};
    wanted.promptCaches = {{"anthropic", 4'120, 2'925}};
    wanted.entries = {{.id = "ab12",
                       .requestId = "01K",
                       .route = "chat",
                       .client = "bot",
                       .target = TargetId("openai/gpt-4.1"),
                       .question = "How?",
                       .made = timeOf("2026-11-23T14:03:22.5Z"),
                       .usedLast = {},
                       .expires = timeOf("2026-11-24T14:03:22.5Z"),
                       .hits = 3,
                       .saved = Money::fromNanos(6'400'000),
                       .bytes = 1'200,
                       .pinned = true}};
    wanted.nearMisses = {{.requestId = "01L",
                          .at = timeOf("2026-11-23T14:00:00Z"),
                          .route = "chat",
                          .asked = "Not?",
                          .kept = "How?",
                          .entry = "ab12",
                          .likeness = 0.94,
                          .vetoes = {"negation"}}};
    QVERIFY(*answer == wanted);
    QVERIFY(line.gateway.heads().last().contains("Bearer token-of-ann"));
}

void TestCacheSource::asksForWhatIsWanted()
{
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(kView));
    CacheQuery query{.filter = {}, .order = CacheOrder::MostSaved, .limit = 200, .offset = 400};
    query.filter = {.route = "my chat",
                    .model = "gpt-4.1",
                    .client = "a&b",
                    .text = "100 % + 断路器",
                    .olderThan = Millis(90'500),
                    .hitsAtMost = 0};
    QVERIFY(line.view(query).ok());
    const QUrlQuery asked(QUrl(line.asked().section(u' ', 1, 1)));
    const auto value = [&asked](const QString &name) {
        return asked.queryItemValue(name, QUrl::FullyDecoded);
    };
    QCOMPARE(value(u"route"_s), u"my chat"_s);
    QCOMPARE(value(u"model"_s), u"gpt-4.1"_s);
    QCOMPARE(value(u"client"_s), u"a&b"_s);
    QCOMPARE(value(u"text"_s), u"100 % + 断路器"_s);
    QCOMPARE(value(u"older_than_s"_s), u"91"_s); // never younger ones
    QCOMPARE(value(u"hits_max"_s), u"0"_s);
    QCOMPARE(value(u"order"_s), u"saved"_s);
    QCOMPARE(value(u"limit"_s), u"200"_s);
    QCOMPARE(value(u"offset"_s), u"400"_s);
}

void TestCacheSource::evictsOneAfterTheOther()
{
    Line line;
    line.gateway.answer(u"cache/a"_s, FakeGateway::whole(R"({"evicted":1})"));
    line.gateway.answer(u"cache/gone"_s, FakeGateway::whole("{}", 404));
    line.gateway.answer(u"cache/c"_s, FakeGateway::whole(R"({"evicted":1})"));
    const auto two = line.evict({"a", "gone", "c"});
    QVERIFY(two.ok());
    QCOMPARE(*two, std::size_t(2));
    QVERIFY(line.gateway.heads().first().startsWith("DELETE /admin/v1/cache/a HTTP"));
    QCOMPARE(line.gateway.heads().size(), 3);
    QCOMPARE(*line.evict({}), std::size_t(0));
    line.gateway.answer(u"cache/gone"_s, FakeGateway::whole("{}", 500));
    QVERIFY(!line.evict({"a", "gone", "c"}).ok());
    QCOMPARE(line.gateway.heads().size(), 5); // the first that fails ends it
}

void TestCacheSource::evictsWhatAFilterFinds()
{
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(R"({"evicted":214})"));
    CacheFilter chat;
    chat.route = "chat";
    QCOMPARE(*line.evictMatching(chat), std::size_t(214));
    QVERIFY(line.asked().startsWith(u"DELETE /admin/v1/cache?route=chat "_s));
    QCOMPARE(*line.evictMatching({}), std::size_t(214));
    QVERIFY(line.asked().startsWith(u"DELETE /admin/v1/cache?all=true "_s));
    line.gateway.answer(u"cache"_s, FakeGateway::whole("{}"));
    QVERIFY(!line.evictMatching({}).ok());
}

void TestCacheSource::pins()
{
    Line line;
    line.gateway.answer(u"cache/ab12/pin"_s, FakeGateway::whole("{}"));
    QVERIFY(line.pin(true).ok());
    QVERIFY(line.asked().startsWith(u"POST /admin/v1/cache/ab12/pin "_s));
    line.gateway.answer(u"cache/ab12/pin"_s, FakeGateway::whole("{}", 404));
    QCOMPARE(line.pin(false).error(), u"This answer is not kept any more."_s);
}

void TestCacheSource::evaluates()
{
    Line line;
    line.gateway.answer(u"cache/evaluate"_s, FakeGateway::whole(R"({"embedder":"local","same":1124,
        "different":1544,"thresholds":[{"threshold":0.9,"precision":1,"recall":0.34,"false_hits":0,
        "false_hits_unvetoed":0.1}],"recommended":0.9})"));
    const auto ask = [&line](auto then) { return line.cache.evaluate(then); };
    const auto answer = answerOf<CacheEvaluation>(ask);
    QVERIFY(answer.ok());
    QCOMPARE(answer->different, std::size_t(1'544));
    QCOMPARE(answer->thresholds.front().falseHitsUnvetoed, 0.1);
    QCOMPARE(answer->recommended, std::optional(0.9));
    line.gateway.answer(u"cache/evaluate"_s,
                        FakeGateway::whole(R"({"thresholds":[],"recommended":null})"));
    QVERIFY(!answerOf<CacheEvaluation>(ask).ok());
}

void TestCacheSource::saysWhyNot_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    QTest::newRow("too old") << 404 << QByteArray("{}")
                             << u"The gateway is too old to tell of its cache."_s;
    QTest::newRow("no JSON") << 200 << QByteArray("<html>")
                             << u"The gateway's answer makes no sense."_s;
}

void TestCacheSource::saysWhyNot()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, words);
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(body, status));
    QCOMPARE(line.view().error(), words);
}

void TestCacheSource::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no mode") << QByteArray("{}");
    QTest::newRow("an entry without an id")
        << QByteArray(R"({"mode":"off","entries":[{"made":"2026-11-23T14:00:00Z"}]})");
    QTest::newRow("an entry without a time")
        << QByteArray(R"({"mode":"off","entries":[{"id":"a"}]})");
    QTest::newRow("an entry that is a text") << QByteArray(R"({"mode":"off","entries":["a"]})");
    QTest::newRow("a near miss of no time")
        << QByteArray(R"({"mode":"off","near_misses":[{"at":"soon"}]})");
}

void TestCacheSource::refusesWhatMakesNoSense()
{
    QFETCH(QByteArray, body);
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(body));
    QVERIFY(!line.view().ok());
}

void TestCacheSource::whatIsTakenBackIsNotAnswered()
{
    Line line;
    line.gateway.answer(u"cache"_s, FakeGateway::whole(kView));
    int answers = 0;
    {
        const ui::Asked asked = line.cache.view({}, [&answers](const auto &) { ++answers; });
    }
    QVERIFY(line.view().ok()); // a later one is
    QCOMPARE(answers, 0);
}

void TestCacheSource::readsWhatGatewaysWrite()
{
    const auto view = cacheViewFrom(*runtime::parseJson(kView));
    const auto again = cacheViewFrom(*runtime::parseJson(runtime::cacheText(*view)));
    QVERIFY(again && *again == *view);
    const CacheEvaluation evaluation{.embedder = "local",
                                     .same = 3,
                                     .different = 4,
                                     .thresholds = {{.threshold = 0.9, .recall = 0.25}},
                                     .recommended = std::nullopt};
    const auto told = cacheEvaluationFrom(*runtime::parseJson(runtime::cacheText(evaluation)));
    QVERIFY(told && *told == evaluation);
}

void TestCacheSource::aGatewayInsideAnswers()
{
    Inside inside;
    LocalCache &cache = *inside.cache;
    const auto view = answerOf<CacheView>([&](auto then) { return cache.view({}, then); });
    QVERIFY(view.ok());
    QCOMPARE(view->mode, std::string("semantic"));
    QCOMPARE(view->threshold, 0.9);
    QCOMPARE(view->entryCount, std::size_t(0));
    const auto evicted = answerOf<std::size_t>(
        [&](auto then) { return cache.evict({"none"}, then); });
    QCOMPARE(*evicted, std::size_t(0));
    QCOMPARE(*answerOf<std::size_t>([&](auto then) { return cache.evictMatching({}, then); }),
             std::size_t(0));
    const auto pinned = answerOf<std::size_t>(
        [&](auto then) { return cache.pin("none", true, then); });
    QCOMPARE(pinned.error(), u"This answer is not kept any more."_s);
    const auto evaluation = answerOf<CacheEvaluation>(
        [&](auto then) { return cache.evaluate(then); });
    QVERIFY(evaluation.ok());
    QVERIFY(evaluation->different > 0 && !evaluation->thresholds.empty());
    int answers = 0;
    {
        const ui::Asked asked = cache.view({}, [&answers](const auto &) { ++answers; });
    }
    QVERIFY(answerOf<CacheView>([&](auto then) { return cache.view({}, then); }).ok());
    QCOMPARE(answers, 0);
}

QTEST_GUILESS_MAIN(TestCacheSource)
#include "tst_cache_source.moc"

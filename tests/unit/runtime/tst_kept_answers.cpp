// SPDX-License-Identifier: Apache-2.0
#include "tests/support/full_disk.h"

#include "core/runtime/admin/cache_json.h"
#include "core/runtime/cache/answer_json.h"
#include "core/runtime/cache/cache_evaluator.h"
#include "core/runtime/cache/cache_file.h"
#include "core/runtime/ledger/json_fields.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;
using cache::CachedAnswer;
using gateway::CacheChange;
using gateway::KeptAnswer;

namespace {

CachedAnswer sample(int number)
{
    CachedAnswer answer;
    answer.requestId = "request-" + std::to_string(number);
    answer.target = TargetId("qwen/qwen-plus");
    answer.whole.id = "up-1";
    answer.whole.model = "m";
    answer.whole.created = 7;
    ChoiceDelta &choice = answer.whole.choices.emplace_back();
    choice.content = "ein \"Text\"\n mit 中文 " + std::to_string(number);
    choice.reasoning = "thought";
    choice.finish = FinishReason::Length;
    choice.logprobsJson = R"({"content":[]})";
    choice.reasoningDetailsJson = R"([{"a":1}])";
    answer.whole.usage = Usage{.promptTokens = 9,
                               .cachedTokens = 1,
                               .cacheWriteTokens = 2,
                               .cacheWriteHourTokens = 1,
                               .completionTokens = 4,
                               .reasoningTokens = 3,
                               .estimated = true,
                               .statedCost = Money::fromNanos(5)};
    answer.whole.usageJson = R"({"prompt_tokens":9})";
    answer.whole.systemFingerprintJson = R"("fp")";
    answer.whole.serviceTierJson = R"("tier")";
    answer.usage = *answer.whole.usage;
    answer.cost = {Money::fromNanos(1234), true};
    answer.took = Micros(987'654);
    answer.made = SystemTime(Micros(1'790'000'000'000'000 + number));
    answer.route = "chat";
    answer.client = "bot";
    answer.question = "how?";
    answer.context = cache::digestOf("context");
    answer.embedder = "openai/text-embedding-3-small";
    answer.point = cache::quantized(std::vector<float>{0.5F, -1.0F, 0.1F});
    return answer;
}

KeptAnswer kept(int number)
{
    KeptAnswer made;
    made.key = cache::digestOf(std::to_string(number));
    made.answer = std::make_shared<const CachedAnswer>(sample(number));
    made.standing.hits = 3;
    made.standing.saved = Money::fromNanos(77);
    made.standing.usedLast = SystemTime(Micros(5));
    return made;
}

CacheChange put(int number)
{
    const KeptAnswer made = kept(number);
    return {made.key, made, true};
}

CacheChange gone(int number)
{
    return {cache::digestOf(std::to_string(number)), std::nullopt, true};
}

CacheFile::Contents contentsOf(const std::string &path, const Secret &secret = {})
{
    CacheFile::Contents contents;
    const auto file = CacheFile::open(path, contents, secret);
    if (!file) {
        contents.dropped = "cannot be opened: " + file.error();
    }
    return contents;
}

void execute(const std::string &path, const std::string &sql)
{
    auto database = Database::open(path, Database::Mode::ReadWriteCreate);
    QVERIFY(database->execute(sql).ok());
}

} // namespace

/// Goal: what is kept of answers outlives the program, or is dropped with a word; it never comes back as
/// something else. And what operators ask of it is read and written as documented.
class TestKeptAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersSurviveTheText();
    void textsThatAreNoneAreRefused();
    void answersSurviveTheFile();
    void changesAreAllWrittenOrNone();
    void aDamagedRowIsNotGivenBack();
    void aFileOfSomethingElseIsDropped_data();
    void aFileOfSomethingElseIsDropped();
    void aFullDiskIsTold();
    void whatIsSealedIsNotReadable();
    void aFileOfAnotherKeyIsDropped();
    void aPlainFileIsSealedFromThenOn();
    void aSealedRowBelongsToItsKey();
    void queriesAreRead();
    void evictingNeedsAWord();
    void pairsAreRead();
    void theShippedPairsSayWhatTheDocumentSays();
};

void TestKeptAnswers::answersSurviveTheText()
{
    CachedAnswer answer = sample(1);
    QVERIFY(answerFromText(answerText(answer)) == answer);
    answer.context.reset();
    answer.cost.amount.reset();
    answer.whole.usage.reset();
    answer.whole.choices[0].reasoning.reset();
    QVERIFY(answerFromText(answerText(answer)) == answer);
}

void TestKeptAnswers::textsThatAreNoneAreRefused()
{
    for (const char *text : {"", "[]", "{}", R"({"whole":{"choices":[]},"usage":{}})"}) {
        QVERIFY(!answerFromText(text));
    }
}

void TestKeptAnswers::answersSurviveTheFile()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    {
        CacheFile::Contents none;
        auto file = CacheFile::open(path, none);
        QVERIFY2(file.ok(), file ? "" : file.error().c_str());
        QVERIFY(none.answers.empty() && none.dropped.empty());
        QVERIFY(file->write({put(2), put(1), put(3)}).ok());
        QVERIFY(file->write({gone(3), gone(4)}).ok());
        CacheChange touched = put(2);
        touched.whole = false;
        touched.kept->standing.pinned = true;
        touched.kept->standing.hits = 9;
        QVERIFY(file->write({touched}).ok());
    }
    struct stat file = {};
    QCOMPARE(::stat(path.c_str(), &file), 0);
    QCOMPARE(file.st_mode & 0777U, 0600U);
    const CacheFile::Contents contents = contentsOf(path);
    QCOMPARE(contents.answers.size(), std::size_t(2));
    QVERIFY(contents.dropped.empty() && contents.damaged == 0);
    QVERIFY(*contents.answers[0].answer == sample(1)); // the oldest first
    QVERIFY(contents.answers[0].standing == kept(1).standing);
    QVERIFY(*contents.answers[1].answer == sample(2));
    QVERIFY(contents.answers[1].standing.pinned);
    QCOMPARE(contents.answers[1].standing.hits, std::uint64_t(9));
}

void TestKeptAnswers::changesAreAllWrittenOrNone()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    CacheFile::Contents none;
    auto file = CacheFile::open(path, none);
    QVERIFY(file->write({put(1)}).ok());
    execute(path,
            "CREATE TRIGGER no BEFORE INSERT ON answers WHEN NEW.made_us % 10 = 3 "
            "BEGIN SELECT RAISE(ABORT, 'no'); END");
    QVERIFY(!file->write({gone(1), put(2), put(3)}).ok());
    const auto contents = contentsOf(path);
    QCOMPARE(contents.answers.size(), std::size_t(1));
    QVERIFY(*contents.answers[0].answer == sample(1));
}

void TestKeptAnswers::aDamagedRowIsNotGivenBack()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    {
        CacheFile::Contents none;
        QVERIFY(CacheFile::open(path, none)->write({put(1), put(2)}).ok());
    }
    execute(path, "UPDATE answers SET body=replace(body,'Text','Test') WHERE made_us % 10 = 1");
    const auto contents = contentsOf(path);
    QCOMPARE(contents.damaged, std::size_t(1));
    QCOMPARE(contents.answers.size(), std::size_t(1));
    QVERIFY(*contents.answers[0].answer == sample(2));
}

void TestKeptAnswers::aFileOfSomethingElseIsDropped_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("no database") << QStringLiteral("text");
    QTest::newRow("damaged pages") << QStringLiteral("pages");
    QTest::newRow("another version") << QStringLiteral("version");
    QTest::newRow("another program's") << QStringLiteral("other");
}

void TestKeptAnswers::aFileOfSomethingElseIsDropped()
{
    QFETCH(const QString, how);
    const QTemporaryDir directory;
    const QString name = directory.filePath(QStringLiteral("cache.sqlite"));
    const std::string path = name.toStdString();
    if (how != QLatin1String("other")) {
        CacheFile::Contents none;
        QVERIFY(CacheFile::open(path, none)->write({put(1), put(2)}).ok());
    }
    QFile file(name);
    if (how == QLatin1String("version")) {
        execute(path, "PRAGMA user_version=999");
    } else if (how == QLatin1String("other")) {
        execute(path, "CREATE TABLE theirs(a)");
    } else {
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 from = how == QLatin1String("text") ? 0 : 4096;
        QVERIFY(file.seek(from));
        file.write(QByteArray(static_cast<int>(file.size() - from), '#'));
        file.close();
    }
    const auto first = contentsOf(path);
    QVERIFY(!first.dropped.empty());
    QVERIFY2(first.dropped.find("cannot be opened") == std::string::npos, first.dropped.c_str());
    QVERIFY(first.answers.empty());
    const auto second = contentsOf(path); // a new one stands there
    QVERIFY(second.dropped.empty() && second.answers.empty());
}

void TestKeptAnswers::aFullDiskIsTold()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    CacheFile::Contents none;
    auto file = CacheFile::open(path, none);
    QVERIFY(file->write({put(1)}).ok());
    {
        const FullDisk full;
        const auto written = file->write({put(2)});
        QVERIFY(!written.ok());
        QVERIFY(!written.error().empty());
    }
    QVERIFY(file->write({put(3)}).ok());
    QCOMPARE(contentsOf(path).answers.size(), std::size_t(2));
}

namespace {

const Secret kKey(std::string("correct horse battery staple"));

bool contains(const std::string &path, const char *text)
{
    for (const char *part : {"", "-wal"}) {
        QFile file(QString::fromStdString(path + part));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text)) {
            return true;
        }
    }
    return false;
}

} // namespace

void TestKeptAnswers::whatIsSealedIsNotReadable()
{
    const QTemporaryDir directory;
    for (const bool sealed : {false, true}) {
        const std::string path =
            directory.filePath(sealed ? QStringLiteral("a") : QStringLiteral("b")).toStdString();
        const Secret secret = sealed ? kKey : Secret();
        {
            CacheFile::Contents none;
            auto file = CacheFile::open(path, none, secret);
            QVERIFY2(file.ok(), file ? "" : file.error().c_str());
            QVERIFY(file->write({put(1), put(2)}).ok());
            for (const char *text : {"中文", "how?", "qwen-plus", "thought"}) {
                QCOMPARE(contains(path, text), !sealed);
            }
        }
        const auto contents = contentsOf(path, secret);
        QVERIFY2(contents.dropped.empty(), contents.dropped.c_str());
        QCOMPARE(contents.answers.size(), std::size_t(2));
        QVERIFY(*contents.answers[1].answer == sample(2));
        QVERIFY(!contents.isPlain);
    }
}

void TestKeptAnswers::aFileOfAnotherKeyIsDropped()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    const Secret other(std::string("another one"));
    const std::pair<Secret, const char *> rows[] = {{other, "another key"},
                                                    {Secret(), "names no key"}};
    for (const auto &[secret, why] : rows) {
        {
            CacheFile::Contents none;
            QVERIFY(CacheFile::open(path, none, kKey)->write({put(1)}).ok());
        }
        const auto contents = contentsOf(path, secret);
        QVERIFY2(contents.dropped.find(why) != std::string::npos, contents.dropped.c_str());
        QVERIFY(contents.answers.empty());
        QVERIFY(contentsOf(path, secret).dropped.empty()); // a new one stands there
        CacheFile::remove(path);
    }
}

void TestKeptAnswers::aPlainFileIsSealedFromThenOn()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    {
        CacheFile::Contents none;
        QVERIFY(CacheFile::open(path, none)->write({put(1)}).ok());
    }
    const auto contents = contentsOf(path, kKey);
    QVERIFY(contents.isPlain); // the keeper writes it anew
    QCOMPARE(contents.answers.size(), std::size_t(1));
    QVERIFY(contents.dropped.empty());
}

/// Goal: who can write the file, and has no key, cannot give one request's answer to another.
void TestKeptAnswers::aSealedRowBelongsToItsKey()
{
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("cache.sqlite")).toStdString();
    {
        CacheFile::Contents none;
        QVERIFY(CacheFile::open(path, none, kKey)->write({put(1), put(2)}).ok());
    }
    const std::string one = kept(1).key.toHex();
    auto database = Database::open(path, Database::Mode::ReadWriteCreate);
    auto body = database->prepare("SELECT body FROM answers WHERE made_us % 10 = 2");
    QCOMPARE(body->step(), Statement::Step::Row);
    const std::string text = body->text();
    body->rewind();
    auto swap = database->prepare("UPDATE answers SET body=?,digest=? WHERE key=?");
    const std::string digest = cache::digestOf(one + '\n' + text).toHex();
    QVERIFY(swap->add(text).add(digest).add(one).run().ok());
    const auto contents = contentsOf(path, kKey);
    QCOMPARE(contents.damaged, std::size_t(1));
    QCOMPARE(contents.answers.size(), std::size_t(1));
    QVERIFY(*contents.answers[0].answer == sample(2));
}

void TestKeptAnswers::queriesAreRead()
{
    const auto query = readCacheQuery("route=chat&model=m&client=bot&text=a%20b&older_than_s=60&"
                                      "hits_max=0&order=size&limit=7&offset=14");
    QVERIFY(query.ok());
    QVERIFY(query->filter.route == "chat" && query->filter.model == "m");
    QVERIFY(query->filter.client == "bot" && query->filter.text == "a b");
    QVERIFY(query->filter.olderThan == Millis(60'000) && query->filter.hitsAtMost == 0U);
    QVERIFY(query->order == CacheOrder::Largest);
    QCOMPARE(query->limit, std::size_t(7));
    QCOMPARE(query->offset, std::size_t(14));
    QVERIFY(*readCacheQuery("") == CacheQuery());
    for (const char *faulty :
         {"order=best", "limit=0", "limit=1001", "offset=-1", "hits_max=x", "older_than_s=-5"}) {
        const auto refused = readCacheQuery(faulty);
        QVERIFY2(!refused.ok(), faulty);
        QCOMPARE(refused.error().param,
                 std::string(faulty).substr(0, refused.error().param.size()));
        QVERIFY(!refused.error().param.empty());
    }
}

void TestKeptAnswers::evictingNeedsAWord()
{
    QVERIFY(!readCacheFilter("").ok());
    QVERIFY(!readCacheFilter("all=false").ok());
    QVERIFY(!readCacheFilter("limit=7").ok());
    QVERIFY(*readCacheFilter("all=true") == CacheFilter());
    QVERIFY(readCacheFilter("route=chat")->route == "chat");
    QVERIFY(*readPinned(R"({"pinned":true})"));
    QVERIFY(!readPinned("").ok() && !readPinned(R"({"pinned":1})").ok());
}

void TestKeptAnswers::pairsAreRead()
{
    QVERIFY(!readEvaluation("")->pairs);
    QVERIFY(!readEvaluation("{}")->pairs && !readEvaluation("{}")->embedder);
    const auto asked = readEvaluation(
        R"({"pairs":[{"one":"a","other":"b","same":true}],"embedder":"e/small"})");
    QCOMPARE(asked->pairs->at(0).one, std::string("a"));
    QVERIFY(asked->pairs->at(0).same);
    QCOMPARE(*asked->embedder, std::string("e/small"));
    for (const char *faulty : {"[]",
                               R"({"pairs":[]})",
                               R"({"pairs":{}})",
                               R"({"embedder":1})",
                               R"({"pairs":[{"one":"a","other":"b"}]})",
                               R"({"pairs":[{"one":"","other":"b","same":true}]})"}) {
        QVERIFY2(!readEvaluation(faulty).ok(), faulty);
    }
}

void TestKeptAnswers::theShippedPairsSayWhatTheDocumentSays()
{
    QCOMPARE(shippedPairs().size(), std::size_t(2668));
    const CacheEvaluation told = evaluated(shippedPairs());
    QCOMPARE(told.same + told.different, std::size_t(2668));
    QCOMPARE(told.different, std::size_t(1544));
    QCOMPARE(told.thresholds.size(), std::size_t(101));
    const CacheThreshold &usual = told.thresholds.at(92);
    QCOMPARE(usual.threshold, 0.92);
    QCOMPARE(usual.falseHits, 0.0);
    QCOMPARE(usual.precision, 1.0);
    QVERIFY(usual.recall > 0.3 && usual.recall < 0.7);
    QVERIFY(usual.falseHitsUnvetoed > 0.05);
    QVERIFY(told.recommended && *told.recommended <= 0.92);
    const auto json = parseJson(cacheText(told));
    QVERIFY(json && (*json)["thresholds"].size() == 101);
    QVERIFY((*json)["thresholds"][92]["false_hits"] == Json(0.0));
}

QTEST_APPLESS_MAIN(TestKeptAnswers)
#include "tst_kept_answers.moc"

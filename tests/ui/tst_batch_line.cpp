// SPDX-License-Identifier: GPL-3.0-or-later
// Batches against a gateway and a simulator: whole files, killed and taken up again, within a budget.
#include "app/console/batch_line.h"
#include "app/console/judgement_file.h"
#include "tests/support/child_process.h"
#include "tests/ui/playground_house.h"
#include "ui/pages/batch_session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <limits>
#include <map>
#include <random>
#include <set>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;
using State = ui::BatchSession::State;

namespace {

constexpr int kLongMs = 240'000;

QString promptsAt(const QString &folder, int count)
{
    QFile file(folder + u"/prompts.jsonl"_s);
    (void)file.open(QIODevice::WriteOnly);
    for (int i = 0; i < count; ++i) {
        file.write("{\"prompt\":\"Where is order " + QByteArray::number(i) + "?\"}\n");
    }
    return file.fileName();
}

ui::BatchPlan planOf(int prompts, const QStringList &models)
{
    ui::BatchPlan plan{.file = {.name = u"p"_s, .variables = {u"prompt"_s}},
                       .turns = {{ui::TurnRole::User, u"{{prompt}}"_s}}};
    for (int i = 0; i < prompts; ++i) {
        plan.file.rows.push_back({u"Where is order %1?"_s.arg(i)});
    }
    for (const QString &model : models) {
        plan.columns.push_back({model, {}});
    }
    return plan;
}

/// batch_runner, until it is killed or ends.
struct Runner
{
    Runner(const House &house,
           const std::string &store,
           const QString &prompts,
           int atOnce,
           const std::string &budget)
        : process({.program = SIGNALBOX_BIN_DIR "/batch_runner",
                   .arguments = {house.url().toString().toStdString(),
                                 store,
                                 prompts.toStdString(),
                                 std::to_string(atOnce),
                                 budget,
                                 "a/m",
                                 "b/m",
                                 "r",
                                 "a/m"},
                   .environment = {{"BATCH_KEY", std::string(house.key.expose())}}})
    {}

    /// How far it is, at least \p done, or how it ended.
    std::string until(int done)
    {
        for (;;) {
            const auto line = process.readLine(std::chrono::milliseconds(kLongMs));
            if (!line) {
                return "gone";
            }
            const QByteArray text = QByteArray::fromStdString(*line);
            bool isNumber = false;
            if (text.toInt(&isNumber) >= done && isNumber) {
                return *line;
            }
            if (!isNumber) {
                return *line;
            }
        }
    }
    std::string end() { return until(std::numeric_limits<int>::max()); }
    void kill()
    {
        process.signal(SIGKILL);
        (void)process.waitForExit();
    }

    tests::ChildProcess process;
};

/// What is in the file of a batch, once it is not written any more.
ui::KeptJudgements keptIn(const std::string &path)
{
    JudgementFile file(path);
    ui::KeptJudgements kept;
    bool loaded = false;
    QObject::connect(&file,
                     &ui::JudgementStore::loaded,
                     &file,
                     [&](const ui::KeptJudgements &read) {
                         kept = read;
                         loaded = true;
                     });
    file.load();
    (void)QTest::qWaitFor([&loaded] { return loaded; }, kPatienceMs);
    return kept;
}

struct Books
{
    int requests = 0;
    Money cost;
    Money dearest;
};

/// All of the console's requests in the gateway's own ledger, when \p count are there.
Books booksOf(const House &house, int count)
{
    Books books;
    (void)QTest::qWaitFor(
        [&] {
            books = {};
            auto reader = runtime::LedgerReader::open(
                runtime::ledgerPath(house.folder.path().toStdString()));
            RequestFilter filter;
            filter.client = "playground";
            filter.limit = 1'000;
            for (;;) {
                const auto page = reader->requests(filter);
                for (const RequestRecord &record : page->requests) {
                    ++books.requests;
                    const Money cost = record.cost.amount.value_or(Money());
                    books.cost += cost;
                    books.dearest = std::max(books.dearest, cost);
                }
                if (!page->next) {
                    return books.requests >= count;
                }
                filter.cursor = *page->next;
            }
        },
        kPatienceMs);
    return books;
}

std::map<ui::BatchPlace, QString> idsOf(const ui::KeptJudgements &kept)
{
    std::map<ui::BatchPlace, QString> ids;
    for (const ui::BatchAnswer &answer : kept.answers) {
        ids[answer.place] = answer.id;
    }
    return ids;
}

} // namespace

class TestBatchLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAreTheProvidersWithTheirPrices();
    void failuresAreInWords();
    void aGatewayThatIsGoneIsNotAsked();
    void twoThousandPromptsSurviveBeingKilled();
    void neverSpendsMoreThanItsBudgetAndTheAir();
    void votesAndBatchesAreKept();
    void votesAreBounded();
    void aFileOfSomebodyElseIsLeftAlone();
    void whatCannotBeWrittenIsSaid();
};

void TestBatchLine::answersAreTheProvidersWithTheirPrices()
{
    House house;
    BatchLine requests(*house.line);
    ui::BatchSession batch(&requests, nullptr);
    batch.begin(planOf(5, {u"a/m"_s, u"b/free"_s, u"r"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Over, kPatienceMs);
    const auto ledger = house.ledger(15);
    QCOMPARE(ledger.size(), std::size_t(15));
    for (int row = 0; row < 5; ++row) {
        for (int column = 0; column < 3; ++column) {
            const ui::BatchAnswer &answer = *batch.run()->answer({row, column});
            QVERIFY2(answer.isAnswered(), qPrintable(answer.failure));
            const RequestRecord &record = ledger.at(answer.id.toStdString());
            QVERIFY(!answer.text.isEmpty());
            QCOMPARE(answer.cost, record.cost.amount);
            QCOMPARE(answer.cost.has_value(), column != 1); // a price that is not known is none
            QCOMPARE(answer.usage->completionTokens, record.usage.completionTokens);
            QCOMPARE(answer.target.toStdString(), record.target.name());
            QCOMPARE(answer.finishReason, u"stop"_s);
            QCOMPARE_GE(answer.totalMs * 1'000 + 1, double(record.total.count()));
        }
    }
    QCOMPARE(batch.run()->unknownPrices(), 5);
}

void TestBatchLine::failuresAreInWords()
{
    House house;
    BatchLine requests(*house.line);
    house.simulator.addFault({{"provider", "b"}, {"kind", "status"}, {"status", 503}});
    ui::BatchSession batch(&requests, nullptr);
    batch.begin(planOf(2, {u"a/m"_s, u"b/m"_s, u"no/such"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Over, kPatienceMs);
    QCOMPARE(batch.run()->failed(), 4);
    QVERIFY(batch.run()->answer({0, 0})->isAnswered());
    for (const int column : {1, 2}) {
        const QString failure = batch.run()->answer({1, column})->failure;
        QVERIFY2(failure.contains(u": "_s), qPrintable(failure)); // a code, and a sentence
    }
    // What a gateway, or something before it, says that is no answer.
    QVERIFY(!readBatchAnswer("<html>502</html>", 502).failure.isEmpty());
    QVERIFY(!readBatchAnswer("{\"choices\":[]}", 200).failure.isEmpty());
    QVERIFY(!readBatchAnswer("", 200).failure.isEmpty());
    const auto calls = readBatchAnswer(
        R"({"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}]})",
        200);
    QCOMPARE(calls.text, u"f({})"_s);
}

void TestBatchLine::aGatewayThatIsGoneIsNotAsked()
{
    PlaygroundLine nowhere([] { return QUrl(u"http://127.0.0.1:9"_s); }, makeConsoleKey());
    BatchLine requests(nowhere);
    ui::BatchSession batch(&requests, nullptr);
    batch.begin(planOf(3, {u"a/m"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Paused, kPatienceMs);
    QVERIFY(batch.problem().contains(u"not reached"_s));
    QCOMPARE(batch.run()->done(), 0);
}

/// Goal: the acceptance of batches. Method: 2,000 prompts over 4 columns by a program of their own, which
/// is killed three times at moments by chance. What was kept before a kill has the same request's id at
/// the end, and the gateway saw no more requests beyond 8,000 than were in the air when it was killed.
void TestBatchLine::twoThousandPromptsSurviveBeingKilled()
{
    constexpr int prompts = 2'000;
    constexpr int calls = 4 * prompts;
    constexpr int atOnce = 12;
    constexpr int kills = 3;
    House house;
    const std::string store = house.folder.filePath(u"batch.sqlite"_s).toStdString();
    const QString file = promptsAt(house.folder.path(), prompts);
    std::mt19937 random(9);
    std::map<ui::BatchPlace, QString> known;
    for (int kill = 0; kill < kills; ++kill) {
        Runner runner(house, store, file, atOnce, "none");
        const int at = (kill + 1) * calls / (kills + 2) + static_cast<int>(random() % 200);
        QVERIFY(QByteArray::fromStdString(runner.until(at)).toInt() >= at);
        runner.kill();
        const auto kept = idsOf(keptIn(store));
        QCOMPARE_GE(static_cast<int>(kept.size()), at);
        QCOMPARE_LT(static_cast<int>(kept.size()), calls); // it was in the midst
        for (const auto &[place, id] : known) {
            QCOMPARE(kept.at(place), id);
        }
        known = kept;
    }
    Runner last(house, store, file, atOnce, "none");
    QVERIFY(QByteArray::fromStdString(last.end()).startsWith("over"));
    const auto kept = keptIn(store);
    const auto ids = idsOf(kept);
    QCOMPARE(static_cast<int>(ids.size()), calls);
    for (const auto &[place, id] : known) {
        QCOMPARE(ids.at(place), id); // it was not run again
    }
    std::set<QString> distinct;
    for (const ui::BatchAnswer &answer : kept.answers) {
        QVERIFY2(answer.isAnswered(), qPrintable(answer.failure));
        distinct.insert(answer.id);
    }
    QCOMPARE(static_cast<int>(distinct.size()), calls);
    const Books books = booksOf(house, calls);
    qInfo("%d requests for %d calls, %d kills with %d in the air",
          books.requests,
          calls,
          kills,
          atOnce);
    QVERIFY2(books.requests >= calls && books.requests <= calls + kills * atOnce,
             qPrintable(QString::number(books.requests)));
}

/// By the gateway's own books, which know what was in the air when the program was killed.
void TestBatchLine::neverSpendsMoreThanItsBudgetAndTheAir()
{
    constexpr int atOnce = 8;
    House house;
    const std::string store = house.folder.filePath(u"batch.sqlite"_s).toStdString();
    const QString file = promptsAt(house.folder.path(), 500);
    const Money budget = *Money::fromDecimal("0.05");
    {
        Runner runner(house, store, file, atOnce, "0.05");
        QVERIFY(QByteArray::fromStdString(runner.until(60)).toInt() >= 60);
        runner.kill();
    }
    Runner runner(house, store, file, atOnce, "0.05");
    QVERIFY(QByteArray::fromStdString(runner.end()).startsWith("halted"));
    const auto kept = keptIn(store);
    Money spent;
    for (const ui::BatchAnswer &answer : kept.answers) {
        spent += *answer.cost;
    }
    QVERIFY(spent >= budget);
    const Books books = booksOf(house, static_cast<int>(kept.answers.size()));
    // Twice: when it was killed, and when the budget was reached.
    const Money most = budget + Money::fromNanos(2 * atOnce * books.dearest.nanos());
    QVERIFY(books.dearest > Money());
    QVERIFY2(books.cost <= most, books.cost.toDecimal().c_str());
    QVERIFY(spent <= budget + Money::fromNanos(atOnce * books.dearest.nanos()));
    QVERIFY(kept.answers.size() < 2'000);
    // Nothing more is sent by a start after that.
    Runner again(house, store, file, atOnce, "0.05");
    QVERIFY(QByteArray::fromStdString(again.end()).startsWith("halted"));
    QCOMPARE(booksOf(house, 0).requests, books.requests);
}

void TestBatchLine::votesAndBatchesAreKept()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(u"j.sqlite"_s).toStdString();
    const ui::KeptVote vote{.atMs = 1'234,
                            .task = u"code"_s,
                            .models = {u"a/m"_s, u"日本/x"_s},
                            .best = 1,
                            .named = {u"通义"_s}};
    ui::KeptVote tie = vote;
    tie.best = -1;
    tie.allBad = true;
    ui::BatchPlan plan = planOf(3, {u"a/m"_s, u"b/m"_s});
    plan.checks = {{ui::CheckKind::Contains, u"x"_s}};
    const ui::BatchAnswer answer{.place = {2, 1}, .text = u"x\ny"_s, .cost = Money::fromNanos(7)};
    {
        JudgementFile file(path); // ends with everything still waiting to be written
        file.keepVote(vote);
        file.keepVote(tie);
        file.keepPlan(plan, false);
        file.keepAnswer(answer);
    }
    ui::KeptJudgements kept = keptIn(path);
    QCOMPARE(kept.votes, (std::vector<ui::KeptVote>{vote, tie}));
    QCOMPARE(kept.plan, plan);
    QCOMPARE(kept.answers, std::vector<ui::BatchAnswer>{answer});
    QCOMPARE(QFile::permissions(QString::fromStdString(path)).toInt() & 0x0077, 0);
    {
        JudgementFile file(path);
        plan.budget = Money::fromNanos(5);
        file.keepPlan(plan, true); // another budget, the same answers
    }
    kept = keptIn(path);
    QCOMPARE(kept.plan->budget, plan.budget);
    QCOMPARE(kept.answers.size(), std::size_t(1));
    {
        JudgementFile file(path);
        file.keepPlan(plan, false); // another batch
        file.forgetVotes();
    }
    kept = keptIn(path);
    QVERIFY(kept.votes.empty() && kept.answers.empty() && kept.plan);
    {
        JudgementFile file(path);
        file.forgetBatch();
    }
    QVERIFY(!keptIn(path).plan);
}

void TestBatchLine::votesAreBounded()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(u"j.sqlite"_s).toStdString();
    {
        JudgementFile file(path);
        QSignalSpy kept(&file, &ui::JudgementStore::loaded);
        for (int i = 0; i < ui::kVotesMax + 5; ++i) {
            file.keepVote({.atMs = i, .models = {u"a"_s, u"b"_s}});
            if (i % 1'000 == 0) {
                file.load(); // so that no more wait than may
                QTRY_VERIFY_WITH_TIMEOUT(!kept.isEmpty(), kPatienceMs);
                kept.clear();
            }
        }
    }
    const ui::KeptJudgements kept = keptIn(path);
    QCOMPARE(static_cast<int>(kept.votes.size()), ui::kVotesMax);
    QCOMPARE(kept.votes.front().atMs, 5);
}

void TestBatchLine::aFileOfSomebodyElseIsLeftAlone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"j.sqlite"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no database, and it is somebody's");
    file.close();
    {
        JudgementFile store(path.toStdString());
        QSignalSpy trouble(&store, &ui::JudgementStore::trouble);
        store.keepVote({.models = {u"a"_s, u"b"_s}});
        QTRY_COMPARE(trouble.size(), 1);
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("this is no database, and it is somebody's"));
}

void TestBatchLine::whatCannotBeWrittenIsSaid()
{
    JudgementFile store("/no/such/folder/j.sqlite");
    QSignalSpy trouble(&store, &ui::JudgementStore::trouble);
    QSignalSpy kept(&store, &ui::JudgementStore::kept);
    store.keepAnswer({.place = {0, 0}});
    QTRY_COMPARE(trouble.size(), 1);
    QVERIFY(!trouble.front().front().toString().isEmpty());
    QVERIFY(kept.isEmpty());
}

QTEST_GUILESS_MAIN(TestBatchLine)
#include "tst_batch_line.moc"

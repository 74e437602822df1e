// SPDX-License-Identifier: GPL-3.0-or-later
// Files of prompts, what is sent next, budgets, judges, totals, and batches as text.
#include "ui/models/batch_file.h"
#include "ui/models/batch_totals.h"
#include "ui/models/variables.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <random>
#include <set>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

PromptFile fileOf(int rows)
{
    PromptFile file{.name = u"p.jsonl"_s, .variables = {u"prompt"_s}};
    for (int row = 0; row < rows; ++row) {
        file.rows.push_back({u"Question %1"_s.arg(row)});
    }
    return file;
}

BatchPlan planOf(int rows, int columns, const QString &judge = {})
{
    BatchPlan plan{.file = fileOf(rows), .turns = {{TurnRole::User, u"{{prompt}}"_s}}};
    for (int column = 0; column < columns; ++column) {
        plan.columns.push_back({u"p/m%1"_s.arg(column), {}});
    }
    plan.judge.model = judge;
    return plan;
}

BatchAnswer answered(BatchPlace place, const QString &text = u"fine"_s, const char *cost = "0.01")
{
    Usage usage;
    usage.promptTokens = 10;
    usage.completionTokens = 5;
    return {.place = place,
            .text = text,
            .id = u"01ID"_s,
            .target = u"p/m"_s,
            .finishReason = u"stop"_s,
            .usage = usage,
            .cost = Money::fromDecimal(cost),
            .totalMs = 100.0 + place.row};
}

BatchAnswer failed(BatchPlace place)
{
    return {.place = place, .failure = u"no_target_available: all failed"_s};
}

/// Sends and answers until nothing is sent any more; what was sent.
std::vector<BatchPlace> runThrough(BatchRun &run, const char *cost = "0.01")
{
    std::vector<BatchPlace> sent;
    while (const auto place = run.next()) {
        sent.push_back(*place);
        run.take(answered(*place, place->isJudgement() ? u"FIRST"_s : u"fine"_s, cost));
    }
    return sent;
}

} // namespace

class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsJsonLines();
    void readsTables();
    void refuses_data();
    void refuses();
    void fillsVariables();
    void takesThePromptColumn();
    void saysWhatIsInTheWay();
    void sendsEachCallOnce();
    void keepsToItsLimit();
    void stopsAtItsBudget();
    void neverSpendsMoreThanWasInTheAir();
    void anUnknownPriceEndsABudget();
    void judgesBothWaysOnceBothAreThere();
    void doesNotJudgeWhatFailed();
    void takesUpWhereItWas();
    void sendsAgainWhatFailed();
    void sendsAgainWhatWasNotSent();
    void refusesAnswersTwice();
    void totalsCountWhatIsKnown();
    void totalsOfAJudge();
    void tellsWhatIsLeft();
    void bodiesAskWhatWasWritten();
    void plansAndAnswersReadAgain();
    void filesAreWholeAndSafe();
};

void TestBatch::readsJsonLines()
{
    const auto file =
        readPrompts("{\"q\":\"one\",\"n\":3}\n\n{\"q\":\"日本\",\"list\":[1,\"x\"]}\r\n"
                    "\"alone\"\n",
                    u"a.jsonl"_s);
    QVERIFY(file);
    QCOMPARE(file->variables, (QStringList{u"n"_s, u"q"_s, u"list"_s, u"prompt"_s}));
    QCOMPARE(file->rows.size(), std::size_t(3));
    QCOMPARE(file->rows[0], (QStringList{u"3"_s, u"one"_s, {}, {}}));
    QCOMPARE(file->rows[1], (QStringList{{}, u"日本"_s, u"[1,\"x\"]"_s, {}}));
    QCOMPARE(file->rows[2], (QStringList{{}, {}, {}, u"alone"_s}));
    QVERIFY(readPrompts("{\"q\":1}", u"prompts.txt"_s)); // by its first character
}

void TestBatch::readsTables()
{
    const auto file = readPrompts("name,text\n\"Smith, J.\",\"two\nlines\"\n", u"a.csv"_s);
    QVERIFY(file);
    QCOMPARE(file->variables, (QStringList{u"name"_s, u"text"_s}));
    QCOMPARE(file->rows.front(), (QStringList{u"Smith, J."_s, u"two\nlines"_s}));
}

void TestBatch::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("a broken line")
        << QByteArray("{\"a\":1}\n{\"a\":\n") << u"a.jsonl"_s << u"Line 2"_s;
    QTest::newRow("a number") << QByteArray("3\n") << u"a.jsonl"_s << u"Line 1"_s;
    QTest::newRow("no variable") << QByteArray("{}\n") << u"a.jsonl"_s << u"Line 1"_s;
    QTest::newRow("nothing") << QByteArray("\n\n") << u"a.jsonl"_s << u"no prompt"_s;
    QTest::newRow("a header alone") << QByteArray("a,b\n") << u"a.csv"_s << u"no prompt"_s;
    QTest::newRow("a short row") << QByteArray("a,b\n1\n") << u"a.csv"_s << u"ine 2"_s;
    QTest::newRow("no text") << QByteArray("\x89PNG\0\0", 6) << u"a.csv"_s << u"UTF-8"_s;
    QTest::newRow("too large") << QByteArray(9 * 1024 * 1024, 'x') << u"a.csv"_s << u"larger"_s;
    QByteArray many;
    for (int i = 0; i <= kPromptsMax; ++i) {
        many += "{\"a\":1}\n";
    }
    QTest::newRow("too many") << many << u"a.jsonl"_s << u"more than"_s;
}

void TestBatch::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    QFETCH(QString, says);
    const auto file = readPrompts(bytes, name);
    QVERIFY(!file);
    QVERIFY2(file.error().contains(says), qPrintable(file.error()));
}

void TestBatch::fillsVariables()
{
    const PromptFile file{u"f"_s, {u"name"_s, u"a b"_s}, {{u"{{name}} $1"_s, u"x"_s}}};
    QCOMPARE(variablesIn(u"{{name}} {{ a b }} {{name}} {x} {{}}"_s),
             (QStringList{u"name"_s, u"a b"_s}));
    // What a value has in it is no variable, and what is none stays.
    QCOMPARE(filled(u"<{{ name }}|{{a b}}|{{who}}>"_s, file, 0), u"<{{name}} $1|x|{{who}}>"_s);
}

void TestBatch::takesThePromptColumn()
{
    const PromptFile file = fileOf(1);
    QCOMPARE(turnsFor({{TurnRole::System, u"Be terse."_s}, {TurnRole::User, {}}}, file)[1].text,
             u"{{prompt}}"_s);
    QCOMPARE(turnsFor({}, file).front().text, u"{{prompt}}"_s);
    const std::vector<PlaygroundTurn> written = {{TurnRole::User, u"Translate {{prompt}}"_s}};
    QCOMPARE(turnsFor(written, file), written);
    const std::vector<PlaygroundTurn> said = {{TurnRole::User, u"the same each time"_s}};
    QCOMPARE(turnsFor(said, file), said); // is not thrown away
}

void TestBatch::saysWhatIsInTheWay()
{
    QCOMPARE(problemOf(planOf(1, 1)), QString());
    QVERIFY(!problemOf(planOf(0, 1)).isEmpty());
    QVERIFY(!problemOf(planOf(1, 0)).isEmpty());
    QVERIFY(!problemOf(planOf(1, 1, u"p/judge"_s)).isEmpty()); // nothing to compare with
    BatchPlan plan = planOf(1, 1);
    plan.turns = {{TurnRole::User, u"always this"_s}};
    QVERIFY(problemOf(plan).contains(u"{{prompt}}"_s));
    plan.turns = {{TurnRole::User, u"{{question}}"_s}};
    QVERIFY(problemOf(plan).contains(u"{{question}}"_s));
    plan = planOf(1, 1);
    plan.checks = {{CheckKind::Matches, u"("_s}};
    QVERIFY(!problemOf(plan).isEmpty());
}

void TestBatch::sendsEachCallOnce()
{
    BatchRun run(planOf(50, 3, u"p/judge"_s));
    const std::vector<BatchPlace> sent = runThrough(run);
    QCOMPARE(sent.size(), std::size_t(50 * (3 + 4)));
    QCOMPARE(std::set<BatchPlace>(sent.begin(), sent.end()).size(), sent.size());
    QVERIFY(run.isOver());
    QCOMPARE(run.done(), run.total());
    QCOMPARE(run.spent(), Money::fromDecimal("3.50"));
}

void TestBatch::keepsToItsLimit()
{
    BatchPlan plan = planOf(10, 2);
    plan.atOnce = 3;
    BatchRun run(plan);
    QCOMPARE(*run.next(), (BatchPlace{0, 0}));
    QCOMPARE(*run.next(), (BatchPlace{0, 1}));
    QCOMPARE(*run.next(), (BatchPlace{1, 0}));
    QVERIFY(!run.next());
    QVERIFY(run.isInAir({1, 0}) && !run.isInAir({1, 1}));
    run.take(answered({0, 1}));
    QCOMPARE(*run.next(), (BatchPlace{1, 1}));
    QVERIFY(!run.next());
    run.setAtOnce(4);
    QVERIFY(run.next());
    QCOMPARE(run.inAir(), 4);
}

void TestBatch::stopsAtItsBudget()
{
    BatchPlan plan = planOf(100, 1);
    plan.budget = Money::fromDecimal("0.05");
    plan.atOnce = 1;
    BatchRun run(plan);
    QCOMPARE(runThrough(run).size(), std::size_t(5));
    QCOMPARE(run.halt(), BatchRun::Halt::Budget);
    QCOMPARE(run.spent(), *plan.budget);
    run.setBudget(Money::fromDecimal("0.07"));
    QCOMPARE(run.halt(), BatchRun::Halt::None);
    QCOMPARE(runThrough(run).size(), std::size_t(2));
    run.setBudget(std::nullopt);
    QCOMPARE(runThrough(run).size(), std::size_t(93));
    QCOMPARE(run.halt(), BatchRun::Halt::None);
}

/// Whatever calls cost and in whatever order they land: at the end no more is spent than the budget and
/// what those cost that were in the air when it was reached.
void TestBatch::neverSpendsMoreThanWasInTheAir()
{
    std::mt19937 random(3);
    int overshot = 0;
    for (int world = 0; world < 300; ++world) {
        BatchPlan plan = planOf(40, 2, world % 2 == 0 ? u"p/judge"_s : QString());
        plan.budget = Money::fromNanos(1'000'000 * (1 + static_cast<int>(random() % 90)));
        plan.atOnce = 1 + static_cast<int>(random() % 9);
        BatchRun run(plan);
        std::vector<BatchPlace> air;
        std::optional<Money> atTheStop;
        for (;;) {
            while (const auto place = run.next()) {
                QVERIFY(!atTheStop);
                air.push_back(*place);
            }
            if (air.empty()) {
                break;
            }
            const auto which = random() % air.size();
            const Money cost = Money::fromNanos(static_cast<int>(random() % 2'000'000));
            const std::string text = cost.toDecimal();
            const bool before = run.spent() < *plan.budget;
            run.take(answered(air[which], u"TIE"_s, text.c_str()));
            air.erase(air.begin() + static_cast<std::ptrdiff_t>(which));
            if (before && run.spent() >= *plan.budget) {
                // The call that reached it was in the air too.
                atTheStop = *plan.budget
                            + Money::fromNanos(2'000'000 * (1 + std::int64_t(air.size())));
            }
        }
        if (atTheStop) {
            ++overshot;
            QVERIFY(run.spent() <= *atTheStop);
            QCOMPARE(run.halt(), run.isOver() ? BatchRun::Halt::None : BatchRun::Halt::Budget);
        }
    }
    QVERIFY(overshot > 50);
}

void TestBatch::anUnknownPriceEndsABudget()
{
    BatchPlan plan = planOf(10, 1);
    plan.budget = Money::fromDecimal("1");
    plan.atOnce = 1;
    BatchRun run(plan);
    QCOMPARE(runThrough(run, "unknown").size(), std::size_t(1));
    QCOMPARE(run.halt(), BatchRun::Halt::UnknownPrice);
    QCOMPARE(run.unknownPrices(), 1);
    QCOMPARE(run.spent(), Money());
    run.setBudget(std::nullopt); // who knows that nothing can be held may go on
    QCOMPARE(runThrough(run, "unknown").size(), std::size_t(9));
}

void TestBatch::judgesBothWaysOnceBothAreThere()
{
    BatchRun run(planOf(2, 2, u"p/judge"_s));
    QCOMPARE(run.total(), 8);
    (void)run.next();
    (void)run.next();
    run.take(answered({0, 1}, u"second text"_s));
    QCOMPARE(*run.next(), (BatchPlace{1, 0}));
    run.take(answered({0, 0}, u"first text"_s));
    QCOMPARE(*run.next(), (BatchPlace{0, 1, 0})); // before more is asked
    QCOMPARE(*run.next(), (BatchPlace{0, 1, 1}));
    const QByteArray straight = run.body({0, 1, 0});
    const QByteArray turned = run.body({0, 1, 1});
    QVERIFY(straight.contains("p/judge") && turned.contains("p/judge"));
    QVERIFY(straight.indexOf("first text") < straight.indexOf("second text"));
    QVERIFY(turned.indexOf("second text") < turned.indexOf("first text"));
    QVERIFY(!run.verdict(0, 1));
    run.take(answered({0, 1, 0}, u"SECOND"_s));
    QVERIFY(!run.verdict(0, 1));
    run.take(answered({0, 1, 1}, u"FIRST"_s));
    QCOMPARE(run.verdict(0, 1), PairVerdict::OtherWins);
}

void TestBatch::doesNotJudgeWhatFailed()
{
    BatchRun run(planOf(1, 3, u"p/judge"_s));
    for (int i = 0; i < 3; ++i) {
        (void)run.next();
    }
    run.take(failed({0, 0}));
    QCOMPARE(run.done(), 1);
    run.take(answered({0, 1}));
    run.take(answered({0, 2}));
    QVERIFY(!run.next());
    QVERIFY(run.isOver()); // 3 answers, and 4 judgements that cannot be
    QCOMPARE(run.failed(), 1);
    // The first one's answer comes after all: now they can.
    QCOMPARE(run.reopenFailed(), 1);
    QVERIFY(!run.isOver());
    QCOMPARE(*run.next(), (BatchPlace{0, 0}));
    run.take(answered({0, 0}));
    QCOMPARE(runThrough(run).size(), std::size_t(4));
    QVERIFY(run.isOver());
    QCOMPARE(run.failed(), 0);
}

/// Whatever had come before the end: the rest is sent, each once, and nothing else.
void TestBatch::takesUpWhereItWas()
{
    std::mt19937 random(5);
    for (int world = 0; world < 100; ++world) {
        const BatchPlan plan = planOf(12, 3, u"p/judge"_s);
        BatchRun before(plan);
        std::vector<BatchAnswer> kept;
        std::vector<BatchPlace> air;
        for (int steps = static_cast<int>(random() % 120); steps > 0; --steps) {
            while (const auto place = before.next()) {
                air.push_back(*place);
            }
            if (air.empty()) {
                break;
            }
            const auto which = random() % air.size();
            const BatchPlace place = air[which];
            air.erase(air.begin() + static_cast<std::ptrdiff_t>(which));
            kept.push_back(!place.isJudgement() && random() % 6 == 0 ? failed(place)
                                                                     : answered(place, u"TIE"_s));
            before.take(kept.back());
        }
        std::ranges::shuffle(kept, random);
        BatchRun after(plan);
        for (const BatchAnswer &answer : kept) {
            QVERIFY(after.take(answer));
        }
        QCOMPARE(after.spent(), before.spent());
        QCOMPARE(after.done(), before.done());
        const std::vector<BatchPlace> sent = runThrough(after);
        QVERIFY(after.isOver());
        const std::set<BatchPlace> again(sent.begin(), sent.end());
        QCOMPARE(again.size(), sent.size());
        for (const BatchAnswer &answer : kept) {
            QVERIFY(!again.contains(answer.place));
        }
    }
}

void TestBatch::sendsAgainWhatFailed()
{
    BatchRun run(planOf(4, 1));
    while (const auto place = run.next()) {
        BatchAnswer answer = place->row % 2 == 0 ? failed(*place) : answered(*place);
        answer.cost = Money::fromDecimal("0.01");
        run.take(answer);
    }
    QCOMPARE(run.failed(), 2);
    QCOMPARE(run.reopenFailed(), 2);
    QCOMPARE(run.spent(), Money::fromDecimal("0.04")); // it was billed all the same
    const std::vector<BatchPlace> sent = runThrough(run);
    QCOMPARE(sent, (std::vector<BatchPlace>{{0, 0}, {2, 0}}));
    QCOMPARE(run.spent(), Money::fromDecimal("0.06"));
    QCOMPARE(run.reopenFailed(), 0);
}

void TestBatch::sendsAgainWhatWasNotSent()
{
    BatchRun run(planOf(2, 2, u"p/judge"_s));
    const BatchPlace first = *run.next();
    run.drop(first);
    QCOMPARE(run.inAir(), 0);
    QCOMPARE(*run.next(), first);
    run.take(answered({0, 0}));
    run.take(answered({0, 1}));
    const BatchPlace judgement = *run.next();
    QVERIFY(judgement.isJudgement());
    run.drop(judgement);
    QCOMPARE(*run.next(), judgement);
    run.drop({7, 7, 7}); // nothing of ours
    QCOMPARE(run.inAir(), 1);
}

void TestBatch::refusesAnswersTwice()
{
    BatchRun run(planOf(1, 1));
    QVERIFY(run.take(answered({0, 0})));
    QVERIFY(!run.take(answered({0, 0}, u"other"_s)));
    QCOMPARE(run.answer({0, 0})->text, u"fine"_s);
    QCOMPARE(run.spent(), Money::fromDecimal("0.01"));
    for (const BatchPlace place :
         {BatchPlace{1, 0}, BatchPlace{0, 1}, BatchPlace{-1, 0}, BatchPlace{0, 0, 1}}) {
        QVERIFY(!run.take(answered(place)));
        QCOMPARE(run.answer(place), nullptr);
    }
}

void TestBatch::totalsCountWhatIsKnown()
{
    BatchPlan plan = planOf(10, 1);
    plan.checks = {{CheckKind::Contains, u"fine"_s}, {CheckKind::CostMax, u"0.02"_s}};
    BatchRun run(plan);
    for (int row = 0; row < 10; ++row) {
        const BatchPlace place{row, 0};
        if (row == 9) {
            run.take(failed(place));
        } else if (row == 8) {
            run.take(answered(place, u"fine"_s, "unknown"));
        } else {
            run.take(answered(place, row < 6 ? u"fine"_s : u"bad"_s, row == 0 ? "0.03" : "0.01"));
        }
    }
    const ColumnTotals totals = totalsOf(run).front();
    QCOMPARE(totals.answered, 9);
    QCOMPARE(totals.failed, 1);
    QCOMPARE(totals.checks[0], proportionOf(7, 9));
    QCOMPARE(totals.checks[1], proportionOf(7, 8)); // of one the price is not known
    QCOMPARE(totals.all, proportionOf(5, 8));
    QCOMPARE(totals.spent, Money::fromDecimal("0.10"));
    QCOMPARE(totals.unknownPrices, 1);
    QCOMPARE(totals.latencyMs->value, 104.0);
    QCOMPARE(totals.completionTokens, 45);
    QVERIFY(!totals.strength);
}

void TestBatch::totalsOfAJudge()
{
    BatchRun run(planOf(8, 2, u"p/judge"_s));
    for (int row = 0; row < 8; ++row) {
        run.take(answered({row, 0}));
        run.take(answered({row, 1}));
        // Six times the second column's answer is better; once the first's; once the place decides.
        const bool other = row < 6;
        run.take(answered({row, 1, 0}, other ? u"SECOND"_s : u"FIRST"_s));
        run.take(answered({row, 1, 1}, other || row == 7 ? u"FIRST"_s : u"SECOND"_s));
    }
    const std::vector<ColumnTotals> totals = totalsOf(run);
    QCOMPARE(totals[1].wins, 6);
    QCOMPARE(totals[1].losses, 1);
    QCOMPARE(totals[1].ties, 1);
    QCOMPARE(totals[1].rate, proportionOf(6.5, 8));
    QVERIFY(totals[1].strength->value > 0);
    QCOMPARE(totals[0].judged, 0);
    QVERIFY(totals[0].strength->value < 0);
}

void TestBatch::tellsWhatIsLeft()
{
    BatchRun run(planOf(10, 2));
    QVERIFY(!run.costLeft());
    run.take(answered({0, 0}, u"x"_s, "0.02"));
    QVERIFY(!run.costLeft()); // nothing is known of the other column
    run.take(answered({0, 1}, u"x"_s, "0.01"));
    QCOMPARE(run.costLeft(), Money::fromDecimal("0.27"));
    runThrough(run);
    QCOMPARE(run.costLeft(), Money());
}

void TestBatch::bodiesAskWhatWasWritten()
{
    BatchPlan plan = planOf(2, 2);
    plan.turns = {{TurnRole::System, u"Be terse."_s}, {TurnRole::User, u"Answer: {{prompt}}"_s}};
    plan.columns[1].parameters.temperature = 0.5;
    plan.columns[1].parameters.maxTokens = 64;
    const QJsonObject body = QJsonDocument::fromJson(batchBody(plan, {1, 1})).object();
    QCOMPARE(body.value(u"model"_s).toString(), u"p/m1"_s);
    QCOMPARE(body.value(u"temperature"_s).toDouble(), 0.5);
    QCOMPARE(body.value(u"max_tokens"_s).toInt(), 64);
    QVERIFY(!body.contains(u"stream"_s));
    const QJsonArray messages = body.value(u"messages"_s).toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[1][u"content"_s].toString(), u"Answer: Question 1"_s);
}

void TestBatch::plansAndAnswersReadAgain()
{
    BatchPlan plan = planOf(3, 2, u"p/judge"_s);
    plan.checks = {{CheckKind::Schema, u"{\"type\":\"object\"}"_s}, {CheckKind::Lacks, u"x"_s}};
    plan.columns[0].parameters = {0.25, 0.9, 128, u"low"_s};
    plan.judge.criteria = u"Kindness."_s;
    plan.atOnce = 7;
    plan.budget = Money::fromDecimal("1.000000001");
    QCOMPARE(planFromJson(planAsJson(plan)), plan);
    plan.budget.reset();
    QCOMPARE(planFromJson(planAsJson(plan)), plan);
    QVERIFY(!planFromJson("{}") && !planFromJson("no") && !planFromJson("[1]"));
    for (const BatchAnswer &answer :
         {answered({2, 1, 1}, u"日本\n\"x\""_s), failed({0, 0}), answered({1, 0}, {}, "unknown")}) {
        QCOMPARE(answerFromJson(answerAsJson(answer)), answer);
    }
    QVERIFY(!answerFromJson("{}") && !answerFromJson("x"));
}

void TestBatch::filesAreWholeAndSafe()
{
    BatchPlan plan = planOf(2, 2, u"p/judge"_s);
    plan.file.rows[0] = {u"=1+1"_s};
    plan.checks = {{CheckKind::Contains, u"@"_s}, {CheckKind::Contains, u"x"_s}};
    BatchRun run(plan);
    run.take(answered({0, 0}, u"@SUM(A1)"_s));
    run.take(answered({0, 1}, u"two, with \"quotes\""_s));
    run.take(answered({0, 1, 0}, u"FIRST"_s));
    run.take(answered({0, 1, 1}, u"SECOND"_s));
    run.take(failed({1, 0}));
    QByteArray csv = batchFileHead(run, BatchFormat::Csv);
    QByteArray json = batchFileHead(run, BatchFormat::JsonLines);
    for (int row = 0; row < 2; ++row) {
        csv += batchFileLines(run, row, BatchFormat::Csv);
        json += batchFileLines(run, row, BatchFormat::JsonLines);
    }
    const QList<QByteArray> lines = csv.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith("number,prompt,column,model"));
    QVERIFY(lines[0].contains("check_1_contains,check_2_contains,verdict"));
    QVERIFY(lines[1].startsWith("1,'=1+1,A,p/m0,"));
    QVERIFY(lines[1].contains(",'@SUM(A1),"));
    QVERIFY(lines[1].contains("passed,failed"));
    QVERIFY(lines[2].contains("\"two, with \"\"quotes\"\"\""));
    QVERIFY(lines[2].trimmed().endsWith(",loss"));
    QVERIFY(lines[3].contains("no_target_available"));
    QList<QByteArray> objects = json.trimmed().split('\n');
    QCOMPARE(objects.size(), 4);
    const QJsonObject first = QJsonDocument::fromJson(objects[0]).object();
    QCOMPARE(first.value(u"answer"_s).toString(), u"@SUM(A1)"_s); // no spreadsheet reads this
    QCOMPARE(first.value(u"cost_usd"_s).toString(), u"0.01"_s);
    QCOMPARE(first.value(u"variables"_s)[u"prompt"_s].toString(), u"=1+1"_s);
    QCOMPARE(first.value(u"checks"_s)[0][u"result"_s].toString(), u"passed"_s);
    const QJsonObject broken = QJsonDocument::fromJson(objects[2]).object();
    QVERIFY(broken.value(u"answer"_s).isNull() && broken.value(u"cost_usd"_s).isNull());
    QVERIFY(!broken.value(u"failure"_s).toString().isEmpty());
    QVERIFY(QJsonDocument::fromJson(objects[3]).object().value(u"answer"_s).isNull());
}

QTEST_APPLESS_MAIN(TestBatch)
#include "tst_batch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The playground against a gateway and a simulator: what it shows is what the ledger has, what it
// stops is stopped at the provider, and the window stays at hand.
#include "app/console/remote/remote_source.h"
#include "app/console/turn_meter.h"
#include "tests/ui/playground_house.h"
#include "tests/ui/support/fake_keychain.h"
#include "ui/console_window.h"
#include "ui/models/playground_text.h"
#include "ui/pages/playground_page.h"

#include "core/runtime/clock.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;
using State = ui::PlaygroundRun::State;

namespace {

constexpr int kOnItsWayMs = 2'000; ///< far more than a record takes

/// What a page would do, without one.
struct Bench
{
    explicit Bench(House &house, ui::PlaygroundSource *line = nullptr)
        : state(*house.source, [] { return runtime::readClock().system; })
        , session(state, line == nullptr ? house.line.get() : line)
    {
        session.setTurns({{ui::TurnRole::User, u"Where is my order?"_s}});
    }

    [[nodiscard]] const ui::PlaygroundRun &run(int column) const
    {
        return session.columns()[static_cast<std::size_t>(column)].run;
    }
    [[nodiscard]] bool ends() const
    {
        return QTest::qWaitFor([this] { return !session.isRunning(); }, kPatienceMs);
    }
    /// Every run that reached the gateway has its entry. One that was stopped while it was on its
    /// way may never have been there.
    [[nodiscard]] bool isLogged() const
    {
        QElapsedTimer waited;
        waited.start();
        return QTest::qWaitFor(
            [this, &waited] {
                return std::ranges::all_of(session.columns(), [&waited](const auto &column) {
                    const ui::PlaygroundRun &run = column.run;
                    const bool onItsWay = run.state() == State::Stopped && run.id().isEmpty();
                    return run.state() == State::Idle || run.figures().logged
                           || (onItsWay && waited.elapsed() > kOnItsWayMs);
                });
            },
            kPatienceMs);
    }

    ui::ConsoleState state;
    ui::PlaygroundSession session;
};

} // namespace

class TestPlaygroundLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresEqualTheLedgersOverTwoHundredRuns();
    void stopReachesTheProviderWithin200Ms();
    void aFailureHasTheProvidersWords();
    void unknownPricesAreUnknown();
    void itsTrafficIsTaggedAndInNoRoute();
    void clientsCannotTakeTheTag();
    void estimatesWithoutAskingAProvider();
    void aGatewayElsewhereTakesTheOperatorsToken();
    void aGatewayThatIsGoneIsAFailure();
    void sixFastColumnsLeaveTheWindowAtHand();
};

/// Goal: 54 and the acceptance of the figures. Method: streams, failures and aborts at any moment,
/// direct and by the route, in two columns; what is shown is compared with the ledger's own record.
void TestPlaygroundLine::figuresEqualTheLedgersOverTwoHundredRuns()
{
    House house(2'000, 60);
    Bench bench(house);
    house.simulator.addFault(
        {{"provider", "a"}, {"kind", "status"}, {"status", 503}, {"probability", 0.2}});
    house.simulator.addFault(
        {{"provider", "b"}, {"kind", "cut"}, {"after_tokens", 9}, {"probability", 0.2}});
    std::mt19937 random(11);
    std::map<std::string, ui::PlaygroundRun> shown;
    std::map<State, int> reached;
    std::vector<std::string> neverThere;
    while (shown.size() < 200) {
        bench.session.setModel(0, random() % 2 == 0 ? u"r"_s : u"a/m"_s);
        bench.session.setModel(1, random() % 4 == 0 ? u"b/free"_s : u"b/m"_s);
        bench.session.runAll();
        if (random() % 3 == 0) {
            QTest::qWait(static_cast<int>(random() % 40));
            bench.session.stop(static_cast<int>(random() % 2));
        }
        QVERIFY(bench.ends());
        QVERIFY(bench.isLogged());
        for (int column = 0; column < 2; ++column) {
            const ui::PlaygroundRun &run = bench.run(column);
            ++reached[run.state()];
            if (run.figures().logged) {
                shown.emplace(run.id().toStdString(), run);
            } else {
                neverThere.push_back(run.requestId().toStdString());
            }
        }
    }
    const auto ledger = house.ledger(shown.size());
    QCOMPARE(ledger.size(), shown.size());
    int abandoned = 0;
    for (const auto &[id, run] : shown) {
        const RequestRecord &record = ledger.at(id);
        QCOMPARE(run.figures(), ui::figuresOf(record));
        // What we stopped may have been complete for the gateway already, but for nobody else.
        QVERIFY(!record.abandoned || run.state() == State::Stopped);
        QVERIFY(record.errorCode.empty() || run.state() != State::Finished);
        QVERIFY(!record.errorCode.empty() || run.state() != State::Failed);
        abandoned += record.abandoned ? 1 : 0;
        QCOMPARE(record.clientRequestId, run.requestId().toStdString());
        QCOMPARE(record.stream, true);
        QVERIFY(std::ranges::find(neverThere, record.clientRequestId) == neverThere.end());
    }
    QVERIFY(abandoned > 5);
    QVERIFY2(neverThere.size() < 20, qPrintable(QString::number(neverThere.size())));
    QVERIFY(reached[State::Finished] > 60 && reached[State::Stopped] > 10
            && reached[State::Failed] > 10);
}

/// 53: within 200 ms of Ctrl+. the simulator has seen its client leave.
void TestPlaygroundLine::stopReachesTheProviderWithin200Ms()
{
    House house(50, 5'000);
    Bench bench(house);
    bench.session.setModel(0, u"a/m"_s);
    bench.session.setModel(1, u"b/m"_s);
    for (int round = 0; round < 5; ++round) {
        bench.session.runAll();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return bench.run(0).state() == State::Streaming
                       && bench.run(1).state() == State::Streaming;
            },
            kPatienceMs));
        const int before = house.aborted("a");
        const int others = house.aborted("b");
        QElapsedTimer took;
        took.start();
        bench.session.stop(0);
        while (house.aborted("a") == before && took.elapsed() < kPatienceMs) {
            QTest::qWait(2);
        }
        const qint64 elapsed = took.elapsed();
        QVERIFY2(elapsed < 200, qPrintable(QString::number(elapsed)));
        QTRY_COMPARE_WITH_TIMEOUT(bench.run(0).state(), State::Stopped, 300);
        QCOMPARE(house.aborted("b"), others);
        QVERIFY(bench.run(1).isRunning()); // the other one goes on
        bench.session.stopAll();
        QVERIFY(bench.ends());
        QVERIFY(bench.isLogged());
    }
}

/// 52, with a real provider's words.
void TestPlaygroundLine::aFailureHasTheProvidersWords()
{
    House house;
    Bench bench(house);
    house.simulator.addFault(
        {{"provider", "a"},
         {"kind", "status"},
         {"status", 503},
         {"body",
          R"({"error":{"message":"Engine is overloaded, please try again","type":"server_error"}})"}});
    bench.session.setModel(0, u"a/m"_s);
    bench.session.setModel(1, u"b/m"_s);
    bench.session.runAll();
    QVERIFY(bench.ends());
    QCOMPARE(bench.run(0).state(), State::Failed);
    const ui::PlaygroundFailure &failure = *bench.run(0).failure();
    QCOMPARE(failure.status, 503);
    QVERIFY(!failure.attempts.empty());
    QCOMPARE(failure.attempts[0].target, u"a/m"_s);
    QVERIFY2(ui::attemptLines(failure).contains(u"Engine is overloaded"_s)
                 || failure.message.contains(u"Engine is overloaded"_s),
             qPrintable(ui::attemptLines(failure) + failure.message));
    QCOMPARE(bench.run(1).state(), State::Finished);
    QVERIFY(!bench.run(1).text().isEmpty());
    QCOMPARE(bench.run(1).target(), u"b/m"_s);
}

void TestPlaygroundLine::unknownPricesAreUnknown()
{
    House house;
    Bench bench(house);
    bench.session.setModel(0, u"a/free"_s);
    bench.session.runAll();
    QVERIFY(bench.ends() && bench.isLogged());
    QVERIFY(bench.run(0).figures().cost && !bench.run(0).figures().cost->amount);
    QCOMPARE(ui::figureText(ui::PlaygroundFigure::Money, bench.run(0).figures()), u"n/a"_s);
}

/// A target asked directly counts in no route; a route that is asked counts in its own.
void TestPlaygroundLine::itsTrafficIsTaggedAndInNoRoute()
{
    House house;
    Bench bench(house);
    bench.session.setModel(0, u"a/m"_s);
    bench.session.setModel(1, u"r"_s);
    bench.session.runAll();
    QVERIFY(bench.ends() && bench.isLogged());
    const auto ledger = house.ledger(2);
    const RequestRecord &direct = ledger.at(bench.run(0).id().toStdString());
    const RequestRecord &routed = ledger.at(bench.run(1).id().toStdString());
    QCOMPARE(direct.client, std::string("playground"));
    QVERIFY(direct.route.empty());
    QCOMPARE(routed.client, std::string("playground"));
    QCOMPARE(routed.route, std::string("r"));
    QVERIFY(QTest::qWaitFor([&] {
        const auto snapshot = house.source->snapshot();
        return snapshot != nullptr && !snapshot->routes.empty()
               && !snapshot->routes[0].shares.empty() && snapshot->routes[0].shares[0].attempts > 0;
    }));
    QCOMPARE(house.source->snapshot()->routes[0].shares[0].attempts, std::int64_t(1));
}

/// Neither a header nor a client's own key makes a request the console's.
void TestPlaygroundLine::clientsCannotTakeTheTag()
{
    House house;
    const auto status = [&house](const std::string &key) {
        return tests::fetch(house.url().port(),
                            {.path = "/v1/chat/completions",
                             .body = R"({"model":"r","messages":[{"role":"user","content":"hi"}]})",
                             .headers = {{"Authorization", "Bearer " + key},
                                         {"x-signalbox-metadata-purpose", "playground"},
                                         {"x-request-id", "playground-1"}}})
            .status;
    };
    QCOMPARE(status("bot-key-0123456789"), 200);
    QCOMPARE(status("playground"), 401);
    QCOMPARE(status(std::string(64, '0')), 401);
    QCOMPARE(status(kViewerToken), 401);
    QCOMPARE(status({}), 401);
    QCOMPARE(status(kToken), 200); // an operator may do more than this
    const auto ledger = house.ledger(1);
    QCOMPARE(ledger.size(), std::size_t(1));
}

void TestPlaygroundLine::estimatesWithoutAskingAProvider()
{
    House house;
    Bench bench(house);
    QSignalSpy told(&bench.session, &ui::PlaygroundSession::estimateChanged);
    bench.session.setModel(0, u"r"_s);
    bench.session.setModel(1, u"b/free"_s);
    bench.session.setShared({.maxTokens = 100});
    QVERIFY(QTest::qWaitFor(
        [&] {
            return bench.session.columns()[0].estimate.tokens
                   && bench.session.columns()[1].estimate.tokens;
        },
        kPatienceMs));
    const ui::PlaygroundCount &routed = bench.session.columns()[0].estimate;
    QVERIFY(*routed.tokens > 0 && routed.ceiling);
    // 2 and 8 USD per million.
    QCOMPARE(routed.ceiling->nanos(), *routed.tokens * 2'000 + 100 * 8'000);
    QVERIFY(!bench.session.columns()[1].estimate.ceiling);
    QCOMPARE(bench.session.estimate().unknown, 1);
    bench.session.setModel(1, u"nobody/knows"_s);
    QVERIFY(QTest::qWaitFor([&] { return !bench.session.columns()[1].estimate.problem.isEmpty(); },
                            kPatienceMs));
    QCOMPARE(house.simulator.requests("a") + house.simulator.requests("b"), 0);
}

/// `--connect`: the same by the operator's token; a viewer is told why not.
void TestPlaygroundLine::aGatewayElsewhereTakesTheOperatorsToken()
{
    House house;
    FakeKeychain backend;
    Keychain keychain{backend, std::chrono::milliseconds(60)};
    RemoteOptions options;
    options.address = house.url();
    for (const std::string &token : {kToken, kViewerToken}) {
        RemoteSource far(options, Secret(token), keychain);
        PlaygroundLine line(far, options.tls);
        QVERIFY(!line.whyNot().isEmpty()); // nothing has been heard of it yet
        QVERIFY(QTest::qWaitFor([&] { return far.connection().isLive(); }, kPatienceMs));
        ui::ConsoleState state(far, [&far] { return far.now(); });
        ui::PlaygroundSession session(state, &line);
        session.setTurns({{ui::TurnRole::User, u"Where is my order?"_s}});
        session.setModel(0, u"a/m"_s);
        session.runAll();
        if (token == kViewerToken) {
            QVERIFY(line.whyNot().contains(u"eve"_s));
            QVERIFY(!session.isRunning());
            continue;
        }
        QVERIFY(QTest::qWaitFor([&] { return session.columns()[0].run.figures().logged; },
                                kPatienceMs));
        const ui::PlaygroundRun &run = session.columns()[0].run;
        QCOMPARE(run.state(), State::Finished);
        QCOMPARE(run.figures(), ui::figuresOf(house.ledger(1).at(run.id().toStdString())));
    }
}

void TestPlaygroundLine::aGatewayThatIsGoneIsAFailure()
{
    House house;
    PlaygroundLine line([] { return QUrl(u"http://127.0.0.1:1"_s); }, house.key);
    Bench bench(house, &line);
    bench.session.setModel(0, u"a/m"_s);
    bench.session.runAll();
    QVERIFY(bench.ends());
    QCOMPARE(bench.run(0).state(), State::Failed);
    QCOMPARE(bench.run(0).failure()->code, u"unreachable"_s);
    QCOMPARE(bench.run(0).failure()->status, 0);
}

/// 58, in CPU time of the window's thread: six columns at 200 tokens a second each, somebody types.
void TestPlaygroundLine::sixFastColumnsLeaveTheWindowAtHand()
{
    House house(200, 1'200);
    ui::ConsoleWindow window(*house.source,
                             {.clock = [] { return runtime::readClock().system; },
                              .playground = house.line.get()});
    window.show();
    window.showPage(u"playground"_s);
    window.activateWindow();
    auto *page = window.findChild<ui::PlaygroundPage *>();
    QVERIFY(QTest::qWaitFor([&] { return window.state().snapshot() != nullptr; }, kPatienceMs));
    for (int i = ui::PlaygroundSession::kColumnsMin; i < ui::PlaygroundSession::kColumnsMax; ++i) {
        page->session().addColumn(i % 2 == 0 ? u"a/free"_s : u"b/free"_s);
    }
    page->session().setModel(0, u"a/m"_s);
    page->session().setModel(1, u"b/m"_s);
    auto *editor = page->findChild<QPlainTextEdit *>(u"turn.1.text"_s);
    editor->setPlainText(u"Tell a long story. "_s);
    editor->setFocus();
    QTest::qWait(500);
    page->session().runAll();
    const TurnMeter turns(std::chrono::milliseconds(500));
    double slowest = 0;
    int keys = 0;
    while (page->session().isRunning() && keys < 2'000) {
        const double before = threadMs();
        QTest::keyClick(editor, keys % 7 == 6 ? Qt::Key_Space : Qt::Key_E);
        QCoreApplication::sendPostedEvents(); // its layout and painting too
        slowest = std::max(slowest, threadMs() - before);
        ++keys;
        QTest::qWait(30);
    }
    QVERIFY(QTest::qWaitFor([&] { return !page->session().isRunning(); }, kPatienceMs));
    QTest::qWait(300); // pages are made
    std::int64_t tokens = 0;
    for (const auto &column : page->session().columns()) {
        QCOMPARE(column.run.state(), State::Finished);
        tokens += column.run.figures().usage ? column.run.figures().usage->completionTokens : 0;
    }
    const double longest = std::chrono::duration<double, std::milli>(turns.longest()).count();
    qInfo("%lld tokens, %d keys: slowest key %.1f ms, longest turn %.1f ms of CPU",
          static_cast<long long>(tokens),
          keys,
          slowest,
          longest);
    QVERIFY(tokens > 6'000 && keys > 10); // fewer keys on a busy machine
    QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
    QVERIFY2(slowest < 16, qPrintable(QString::number(slowest)));
}

QTEST_MAIN(TestPlaygroundLine)
#include "tst_playground_line.moc"

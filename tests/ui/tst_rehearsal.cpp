// SPDX-License-Identifier: GPL-3.0-or-later
// Rehearsals from the menu and the palette to what the simulated providers then do.
#include "app/console/simulated_faults.h"
#include "app/simulator/simulator.h"
#include "tests/ui/support/console.h"
#include "ui/frame/console_actions.h"
#include "ui/widgets/command_palette.h"

#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

simulator::Scenario twoProviders()
{
    simulator::Scenario scenario;
    for (const char *id : {"mistral", "openai"}) {
        simulator::ProviderSpec provider;
        provider.id = id;
        provider.models = {{.name = "m", .answersAs = {}, .refuses = {}}};
        provider.latencyMs = {1, 0};
        provider.tokensPerSecond = 0;
        scenario.providers.push_back(provider);
    }
    simulator::Fault scripted; // of the timetable: it must outlast every rehearsal
    scripted.provider = "openai";
    scripted.kind = simulator::FaultKind::Slow;
    scripted.factor = 1;
    scenario.faults.push_back(scripted);
    return scenario;
}

struct Answer
{
    int status = 0; ///< 0: none came
    bool broken = false;
    QByteArray retryAfter;
};

/// What a client of the simulated provider gets.
Answer ask(const simulator::Simulator &simulator, const char *provider)
{
    QNetworkAccessManager network;
    QNetworkRequest request(
        QUrl(QString::fromStdString(simulator.baseUrl(provider) + "/chat/completions")));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(
        network.post(request,
                     R"({"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]})"));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!finished.wait(10'000)) {
        return {};
    }
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            !reply->readAll().contains("[DONE]"),
            reply->rawHeader("retry-after")};
}

/// A console whose providers are simulated.
struct Stage
{
    Stage()
    {
        (void)simulator.start();
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
    }

    void run(const QString &query)
    {
        window.actionSet().palette->trigger();
        auto *palette = window.findChild<CommandPalette *>();
        QTest::keyClicks(palette->findChild<QLineEdit *>(), query);
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
    }
    QString said() const { return window.findChild<NoticeBar *>(u"rehearsalBar"_s)->text(); }

    simulator::Simulator simulator{twoProviders()};
    app::SimulatedFaults faults{simulator, {u"mistral"_s, u"openai"_s}};
    FixtureSource source{FixtureSource::Scenario::Busy};
    ConsoleWindow window{source, {.clock = [this] { return source.now(); }, .rehearsal = &faults}};
};

} // namespace

class TestRehearsal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachTroubleIsMet_data();
    void eachTroubleIsMet();
    void endsWhatItBeganAndNothingElse();
    void isSaidForAsLongAsItLasts();
    void menuTogglesAndShowsWhatIsOn();
    void existsOnlyWhereProvidersAreSimulated();
    void aSimulatorThatIsGoneTakesNothing();
};

void TestRehearsal::eachTroubleIsMet_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("broken");
    QTest::newRow("down") << int(RehearsalFault::Down) << 0 << true;
    QTest::newRow("slow") << int(RehearsalFault::Slow) << 200 << false;
    QTest::newRow("throttled") << int(RehearsalFault::Throttled) << 429 << true;
    QTest::newRow("cut") << int(RehearsalFault::Cut) << 200 << true;
}

void TestRehearsal::eachTroubleIsMet()
{
    QFETCH(const int, fault);
    QFETCH(const int, status);
    QFETCH(const bool, broken);
    Stage stage;
    const Rehearsed what{u"mistral"_s, static_cast<RehearsalFault>(fault)};
    QCOMPARE(ask(stage.simulator, "mistral").status, 200);
    stage.faults.begin(what);
    const Answer answer = ask(stage.simulator, "mistral");
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.broken, broken);
    QCOMPARE(answer.retryAfter, status == 429 ? QByteArray("10") : QByteArray());
    QVERIFY(!ask(stage.simulator, "openai").broken);
    stage.faults.end(what);
    QVERIFY(!ask(stage.simulator, "mistral").broken);
}

void TestRehearsal::endsWhatItBeganAndNothingElse()
{
    Stage stage;
    QVERIFY(stage.simulator.state().find("\"slow\"") != std::string::npos);
    stage.faults.begin({{}, RehearsalFault::Down});
    stage.faults.begin({{}, RehearsalFault::Down}); // once is enough
    stage.faults.begin({u"openai"_s, RehearsalFault::Throttled});
    QCOMPARE(stage.faults.faults().size(), std::size_t(2));
    QCOMPARE(ask(stage.simulator, "openai").status, 0);
    stage.faults.endAll();
    QVERIFY(stage.faults.faults().empty());
    const std::string left = stage.simulator.state();
    QVERIFY(left.find("\"slow\"") != std::string::npos);
    QVERIFY(left.find("\"refuse\"") == std::string::npos);
    QVERIFY(left.find("\"rate_limit\"") == std::string::npos);
    QCOMPARE(ask(stage.simulator, "openai").status, 200);
}

void TestRehearsal::isSaidForAsLongAsItLasts()
{
    Stage stage;
    QVERIFY(stage.said().isEmpty());
    QVERIFY(!stage.window.statusText().contains(u"Rehearsal"_s));
    QVERIFY(!stage.window.actionSet().endRehearsal->isEnabled());
    stage.run(u"take mistral down"_s);
    QVERIFY(stage.said().contains(u"mistral is down"_s));
    QVERIFY(stage.window.statusText().contains(u"Rehearsal"_s));
    stage.run(u"let every provider answer 429"_s);
    QVERIFY(stage.said().contains(u"mistral is down, every provider answers 429"_s));
    stage.run(u"end: mistral is down"_s);
    QVERIFY(!stage.said().contains(u"mistral"_s));
    QTest::keyClick(&stage.window, Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(stage.said().isEmpty());
    QVERIFY(!stage.window.statusText().contains(u"Rehearsal"_s));
    stage.faults.begin({u"openai"_s, RehearsalFault::Slow});
    auto *bar = stage.window.findChild<NoticeBar *>(u"rehearsalBar"_s);
    bar->findChild<QPushButton *>(u"action"_s)->click();
    QVERIFY(stage.faults.faults().empty());
}

void TestRehearsal::menuTogglesAndShowsWhatIsOn()
{
    Stage stage;
    QMenu *menu = stage.window.actionSet().rehearsalMenu;
    Q_EMIT menu->aboutToShow();
    Q_EMIT menu->aboutToShow(); // filled anew, not twice as long
    const auto subs = menu->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    QCOMPARE(subs.size(), 3);
    QCOMPARE(subs[0]->actions().size(), kRehearsalFaultCount);
    subs[0]->actions()[int(RehearsalFault::Cut)]->trigger();
    QCOMPARE(stage.faults.faults(), (std::vector<Rehearsed>{{u"mistral"_s, RehearsalFault::Cut}}));
    Q_EMIT menu->aboutToShow();
    QAction *cut = menu->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)[0]
                       ->actions()[int(RehearsalFault::Cut)];
    QVERIFY(cut->isChecked());
    cut->trigger();
    QVERIFY(stage.faults.faults().empty());
}

void TestRehearsal::existsOnlyWhereProvidersAreSimulated()
{
    Console console;
    QVERIFY(console.window.actionSet().rehearsalMenu == nullptr);
    for (const QAction *action : console.window.menuBar()->actions()) {
        QVERIFY(!action->text().remove(u'&').contains(u"Rehearsal"_s));
    }
    const Stage stage;
    QVERIFY(stage.window.menuBar()->actions().contains(
        stage.window.actionSet().rehearsalMenu->menuAction()));
}

void TestRehearsal::aSimulatorThatIsGoneTakesNothing()
{
    Stage stage;
    stage.simulator.stop();
    stage.faults.begin({u"mistral"_s, RehearsalFault::Down});
    QVERIFY(stage.faults.faults().empty());
    QVERIFY(stage.said().isEmpty());
}

} // namespace signalbox::ui

QTEST_MAIN(signalbox::ui::TestRehearsal)
#include "tst_rehearsal.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The console's handle on the configuration, of a gateway inside and of one on another machine.
#include "app/console/gateway_config.h"
#include "app/console/gateway_source.h"
#include "app/console/keychain.h"
#include "app/console/remote/remote_source.h"
#include "tests/support/child_process.h"
#include "tests/ui/support/fake_keychain.h"

#include "core/runtime/config_file.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/secret_store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;
using signalbox::tests::readFile;
using signalbox::tests::writeFile;
using Kind = ui::ApplyOutcome::Kind;

namespace {

const QString kText =
    u"[[operator]]\nid = \"ann\"\ntoken = \"env:CONFIG_TOKEN\"\nrole = \"operator\"\n"
    "[[operator]]\nid = \"eve\"\ntoken = \"env:CONFIG_VIEWER\"\nrole = \"viewer\"\n"
    "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
    "base_url = \"http://127.0.0.1:1/v1\"\n[[provider.model]]\nname = \"m\"\n"
    "[[provider.model]]\nname = \"n\"\n[[route]] # first\nname = \"r\"\n"
    "targets = [ { target = \"p/m\" }, { target = \"p/n\" } ]\n"_s;
const QByteArray kRequest = R"({"model":"r","messages":[{"role":"user","content":"你好 all"}]})";

/// A gateway with a console inside, and perhaps one on another machine.
struct House
{
    House()
    {
        qputenv("CONFIG_TOKEN", "token-of-ann");
        qputenv("CONFIG_VIEWER", "token-of-eve");
        path = folder.filePath(u"signalbox.toml"_s).toStdString();
        writeFile(path, kText.toStdString());
        auto ready = runtime::readConfigurationFile(path, secrets);
        runtime::ServiceOptions options;
        options.configPath = path;
        options.stateDir = folder.filePath(u"state"_s).toStdString();
        options.listen = "127.0.0.1:0";
        service = std::move(*runtime::Service::create(options, std::move(*ready), secrets));
        listening = service->listen().ok();
        inside = std::make_unique<GatewaySource>(*service);
        config = std::make_unique<GatewayConfig>(*service, *inside);
        thread = std::make_unique<runtime::GatewayThread>(*service);
    }
    /// The console's handle, from inside or from afar, once it knows what runs.
    ui::ConfigSource *handle(bool far, const char *token = "token-of-ann")
    {
        ui::ConfigSource *handle = config.get();
        if (far) {
            RemoteOptions options;
            options.address = QUrl(QString::fromStdString(service->url()));
            remote = std::make_unique<RemoteSource>(options, Secret(token), keychain);
            handle = &remote->config();
        }
        const bool known = QTest::qWaitFor([&] { return handle->running().number > 0; }, 10'000);
        return known ? handle : nullptr;
    }

    QTemporaryDir folder;
    std::string path;
    runtime::SystemSecretStore secrets;
    FakeKeychain backend;
    Keychain keychain{backend, Millis(5000)};
    std::unique_ptr<runtime::Service> service;
    bool listening = false;
    std::unique_ptr<GatewaySource> inside;
    std::unique_ptr<GatewayConfig> config;
    std::unique_ptr<runtime::GatewayThread> thread; // ends first
    std::unique_ptr<RemoteSource> remote;
};

/// Waits for the answers of one handle.
class Answers
{
public:
    explicit Answers(ui::ConfigSource &source)
    {
        QObject::connect(&source,
                         &ui::ConfigSource::applied,
                         &m_context,
                         [this](quint64 id, const ui::ApplyOutcome &outcome) {
                             m_id = id;
                             applied = outcome;
                         });
        QObject::connect(&source,
                         &ui::ConfigSource::revisionsArrived,
                         &m_context,
                         [this](quint64 id,
                                const std::vector<ui::ConfigRevision> &all,
                                const QString &why) {
                             m_id = id;
                             revisions = all;
                             problem = why;
                         });
        QObject::connect(&source,
                         &ui::ConfigSource::revisionArrived,
                         &m_context,
                         [this](quint64 id,
                                const QString &one,
                                const std::vector<ui::DiffHunk> &changes,
                                const QString &why) {
                             m_id = id;
                             text = one;
                             diff = changes;
                             problem = why;
                         });
        QObject::connect(&source,
                         &ui::ConfigSource::explained,
                         &m_context,
                         [this](quint64 id, const ui::Explanation &told) {
                             m_id = id;
                             explanation = told;
                         });
    }
    [[nodiscard]] bool came(quint64 id)
    {
        return QTest::qWaitFor([&] { return m_id == id; }, 10'000);
    }

    ui::ApplyOutcome applied;
    std::vector<ui::ConfigRevision> revisions;
    QString text;
    std::vector<ui::DiffHunk> diff;
    QString problem;
    ui::Explanation explanation;

private:
    QObject m_context;
    quint64 m_id = 0;
};

QString reweighted(const ui::ConfigSource &source, double weight)
{
    const ui::RunningConfig running = source.running();
    RouteSettings route = *running.settings->route("r");
    route.targets[0].weight = weight;
    return source.edit(running.text, {u"r"_s, route}).text;
}

} // namespace

class TestConfigSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appliesAndTakesBack_data() { places(); }
    void appliesAndTakesBack();
    void keepsWhatWasForetold_data() { places(); }
    void keepsWhatWasForetold();
    void triesAShareFirst_data() { places(); }
    void triesAShareFirst();
    void asksForProposals_data() { places(); }
    void asksForProposals();
    void refusesWithReasons_data() { places(); }
    void refusesWithReasons();
    void tellsWhatAnotherWrote_data() { places(); }
    void tellsWhatAnotherWrote();
    void explainsByADraft_data() { places(); }
    void explainsByADraft();
    void aViewerSeesAndChangesNothing();
    void followsAFarGatewayThatGoesAway();
    void worksOnTextsAlone();

private:
    static void places()
    {
        QTest::addColumn<bool>("far");
        QTest::newRow("inside") << false;
        QTest::newRow("far") << true;
    }
};

void TestConfigSource::appliesAndTakesBack()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    QCOMPARE(source->running().text, kText);
    QCOMPARE(source->running().whyFixed, QString());
    QCOMPARE(source->running().number, 1);
    const QString first = source->running().revision;
    const QString next = reweighted(*source, 3);
    QVERIFY(next.contains(u"[[route]] # first\n"_s) && next.contains(u"weight = 3"_s));
    Answers answers(*source);
    QSignalSpy changed(source, &ui::ConfigSource::changed);
    source->apply(1, next, first, u"läuft & grünt"_s);
    QVERIFY(answers.came(1));
    QVERIFY2(answers.applied.kind == Kind::Applied, qPrintable(answers.applied.problem));
    QCOMPARE(answers.applied.number, 2);
    QCOMPARE(answers.applied.replaced, first);
    QCOMPARE(source->running().text, next); // who hears of it sees it
    QCOMPARE(source->running().number, 2);
    QCOMPARE(source->running().revision, answers.applied.revision);
    QVERIFY(changed.count() > 0);
    QCOMPARE(QString::fromStdString(readFile(house.path)), next);

    source->askRevisions(2);
    QVERIFY(answers.came(2));
    QCOMPARE(answers.revisions.size(), std::size_t(2));
    const ui::ConfigRevision &newest = answers.revisions.front();
    QCOMPARE(newest.number, 2);
    QCOMPARE(newest.who, far ? u"ann"_s : u"console"_s);
    QCOMPARE(newest.why, u"läuft & grünt"_s);
    QCOMPARE(newest.cause, ui::ConfigRevision::Cause::Applied);
    QCOMPARE(newest.linesAdded, 1);
    QCOMPARE(newest.linesRemoved, 1);
    QCOMPARE(answers.revisions.back().cause, ui::ConfigRevision::Cause::Start);
    source->askRevision(3, 2);
    QVERIFY(answers.came(3));
    QCOMPARE(answers.text, next);
    QVERIFY(answers.diff == source->diff(kText, next));
    source->askRevision(4, 77);
    QVERIFY(answers.came(4));
    QVERIFY(!answers.problem.isEmpty());

    source->rollBack(5, 1, source->running().revision, u"worse"_s);
    QVERIFY(answers.came(5));
    QCOMPARE(answers.applied.kind, Kind::Applied);
    QCOMPARE(source->running().text, kText);
    QCOMPARE(source->running().number, 3);
    QCOMPARE(QString::fromStdString(readFile(house.path)), kText);
}

void TestConfigSource::keepsWhatWasForetold()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    Answers answers(*source);
    QSignalSpy truth(source, &ui::ConfigSource::truthArrived);
    ui::ChangeOrigin origin;
    origin.foretold.emplace().costPerRequest = Expected<Money>{Money::fromNanos(1'234'567),
                                                               Money::fromNanos(1'000'001),
                                                               Money::fromNanos(2'000'000)};
    source->apply(1, reweighted(*source, 3), source->running().revision, {}, origin);
    QVERIFY(answers.came(1));
    QVERIFY2(answers.applied.kind == Kind::Applied, qPrintable(answers.applied.problem));
    source->askRevisions(2);
    QVERIFY(answers.came(2));
    QVERIFY(answers.revisions.front().followUp.has_value());
    QVERIFY(answers.revisions.front().followUp->foretold == *origin.foretold);
    QVERIFY(!answers.revisions.front().followUp->until);
    QVERIFY(!answers.revisions.back().followUp);
    QCOMPARE(truth.count(), 1);
    QVERIFY(truth.front().front().value<ForesightTruth>() == ForesightTruth());
}

void TestConfigSource::triesAShareFirst()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    const QString first = source->running().revision;
    const QString next = reweighted(*source, 3);
    Answers answers(*source);
    TrialTerms terms;
    terms.share = 0.25;
    terms.period = Seconds(900);
    terms.expected.emplace().failureShare = Expected<double>{0.02, 0.01, 0.03};
    source->applyToShare(1, next, first, u"läuft es?"_s, terms, 0);
    QVERIFY(answers.came(1));
    QVERIFY2(answers.applied.kind == Kind::Applied, qPrintable(answers.applied.problem));
    QCOMPARE(answers.applied.trial, 1);
    QTRY_VERIFY_WITH_TIMEOUT(source->trial() != nullptr, 10'000);
    QVERIFY(source->trial()->terms == terms);
    QCOMPARE(source->trial()->why, std::string("läuft es?"));
    QCOMPARE(source->trial()->who, std::string(far ? "ann" : "console"));
    QVERIFY(!source->trial()->end);
    QCOMPARE(source->running().revision, first);
    source->applyToShare(2, next, first, {}, terms, 0); // one at a time
    QVERIFY(answers.came(2));
    QVERIFY(answers.applied.kind == Kind::Failed);
    QVERIFY(answers.applied.problem.contains(u"trial"_s));

    QSignalSpy ended(source, &ui::ConfigSource::trialEnded);
    source->endTrial(3, false, u"genug"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 10'000);
    QCOMPARE(ended.front().at(1).toString(), QString());
    QTRY_VERIFY_WITH_TIMEOUT(source->trial()->end == TrialEnd::RolledBack, 10'000);
    QCOMPARE(source->running().revision, first);
    source->endTrial(4, true, {});
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, 10'000);
    QVERIFY(!ended.back().at(1).toString().isEmpty()); // none runs

    source->applyToShare(5, next, first, {}, terms, 0);
    QVERIFY(answers.came(5));
    source->endTrial(6, true, {});
    QTRY_VERIFY_WITH_TIMEOUT(source->running().text == next, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(source->trial()->end == TrialEnd::TakenOver, 10'000);
    QCOMPARE(source->trial()->applied, std::int64_t(2));
}

void TestConfigSource::asksForProposals()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    std::optional<std::vector<Proposal>> proposals;
    connect(source,
            &ui::ConfigSource::proposalsArrived,
            this,
            [&](quint64, const std::vector<Proposal> &all, const QString &problem) {
                QCOMPARE(problem, QString());
                proposals = all;
            });
    source->askProposals(1);
    QTRY_VERIFY_WITH_TIMEOUT(proposals.has_value(), 10'000);
    QVERIFY(proposals->empty());
    QSignalSpy refused(source, &ui::ConfigSource::proposalRefused);
    source->refuseProposal(2, 7, u"no"_s);
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, 10'000);
    QVERIFY(refused.front().at(1).toString().contains(u"7"_s)); // there is none
}

void TestConfigSource::refusesWithReasons()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    Answers answers(*source);
    const QString faulty = kText
                           + u"[[route]]\nname = \"q\"\nstrategy = \"wieghted\"\n"
                             "targets = [{ target = \"p/m\", weight = -1 }]\n"_s;
    source->apply(1, faulty, source->running().revision, {});
    QVERIFY(answers.came(1));
    QCOMPARE(answers.applied.kind, Kind::Faulty);
    QVERIFY(!answers.applied.problem.isEmpty());
    QCOMPARE(answers.applied.faults.size(), std::size_t(2));
    QCOMPARE(answers.applied.faults[0].path, u"route[1].strategy"_s);
    QCOMPARE(answers.applied.faults[1].path, u"route[1].targets[0].weight"_s);
    QCOMPARE(answers.applied.faults[1].line, 23);
    const QString mine = reweighted(*source, 4);
    const QString base = source->running().revision;
    source->apply(2, reweighted(*source, 5), base, {});
    QVERIFY(answers.came(2));
    QCOMPARE(answers.applied.kind, Kind::Applied);
    source->apply(3, mine, base, {});
    QVERIFY(answers.came(3));
    QCOMPARE(answers.applied.kind, Kind::Conflict);
    QCOMPARE(answers.applied.theirs, source->running().text);
    QCOMPARE(answers.applied.author, far ? u"ann"_s : u"console"_s);
    QCOMPARE(answers.applied.number, 2);
    QVERIFY(answers.applied.time.has_value());
    source->rollBack(4, 99, source->running().revision, {});
    QVERIFY(answers.came(4));
    QCOMPARE(answers.applied.kind, Kind::Failed);
    QVERIFY(!answers.applied.problem.isEmpty());
}

void TestConfigSource::tellsWhatAnotherWrote()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    const QString edited = kText + u"# by hand\n"_s;
    writeFile(house.path, edited.toStdString());
    Answers answers(*source);
    source->apply(1, reweighted(*source, 4), source->running().revision, {});
    QVERIFY(answers.came(1));
    QCOMPARE(answers.applied.kind, Kind::Conflict);
    QCOMPARE(answers.applied.author, u"file"_s);
    QCOMPARE(answers.applied.theirs, edited);
    QVERIFY(!answers.applied.time.has_value());
    QSignalSpy changed(source, &ui::ConfigSource::changed);
    boost::asio::post(house.service->loop(), [&] { house.service->reload(); });
    QTRY_COMPARE_WITH_TIMEOUT(source->running().text, edited, 10'000);
    QVERIFY(changed.count() > 0);
    QCOMPARE(source->running().number, 2);
}

void TestConfigSource::explainsByADraft()
{
    QFETCH(const bool, far);
    House house;
    ui::ConfigSource *source = house.handle(far);
    QVERIFY(source != nullptr);
    Answers answers(*source);
    source->explain(1, kRequest, {});
    QVERIFY(answers.came(1));
    QVERIFY2(answers.explanation.record != nullptr, qPrintable(answers.explanation.problem));
    const RequestRecord &record = *answers.explanation.record;
    QCOMPARE(record.decision.candidates.at(0).target.name(), std::string("p/m"));
    QCOMPARE(record.route, std::string("r"));
    QVERIFY(qAbs(record.facts.cjkShare - 0.4) < 1e-9);
    RouteSettings route = *source->running().settings->route("r");
    std::swap(route.targets[0], route.targets[1]);
    const ui::EditedConfig draft = source->edit(kText, {u"r"_s, route});
    source->explain(2, kRequest, draft.text);
    QVERIFY(answers.came(2));
    QVERIFY(answers.explanation.record != nullptr);
    QCOMPARE(answers.explanation.record->decision.candidates.at(0).target.name(),
             std::string("p/n"));
    source->explain(3, kRequest, u"nonsense"_s);
    QVERIFY(answers.came(3));
    QVERIFY(answers.explanation.record == nullptr && !answers.explanation.problem.isEmpty());
    source->explain(4, R"({"model":"nobody","messages":[{"role":"user","content":"x"}]})", {});
    QVERIFY(answers.came(4));
    QVERIFY(answers.explanation.record == nullptr && !answers.explanation.problem.isEmpty());
    QCOMPARE(source->running().text, kText);
}

void TestConfigSource::aViewerSeesAndChangesNothing()
{
    House house;
    ui::ConfigSource *source = house.handle(true, "token-of-eve");
    QVERIFY(source != nullptr);
    QCOMPARE(source->running().text, kText);
    QVERIFY(source->running().whyFixed.contains(u"eve"_s));
    Answers answers(*source);
    source->apply(1, reweighted(*source, 3), source->running().revision, {});
    QVERIFY(answers.came(1));
    QCOMPARE(answers.applied.kind, Kind::Failed);
    QVERIFY(!answers.applied.problem.isEmpty());
    source->explain(2, kRequest, {});
    QVERIFY(answers.came(2));
    QVERIFY(answers.explanation.record != nullptr);
    QCOMPARE(QString::fromStdString(readFile(house.path)), kText);
}

void TestConfigSource::followsAFarGatewayThatGoesAway()
{
    House house;
    ui::ConfigSource *source = house.handle(true);
    QVERIFY(source != nullptr);
    Answers answers(*source);
    const QString next = reweighted(*source, 3);
    house.config.reset();
    house.thread.reset();
    house.inside.reset();
    house.service.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!source->running().whyFixed.isEmpty(), 20'000);
    QCOMPARE(source->running().text, kText); // what was known stays on the screen
    source->apply(1, next, source->running().revision, {});
    QVERIFY(answers.came(1));
    QCOMPARE(answers.applied.kind, Kind::Failed);
    QVERIFY(!answers.applied.problem.isEmpty());
}

void TestConfigSource::worksOnTextsAlone()
{
    House house;
    ui::ConfigSource &source = *house.config;
    const ui::CheckedConfig good = source.check(
        kText
        + u"[[route.rule]]\nname = \"a\"\nwhen = { hour = \"> 24\" }\n"
          "targets = [{ target = \"p/m\" }]\n"_s);
    QVERIFY(good.settings != nullptr && good.faults.empty());
    QCOMPARE(good.warnings.size(), std::size_t(1));
    QCOMPARE(good.warnings[0].rule, u"a"_s);
    const ui::CheckedConfig bad = source.check(u"[x\n"_s);
    QVERIFY(bad.settings == nullptr);
    QCOMPARE(bad.faults.size(), std::size_t(1));
    QVERIFY(bad.faults[0].path.isEmpty());
    RouteSettings route = *good.settings->route("r");
    route.rules.clear();
    route.name = "s";
    const QString more = source.edit(kText, {{}, route}).text;
    QVERIFY(more.startsWith(kText));
    QCOMPARE(source.edit(more, {u"s"_s, std::nullopt}).text, kText);
    const ui::EditedConfig none = source.edit(kText, {u"t"_s, route});
    QVERIFY(none.text.isEmpty());
    QCOMPARE(none.problem, u"There is no route t in the file."_s);
    QVERIFY(source.cjkSpans(u"a你好b漢<p>😀"_s + QString::fromUcs4(U"\U00020000") + u"z"_s)
            == std::vector<ui::TextSpan>({{1, 2}, {4, 1}, {10, 2}}));
    QVERIFY(source.cjkSpans(u"plain"_s).empty());
}

QTEST_GUILESS_MAIN(TestConfigSource)
#include "tst_config_source.moc"

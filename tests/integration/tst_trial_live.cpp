// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/support/patience.h"

#include <QTest>

#include <csignal>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

/// Calls of the operators' HTTP.
class Desk
{
public:
    explicit Desk(const RunningDaemon &daemon, std::string token = "token-of-the-boss")
        : m_daemon(daemon)
        , m_token(std::move(token))
    {}

    HttpReply get(const std::string &path) const
    {
        return m_daemon.get("/admin/v1/" + path, bearer(m_token));
    }
    HttpReply post(const std::string &path, const Json &body, HeaderList headers = {}) const
    {
        for (const auto &header : bearer(m_token)) {
            headers.push_back(header);
        }
        return m_daemon.fetch({"POST", "/admin/v1/" + path, body.dump(), std::move(headers)});
    }
    HttpReply begin(const Json &body, const std::string &base = "*") const
    {
        return post("config/apply?reason=why", body, {{"If-Match", base}});
    }
    Json trial() const { return get("config/trial").json(); }
    bool isAudited(const std::string &action) const
    {
        const Json audit = get("audit").json();
        for (const Json &entry : audit.at("entries")) {
            if (entry.at("action") == action) {
                return true;
            }
        }
        return false;
    }

private:
    const RunningDaemon &m_daemon;
    std::string m_token;
};

std::string code(const HttpReply &reply)
{
    return std::to_string(reply.status) + " " + reply.error().value("code", std::string());
}

} // namespace

/// Goal: a share first, by the operators' HTTP, with the daemon's real files. Method: targets tell which
/// configuration served; the file is read at each step.
class TestTrialLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takesAShareAndIsRolledBack();
    void takesOverAsAnAppliedChange();
    void whatIsWorseIsRolledBackByItself();
    void aRestartKeepsWhatWasBefore();
    void whatWasForetoldIsKeptWithTheChange();
    void aProposalIsDecidedWhenItsTrialIs();
    void anotherChangeEndsIt();
    void refusesWhatCannotBeTried();

private:
    [[nodiscard]] std::string text(const std::string &target) const
    {
        return "[[operator]]\nid = \"boss\"\ntoken = \"env:BOSS\"\n"
               "role = \"operator\"\n[[operator]]\nid = \"guest\"\n"
               "token = \"env:GUEST\"\nrole = \"viewer\"\n"
               "[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = [\"env:KEY\"]\nbase_url = \""
               + m_simulator->baseUrl("a")
               + "\"\nbreaker = { failures = 1000 }\n[[provider.model]]\nname = \"m\"\n"
                 "[[provider]]\nid = \"b\"\nkind = \"openai\"\nkeys = [\"env:KEY\"]\nbase_url = \""
               + m_simulator->baseUrl("b")
               + "\"\nbreaker = { failures = 1000 }\n[[provider.model]]\nname = \"m\"\n"
                 "[[route]]\nname = \"chat\"\nretry = { attempts = 1 }\ntargets = [{ target = \""
               + target + "\" }]\n";
    }
    [[nodiscard]] static DaemonOptions options(const std::string &stateDir = {})
    {
        DaemonOptions options;
        options.environment = {{"BOSS", "token-of-the-boss"},
                               {"GUEST", "token-of-a-guest"},
                               {"KEY", "key"}};
        options.stateDir = stateDir;
        return options;
    }
    /// How many of \p count requests b served.
    static int servedByB(const RunningDaemon &daemon, int count)
    {
        int served = 0;
        for (int i = 0; i < count; ++i) {
            served += daemon.chat("chat").header("x-signalbox-target") == "b/m" ? 1 : 0;
        }
        return served;
    }

    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestTrialLive::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(
        scenarioOf({SimulatedProvider{.id = "a"}, SimulatedProvider{.id = "b"}}));
}

void TestTrialLive::takesAShareAndIsRolledBack()
{
    const std::string before = text("a/m");
    const RunningDaemon daemon(before, options());
    const Desk desk(daemon);
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    QVERIFY(desk.trial().at("trial").is_null());
    const HttpReply begun = desk.begin({{"config", text("b/m")}, {"share", 0.5}, {"watch_s", 600}});
    QVERIFY2(begun.status == 202, begun.body.c_str());
    QCOMPARE(begun.json().at("trial").at("routes").at(0).get<std::string>(), std::string("chat"));
    const int served = servedByB(daemon, 400);
    QVERIFY2(served > 140 && served < 260, std::to_string(served).c_str()); // six deviations
    QCOMPARE(readFile(daemon.configPath()), before);
    QTRY_COMPARE(desk.trial().at("trial").at("on_trial").at("requests").get<int>(), served);
    QCOMPARE(desk.trial().at("trial").at("others").at("requests").get<int>(), 400 - served);
    // A request's record says by which configuration it was served.
    QCOMPARE(code(desk.begin({{"config", text("b/m")}, {"share", 0.5}})),
             std::string("409 cannot_be_tried"));
    QCOMPARE(Desk(daemon, "token-of-a-guest").post("config/trial/rollback", Json::object()).status,
             403);
    QCOMPARE(Desk(daemon, "token-of-a-guest").get("config/trial").status, 200);
    const HttpReply ended = desk.post("config/trial/rollback", {{"reason", "enough"}});
    QCOMPARE(ended.json().at("trial").at("end").get<std::string>(), std::string("rolled_back"));
    QCOMPARE(ended.json().at("trial").at("ended_by").get<std::string>(), std::string("boss"));
    QCOMPARE(servedByB(daemon, 50), 0);
    QCOMPARE(readFile(daemon.configPath()), before);
    QCOMPARE(desk.post("config/trial/rollback", Json::object()).status, 404);
    QCOMPARE(desk.trial().at("past").size(), std::size_t(1));
    QTRY_VERIFY(desk.isAudited("config.trial"));
    QTRY_VERIFY(desk.isAudited("config.trial.rolled_back"));
}

void TestTrialLive::takesOverAsAnAppliedChange()
{
    const RunningDaemon daemon(text("a/m"), options());
    const Desk desk(daemon);
    QCOMPARE(desk.begin({{"config", text("b/m")}, {"share", 0.1}}).status, 202);
    const HttpReply over = desk.post("config/trial/takeover", Json::object());
    QVERIFY2(over.status == 200, over.body.c_str());
    const Json trial = over.json().at("trial");
    QCOMPARE(trial.at("end").get<std::string>(), std::string("taken_over"));
    QCOMPARE(readFile(daemon.configPath()), text("b/m"));
    QCOMPARE(servedByB(daemon, 20), 20);
    const Json newest = desk.get("config/revisions").json().at("revisions").at(0);
    QVERIFY(newest.at("number") == trial.at("applied"));
    QVERIFY(newest.at("revision") == trial.at("revision"));
    // And back, byte for byte.
    QCOMPARE(desk.post("config/rollback", {{"number", 1}}).status, 200);
    QCOMPARE(readFile(daemon.configPath()), text("a/m"));
}

void TestTrialLive::whatIsWorseIsRolledBackByItself()
{
    const RunningDaemon daemon(text("a/m"), options());
    const Desk desk(daemon);
    servedByB(daemon, 200); // what is usual
    m_simulator->addFault({{"provider", "b"}, {"kind", "status"}, {"status", 500}});
    QCOMPARE(desk.begin({{"config", text("b/m")}, {"share", 0.5}, {"watch_s", 600}}).status, 202);
    QVERIFY(!desk.trial().at("trial").at("expected").is_null());
    QTRY_VERIFY_WITH_TIMEOUT((servedByB(daemon, 20), desk.trial().at("trial").is_null()), 20'000);
    m_simulator->clearFaults("b");
    const Json trial = desk.trial().at("past").at(0);
    QCOMPARE(trial.at("end").get<std::string>(), std::string("more_failures"));
    QCOMPARE(trial.at("ended_by").get<std::string>(), std::string("gateway"));
    QVERIFY(trial.at("why_ended").get<std::string>().find("requests failed") != std::string::npos);
    QCOMPARE(trial.at("doubt").at("failures").get<double>(), 1.0);
    QCOMPARE(servedByB(daemon, 50), 0);
    QTRY_VERIFY(desk.isAudited("config.trial.more_failures"));
    QVERIFY(daemon.logText().find("more_failures") != std::string::npos);
}

void TestTrialLive::aRestartKeepsWhatWasBefore()
{
    const QTemporaryDir state;
    const std::string stateDir = state.path().toStdString();
    {
        RunningDaemon daemon(text("a/m"), options(stateDir));
        QCOMPARE(Desk(daemon).begin({{"config", text("b/m")}, {"share", 0.5}}).status, 202);
        daemon.process().signal(SIGKILL);
        QVERIFY(daemon.process().waitForExit().has_value());
        QCOMPARE(readFile(daemon.configPath()), text("a/m"));
    }
    const RunningDaemon daemon(text("a/m"), options(stateDir));
    const Desk desk(daemon);
    QCOMPARE(servedByB(daemon, 40), 0);
    QVERIFY(desk.trial().at("trial").is_null());
    QCOMPARE(desk.trial().at("past").at(0).at("end").get<std::string>(), std::string("restarted"));
    QTRY_VERIFY(desk.isAudited("config.trial.restarted"));
}

void TestTrialLive::whatWasForetoldIsKeptWithTheChange()
{
    const QTemporaryDir state;
    const std::string stateDir = state.path().toStdString();
    const Json band{{"value", 0.02}, {"low", 0.01}, {"high", 0.03}};
    const Json expected{{"failure_share", band}};
    Json kept;
    {
        RunningDaemon daemon(text("a/m"), options(stateDir));
        const Desk desk(daemon);
        const HttpReply applied = desk.begin({{"config", text("b/m")}, {"expected", expected}});
        QCOMPARE(applied.status, 200); // for all at once, and followed up
        QCOMPARE(servedByB(daemon, 10), 10);
        const Json told = desk.get("config/revisions").json();
        kept = told.at("revisions").at(0);
        QVERIFY(kept.at("routes") == Json::array({"chat"}));
        QVERIFY(kept.at("follow_up").at("foretold").at("failure_share") == band);
        QVERIFY(kept.at("follow_up").at("happened").is_null());
        QVERIFY(told.at("revisions").at(1).at("follow_up").is_null());
        QVERIFY(told.at("truth").at("changes") == Json(0));
        daemon.process().signal(SIGKILL);
        QVERIFY(daemon.process().waitForExit().has_value());
    }
    const RunningDaemon daemon(text("b/m"), options(stateDir));
    const Desk desk(daemon);
    const Json again = desk.get("config/revisions").json().at("revisions");
    QVERIFY(again.at(0) == kept);
    // One that is tried first, and passes: its revision is followed up by the same words.
    QCOMPARE(desk.begin({{"config", text("a/m")}, {"share", 0.5}, {"expected", expected}}).status,
             202);
    QCOMPARE(desk.post("config/trial/takeover", Json::object()).status, 200);
    const Json newest = desk.get("config/revisions").json().at("revisions").at(0);
    QVERIFY(newest.at("follow_up").at("foretold").at("failure_share") == band);
}

/// *Method*: a book with one proposal; what is tried has other shares than it names.
void TestTrialLive::aProposalIsDecidedWhenItsTrialIs()
{
    const QTemporaryDir state;
    const auto share = [](const char *target, int from, int to) {
        return Json{{"target", target}, {"from", from}, {"to", to}, {"reason", "gains"}};
    };
    writeFile(state.path().toStdString() + "/proposals.json",
              Json::array({{{"number", 1},
                            {"made", "2026-11-20T00:00:00Z"},
                            {"route", "chat"},
                            {"aim", "cost"},
                            {"state", "pending"},
                            {"shares", {share("a/m", 100, 80), share("b/m", 0, 20)}}}})
                  .dump());
    const auto weighted = [this](int a, int b) {
        std::string route = text("a/m");
        route.erase(route.find("targets ="));
        return route + "strategy = \"weighted\"\ntargets = [{ target = \"a/m\", weight = "
               + std::to_string(a) + " }, { target = \"b/m\", weight = " + std::to_string(b)
               + " }]\n";
    };
    const RunningDaemon daemon(weighted(100, 0), options(state.path().toStdString()));
    const Desk desk(daemon);
    const auto proposal = [&desk] { return desk.get("proposals").json().at("proposals").at(0); };
    const Json change{{"config", weighted(90, 10)},
                      {"share", 0.5},
                      {"watch_s", 600},
                      {"proposal", 1}};
    QCOMPARE(desk.begin(change).status, 202);
    QCOMPARE(proposal().at("state").get<std::string>(), std::string("pending"));
    QCOMPARE(desk.post("config/trial/rollback", Json::object()).status, 200);
    QCOMPARE(proposal().at("state").get<std::string>(), std::string("pending"));

    QCOMPARE(desk.begin(change).status, 202);
    QCOMPARE(desk.post("config/trial/takeover", Json::object()).status, 200);
    QTRY_COMPARE(proposal().at("state").get<std::string>(), std::string("edited"));
    QCOMPARE(proposal().at("shares").at(0).at("given").get<int>(), 90);
}

void TestTrialLive::anotherChangeEndsIt()
{
    const RunningDaemon daemon(text("a/m"), options());
    const Desk desk(daemon);
    QCOMPARE(desk.begin({{"config", text("b/m")}, {"share", 0.5}}).status, 202);
    const HttpReply other = daemon.fetch(
        {"POST",
         "/admin/v1/config/apply",
         text("a/m") + "# a word\n",
         {{"authorization", "Bearer token-of-the-boss"}, {"If-Match", "*"}}});
    QCOMPARE(other.status, 200);
    QTRY_COMPARE(desk.trial().at("past").size(), std::size_t(1));
    QCOMPARE(desk.trial().at("past").at(0).at("end").get<std::string>(), std::string("superseded"));
    QCOMPARE(servedByB(daemon, 40), 0);
}

void TestTrialLive::refusesWhatCannotBeTried()
{
    const RunningDaemon daemon(text("a/m"), options());
    const Desk desk(daemon);
    const Json fine{{"config", text("b/m")}, {"share", 0.5}};
    const auto with = [&fine](const char *name, const Json &value) {
        Json body = fine;
        body[name] = value;
        return body;
    };
    QCOMPARE(code(desk.begin(with("share", 0.6))), std::string("400 invalid_request"));
    QCOMPARE(code(desk.begin(with("watch_s", 1))), std::string("400 invalid_request"));
    QCOMPARE(code(desk.begin(with("expected", {{"p95_ms", {{"value", 1}}}}))),
             std::string("400 invalid_request"));
    QCOMPARE(code(desk.begin({{"share", 0.5}})), std::string("400 invalid_request"));
    QCOMPARE(code(desk.begin(with("config", "route = 1"))), std::string("400 invalid_config"));
    QCOMPARE(code(desk.begin(fine, "000000000000")), std::string("409 revision_moved"));
    QCOMPARE(code(desk.begin(with("config", text("b/m") + "[cache]\nmode = \"exact\"\n"))),
             std::string("409 cannot_be_tried"));
    QCOMPARE(code(desk.begin(with("config", text("a/m")))), std::string("409 cannot_be_tried"));
    QCOMPARE(code(desk.begin(with("config",
                                  text("a/m")
                                      + "[[route]]\nname = \"more\"\ntargets = [{ target = \"b/m\" "
                                        "}]\n"))),
             std::string("409 cannot_be_tried"));
    QVERIFY(desk.trial().at("trial").is_null());
    QCOMPARE(servedByB(daemon, 20), 0);
}

QTEST_GUILESS_MAIN(TestTrialLive)
#include "tst_trial_live.moc"

// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "quick"}, {.id = "slow", .tokensPerSecond = 40, .outputTokens = 40}});

/// Receives what a service manager would be told.
class NotifySocket
{
public:
    explicit NotifySocket(std::string path)
        : m_path(std::move(path))
        , m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        m_path.copy(address.sun_path, sizeof address.sun_path - 1);
        (void)::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    }
    ~NotifySocket() { ::close(m_socket); }
    NotifySocket(const NotifySocket &) = delete;
    NotifySocket &operator=(const NotifySocket &) = delete;

    [[nodiscard]] const std::string &path() const { return m_path; }
    std::string next()
    {
        pollfd waiting{m_socket, POLLIN, 0};
        std::string text(512, '\0');
        const bool came = ::poll(&waiting, 1, 5000) > 0;
        text.resize(came ? static_cast<std::size_t>(::recv(m_socket, text.data(), text.size(), 0))
                         : 0);
        return text;
    }

private:
    std::string m_path;
    int m_socket;
};

} // namespace

/// signalboxd as a program: its options, its one line, its signals, its end.
class TestDaemon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_simulator->reset(); }

    void itSaysOneLineAndEndsWithZero_data();
    void itSaysOneLineAndEndsWithZero();
    void checkListsEveryProblem();
    void checkWarnsOfWhatIsSaidInVain();
    void lintLooksAtTheLedgerToo();
    void importsWhatAnotherGatewayHas();
    void checkStopsAtTheFirstSyntaxError();
    void checkReadsSecretsUnlessToldNotTo();
    void aSecretThatOthersMayReadIsRefused();
    void aMissingSecretKeepsItFromStarting();
    void aMissingSecretMayBeTolerated();
    void wrongOptionsAreRefused_data();
    void wrongOptionsAreRefused();
    void helpAndVersionAreSaid();
    void theCatalogueIsSaid();
    void aTakenPortIsSaid();
    void strangersNeedClients();
    void metricsAreGuardedWhereOthersReachThem();
    void withoutATokenThereIsNoAdminDoor();
    void itFinishesWhatRuns();
    void itEndsWhatTakesTooLong();
    void itReloadsAValidConfiguration();
    void itKeepsWhatItHasWhenTheNewIsFaulty();
    void aRotatedKeyIsRead();
    void itTellsTheServiceManager();

private:
    [[nodiscard]] std::string configuration(const std::string &server = {}) const;
    [[nodiscard]] std::string file(const std::string &name, const std::string &text) const;
    [[nodiscard]] Finished run(const std::vector<std::string> &arguments) const;
    [[nodiscard]] int rowsIn(const std::string &stateDir) const;

    QTemporaryDir m_folder;
    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestDaemon::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
}

std::string TestDaemon::configuration(const std::string &server) const
{
    const auto provider = [&](const std::string &id) {
        return "[[provider]]\nid = \"" + id + "\"\nkind = \"openai\"\nbase_url = \""
               + m_simulator->baseUrl(id) + "\"\n[[provider.model]]\nname = \"m\"\n";
    };
    return "[server]\n" + std::string(kAdminServer) + server + "\n" + provider("quick")
           + provider("slow")
           + "[[route]]\nname = \"chat\"\ntargets = [ { target = \"quick/m\" } ]\n";
}

std::string TestDaemon::file(const std::string &name, const std::string &text) const
{
    const std::string path = m_folder.filePath(QString::fromStdString(name)).toStdString();
    writeFile(path, text);
    return path;
}

Finished TestDaemon::run(const std::vector<std::string> &arguments) const
{
    return runToEnd(
        {daemonProgram(), arguments, {{"HOME", m_folder.path().toStdString()}}, {}, {}});
}

/// How many requests the ledger of a daemon that is gone holds.
int TestDaemon::rowsIn(const std::string &stateDir) const
{
    const RunningDaemon reader(configuration(), DaemonOptions{{}, {}, stateDir, "127.0.0.1:0"});
    return static_cast<int>(reader.admin("requests?limit=1000")["requests"].size());
}

void TestDaemon::itSaysOneLineAndEndsWithZero_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestDaemon::itSaysOneLineAndEndsWithZero()
{
    QFETCH(const int, signal);
    RunningDaemon daemon(configuration());
    QVERIFY(daemon.port() > 0); // the ready line was read and understood
    QCOMPARE(daemon.get("/healthz").status, 200);
    QCOMPARE(daemon.chat("chat").status, 200);
    TcpClient idle(daemon.port());
    const auto start = Clock::now();
    daemon.process().signal(signal);
    QCOMPARE(daemon.process().readAll(), std::string());
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    QVERIFY(since(start) < milliseconds(2000));
    QCOMPARE(daemon.stderrText(), std::string());
    QCOMPARE(idle.receiveAll(), std::string());
}

void TestDaemon::checkListsEveryProblem()
{
    const std::string good = file("good.toml", configuration());
    const Finished fine = runToEnd(
        {daemonProgram(), {"--check", "--config", good}, {{"ADMIN_TOKEN", "t"}}, {}, {}});
    QCOMPARE(fine.output, std::string("ok\n"));
    QCOMPARE(fine.exitCode, std::optional(0));
    const std::string bad =
        file("bad.toml",
             "[server]\nlisten = \"127.0.0.1:1\"\nmax_body_md = 2\n\n"
             "[[route]]\nname = \"chat\"\ntargets = [ { target = \"x/y\" } ]\n");
    const Finished faulty = run({"--config", bad, "--check"});
    QCOMPARE(faulty.exitCode, std::optional(1));
    QVERIFY2(faulty.output.starts_with(bad + ":3:1: "), faulty.output.c_str());
    QVERIFY2(faulty.output.find("max_body_mb") != std::string::npos, faulty.output.c_str());
    QVERIFY2(faulty.output.find("\n" + bad + ":7:") != std::string::npos, faulty.output.c_str());
    QCOMPARE(std::count(faulty.output.begin(), faulty.output.end(), '\n'), 2);
    const Finished absent = run({"--check", "--config", "/nowhere.toml"});
    QCOMPARE(absent.exitCode, std::optional(1));
    QVERIFY(absent.output.starts_with("/nowhere.toml:1:1: "));
}

void TestDaemon::checkWarnsOfWhatIsSaidInVain()
{
    const std::string path =
        file("vain.toml",
             "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \"http://127.0.0.1:9/v1\"\n"
             "[[provider.model]]\nname = \"m\"\n"
             "[[route]]\nname = \"chat\"\ntargets = [ { target = \"a/m\" } ]\n"
             "[[route.rule]]\nname = \"all\"\nwhen = { prompt_tokens = \">= 0\" }\n"
             "targets = [ { target = \"a/m\" } ]\n"
             "[[route.rule]]\nname = \"late\"\nwhen = { hour = \"22..6\" }\n"
             "targets = [ { target = \"a/m\" } ]\n");
    const Finished check = run({"--config", path, "--check"});
    QCOMPARE(check.exitCode, std::optional(0)); // a word, no fault
    QCOMPARE(check.output, std::string("ok\n"));
    QVERIFY2(check.errors.find("route \"chat\", rule \"late\" can never match")
                 != std::string::npos,
             check.errors.c_str());
}

void TestDaemon::lintLooksAtTheLedgerToo()
{
    const std::string state = m_folder.filePath("linted").toStdString();
    const std::string rules =
        "[[route]]\nname = \"r\"\ntargets = [ { target = \"a/m\" } ]\n"
        "[[route.rule]]\nname = \"team\"\nwhen = { header.x-team = \"red\" }\n"
        "targets = [ { target = \"a/m\" } ]\n";
    const std::string provider =
        "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \"http://127.0.0.1:9/v1\"\n"
        "[[provider.model]]\nname = \"m\"\n";
    {
        RunningDaemon daemon(provider + rules, DaemonOptions{{}, {}, state});
        (void)daemon.chat("r");
        daemon.process().signal(SIGTERM);
        QVERIFY(daemon.process().waitForExit().has_value());
    }
    const std::string path = file("linted.toml", provider + rules);
    const Finished said = run({"--config", path, "--state", state, "--lint"});
    QCOMPARE(said.exitCode, std::optional(0));
    QCOMPARE(said.output,
             path
                 + ": route \"r\", rule \"team\" matched none of 1 requests: none had a "
                   "`header.x-team`\n");
    const Finished faulty = run({"--config", "/nowhere.toml", "--state", state, "--lint"});
    QCOMPARE(faulty.exitCode, std::optional(1));
    QVERIFY(faulty.errors.starts_with("/nowhere.toml:1:1: "));
}

/// What it prints is a configuration that it takes, and everything else is on standard error.
void TestDaemon::importsWhatAnotherGatewayHas()
{
    const std::string samples = SIGNALBOX_SOURCE_DIR "/tests/data/import/";
    for (const char *name : {"litellm.yaml", "portkey.json"}) {
        const Finished said = run({"--import", samples + name});
        QCOMPARE(said.exitCode, std::optional(0));
        QVERIFY2(said.errors.starts_with(samples + name + ":"), said.errors.c_str());
        QVERIFY(said.errors.find(": dropped ") != std::string::npos);
        const std::string path = file("imported.toml", said.output);
        const Finished check = run({"--config", path, "--check", "--no-secrets"});
        QCOMPARE(check.output, std::string("ok\n"));
    }
    QVERIFY(run({"--import", samples + "portkey.json"}).output.find("name = \"portkey\"")
            != std::string::npos);
    const std::string bad = file("bad.yaml", "model_list:\n- model_name: a\n");
    const Finished faulty = run({"--import", bad});
    QCOMPARE(faulty.exitCode, std::optional(1));
    QCOMPARE(faulty.output, std::string());
    QCOMPARE(faulty.errors, bad + ":2:3: `model_list[0].litellm_params` is missing\n");
    const Finished missing = run({"--import", "/nowhere.yaml"});
    QCOMPARE(missing.exitCode, std::optional(1));
    QVERIFY2(missing.errors.find("nowhere.yaml") != std::string::npos, missing.errors.c_str());
}

void TestDaemon::checkStopsAtTheFirstSyntaxError()
{
    const std::string bad = file("syntax.toml", "[server]\nlisten = \n[[route]\n");
    const Finished faulty = run({"--config", bad, "--check"});
    QCOMPARE(faulty.exitCode, std::optional(1));
    QVERIFY2(faulty.output.starts_with(bad + ":2:"), faulty.output.c_str());
    QCOMPARE(std::count(faulty.output.begin(), faulty.output.end(), '\n'), 1);
    // The daemon itself refuses it with the same words.
    const Finished started = run(
        {"--config", bad, "--state", m_folder.filePath("s").toStdString()});
    QCOMPARE(started.exitCode, std::optional(1));
    QVERIFY(started.output.empty());
    QVERIFY2(started.errors.find(faulty.output.substr(0, faulty.output.size() - 1))
                 != std::string::npos,
             started.errors.c_str());
}

void TestDaemon::checkReadsSecretsUnlessToldNotTo()
{
    const std::string path = file("secret.toml", "[server]\nadmin_token = \"env:NO_SUCH_TOKEN\"\n");
    const Finished strict = run({"--config", path, "--check"});
    QCOMPARE(strict.exitCode, std::optional(1));
    QVERIFY2(strict.output.starts_with(path + ":2:15: ")
                 && strict.output.find("NO_SUCH_TOKEN") != std::string::npos,
             strict.output.c_str());
    const Finished lenient = run({"--config", path, "--check", "--no-secrets"});
    QCOMPARE(lenient.output, std::string("ok\n"));
    QCOMPARE(lenient.exitCode, std::optional(0));
}

void TestDaemon::aSecretThatOthersMayReadIsRefused()
{
    const std::string secret = file("token", "the-token\n");
    const std::string path = file("file.toml", "[server]\nadmin_token = \"file:" + secret + "\"\n");
    ::chmod(secret.c_str(), 0640);
    const Finished open = run({"--config", path, "--check"});
    QCOMPARE(open.exitCode, std::optional(1));
    QVERIFY(open.output.find("the-token") == std::string::npos);
    ::chmod(secret.c_str(), 0600);
    QCOMPARE(run({"--config", path, "--check"}).output, std::string("ok\n"));
}

void TestDaemon::aMissingSecretKeepsItFromStarting()
{
    const std::string path =
        file("keyless.toml",
             "[[provider]]\nid = \"p\"\nkind = \"openai\"\nkeys = [\"env:NO_SUCH_KEY\"]\n"
             "[[provider.model]]\nname = \"m\"\n");
    const Finished refused = run({"--config",
                                  path,
                                  "--state",
                                  m_folder.filePath("s").toStdString(),
                                  "--listen",
                                  "127.0.0.1:0"});
    QCOMPARE(refused.exitCode, std::optional(1));
    QVERIFY(refused.output.empty());
    QVERIFY2(refused.errors.find(path + ":4:") != std::string::npos, refused.errors.c_str());
    QVERIFY(refused.errors.find("NO_SUCH_KEY") != std::string::npos);
    QVERIFY(refused.errors.find("--tolerate-missing-secrets") != std::string::npos);
}

void TestDaemon::aMissingSecretMayBeTolerated()
{
    const RunningDaemon
        daemon(configuration() + "[[provider]]\nid = \"keyless\"\nkind = \"openai\"\nbase_url = \""
                   + m_simulator->baseUrl("quick")
                   + "\"\nkeys = [\"env:NO_SUCH_KEY\"]\n[[provider.model]]\nname = \"m\"\n",
               DaemonOptions{{}, {"--tolerate-missing-secrets"}, {}, "127.0.0.1:0"});
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    QCOMPARE(daemon.chat("chat").status, 200);
    QCOMPARE(daemon.chat("keyless/m").status, 503);
    const Json state = daemon.admin("state");
    for (const Json &provider : state["providers"]) {
        QCOMPARE(provider["disabled"].get<bool>(), provider["id"] == "keyless");
    }
    QVERIFY(eventually(
        [&] { return daemon.logText().find("secret_unreadable") != std::string::npos; }));
}

void TestDaemon::wrongOptionsAreRefused_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("unknown") << QStringList{"--confg", "x"};
    QTest::newRow("no value") << QStringList{"--config"};
    QTest::newRow("empty value") << QStringList{"--state="};
    QTest::newRow("a value for a flag") << QStringList{"--check=yes"};
    QTest::newRow("a stray word") << QStringList{"start"};
    QTest::newRow("the console's") << QStringList{"--screen", "overview"};
}

void TestDaemon::wrongOptionsAreRefused()
{
    QFETCH(const QStringList, options);
    std::vector<std::string> arguments;
    for (const QString &option : options) {
        arguments.push_back(option.toStdString());
    }
    const Finished refused = run(arguments);
    QCOMPARE(refused.exitCode, std::optional(2));
    QVERIFY(refused.output.empty());
    QVERIFY2(refused.errors.starts_with("signalboxd: "), refused.errors.c_str());
}

void TestDaemon::helpAndVersionAreSaid()
{
    const Finished help = run({"--help"});
    QCOMPARE(help.exitCode, std::optional(0));
    QVERIFY(help.output.find("--tolerate-missing-secrets") != std::string::npos);
    QCOMPARE(run({"--version"}).exitCode, std::optional(0));
}

void TestDaemon::theCatalogueIsSaid()
{
    const Finished said = run({"--catalogue"});
    QCOMPARE(said.exitCode, std::optional(0));
    const QStringList lines = QString::fromStdString(said.output).split(u'\n');
    const auto line = [&lines](const char *begin) {
        const QStringList found = lines.filter(QRegularExpression(QLatin1String(begin)));
        return found.isEmpty() ? QString() : found.first().simplified();
    };
    QCOMPARE(line("^qwen/qwen-plus +[0-9-]+ +dashscope\\.aliyuncs"),
             QStringLiteral(
                 "qwen/qwen-plus 2026-07-02 dashscope.aliyuncs.com 0 0.115 0.023 0.14375 - "
                 "0.287 1.147 1000000 32768 tools,json_schema,reasoning qwen models.dev"));
    QCOMPARE(line("^anthropic/claude-sonnet-5 +2026-09-01"),
             QStringLiteral("anthropic/claude-sonnet-5 2026-09-01 - 0 3.00 0.30 3.75 6.00 15.00 - "
                            "1000000 128000 tools,images,json_schema,reasoning claude-new "
                            "genai-prices"));
    QCOMPARE(line("^qwen/text-embedding-v4"),
             QStringLiteral("qwen/text-embedding-v4 - - - - - - - - - 8192 - embeddings qwen "
                            "alibabacloud.com/help/en/model-studio/embedding 2026-06-24"));
    QVERIFY(!line("1000000 tokens of each model free for 90 days").isEmpty());
}

void TestDaemon::aTakenPortIsSaid()
{
    const RunningDaemon first(configuration());
    const std::string address = "127.0.0.1:" + std::to_string(first.port());
    RunningDaemon second(configuration(), DaemonOptions{{}, {}, {}, address});
    QCOMPARE(second.port(), 0);
    QCOMPARE(second.process().waitForExit(), std::optional(1));
    QVERIFY2(second.stderrText().find("cannot listen on " + address) != std::string::npos,
             second.stderrText().c_str());
    QCOMPARE(first.get("/healthz").status, 200);
}

void TestDaemon::strangersNeedClients()
{
    RunningDaemon daemon(configuration(), DaemonOptions{{}, {}, {}, "0.0.0.0:0"});
    QCOMPARE(daemon.port(), 0);
    QCOMPARE(daemon.process().waitForExit(), std::optional(1));
    QVERIFY2(daemon.stderrText().find("[[client]]") != std::string::npos,
             daemon.stderrText().c_str());
}

void TestDaemon::metricsAreGuardedWhereOthersReachThem()
{
    const RunningDaemon daemon(configuration()
                                   + "[[client]]\nid = \"c\"\nkey = \"env:CLIENT_KEY\"\n",
                               DaemonOptions{{{"CLIENT_KEY", "client-key"}}, {}, {}, "0.0.0.0:0"});
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    QCOMPARE(daemon.get("/metrics").status, 401);
    QCOMPARE(daemon.get("/metrics", bearer("client-key")).status, 401);
    QCOMPARE(daemon.get("/v1/metrics").status, 401);
    for (const char *spelling : {"/%6detrics", "/v1%2Fmetrics", "//metrics", "/metrics/"}) {
        QCOMPARE(daemon.get(spelling).status, 404);
    }
    QCOMPARE(daemon.get("/metrics", bearer(kAdminToken)).status, 200);
    QCOMPARE(daemon.get("/healthz").status, 200);
    // With clients configured, a foreign Host is theirs to choose.
    HeaderList headers = bearer("client-key");
    headers.emplace_back("host", "gateway.example");
    QCOMPARE(daemon.chat("chat", false, headers).status, 200);
}

void TestDaemon::withoutATokenThereIsNoAdminDoor()
{
    const RunningDaemon daemon("[server]\nheader_s = 5\n");
    QCOMPARE(daemon.get("/admin/v1/state", bearer(kAdminToken)).status, 404);
    QCOMPARE(daemon.get("/metrics").status, 200);
}

/// *Goal*: a stop costs nobody an answer. *Method*: streams of about a second, one answer that is
/// not streamed, an events stream and an idle connection when SIGTERM comes.
void TestDaemon::itFinishesWhatRuns()
{
    const std::string state = m_folder.filePath("draining").toStdString();
    RunningDaemon daemon(configuration(), DaemonOptions{{}, {}, state, "127.0.0.1:0"});
    HttpConnection events(daemon.port());
    QVERIFY(events.send({"GET", "/admin/v1/events", {}, bearer(kAdminToken)}));
    QVERIFY(events.receiveUntil("event: snapshot"));
    std::vector<std::unique_ptr<HttpConnection>> running;
    for (int i = 0; i < 8; ++i) {
        running.push_back(std::make_unique<HttpConnection>(daemon.port()));
        QVERIFY(running.back()->send(chatRequest("slow/m", i != 0)));
    }
    for (std::size_t i = 1; i < running.size(); ++i) {
        QVERIFY(running[i]->receiveUntil("\"content\":"));
    }
    daemon.process().signal(SIGTERM);
    QVERIFY(eventually([&] { return !TcpClient(daemon.port()).isConnected(); }));
    QVERIFY(daemon.process().isRunning());
    for (std::size_t i = 0; i < running.size(); ++i) {
        const HttpReply reply = running[i]->receive();
        QVERIFY(reply.complete);
        QCOMPARE(reply.status, 200);
        QVERIFY(i == 0 || reply.events().back() == "[DONE]");
        QCOMPARE(running[i]->tcp().receiveAll(), std::string());
        QVERIFY(running[i]->tcp().ended() && !running[i]->tcp().wasReset());
    }
    QVERIFY(events.receive().complete);
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    QCOMPARE(rowsIn(state), 8);
}

void TestDaemon::itEndsWhatTakesTooLong()
{
    const std::string state = m_folder.filePath("cut").toStdString();
    RunningDaemon daemon(configuration("drain_s = 0.3"),
                         DaemonOptions{{}, {}, state, "127.0.0.1:0"});
    m_simulator->addFault({{"provider", "slow"}, {"kind", "stall"}, {"after_tokens", 3}});
    HttpConnection stream(daemon.port());
    QVERIFY(stream.send(chatRequest("slow/m", true)));
    QVERIFY(stream.receiveUntil("\"content\":"));
    HttpConnection plain(daemon.port());
    QVERIFY(plain.send(chatRequest("slow/m")));
    QVERIFY(eventually([&] { return m_simulator->provider("slow")["in_flight"] == 2; }));
    const auto start = Clock::now();
    daemon.process().signal(SIGTERM);
    daemon.process().signal(SIGTERM); // impatience changes nothing
    const HttpReply cut = stream.receive();
    QVERIFY(cut.complete);
    QVERIFY(cut.body.find("[DONE]") == std::string::npos);
    const Json error = Json::parse(cut.events().back())["error"];
    QCOMPARE(error["origin"].get<std::string>(), std::string("gateway"));
    QCOMPARE(plain.receive().status, 503);
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    QVERIFY(since(start) >= milliseconds(280));
    QVERIFY(since(start) < milliseconds(3000));
    QCOMPARE(rowsIn(state), 2);
}

void TestDaemon::itReloadsAValidConfiguration()
{
    RunningDaemon daemon(configuration());
    HttpConnection stream(daemon.port());
    QVERIFY(stream.send(chatRequest("slow/m", true)));
    QVERIFY(stream.receiveUntil("\"content\":"));
    QCOMPARE(daemon.act("targets/quick/m/trip", {{"reason", "kept"}}).status, 200);
    QCOMPARE(daemon.chat("fresh").status, 404);
    const std::string revision = daemon.admin("state")["revision"].get<std::string>();
    writeFile(daemon.configPath(),
              configuration()
                  + "[[route]]\nname = \"fresh\"\ntargets = [ { target = \"slow/m\" } ]\n");
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually([&] { return daemon.admin("state")["revision"] != revision; }));
    QCOMPARE(daemon.get("/v1/models/fresh").status, 200);
    QVERIFY(daemon.target("quick/m")["breaker"]["forced"] == "open");
    const HttpReply whole = stream.receive();
    QVERIFY(whole.complete);
    QCOMPARE(whole.events().back(), std::string("[DONE]"));
    QCOMPARE(daemon.chat("fresh").status, 200);
}

void TestDaemon::itKeepsWhatItHasWhenTheNewIsFaulty()
{
    RunningDaemon daemon(configuration());
    const std::string revision = daemon.admin("state")["revision"].get<std::string>();
    writeFile(daemon.configPath(), configuration() + "nonsense = 1\n");
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually(
        [&] { return daemon.logText().find("\"reload_refused\"") != std::string::npos; }));
    QVERIFY2(daemon.logText().find(daemon.configPath() + ":") != std::string::npos,
             daemon.logText().c_str());
    QCOMPARE(daemon.admin("state")["revision"].get<std::string>(), revision);
    QCOMPARE(daemon.chat("chat").status, 200);
    QVERIFY(QFile::remove(QString::fromStdString(daemon.configPath())));
    daemon.process().signal(SIGHUP);
    QVERIFY(
        eventually([&] { return daemon.logText().find("cannot be read") != std::string::npos; }));
    QCOMPARE(daemon.chat("chat").status, 200);
}

void TestDaemon::aRotatedKeyIsRead()
{
    const RunningSimulator strict(
        "[[provider]]\nid = \"p\"\nformat = \"openai\"\nmodels = [\"m\"]\n"
        "latency = { median_ms = 1, sigma = 0 }\ntokens_per_s = 0\nkey = \"sk-new\"\n");
    const std::string key = file("provider-key", "sk-old\n");
    ::chmod(key.c_str(), 0600);
    RunningDaemon daemon("[server]\n" + std::string(kAdminServer)
                         + "[[provider]]\nid = \"p\"\nkind = \"openai\"\nbase_url = \""
                         + strict.baseUrl("p") + "\"\nkeys = [\"file:" + key
                         + "\"]\n[[provider.model]]\nname = \"m\"\n");
    QCOMPARE(daemon.chat("p/m").status, 502);
    writeFile(key, "sk-new\n");
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually([&] { return daemon.chat("p/m").status == 200; }));
}

void TestDaemon::itTellsTheServiceManager()
{
    NotifySocket manager(m_folder.filePath("notify").toStdString());
    RunningDaemon daemon(configuration(),
                         DaemonOptions{{{"NOTIFY_SOCKET", manager.path()}}, {}, {}, "127.0.0.1:0"});
    QCOMPARE(manager.next(), std::string("READY=1"));
    daemon.process().signal(SIGHUP);
    QVERIFY(manager.next().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    QCOMPARE(manager.next(), std::string("READY=1"));
    daemon.process().signal(SIGTERM);
    QCOMPARE(manager.next(), std::string("STOPPING=1"));
    QCOMPARE(daemon.process().waitForExit(), std::optional(0));
}

QTEST_GUILESS_MAIN(TestDaemon)
#include "tst_daemon.moc"

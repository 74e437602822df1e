// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/support/load.h"
#include "tests/support/random_config.h"

#include "core/config/read.h"
#include "core/config/route_edit.h"

#include <QTest>

#include <algorithm>
#include <csignal>
#include <map>
#include <sys/stat.h>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kOperators = "[[operator]]\nid = \"boss\"\ntoken = \"env:BOSS\"\n"
                               "role = \"operator\"\n[[operator]]\nid = \"guest\"\n"
                               "token = \"env:GUEST\"\nrole = \"viewer\"\n";

DaemonOptions options(const std::string &stateDir = {})
{
    DaemonOptions options;
    options.environment = {{"BOSS", "token-of-the-boss"}, {"GUEST", "token-of-a-guest"}};
    options.stateDir = stateDir;
    return options;
}

/// Calls of the operators' HTTP as one of them.
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
    HttpReply post(const std::string &path, const std::string &body, HeaderList headers = {}) const
    {
        for (const auto &header : bearer(m_token)) {
            headers.push_back(header);
        }
        return m_daemon.fetch({"POST", "/admin/v1/" + path, body, std::move(headers)});
    }
    HttpReply apply(const std::string &text, const std::string &base) const
    {
        return post("config/apply?reason=why%20not", text, {{"If-Match", base}});
    }
    std::string revision() const { return get("config").json().value("revision", std::string()); }

private:
    const RunningDaemon &m_daemon;
    std::string m_token;
};

RouteSettings routeOf(const std::string &text, const std::string &name)
{
    return *config::read(text, "")->configuration.route(name);
}

/// \p text with these weights for the targets of its route `load`.
std::string weighted(const std::string &text, double first, double second)
{
    RouteSettings route = routeOf(text, "load");
    route.targets[0].weight = first;
    route.targets[1].weight = second;
    return *config::withRoute(text, "load", route);
}

} // namespace

/// *Goal*: a configuration is changed while requests run, whole or not at all, and every change can be
/// told and taken back. *Method*: the built daemon with the operators' HTTP, its file, its signals and
/// its sudden death, against texts by chance.
class TestConfigChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void appliesUnderLoadWithoutALostRequest();
    void refusesWhatIsFaultyWithAllItsFaults();
    void aKillLeavesTheOldFileOrTheNewOne();
    void comparesBeforeItSets();
    void rollsBackToTheByte();
    void tellsItsPastAcrossRestarts();
    void whatIsEditedByHandIsARevisionToo();
    void viewersReadAndChangeNothing();
    void keepsTheFilesModeAndItsLink();
    void saysWhyItCannotBeWritten();
    void targetsThatStayKeepTheirState();
    void checksLintsAndExplainsWithoutChangingAnything();
    void proposedWeightsAreDecidedByOperators();

private:
    [[nodiscard]] std::string textOf(RandomConfig &random) const
    {
        return random.text(kOperators)
               + "\n[[route]] # for the load\nname = \"load\"\nstrategy = \"weighted\"\n"
                 "targets = [\n  { target = \"p0/m0\", weight = 1 }, # first\n"
                 "  { target = \"p1/m0\", weight = 0 }, # second\n]\n";
    }
    [[nodiscard]] RandomConfig random(std::uint64_t seed) const { return {seed, m_addresses}; }

    std::unique_ptr<RunningSimulator> m_simulator;
    std::vector<std::string> m_addresses;
};

void TestConfigChanges::initTestCase()
{
    const auto provider = [](const char *id) {
        return SimulatedProvider{.id = id,
                                 .models = R"(["m0", "m1", "m2"])",
                                 .latency = "{ median_ms = 5, sigma = 0.2 }"};
    };
    m_simulator = std::make_unique<RunningSimulator>(scenarioOf({provider("p0"), provider("p1")}));
    m_addresses = {m_simulator->baseUrl("p0"), m_simulator->baseUrl("p1")};
}

void TestConfigChanges::appliesUnderLoadWithoutALostRequest()
{
    RandomConfig random = this->random(1);
    std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    const Desk desk(daemon);
    const auto start = Clock::now();
    Load load(daemon.port(), {.model = "load", .perSecond = 500, .clients = 16});
    std::string revision = desk.revision();
    for (int round = 0; round < 200; ++round) {
        const std::string name = "r" + std::to_string(round % 3);
        const auto changed = config::withRoute(text, name, random.changed(routeOf(text, name)));
        QVERIFY2(changed.ok(), changed ? "" : changed.error().c_str());
        text = weighted(*changed, round % 2, (round + 1) % 2);
        const HttpReply reply = desk.apply(text, '"' + revision + '"');
        QVERIFY2(reply.status == 200, reply.body.c_str());
        QCOMPARE(reply.json().at("replaced").get<std::string>(), revision);
        revision = reply.json().at("revision").get<std::string>();
        QCOMPARE(readFile(daemon.configPath()), text); // comments and all
        const std::string serving = round % 2 == 1 ? "p0/m0" : "p1/m0";
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(daemon.chat("load").header("x-signalbox-target"), serving);
        }
    }
    // And a share between the ends: five standard deviations of a thousand draws are 7 %.
    text = weighted(text, 70, 30);
    QCOMPARE(desk.apply(text, revision).status, 200);
    int first = 0;
    for (int i = 0; i < 1000; ++i) {
        first += daemon.chat("load").header("x-signalbox-target") == "p0/m0" ? 1 : 0;
    }
    QVERIFY2(first > 630 && first < 770, std::to_string(first).c_str());
    load.stop();
    QCOMPARE(load.lost(), 0);
    QVERIFY(load.answers().size() > 1000);
    qInfo("%zu requests in %lld ms",
          load.answers().size(),
          static_cast<long long>(since(start).count()));
    for (const Load::Answer &answer : load.answers()) {
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.whole);
    }
    QCOMPARE(desk.get("config/revisions").json().at("revisions").size(), std::size_t(200));
}

void TestConfigChanges::refusesWhatIsFaultyWithAllItsFaults()
{
    RandomConfig random = this->random(2);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    const std::string revision = desk.revision();
    for (int round = 0; round < 200; ++round) {
        const std::string broken = random.broken(text);
        const auto expected = config::read(broken, "");
        QVERIFY2(!expected.ok(), broken.c_str());
        const HttpReply reply = desk.apply(broken, revision);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.error().at("code").get<std::string>(), std::string("invalid_config"));
        const Json faults = reply.error().at("faults");
        QCOMPARE(faults.size(), expected.error().size());
        for (std::size_t i = 0; i < faults.size(); ++i) {
            QCOMPARE(faults[i].at("message").get<std::string>(), expected.error()[i].message);
            QCOMPARE(faults[i].at("line").get<int>(), expected.error()[i].line);
            QCOMPARE(faults[i].at("column").get<int>(), expected.error()[i].column);
        }
        QCOMPARE(readFile(daemon.configPath()), text);
    }
    QCOMPARE(desk.revision(), revision);
    QCOMPARE(desk.get("config/revisions").json().at("revisions").size(), std::size_t(1));
}

/// The text is padded so that the writing takes a while; the moment is by chance, spread over what an
/// undisturbed change takes.
void TestConfigChanges::aKillLeavesTheOldFileOrTheNewOne()
{
    const QTemporaryDir state;
    RandomConfig random = this->random(3);
    Random moment(3);
    std::string text = textOf(random) + "# " + std::string(500'000, 'x') + "\n";
    int old = 0;
    int fresh = 0;
    milliseconds usual{0};
    for (int round = 0; round <= 50; ++round) {
        RunningDaemon daemon(text, options(state.path().toStdString()));
        QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
        const std::string base = Desk(daemon).revision();
        const std::string next = weighted(text, 1, round + 2);
        const auto start = Clock::now();
        if (round == 0) {
            QCOMPARE(Desk(daemon).apply(next, base).status, 200);
            usual = since(start);
        } else {
            HttpConnection line(daemon.port());
            HeaderList headers = bearer("token-of-the-boss");
            headers.emplace_back("If-Match", base);
            QVERIFY(line.send({"POST", "/admin/v1/config/apply", next, headers}));
            const auto wait = std::chrono::microseconds(
                moment.below(static_cast<std::uint64_t>(1000 * usual.count() * 3 / 2)));
            std::this_thread::sleep_until(start + wait); // the moment is what is tried
            daemon.process().signal(SIGKILL);
            QCOMPARE(daemon.process().waitForExit(), std::optional(-SIGKILL));
        }
        const std::string there = readFile(daemon.configPath());
        QVERIFY(there == text || there == next);
        old += there == text ? 1 : 0;
        fresh += there == next ? 1 : 0;
        text = there;
    }
    qInfo("%d old, %d new; a change takes %lld ms",
          old,
          fresh,
          static_cast<long long>(usual.count()));
    QVERIFY(old > 0 && fresh > 1);
    const RunningDaemon daemon(text, options(state.path().toStdString()));
    const Desk desk(daemon);
    const Json past = desk.get("config/revisions").json().at("revisions");
    QCOMPARE(past.at(0).at("revision").get<std::string>(), desk.revision());
    QVERIFY(past.size() > static_cast<std::size_t>(fresh));
}

void TestConfigChanges::comparesBeforeItSets()
{
    RandomConfig random = this->random(4);
    const std::string text = textOf(random);
    RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    const std::string revision = desk.revision();
    const std::string theirs = weighted(text, 1, 2);
    const std::string mine = weighted(text, 1, 3);
    QCOMPARE(desk.apply(theirs, revision).status, 200);
    const HttpReply late = desk.apply(mine, revision);
    QCOMPARE(late.status, 409);
    const Json there = late.error().at("theirs");
    QCOMPARE(there.at("text").get<std::string>(), theirs);
    QCOMPARE(there.at("operator").get<std::string>(), std::string("boss"));
    QCOMPARE(there.at("number").get<int>(), 2);
    QVERIFY(!there.at("at").is_null());
    QCOMPARE(readFile(daemon.configPath()), theirs);
    const HttpReply nobody = desk.post("config/apply", mine);
    QCOMPARE(nobody.status, 428);
    QCOMPARE(nobody.error().at("code").get<std::string>(), std::string("precondition_required"));
    // Somebody with an editor, and nobody has told the gateway.
    const std::string edited = theirs + "# mine\n";
    writeFile(daemon.configPath(), edited);
    for (const std::string &base : {desk.revision(), std::string("*")}) {
        const HttpReply refused = desk.apply(mine, base);
        QCOMPARE(refused.status, 409);
        QCOMPARE(refused.error().at("theirs").at("operator").get<std::string>(),
                 std::string("file"));
        QCOMPARE(refused.error().at("theirs").at("text").get<std::string>(), edited);
        QVERIFY(refused.error().at("theirs").at("at").is_null());
    }
    QCOMPARE(readFile(daemon.configPath()), edited);
    // What they wrote can be had, and then changed.
    QCOMPARE(desk.apply(edited, "*").status, 200);
    QCOMPARE(desk.apply(mine, desk.revision()).status, 200);
    const Json same = desk.apply(mine, desk.revision()).json();
    QCOMPARE(same.at("changed").get<bool>(), false);
    QCOMPARE(same.at("revision").get<std::string>(), desk.revision());
    QCOMPARE(desk.get("config/revisions").json().at("revisions").size(), std::size_t(4));
}

void TestConfigChanges::rollsBackToTheByte()
{
    RandomConfig random = this->random(5);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    const std::string first = desk.revision();
    QCOMPARE(desk.apply(weighted(text, 0, 1), first).status, 200);
    QCOMPARE(daemon.chat("load").header("x-signalbox-target"), std::string("p1/m0"));
    const HttpReply back = desk.post("config/rollback", R"({"number": 1, "reason": "too slow"})");
    QVERIFY2(back.status == 200, back.body.c_str());
    QCOMPARE(back.json().at("revision").get<std::string>(), first);
    QCOMPARE(readFile(daemon.configPath()), text);
    QCOMPARE(daemon.chat("load").header("x-signalbox-target"), std::string("p0/m0"));
    const Json past = desk.get("config/revisions").json().at("revisions");
    QCOMPARE(past.at(0).at("cause").get<std::string>(), std::string("rolled_back"));
    QCOMPARE(past.at(0).at("restored").get<int>(), 1);
    QCOMPARE(past.at(0).at("reason").get<std::string>(), std::string("too slow"));
    QCOMPARE(past.at(1).at("reason").get<std::string>(), std::string("why not"));
    QCOMPARE(past.at(1).at("lines_added").get<int>(), 2);
    QVERIFY(eventually([&] { return desk.get("audit").json().at("entries").size() >= 2; }));
    const Json audit = desk.get("audit").json().at("entries");
    QCOMPARE(audit.at(0).at("action").get<std::string>(), std::string("config.rollback"));
    QCOMPARE(audit.at(0).at("operator").get<std::string>(), std::string("boss"));
    QCOMPARE(audit.at(0).at("reason").get<std::string>(), std::string("too slow"));
    QCOMPARE(audit.at(1).at("action").get<std::string>(), std::string("config.apply"));
    QCOMPARE(desk.post("config/rollback", R"({"number": 99})").status, 404);
    QCOMPARE(desk.post("config/rollback", R"({"revision": "nonsense"})").status, 404);
    QCOMPARE(desk.post("config/rollback", "{}").status, 400);
    QCOMPARE(desk.post("config/rollback", "text").status, 400);
    QCOMPARE(desk.post("config/rollback", R"({"number": 2})", {{"If-Match", "0123"}}).status, 409);
}

void TestConfigChanges::tellsItsPastAcrossRestarts()
{
    const QTemporaryDir state;
    RandomConfig random = this->random(6);
    const std::string text = textOf(random);
    const std::string next = weighted(text, 2, 3);
    {
        RunningDaemon daemon(text, options(state.path().toStdString()));
        QCOMPARE(Desk(daemon).apply(next, "*").status, 200);
        daemon.process().signal(SIGTERM);
        QCOMPARE(daemon.process().waitForExit(), std::optional(0));
    }
    const std::string folder = state.path().toStdString() + "/revisions";
    struct stat status = {};
    QCOMPARE(::stat(folder.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0700U);
    writeFile(folder + "/000009-0123456789ab.json", "{");
    const RunningDaemon daemon(next, options(state.path().toStdString()));
    const Desk desk(daemon);
    QCOMPARE(desk.get("config").json().at("number").get<int>(), 2);
    const Json past = desk.get("config/revisions").json().at("revisions");
    QCOMPARE(past.size(), std::size_t(2));
    const Json second = desk.get("config/revisions/2").json();
    QCOMPARE(second.at("text").get<std::string>(), next);
    QCOMPARE(second.at("before").get<std::string>(), text);
    QVERIFY(second.at("diff").get<std::string>().find(
                "\n+  { target = \"p1/m0\", weight = 3 }, # second\n")
            != std::string::npos);
    QVERIFY(desk.get("config/revisions/1").json().at("diff").is_null());
    QCOMPARE(desk.get("config/revisions/3").status, 404);
    QCOMPARE(desk.get("config/revisions/x").status, 404);
}

void TestConfigChanges::whatIsEditedByHandIsARevisionToo()
{
    RandomConfig random = this->random(7);
    const std::string text = textOf(random);
    RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    const std::string edited = weighted(text, 5, 6);
    writeFile(daemon.configPath(), edited);
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually([&] { return desk.get("config").json().at("text") == edited; }));
    Json past = desk.get("config/revisions").json().at("revisions");
    QCOMPARE(past.size(), std::size_t(2));
    QCOMPARE(past.at(0).at("cause").get<std::string>(), std::string("file"));
    QCOMPARE(past.at(0).at("operator").get<std::string>(), std::string("file"));
    writeFile(daemon.configPath(), edited + "nonsense = 1\n");
    daemon.process().signal(SIGHUP);
    QVERIFY(
        eventually([&] { return daemon.logText().find("reload_refused") != std::string::npos; }));
    QVERIFY(desk.get("config/revisions").json().at("revisions") == past);
    writeFile(daemon.configPath(), edited);
    QCOMPARE(desk.post("config/rollback", R"({"number": 1})").status, 200);
    QCOMPARE(readFile(daemon.configPath()), text);
}

void TestConfigChanges::viewersReadAndChangeNothing()
{
    RandomConfig random = this->random(8);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const Desk guest(daemon, "token-of-a-guest");
    QCOMPARE(guest.get("config").json().at("text").get<std::string>(), text);
    QCOMPARE(guest.get("config/revisions/1").json().at("text").get<std::string>(), text);
    QCOMPARE(guest.get("config/revisions").status, 200);
    QCOMPARE(guest.get("config/lint").status, 200);
    for (const char *path : {"config/apply", "config/rollback"}) {
        const HttpReply reply = guest.post(path, weighted(text, 3, 3), {{"If-Match", "*"}});
        QCOMPARE(reply.status, 403);
        QCOMPARE(reply.error().at("code").get<std::string>(), std::string("viewer_only"));
    }
    // Nor may a guest find out which files there are.
    const std::string probing = text + "[[client]]\nid = \"c\"\nkey = \"file:/nowhere\"\n";
    QVERIFY(guest.post("config/check", probing).json().at("unreadable_secrets").empty());
    QCOMPARE(Desk(daemon).post("config/check", probing).json().at("unreadable_secrets").size(),
             std::size_t(1));
    QCOMPARE(readFile(daemon.configPath()), text);
    QCOMPARE(Desk(daemon, "wrong").get("config").status, 401);
    QCOMPARE(guest.get("config/apply").status, 405);
    QCOMPARE(guest.get("config/nonsense").status, 404);
}

void TestConfigChanges::keepsTheFilesModeAndItsLink()
{
    RandomConfig random = this->random(9);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const std::string real = daemon.configPath() + ".real";
    QCOMPARE(::rename(daemon.configPath().c_str(), real.c_str()), 0);
    QCOMPARE(::symlink(real.c_str(), daemon.configPath().c_str()), 0);
    QCOMPARE(::chmod(real.c_str(), 0640), 0);
    const std::string next = weighted(text, 3, 4);
    QCOMPARE(Desk(daemon).apply(next, "*").status, 200);
    struct stat status = {};
    QCOMPARE(::lstat(daemon.configPath().c_str(), &status), 0);
    QVERIFY(S_ISLNK(status.st_mode));
    QCOMPARE(::stat(real.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0640U);
    QCOMPARE(readFile(real), next);
}

void TestConfigChanges::saysWhyItCannotBeWritten()
{
    RandomConfig random = this->random(10);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    // What stands where the new file would be written, root cannot open for writing either.
    const std::string folder = daemon.configPath().substr(0, daemon.configPath().rfind('/'));
    QCOMPARE(::mkdir((folder + "/.signalbox.toml.new").c_str(), 0700), 0);
    const Desk desk(daemon);
    const std::string revision = desk.revision();
    const HttpReply reply = desk.apply(weighted(text, 3, 4), "*");
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.error().at("code").get<std::string>(), std::string("config_not_written"));
    QVERIFY(reply.error().at("message").get<std::string>().find("cannot be written")
            != std::string::npos);
    QCOMPARE(readFile(daemon.configPath()), text);
    QCOMPARE(desk.revision(), revision);
    QCOMPARE(desk.get("config/revisions").json().at("revisions").size(), std::size_t(1));
}

/// The rest of what a reload keeps is in tst_reload; here it goes through the operators' door.
void TestConfigChanges::targetsThatStayKeepTheirState()
{
    RandomConfig random = this->random(11);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    m_simulator->addFault({{"provider", "p1"}, {"kind", "status"}, {"status", 500}});
    const HeaderList pinned{{"x-signalbox-target", "p1/m0"}};
    for (int i = 0; i < 3; ++i) {
        (void)daemon.chat("load", false, pinned);
    }
    m_simulator->reset();
    QCOMPARE(desk.post("targets/p0/m1/drain", R"({"reason": "work"})").status, 200);
    const auto breakers = [&] {
        std::map<std::string, Json> found;
        const Json state = desk.get("state").json();
        for (const Json &target : state.at("targets")) {
            found[target.at("target").get<std::string>()] = target.at("breaker");
        }
        return found;
    };
    const auto before = breakers();
    QCOMPARE(before.at("p1/m0").at("state").get<std::string>(), std::string("open"));
    QCOMPARE(before.at("p0/m1").at("drained").get<bool>(), true);
    QCOMPARE(desk.apply(weighted(text, 6, 7), "*").status, 200);
    QVERIFY(breakers() == before);
}

void TestConfigChanges::checksLintsAndExplainsWithoutChangingAnything()
{
    RandomConfig random = this->random(12);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options());
    const Desk desk(daemon);
    const std::string draft = weighted(text, 0, 1);
    const Json good = desk.post("config/check", draft).json();
    QCOMPARE(good.at("ok").get<bool>(), true);
    QVERIFY(good.at("faults").empty());
    const Json bad =
        desk.post(
                "config/check",
                text + "[[route]]\nname = \"q\"\ntargets = [{ target = \"p0/m0\", weight = -1 }]\n")
            .json();
    QCOMPARE(bad.at("ok").get<bool>(), false);
    QCOMPARE(bad.at("faults").at(0).at("path").get<std::string>(),
             std::string("route[4].targets[0].weight"));
    const Json lint = desk.get("config/lint").json();
    QCOMPARE(lint.at("revision").get<std::string>(), desk.revision());
    QVERIFY(lint.at("warnings").is_array() && lint.at("traffic").is_array());
    const Json request = {{"model", "load"},
                          {"messages", Json::array({{{"role", "user"}, {"content", "hi"}}})}};
    const int asked = m_simulator->requests("p0") + m_simulator->requests("p1");
    const auto leader = [&](const Json &body) {
        const HttpReply reply = desk.post("config/explain", body.dump());
        return reply.status == 200 ? reply.json()
                                         .at("decision")
                                         .at("candidates")
                                         .at(0)
                                         .at("target")
                                         .get<std::string>()
                                   : reply.body;
    };
    QCOMPARE(leader({{"request", request}}), std::string("p0/m0"));
    QCOMPARE(leader({{"request", request}, {"config", draft}}), std::string("p1/m0"));
    QCOMPARE(leader({{"request", request}}), std::string("p0/m0"));
    QCOMPARE(desk.post("config/explain", Json{{"request", request}, {"config", "x"}}.dump()).status,
             400);
    QCOMPARE(desk.post("config/explain", "{}").status, 400);
    QCOMPARE(m_simulator->requests("p0") + m_simulator->requests("p1"), asked);
    QCOMPARE(readFile(daemon.configPath()), text);
}

/// *Method*: a book with three proposals for the route, of which one is for other weights.
void TestConfigChanges::proposedWeightsAreDecidedByOperators()
{
    const QTemporaryDir state;
    const std::string file = state.path().toStdString() + "/proposals.json";
    const auto share = [](const char *target, int from, int to) {
        return Json{{"target", target}, {"from", from}, {"to", to}, {"reason", "gains"}};
    };
    Json book = Json::array();
    for (int number = 1; number <= 3; ++number) {
        const int from = number == 2 ? 40 : 100;
        book.push_back(
            {{"number", number},
             {"made", "2026-11-20T00:00:00Z"},
             {"route", "load"},
             {"aim", "cost"},
             {"state", "pending"},
             {"shares",
              {share("p0/m0", from, from - 20), share("p1/m0", 100 - from, 120 - from)}}});
    }
    writeFile(file, book.dump());
    RandomConfig random = this->random(12);
    const std::string text = textOf(random);
    const RunningDaemon daemon(text, options(state.path().toStdString()));
    const Desk desk(daemon);
    const Desk guest(daemon, "token-of-a-guest");
    const auto code = [](const HttpReply &reply) {
        return std::to_string(reply.status) + " " + reply.error().at("code").get<std::string>();
    };
    const Json listed = guest.get("proposals").json().at("proposals");
    QCOMPARE(listed.size(), std::size_t(3));
    QCOMPARE(listed.at(0).at("number").get<int>(), 3);
    QCOMPARE(code(guest.post("proposals/1/accept", "")), std::string("403 viewer_only"));
    QCOMPARE(code(desk.post("proposals/4/accept", "")), std::string("404 not_found"));
    QCOMPARE(desk.post("proposals/x/accept", "").status, 404);
    QCOMPARE(desk.post("proposals/1/forget", "").status, 404);
    QCOMPARE(desk.get("proposals/1/accept").status, 405);
    QCOMPARE(desk.post("proposals", "").status, 405);
    for (const char *shares : {"7",
                               R"({"p0/m0": 100})",
                               R"({"p0/m0": 60, "p1/m0": 50})",
                               R"({"p0/m0": 60, "other": 40})",
                               R"({"p0/m0": "60", "p1/m0": 40})"}) {
        const HttpReply reply = desk.post("proposals/1/accept",
                                          std::string(R"({"shares": )") + shares + "}");
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.error().at("param").get<std::string>(), std::string("shares"));
    }
    QCOMPARE(code(desk.post("proposals/2/accept", "")), std::string("409 route_changed"));
    const HttpReply refused = desk.post("proposals/3/refuse", R"({"reason": "no"})");
    QCOMPARE(refused.json().at("state").get<std::string>(), std::string("refused"));
    QCOMPARE(code(desk.post("proposals/3/accept", "")), std::string("409 already_decided"));
    QCOMPARE(readFile(daemon.configPath()), text); // nothing so far has changed it
    const HttpReply edited =
        desk.post("proposals/1/accept",
                  R"({"reason": "yes", "shares": {"p0/m0": 90, "p1/m0": 10}})");
    QCOMPARE(edited.status, 200);
    QCOMPARE(edited.json().at("state").get<std::string>(), std::string("edited"));
    QCOMPARE(edited.json().at("applied").get<std::string>(), desk.revision());
    QCOMPARE(edited.json().at("shares").at(0).at("given").get<int>(), 90);
    QCOMPARE(readFile(daemon.configPath()), weighted(text, 90, 10));
    QCOMPARE(Json::parse(readFile(file)).at(0).at("who").get<std::string>(), std::string("boss"));
}

QTEST_GUILESS_MAIN(TestConfigChanges)
#include "tst_config_changes.moc"

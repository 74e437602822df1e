// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace signalbox;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

/// Faults of one kind: what the contract treats alike, most of it in one row of its section 4.
struct Group
{
    std::string_view title;
    std::vector<std::string> faults;
    bool streamsOnly = false;
    bool continued = false; ///< `on_stream_break` is `continue`, and both targets take a prefill
};

const std::vector<Group> &groups()
{
    static const std::vector<Group> all = {
        {"The server fails",
         {"500",
          "502",
          "503",
          "504",
          "529",
          "408",
          "503 hint 3s",
          "reset",
          "200 empty",
          "200 void",
          "200 html",
          "200 error"}},
        {"The provider cannot be reached", {"refused", "dns", "tls"}},
        {"Silence", {"connect-hang", "hang", "head-hang"}},
        {"Too many requests",
         {"429",
          "429 hint 2s",
          "429 hint-ms 1500",
          "429 hint-text 3",
          "429 hint-reset 5",
          "429 hint 90s"}},
        {"Our key is refused", {"401", "403", "400 key"}},
        {"No money", {"402", "400 billing", "429 billing"}},
        {"The model is not there", {"404", "400 model"}},
        {"The request is refused", {"400", "413", "422", "400 context", "400 content"}},
        {"A stream goes wrong",
         {"cut before content",
          "end before content",
          "garbage before content",
          "error before content",
          "stall before content",
          "comments",
          "throttled before content",
          "key before content",
          "cut after content",
          "end after content",
          "garbage after content",
          "error after content",
          "stall after content",
          "key after content"},
         true},
        {"A stream goes wrong, and the route says `continue`",
         {"cut before content",
          "cut after content",
          "end after content",
          "garbage after content",
          "error after content",
          "stall after content",
          "throttled after content",
          "key after content"},
         true,
         true},
    };
    return all;
}

/// Two targets with a sibling each, so that what is the provider's fault shows.
House house(const char *strategy, bool continued = false)
{
    const std::string price = "price = { input = 2.0, output = 8.0 }\n";
    return {.strategy = strategy,
            .route = continued ? "on_stream_break = \"continue\"" : "",
            .kindOfA = continued ? "mistral" : "openai",
            .kindOfB = continued ? "mistral" : "openai",
            .modelsOfB = "[[provider.model]]\nname = \"y\"\n" + price
                         + "[[provider.model]]\nname = \"y2\"\n" + price};
}

void replaceAll(std::string &text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// \p log by the order in which targets were called.
std::string named(std::string log, bool aFirst)
{
    const std::array<std::string_view, 2> names = {"first", "second"};
    const std::string_view a = names[aFirst ? 0 : 1];
    const std::string_view b = names[aFirst ? 1 : 0];
    replaceAll(log, "a/x2", std::string(a) + "'s sibling");
    replaceAll(log, "b/y2", std::string(b) + "'s sibling");
    replaceAll(log, "a/x", a);
    replaceAll(log, "b/y", b);
    replaceAll(log, "env:A1", std::string(a) + "'s key");
    replaceAll(log, "env:B1", std::string(b) + "'s key");
    return log;
}

std::string repeated(const std::string &fault, const char *target)
{
    std::string text = std::string(target) + ": ";
    for (int i = 0; i < 8; ++i) {
        text += (i == 0 ? "" : ", ") + fault;
    }
    return text;
}

/// What is left to say of "hello" after what the call has of it.
ScriptedAnswer restOf(const gateway::CallUpstream &call)
{
    const QJsonObject last = QJsonDocument::fromJson(QByteArray::fromStdString(call.call.body))
                                 .object()[u"messages"_s]
                                 .toArray()
                                 .last()
                                 .toObject();
    const bool begun = last[u"role"_s].toString() == u"assistant"_s;
    ScriptedAnswer answer;
    if (begun) {
        answer.pieces = {
            std::string("hello").substr(last[u"content"_s].toString().toStdString().size())};
    }
    return answer;
}

/// One request: the target that is called first does \p fault once, or both do so always.
std::string logOf(const char *strategy,
                  std::uint64_t seed,
                  const std::string &fault,
                  bool stream,
                  bool everywhere,
                  bool continued)
{
    const std::string toml = house(strategy, continued).toml();
    VirtualGateway trial(toml, seed);
    const auto id = trial.ask({.stream = stream});
    trial.run();
    const bool aFirst = trial.record(id).attempts.at(0).target.name() == "a/x";
    VirtualGateway world(toml, seed);
    world.answerBy(restOf);
    world.script(everywhere ? repeated(fault, "a/x") + "; " + repeated(fault, "b/y")
                            : (aFirst ? "a/x: " : "b/y: ") + fault);
    world.ask({.stream = stream});
    world.run();
    return named(world.log(), aFirst);
}

std::string afterFirstCall(std::string log)
{
    constexpr std::string_view lead = "t=0 first: call · ";
    return log.starts_with(lead) ? log.substr(lead.size()) : log;
}

std::string whatTheClientGets(const std::string &log)
{
    return log.substr(log.rfind("client: ") + 8);
}

/// A line of the page: faults of which the same is to be said.
struct Line
{
    std::string faults;
    bool stream = false;
    std::string follows;
    std::string client;
};

Line lineOf(const std::string &fault, bool stream, bool continued)
{
    std::string follows = afterFirstCall(logOf("priority", 1, fault, stream, false, continued));
    replaceAll(follows, "first: " + fault, "first: fails");
    return {"`" + fault + "`",
            stream,
            std::move(follows),
            whatTheClientGets(logOf("priority", 1, fault, stream, true, continued))};
}

std::vector<Line> linesOf(const Group &group, bool stream)
{
    std::vector<Line> lines;
    for (const std::string &fault : group.faults) {
        Line line = lineOf(fault, stream, group.continued);
        const auto same = std::ranges::find_if(lines, [&line](const Line &other) {
            return other.follows == line.follows && other.client == line.client;
        });
        if (same == lines.end()) {
            lines.push_back(std::move(line));
        } else {
            same->faults += ", " + line.faults;
        }
    }
    return lines;
}

std::string tableOf(const Group &group)
{
    std::string text = "### " + std::string(group.title)
                       + "\n\n| fault | streamed | what follows | the client, if every target does "
                         "so |\n|---|---|---|---|\n";
    for (const bool stream : {false, true}) {
        if (group.streamsOnly && !stream) {
            continue;
        }
        for (const Line &line : linesOf(group, stream)) {
            text += "| " + line.faults + " | " + (line.stream ? "yes" : "no") + " | " + line.follows
                    + " | " + line.client + " |\n";
        }
    }
    return text;
}

} // namespace

/// Goal: docs/FAILOVER.md says what happens, fault by fault, and the strategy changes nothing of it
/// but who is called first.
/// Method: two targets of two providers, one request each. The page is written anew from the logs
/// and compared.
class TestFailoverTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStrategyFollowsTheTable_data();
    void everyStrategyFollowsTheTable();
    void bothOrdersAreDrawn();
    void thePageIsTheLog();
};

void TestFailoverTable::everyStrategyFollowsTheTable_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<bool>("continued");
    for (const Group &group : groups()) {
        for (const std::string &fault : group.faults) {
            for (const bool stream : {false, true}) {
                if (stream || !group.streamsOnly) {
                    QTest::addRow("%s%s%s",
                                  fault.c_str(),
                                  stream ? ", streamed" : "",
                                  group.continued ? ", continued" : "")
                        << QString::fromStdString(fault) << stream << group.continued;
                }
            }
        }
    }
}

void TestFailoverTable::everyStrategyFollowsTheTable()
{
    QFETCH(const QString, fault);
    QFETCH(const bool, stream);
    QFETCH(const bool, continued);
    const std::string name = fault.toStdString();
    for (const bool everywhere : {false, true}) {
        const std::string wanted = logOf("priority", 1, name, stream, everywhere, continued);
        for (const char *strategy : {"weighted", "cheapest", "fastest", "balanced"}) {
            for (std::uint64_t seed = 1; seed <= 4; ++seed) {
                const std::string log = logOf(strategy, seed, name, stream, everywhere, continued);
                QVERIFY2(log == wanted,
                         (std::string(strategy) + "\nis:     " + log + "\nshould: " + wanted)
                             .c_str());
            }
        }
    }
}

/// Else the rows above would have compared one order with itself.
void TestFailoverTable::bothOrdersAreDrawn()
{
    int aFirst = 0;
    constexpr int kSeeds = 20;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        VirtualGateway world(house("weighted").toml(), seed);
        const auto id = world.ask();
        world.run();
        aFirst += world.record(id).attempts.at(0).target.name() == "a/x" ? 1 : 0;
    }
    QVERIFY(aFirst > 0 && aFirst < kSeeds);
}

void TestFailoverTable::thePageIsTheLog()
{
    std::string tables;
    for (const Group &group : groups()) {
        tables += (tables.empty() ? "" : "\n") + tableOf(group);
    }
    QFile page(QStringLiteral(SIGNALBOX_SOURCE_DIR "/docs/FAILOVER.md"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const std::string text = page.readAll().toStdString();
    const auto from = text.find("### ");
    const bool same = from != std::string::npos && text.substr(from) == tables;
    if (!same) {
        QFile written(u"FAILOVER.tables.md"_s);
        QVERIFY(written.open(QIODevice::WriteOnly | QIODevice::Truncate));
        written.write(tables.c_str());
    }
    QVERIFY2(same, "docs/FAILOVER.md is not what happens; that is in FAILOVER.tables.md here");
}

QTEST_GUILESS_MAIN(TestFailoverTable)

#include "tst_failover_table.moc"

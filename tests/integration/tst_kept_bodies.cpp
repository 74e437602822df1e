// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace signalbox::tests;

namespace {

/// Of no one.
constexpr const char *kSecret = "sk-proj-4f9QhZ2mVbR7xK1pLw8YcT6nA3dGe5Js";
constexpr const char *kViewer = "viewer-token-of-the-test";

std::string configuration(const RunningSimulator &simulator, const std::string &ledger)
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[operator]]\nid = \"ann\"\ntoken = \"env:VIEWER\"\nrole = \"viewer\"\n"
             "[[provider]]\nid = \"a\"\nkind = \"openai\"\nbase_url = \""
           + simulator.baseUrl("a")
           + "\"\nkeys = [\"env:KEY\"]\n[[provider.model]]\nname = \"m\"\n"
             "[[route]]\nname = \"chat\"\ntargets = [ { target = \"a/m\" } ]\n"
           + ledger;
}

DaemonOptions options()
{
    return {{{"KEY", "k"}, {"VIEWER", kViewer}}, {}, {}, "127.0.0.1:0"};
}

HttpRequest saying(const std::string &words, bool stream)
{
    HttpRequest request = chatRequest("chat", stream);
    const Json body{{"model", "chat"},
                    {"stream", stream},
                    {"messages", Json::array({{{"role", "user"}, {"content", words}}})}};
    request.body = body.dump();
    return request;
}

bool isOnDisk(const std::string &folder, const QByteArray &words)
{
    QDirIterator files(QString::fromStdString(folder), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(words)) {
            return true;
        }
    }
    return false;
}

} // namespace

class TestKeptBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void areKeptWithoutKeysWhereAskedFor_data();
    void areKeptWithoutKeysWhereAskedFor();
    void areNotKeptUnasked();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
};

void TestKeptBodies::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(scenarioOf({{.id = "a"}}));
}

void TestKeptBodies::areKeptWithoutKeysWhereAskedFor_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("whole") << false;
    QTest::newRow("stream") << true;
}

/// Statement 64: from a client's request to what operators read.
void TestKeptBodies::areKeptWithoutKeysWhereAskedFor()
{
    QFETCH(bool, stream);
    const RunningDaemon daemon(configuration(*m_simulator, "[ledger]\nkeep_bodies_days = 1\n"),
                               options());
    const HttpReply reply = daemon.fetch(
        saying(std::string("Is ") + kSecret + " still valid?", stream));
    QCOMPARE(reply.status, 200);
    const std::string path = "/admin/v1/requests/" + reply.header("x-signalbox-id") + "/body";
    QVERIFY(eventually([&] { return daemon.get(path, bearer(kAdminToken)).status == 200; }));
    const Json bodies = Json::parse(daemon.get(path, bearer(kAdminToken)).body);
    const std::string asked = bodies["request"]["text"].get<std::string>();
    QVERIFY2(asked.find("Is [redacted] still valid?") != std::string::npos, asked.c_str());
    QVERIFY(!bodies["request"]["cut"].get<bool>());
    QCOMPARE(bodies["answer"]["bytes"].get<std::size_t>(), reply.body.size());
    const Json answer = Json::parse(bodies["answer"]["text"].get<std::string>());
    QVERIFY(!(stream ? answer["content"] : answer["choices"][0]["message"]["content"])
                 .get<std::string>()
                 .empty());
    // It is nobody's but an operator's, and who looked is on record.
    QCOMPARE(daemon.get(path, bearer(kViewer)).status, 403);
    QCOMPARE(daemon.get(path).status, 401);
    QCOMPARE(daemon.get("/admin/v1/requests/none/body", bearer(kAdminToken)).status, 404);
    QVERIFY(eventually([&] {
        const Json audit = daemon.admin("audit");
        return !audit["entries"].empty()
               && std::ranges::any_of(audit["entries"], [&](const Json &entry) {
                      return entry["action"] == "requests.body"
                             && entry["object"] == reply.header("x-signalbox-id");
                  });
    }));
    QVERIFY(!isOnDisk(daemon.stateDir(), "4f9QhZ2mVbR7xK1p"));
    QVERIFY(daemon.admin("state")["ledger"]["bytes"].get<std::int64_t>() > 0);
}

void TestKeptBodies::areNotKeptUnasked()
{
    const RunningDaemon daemon(configuration(*m_simulator, {}), options());
    const HttpReply reply = daemon.fetch(saying("a word nobody else says: quuxly", false));
    const std::string path = "/admin/v1/requests/" + reply.header("x-signalbox-id");
    QVERIFY(eventually([&] { return daemon.get(path, bearer(kAdminToken)).status == 200; }));
    QCOMPARE(daemon.get(path + "/body", bearer(kAdminToken)).status, 404);
    QVERIFY(!isOnDisk(daemon.stateDir(), "quuxly"));
}

QTEST_GUILESS_MAIN(TestKeptBodies)
#include "tst_kept_bodies.moc"

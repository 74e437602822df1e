// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/postgres_server.h"

#include "core/runtime/ledger/sql_database.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

namespace signalbox::tests {
namespace {

constexpr auto kNoServer =
    "there is no PostgreSQL server below /usr/lib/postgresql: install Debian's "
    "package `postgresql` (./dev test does)";

/// The newest version there is; empty: none.
std::string programFolder()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const auto names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    return names.isEmpty() ? std::string()
                           : versions.filePath(names.last()).toStdString() + "/bin/";
}

} // namespace

PostgresServer::PostgresServer()
    : m_folder(QDir::tempPath() + QStringLiteral("/sgbx-pg-XXXXXX"))
{
    make();
}

/// The server refuses to run as root; what it is started with ends it when we end.
ProgramCall PostgresServer::asServer(std::vector<std::string> call) const
{
    call.front().insert(0, programFolder());
    std::vector<std::string> arguments = {"--pdeathsig", "KILL"};
    if (geteuid() == 0) {
        arguments.insert(arguments.end(),
                         {"--reuid", "postgres", "--regid", "postgres", "--clear-groups"});
    }
    arguments.insert(arguments.end(), call.begin(), call.end());
    return {.program = "setpriv",
            .arguments = std::move(arguments),
            .environment = {{"LC_ALL", "C"}, {"HOME", folder()}},
            .directory = folder(),
            .errorFile = folder() + "/errors"};
}

void PostgresServer::make()
{
    if (programFolder().empty()) {
        m_problem = kNoServer;
        return;
    }
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread of the test's
    const passwd *owner = geteuid() == 0 ? getpwnam("postgres") : nullptr;
    if (owner != nullptr && chown(folder().c_str(), owner->pw_uid, owner->pw_gid) != 0) {
        m_problem = "the server's folder cannot be given to it";
        return;
    }
    const Finished made = runToEnd(asServer({"initdb",
                                             "--auth=trust",
                                             "--username=postgres",
                                             "--encoding=UTF8",
                                             "--locale=C",
                                             "--no-sync",
                                             "--pgdata=" + folder() + "/data"}));
    if (made.exitCode != 0) {
        m_problem = "initdb: " + made.output + made.errors;
    } else if (!start()) {
        m_problem = "the server does not answer, see " + folder() + "/errors";
    }
}

bool PostgresServer::start()
{
    m_process = std::make_unique<ChildProcess>(asServer({"postgres",
                                                         "-D",
                                                         folder() + "/data",
                                                         "-k",
                                                         folder(),
                                                         "-c",
                                                         "listen_addresses=",
                                                         "-c",
                                                         "fsync=off",
                                                         "-c",
                                                         "max_connections=40"}));
    return eventually([this] { return PQping(urlOf("postgres").c_str()) == PQPING_OK; });
}

void PostgresServer::crash()
{
    m_process->signal(SIGQUIT); // "immediate shutdown": recovery follows at the next start
    (void)m_process->waitForExit();
}

std::string PostgresServer::urlOf(const std::string &database, const std::string &user) const
{
    return "postgresql://" + user + "@/" + database + "?host=" + folder();
}

std::string PostgresServer::freshDatabase()
{
    ++m_databases;
    const std::string name = databaseName();
    auto any = runtime::Database::open(urlOf("postgres"), runtime::Database::Mode::ReadWriteCreate);
    const auto made = any ? any->execute("CREATE DATABASE " + name + " TEMPLATE template0")
                          : Status<runtime::LedgerError>(Failure{any.error()});
    m_problem = made ? std::string() : toString(made.error());
    return urlOf(name);
}

std::string PostgresServer::addRole(const std::string &name,
                                    const std::string &password,
                                    const std::string &database)
{
    using runtime::Database;
    QFile rules(m_folder.filePath(QStringLiteral("data/pg_hba.conf")));
    if (!rules.open(QIODevice::ReadWrite)) {
        return "no pg_hba.conf";
    }
    const QByteArray before = rules.readAll();
    rules.seek(0);
    rules.write(QByteArray::fromStdString("local all " + name + " scram-sha-256\n") + before);
    rules.close();
    auto owner = Database::open(urlOf(database), Database::Mode::ReadWriteCreate);
    const auto made = owner ? owner->execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password
                                             + "';GRANT CREATE ON DATABASE " + database + " TO "
                                             + name + ";SELECT pg_reload_conf()")
                            : Status<runtime::LedgerError>(Failure{owner.error()});
    const bool asks =
        made && eventually([&] { // the rules are read beside
            return !Database::open(urlOf(database, name), Database::Mode::ReadOnly).ok();
        });
    return !made ? toString(made.error()) : asks ? std::string() : "everybody is let in";
}

PostgresServer &postgresServer()
{
    static PostgresServer server;
    return server;
}

void addLedgerStores()
{
    QTest::addColumn<bool>("onServer");
    QTest::newRow("sqlite") << false;
    QTest::newRow("postgresql") << true;
}

void placeNewLedger(const QTemporaryDir &folder, std::string &place)
{
    QFETCH_GLOBAL(bool, onServer);
    if (!onServer) {
        place = folder.filePath(QStringLiteral("ledger.db")).toStdString();
        return;
    }
    PostgresServer &server = postgresServer();
    if (server.problem().empty()) {
        place = server.freshDatabase();
    }
    QVERIFY2(server.problem().empty(), server.problem().c_str());
}

} // namespace signalbox::tests

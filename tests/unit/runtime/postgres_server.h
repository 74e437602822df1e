// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL server of a test's own, from Debian's package, and the kinds of store a ledger has.
#pragma once

#include "tests/support/child_process.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace signalbox::tests {

/// Listens on a socket in a folder of its own and nowhere else. Runs as `postgres` where the test runs as
/// root, and ends with the test's program, however that ends.
class PostgresServer
{
public:
    PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    /// Why it does not run; empty when it does. A test that needs it fails with these words.
    [[nodiscard]] const std::string &problem() const { return m_problem; }
    /// `postgresql://` of a database that nobody has used.
    [[nodiscard]] std::string freshDatabase();
    /// Of any database.
    [[nodiscard]] std::string urlOf(const std::string &database,
                                    const std::string &user = "postgres") const;
    /// Makes somebody who needs \p password and may make tables in \p database; says what went wrong.
    [[nodiscard]] std::string addRole(const std::string &name,
                                      const std::string &password,
                                      const std::string &database);
    /// The name of the newest fresh database.
    [[nodiscard]] std::string databaseName() const
    {
        return "ledger" + std::to_string(m_databases);
    }
    /// As a crash: no connection is told, nothing is finished.
    void crash();
    /// After crash(); false when it does not answer in time.
    [[nodiscard]] bool start();

private:
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    [[nodiscard]] ProgramCall asServer(std::vector<std::string> call) const;
    void make();

    QTemporaryDir m_folder;
    std::unique_ptr<ChildProcess> m_process;
    std::string m_problem;
    int m_databases = 0;
};

/// One for all cases of a program.
PostgresServer &postgresServer();

/// Call it in initTestCase_data(): every case runs once over each kind of store.
void addLedgerStores();
/// Sets \p place to that of a new ledger of the kind the present case runs over; \p folder is for files.
/// Fails the case where there is no server.
void placeNewLedger(const QTemporaryDir &folder, std::string &place);

} // namespace signalbox::tests

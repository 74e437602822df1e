// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/judgement_file.h"

#include "ui/models/batch_file.h"
#include "ui/text/ledger_words.h"

#include "core/runtime/ledger/sqlite_database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>
#include <future>
#include <memory>
#include <system_error>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

using runtime::Database;
using runtime::LedgerError;
using runtime::LedgerFault;
using runtime::Statement;
using Done = Status<LedgerError>;

/// A file of another program is not to be written into, nor one of a later version.
constexpr std::int64_t kOurs = 0x53424a31; // "SBJ1"
constexpr const char *kTables =
    "CREATE TABLE IF NOT EXISTS vote(number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, "
    "task TEXT NOT NULL, models TEXT NOT NULL, best INTEGER NOT NULL, all_bad INTEGER NOT NULL, "
    "named TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS batch(only INTEGER PRIMARY KEY CHECK (only = 1), plan TEXT NOT "
    "NULL);"
    "CREATE TABLE IF NOT EXISTS answer(prompt INTEGER, col INTEGER, turn INTEGER, told TEXT NOT "
    "NULL, "
    "PRIMARY KEY (prompt, col, turn)) WITHOUT ROWID;";

std::string listText(const QStringList &list)
{
    return QJsonDocument(QJsonArray::fromStringList(list))
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

QStringList listFrom(const std::string &json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).toVariant().toStringList();
}

Result<Database, LedgerError> openAt(const std::string &path)
{
    auto database = runtime::openSqlite(path, Database::Mode::ReadWriteCreate);
    if (!database) {
        return Failure{database.error()};
    }
    std::error_code ignored; // the folder is its owner's alone in any case
    std::filesystem::permissions(path,
                                 std::filesystem::perms::owner_read
                                     | std::filesystem::perms::owner_write,
                                 ignored);
    // First of all: another that closes the file holds it for a moment.
    if (auto patient = database->execute("PRAGMA busy_timeout = 2000"); !patient) {
        return Failure{patient.error()};
    }
    const auto version = database->integer("PRAGMA user_version");
    if (!version) {
        return Failure{version.error()};
    }
    const auto tables = database->integer("SELECT count(*) FROM sqlite_master");
    if (*version != kOurs && (*version != 0 || !tables || *tables > 0)) {
        return Failure{LedgerError{LedgerFault::NotALedger, path}};
    }
    for (const std::string &sql : {std::string("PRAGMA journal_mode = WAL"),
                                   std::string("PRAGMA synchronous = NORMAL"),
                                   std::string(kTables),
                                   "PRAGMA user_version = " + std::to_string(kOurs)}) {
        if (auto ran = database->execute(sql); !ran) {
            return Failure{ran.error()};
        }
    }
    return database;
}

/// \p bind is given the statement to add its values to.
template <typename Bind>
Done run(Database &database, const char *sql, Bind bind)
{
    auto statement = database.prepare(sql);
    if (!statement) {
        return Failure{statement.error()};
    }
    bind(*statement);
    return statement->run();
}

Done readVotes(Database &database, ui::KeptJudgements &kept)
{
    auto rows = database.prepare(
        "SELECT at_ms, task, models, best, all_bad, named FROM vote ORDER BY number");
    if (!rows) {
        return Failure{rows.error()};
    }
    Statement::Step step{};
    while ((step = rows->step()) == Statement::Step::Row) {
        ui::KeptVote vote;
        vote.atMs = rows->integer();
        vote.task = QString::fromStdString(rows->text());
        vote.models = listFrom(rows->text());
        vote.best = static_cast<int>(rows->integer());
        vote.allBad = rows->flag();
        vote.named = listFrom(rows->text());
        if (vote.models.size() > 1 && vote.best < vote.models.size()) {
            kept.votes.push_back(std::move(vote));
        }
    }
    return step == Statement::Step::Failed ? Done(Failure{rows->error()}) : Done(Nothing{});
}

Done readBatch(Database &database, ui::KeptJudgements &kept)
{
    auto plan = database.prepare("SELECT plan FROM batch");
    auto answers = database.prepare("SELECT told FROM answer ORDER BY prompt, col, turn");
    if (!plan || !answers) {
        return Failure{plan ? answers.error() : plan.error()};
    }
    if (plan->step() == Statement::Step::Row) {
        kept.plan = ui::planFromJson(QByteArray::fromStdString(plan->text()));
    }
    Statement::Step step{};
    while ((step = answers->step()) == Statement::Step::Row) {
        if (auto answer = ui::answerFromJson(QByteArray::fromStdString(answers->text()))) {
            kept.answers.push_back(std::move(*answer));
        }
    }
    return step == Statement::Step::Failed ? Done(Failure{answers->error()}) : Done(Nothing{});
}

} // namespace

JudgementFile::JudgementFile(std::string path, QObject *parent)
    : JudgementStore(parent)
    , m_path(std::move(path))
    , m_thread("judgements", kJobsMax)
{
    connect(this, &JudgementFile::doorbell, this, &JudgementFile::deliver, Qt::QueuedConnection);
}

JudgementFile::~JudgementFile()
{
    std::promise<void> written;
    if (m_thread.add([&written] { written.set_value(); })) {
        written.get_future().wait();
    }
}

Result<Database *, LedgerError> JudgementFile::database()
{
    if (!m_database) {
        auto opened = openAt(m_path);
        if (!opened) {
            return Failure{opened.error()};
        }
        m_database.emplace(std::move(*opened));
    }
    return &*m_database;
}

void JudgementFile::write(Work work, Told done)
{
    const bool taken = m_thread.add([this, work = std::move(work), done = std::move(done)] {
        const auto open = database();
        const Done worked = open ? work(**open) : Done(Failure{open.error()});
        if (!worked) {
            tellTrouble(worked.error());
        } else if (done) {
            tell(done);
        }
    });
    if (!taken) {
        tellTrouble({LedgerFault::Busy, m_path});
    }
}

void JudgementFile::load()
{
    auto kept = std::make_shared<ui::KeptJudgements>();
    write(
        [kept](Database &database) {
            const Done votes = readVotes(database, *kept);
            return votes ? readBatch(database, *kept) : votes;
        },
        [this, kept] { Q_EMIT loaded(*kept); });
}

void JudgementFile::keepVote(const ui::KeptVote &vote)
{
    write([vote](Database &database) {
        const std::string task = vote.task.toStdString();
        const std::string models = listText(vote.models);
        const std::string named = listText(vote.named);
        const Done kept = run(database,
                              "INSERT INTO vote(at_ms, task, models, best, all_bad, named) "
                              "VALUES (?, ?, ?, ?, ?, ?)",
                              [&](Statement &into) {
                                  into.add(vote.atMs)
                                      .add(std::string_view(task))
                                      .add(std::string_view(models))
                                      .add(std::int64_t(vote.best))
                                      .add(std::int64_t(vote.allBad))
                                      .add(std::string_view(named));
                              });
        return kept ? run(database,
                          "DELETE FROM vote WHERE number <= (SELECT max(number) FROM vote) - ?",
                          [](Statement &from) { from.add(std::int64_t(ui::kVotesMax)); })
                    : kept;
    });
}

void JudgementFile::forgetVotes()
{
    write([](Database &database) { return database.execute("DELETE FROM vote"); });
}

void JudgementFile::keepPlan(const ui::BatchPlan &plan, bool again)
{
    write([plan, again](Database &database) {
        const std::string text = ui::planAsJson(plan).toStdString();
        if (Done begun = database.beginWrite(); !begun) {
            return begun;
        }
        Done done = again ? Done(Nothing{}) : database.execute("DELETE FROM answer");
        if (done) {
            done = run(database,
                       "INSERT OR REPLACE INTO batch(only, plan) VALUES (1, ?)",
                       [&text](Statement &into) { into.add(std::string_view(text)); });
        }
        const Done ended = database.execute(done ? "COMMIT" : "ROLLBACK");
        return done ? ended : done;
    });
}

void JudgementFile::keepAnswer(const ui::BatchAnswer &answer)
{
    write(
        [answer](Database &database) {
            const std::string told = ui::answerAsJson(answer).toStdString();
            return run(database,
                       "INSERT OR REPLACE INTO answer(prompt, col, turn, told) VALUES (?, ?, ?, ?)",
                       [&](Statement &into) {
                           into.add(std::int64_t(answer.place.row))
                               .add(std::int64_t(answer.place.column))
                               .add(std::int64_t(answer.place.order))
                               .add(std::string_view(told));
                       });
        },
        [this, place = answer.place] { Q_EMIT kept(place); });
}

void JudgementFile::forgetBatch()
{
    write([](Database &database) {
        const Done answers = database.execute("DELETE FROM answer");
        return answers ? database.execute("DELETE FROM batch") : answers;
    });
}

void JudgementFile::tell(Told told)
{
    {
        const std::lock_guard lock(m_mutex);
        m_told.push_back(std::move(told));
    }
    Q_EMIT doorbell();
}

void JudgementFile::tellTrouble(const LedgerError &error)
{
    tell([this, words = ui::text::ledgerTrouble(toString(error))] {
        Q_EMIT trouble(tr("Votes and batches cannot be kept: %1").arg(words));
    });
}

void JudgementFile::deliver()
{
    std::vector<Told> told;
    {
        const std::lock_guard lock(m_mutex);
        told.swap(m_told);
    }
    for (const Told &one : told) {
        one();
    }
}

} // namespace signalbox::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/playground_store.h"

#include "app/console/playground_rows.h"

#include "core/base/time.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/sqlite_database.h"

#include <QFile>

#include <chrono>
#include <filesystem>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

using runtime::LedgerError;
using runtime::LedgerFault;
using runtime::Statement;
using ui::PlaygroundHistory;

constexpr int kTermsMax = 8;
constexpr std::int64_t kSchemaVersion = 1;
constexpr auto kSchema = "CREATE TABLE IF NOT EXISTS sheets("
                         "id TEXT PRIMARY KEY,at_ms INTEGER NOT NULL,title TEXT NOT NULL,"
                         "digest TEXT NOT NULL,words TEXT NOT NULL,columns TEXT NOT NULL,"
                         "pinned INTEGER NOT NULL DEFAULT 0,bytes INTEGER NOT NULL,"
                         "sheet TEXT NOT NULL);"
                         "CREATE INDEX IF NOT EXISTS sheets_at ON sheets(pinned,at_ms);"
                         "CREATE INDEX IF NOT EXISTS sheets_digest ON sheets(digest,at_ms);"
                         "PRAGMA user_version=1;";
constexpr auto kPragmas = "PRAGMA busy_timeout=2000;PRAGMA secure_delete=ON;";
constexpr auto kInsert =
    "INSERT INTO sheets(id,at_ms,title,digest,words,columns,bytes,sheet)"
    " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET at_ms=excluded.at_ms,"
    "title=excluded.title,digest=excluded.digest,words=excluded.words,"
    "columns=excluded.columns,bytes=excluded.bytes,sheet=excluded.sheet";
constexpr auto kPruneCount = "DELETE FROM sheets WHERE pinned=0 AND id NOT IN("
                             "SELECT id FROM sheets WHERE pinned=0 ORDER BY at_ms DESC,id LIMIT ?)";
constexpr auto kPruneBytes =
    "DELETE FROM sheets WHERE id IN(SELECT id FROM(SELECT id,SUM(bytes) OVER("
    "ORDER BY at_ms DESC,id) AS upto FROM sheets WHERE pinned=0) WHERE upto>?)";

QString qt(const std::string &text)
{
    return QString::fromStdString(text);
}

std::int64_t nowMs()
{
    return std::chrono::floor<Millis>(runtime::readClock().system.time_since_epoch()).count();
}

} // namespace

PlaygroundStore::PlaygroundStore(std::string path, QObject *parent)
    : PlaygroundHistory(parent)
    , m_path(std::move(path))
{
    m_pool.setMaxThreadCount(1);
    connect(this,
            &PlaygroundStore::answered,
            this,
            &PlaygroundStore::deliver,
            Qt::QueuedConnection);
}

PlaygroundStore::~PlaygroundStore()
{
    m_pool.waitForDone();
}

void PlaygroundStore::work(std::function<Done(Database &)> job)
{
    if (m_jobs >= kJobsMax) {
        return hand([this] { Q_EMIT troubled(tr("The playground's history is too busy.")); });
    }
    ++m_jobs;
    m_pool.start([this, job = std::move(job)] {
        Done done = open();
        done = done ? job(*m_database) : done;
        if (!done) {
            const QString words = qt(toString(done.error()));
            hand([this, words] { Q_EMIT troubled(tr("The playground's history: %1").arg(words)); });
            m_database.reset(); // the next one looks again
        }
        --m_jobs;
    });
}

PlaygroundStore::Done PlaygroundStore::open()
{
    if (m_database) {
        return Nothing();
    }
    Done opened = openAnew();
    if (!opened && opened.error().fault == LedgerFault::Corrupt) {
        m_database.reset();
        std::error_code problem;
        std::filesystem::rename(m_path, m_path + ".damaged-" + std::to_string(nowMs()), problem);
        opened = problem ? opened : openAnew();
    }
    if (!opened) {
        m_database.reset();
    }
    return opened;
}

PlaygroundStore::Done PlaygroundStore::openAnew()
{
    // Made before SQLite does, so that at no time others can read it.
    QFile file(qt(m_path));
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.close();
    }
    auto opened = runtime::openSqlite(m_path, Database::Mode::ReadWriteCreate);
    if (!opened) {
        return Failure{opened.error()};
    }
    m_database.emplace(std::move(*opened));
    // First of all: another that closes the file holds it for a moment.
    if (Done ready = m_database->execute(kPragmas); !ready) {
        return ready;
    }
    const auto version = m_database->integer("PRAGMA user_version");
    if (!version) {
        return Failure{version.error()};
    }
    if (*version > kSchemaVersion) {
        return Failure{LedgerError{LedgerFault::NewerSchema, m_path}};
    }
    return m_database->execute(kSchema);
}

void PlaygroundStore::keep(const ui::PlaygroundSheet &sheet)
{
    work([this, sheet](Database &database) { return write(database, sheet); });
}

PlaygroundStore::Done PlaygroundStore::write(Database &database, const ui::PlaygroundSheet &given)
{
    const ui::PlaygroundSheet sheet = ui::withoutKeys(given);
    const std::string json = ui::sheetAsJson(sheet).toStdString();
    if (static_cast<qint64>(json.size()) > kSheetBytesMax) {
        hand([this] {
            Q_EMIT troubled(tr("This comparison is too long to be kept: over %1 MB.")
                                .arg(kSheetBytesMax / 1024 / 1024));
        });
        return Nothing();
    }
    auto insert = database.prepare(kInsert);
    auto count = database.prepare(kPruneCount);
    auto bytes = database.prepare(kPruneBytes);
    if (!insert || !count || !bytes) {
        return Failure{!insert ? insert.error() : !count ? count.error() : bytes.error()};
    }
    const std::string id = sheet.id.toStdString();
    const std::string title = titleOf(sheet);
    const std::string digest = ui::promptDigest(sheet).toStdString();
    const std::string words = wordsOf(sheet);
    const std::string columns = columnsOf(sheet);
    Done done = database.beginWrite();
    insert->add(id).add(std::int64_t(sheet.atMs)).add(title).add(digest).add(words).add(columns);
    insert->add(std::int64_t(json.size())).add(json);
    count->add(std::int64_t(kUnpinnedMax));
    bytes->add(std::int64_t(kBytesMax));
    done = done ? insert->run() : done;
    done = done ? count->run() : done;
    done = done ? bytes->run() : done;
    const Done ended = database.execute(done ? "COMMIT" : "ROLLBACK");
    tellChanged();
    return done ? ended : done;
}

void PlaygroundStore::find(quint64 question, const QString &search)
{
    std::string where;
    std::vector<std::string> values;
    const QStringList terms = search.toLower().split(u' ', Qt::SkipEmptyParts).mid(0, kTermsMax);
    for (const QString &term : terms) {
        where += (where.empty() ? " WHERE " : " AND ") + std::string("words LIKE ? ESCAPE '\\'");
        values.push_back(likePattern(term));
    }
    work([this, question, where, values](Database &database) {
        return list(database, question, where + " ORDER BY pinned DESC,at_ms DESC,id", values);
    });
}

void PlaygroundStore::findSame(quint64 question, const QString &digest)
{
    work([this, question, digest](Database &database) {
        return list(database,
                    question,
                    " WHERE digest=? ORDER BY at_ms,id",
                    {digest.toStdString()});
    });
}

PlaygroundStore::Done PlaygroundStore::list(Database &database,
                                            quint64 question,
                                            const std::string &where,
                                            const std::vector<std::string> &values)
{
    auto rows = database.prepare("SELECT id,at_ms,title,digest,pinned,columns FROM sheets" + where);
    if (!rows) {
        return Failure{rows.error()};
    }
    for (const std::string &value : values) {
        rows->add(value);
    }
    std::vector<ui::KeptSheet> sheets;
    Statement::Step step = rows->step();
    for (; step == Statement::Step::Row; step = rows->step()) {
        ui::KeptSheet sheet{.id = qt(rows->text()), .atMs = rows->integer()};
        sheet.title = qt(rows->text());
        sheet.digest = qt(rows->text());
        sheet.pinned = rows->flag();
        sheet.columns = columnsIn(rows->text());
        sheets.push_back(std::move(sheet));
    }
    if (step == Statement::Step::Failed) {
        return Failure{rows->error()};
    }
    hand([this, question, sheets = std::move(sheets)] { Q_EMIT found(question, sheets); });
    return Nothing();
}

void PlaygroundStore::read(const QString &id)
{
    work([this, id](Database &database) -> Done {
        auto row = database.prepare("SELECT sheet FROM sheets WHERE id=?");
        if (!row) {
            return Failure{row.error()};
        }
        const std::string key = id.toStdString();
        row->add(key);
        const bool isThere = row->step() == Statement::Step::Row;
        auto sheet = isThere ? ui::sheetFromJson(QByteArray::fromStdString(row->text()))
                             : std::nullopt;
        if (!sheet) {
            hand([this] { Q_EMIT troubled(tr("That comparison is not kept any more.")); });
            return Nothing();
        }
        hand([this, sheet = std::move(*sheet)] { Q_EMIT wasRead(sheet); });
        return Nothing();
    });
}

void PlaygroundStore::pin(const QString &id, bool pinned)
{
    work([this, id, pinned](Database &database) -> Done {
        auto count = database.integer("SELECT COUNT(*) FROM sheets WHERE pinned=1");
        if (!count) {
            return Failure{count.error()};
        }
        if (pinned && *count >= kPinnedMax) {
            hand([this] {
                Q_EMIT troubled(tr("%1 comparisons are pinned, which is the most: unpin one first.")
                                    .arg(kPinnedMax));
            });
            return Nothing();
        }
        auto update = database.prepare("UPDATE sheets SET pinned=? WHERE id=?");
        if (!update) {
            return Failure{update.error()};
        }
        const std::string key = id.toStdString();
        Done done = update->add(std::int64_t(pinned ? 1 : 0)).add(key).run();
        tellChanged();
        return done;
    });
}

void PlaygroundStore::forget(const QString &id)
{
    work([this, id](Database &database) -> Done {
        auto remove = database.prepare("DELETE FROM sheets WHERE id=?");
        if (!remove) {
            return Failure{remove.error()};
        }
        const std::string key = id.toStdString();
        Done done = remove->add(key).run();
        tellChanged();
        return done;
    });
}

void PlaygroundStore::forgetUnpinned()
{
    work([this](Database &database) {
        Done done = database.execute("DELETE FROM sheets WHERE pinned=0");
        tellChanged();
        return done;
    });
}

void PlaygroundStore::tellChanged()
{
    hand([this] { Q_EMIT changed(); });
}

void PlaygroundStore::hand(Answer answer)
{
    {
        const std::lock_guard lock(m_mutex);
        m_answers.push_back(std::move(answer));
    }
    Q_EMIT answered();
}

void PlaygroundStore::deliver()
{
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers = std::exchange(m_answers, {});
    }
    for (const Answer &answer : answers) {
        answer();
    }
}

} // namespace signalbox::app

// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/cache_file.h"

#include "core/base/base64.h"
#include "core/runtime/cache/answer_json.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace signalbox::runtime {

using cache::Digest;
using gateway::CacheChange;
using gateway::KeptAnswer;

namespace {

/// Of the table, of the answers' text, and of what their keys are digests of: with any of them changed
/// the number goes up, and what an older program kept is dropped.
constexpr int kVersion = 2;
constexpr int kApplication = 0x53426361; // "SBca"

/// The write-ahead log makes a killed program lose its last second and nothing else.
constexpr const char *kPragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                                 "PRAGMA secure_delete=ON; PRAGMA busy_timeout=2000;";

std::string schema()
{
    return "CREATE TABLE IF NOT EXISTS answers(key TEXT PRIMARY KEY, made_us INTEGER NOT NULL, "
           "pinned INTEGER NOT NULL, hits INTEGER NOT NULL, saved_nanos INTEGER NOT NULL, "
           "used_us INTEGER, body TEXT NOT NULL, digest TEXT NOT NULL);"
           "CREATE TABLE IF NOT EXISTS seal(salt TEXT NOT NULL, proof TEXT NOT NULL);"
           "PRAGMA application_id="
           + std::to_string(kApplication) + "; PRAGMA user_version=" + std::to_string(kVersion)
           + ";";
}

/// Sealed, it tells one key from another.
constexpr std::string_view kProof = "signalbox cache";

LedgerError dropping(CacheFile::Contents &contents, const char *why)
{
    contents.dropped = why;
    return {LedgerFault::NotALedger, why};
}

/// What a row must still say when it is read again.
std::string sealOf(const std::string &key, const std::string &body)
{
    return cache::digestOf(key + '\n' + body).toHex();
}

std::optional<std::int64_t> microsOf(const std::optional<SystemTime> &time)
{
    return time ? std::optional(time->time_since_epoch().count()) : std::nullopt;
}

} // namespace

std::optional<KeptAnswer> CacheFile::answerIn(Statement &row) const
{
    const std::string key = row.text();
    KeptAnswer kept;
    kept.standing.pinned = row.flag();
    kept.standing.hits = static_cast<std::uint64_t>(row.integer());
    kept.standing.saved = Money::fromNanos(row.integer());
    if (const auto used = row.optionalInteger()) {
        kept.standing.usedLast = SystemTime(Micros(*used));
    }
    const std::string body = row.text();
    const std::string seal = row.text();
    const auto digest = Digest::fromHex(key);
    if (!digest || seal != sealOf(key, body)) {
        return std::nullopt;
    }
    const auto opened = m_seal ? m_seal->open(body, key) : std::optional<Secret>(Secret());
    auto answer = opened ? answerFromText(m_seal ? opened->expose() : body) : std::nullopt;
    if (!answer) {
        return std::nullopt;
    }
    kept.key = *digest;
    kept.answer = std::make_shared<const cache::CachedAnswer>(std::move(*answer));
    return kept;
}

void CacheFile::remove(const std::string &path)
{
    std::error_code ignored;
    for (const char *part : {"-wal", "-shm", ""}) {
        std::filesystem::remove(path + part, ignored);
    }
}

/// The contents tell why what was there is of no use; it is still there then.
Result<CacheFile, LedgerError> CacheFile::openDatabase(const std::string &path,
                                                       const Secret &secret,
                                                       Contents &contents)
{
    auto database = Database::open(path, Database::Mode::ReadWriteCreate);
    if (!database) {
        return Failure{database.error()};
    }
    const auto tables = database->integer("SELECT count(*) FROM sqlite_master");
    const auto version = database->integer("PRAGMA user_version");
    const auto application = database->integer("PRAGMA application_id");
    if (!tables || !version || !application) {
        return Failure{!tables ? tables.error() : !version ? version.error() : application.error()};
    }
    if (*tables > 0 && (*application != kApplication || *version != kVersion)) {
        return Failure{dropping(contents, "it is of another version")};
    }
    CacheFile file;
    file.m_database = std::move(*database);
    for (const std::string &sql : {std::string(kPragmas), schema()}) {
        if (const auto done = file.m_database->execute(sql); !done) {
            return Failure{done.error()};
        }
    }
    if (const auto sealed = file.openSeal(secret, contents); !sealed) {
        return Failure{sealed.error()};
    }
    const std::pair<const char *, Statement *> wanted[] = {
        {"INSERT OR REPLACE INTO answers VALUES(?,?,?,?,?,?,?,?)", &file.m_put},
        {"UPDATE answers SET pinned=?,hits=?,saved_nanos=?,used_us=? WHERE key=?", &file.m_touch},
        {"DELETE FROM answers WHERE key=?", &file.m_erase},
    };
    for (const auto &[sql, statement] : wanted) {
        auto prepared = file.m_database->prepare(sql);
        if (!prepared) {
            return Failure{prepared.error()};
        }
        *statement = std::move(*prepared);
    }
    return file;
}

/// What the file was encrypted with must be \p secret. A new one is encrypted with it; one that was not is
/// read as it is, to be written anew.
Status<LedgerError> CacheFile::openSeal(const Secret &secret, Contents &contents)
{
    auto rows = m_database->prepare("SELECT salt,proof FROM seal");
    if (!rows) {
        return Failure{rows.error()};
    }
    const Statement::Step step = rows->step();
    if (step == Statement::Step::Failed) {
        return Failure{rows->error()};
    }
    if (step == Statement::Step::Done) {
        const auto answers = m_database->integer("SELECT count(*) FROM answers");
        if (!answers) {
            return Failure{answers.error()};
        }
        contents.isPlain = !secret.isEmpty() && *answers > 0;
        return secret.isEmpty() || contents.isPlain ? Status<LedgerError>(Nothing{})
                                                    : beginSeal(secret);
    }
    const auto salt = fromBase64(rows->text());
    const std::string proof = rows->text();
    if (secret.isEmpty()) {
        return Failure{dropping(contents, "it is encrypted, and `cache.key` names no key")};
    }
    m_seal = salt ? AnswerSeal::of(secret, *salt) : std::nullopt;
    const auto opened = m_seal ? m_seal->open(proof, kProof) : std::nullopt;
    if (!opened || opened->expose() != kProof) {
        return Failure{dropping(contents, "it was encrypted with another key")};
    }
    return Nothing{};
}

Status<LedgerError> CacheFile::beginSeal(const Secret &secret)
{
    const std::string salt = AnswerSeal::newSalt();
    m_seal = AnswerSeal::of(secret, salt);
    if (!m_seal) {
        return Failure{LedgerError{LedgerFault::Other, "no memory to make a key"}};
    }
    std::string written;
    appendBase64(written, salt);
    auto insert = m_database->prepare("INSERT INTO seal VALUES(?,?)");
    if (!insert) {
        return Failure{insert.error()};
    }
    const std::string proof = m_seal->seal(kProof, kProof);
    return insert->add(written).add(proof).run();
}

Result<CacheFile, std::string> CacheFile::open(const std::string &path,
                                               Contents &contents,
                                               const Secret &secret)
{
    for (const bool again : {false, true}) {
        contents.answers.clear();
        auto file = openDatabase(path, secret, contents);
        const auto read = file ? file->read(contents) : Status<LedgerError>(Failure{file.error()});
        if (read) {
            std::error_code ignored;
            using std::filesystem::perms;
            std::filesystem::permissions(path, perms::owner_read | perms::owner_write, ignored);
            return std::move(*file);
        }
        const LedgerFault fault = read.error().fault;
        const bool isDamaged = fault == LedgerFault::Corrupt || fault == LedgerFault::NotALedger;
        if (again || !isDamaged) {
            return Failure{toString(read.error())};
        }
        if (contents.dropped.empty()) {
            contents.dropped = toString(read.error());
        }
        file = Failure{read.error()}; // closed before it is taken away
        remove(path);
    }
    return Failure{std::string("unreachable")};
}

Status<LedgerError> CacheFile::read(Contents &contents)
{
    auto rows = m_database->prepare("SELECT key,pinned,hits,saved_nanos,used_us,body,digest "
                                    "FROM answers ORDER BY made_us,key");
    if (!rows) {
        return Failure{rows.error()};
    }
    for (;;) {
        const Statement::Step step = rows->step();
        if (step == Statement::Step::Failed) {
            return Failure{rows->error()};
        }
        if (step == Statement::Step::Done) {
            return Nothing{};
        }
        if (auto kept = answerIn(*rows)) {
            contents.answers.push_back(std::move(*kept));
        } else {
            ++contents.damaged;
        }
    }
}

Status<LedgerError> CacheFile::writeOne(const CacheChange &change)
{
    const std::string key = change.key.toHex();
    if (!change.kept) {
        return m_erase.add(key).run();
    }
    const cache::Standing &standing = change.kept->standing;
    const auto hits = static_cast<std::int64_t>(standing.hits);
    const std::optional<std::int64_t> used = microsOf(standing.usedLast);
    if (!change.whole) {
        m_touch.add(std::int64_t(standing.pinned)).add(hits).add(standing.saved.nanos());
        return m_touch.add(used).add(key).run();
    }
    const std::string text = answerText(*change.kept->answer);
    const std::string body = m_seal ? m_seal->seal(text, key) : text;
    const std::string seal = sealOf(key, body);
    m_put.add(key).add(change.kept->answer->made.time_since_epoch().count());
    m_put.add(std::int64_t(standing.pinned)).add(hits).add(standing.saved.nanos());
    return m_put.add(used).add(body).add(seal).run();
}

Status<std::string> CacheFile::write(const std::vector<CacheChange> &changes)
{
    auto done = m_database->execute("BEGIN IMMEDIATE");
    for (std::size_t i = 0; done && i < changes.size(); ++i) {
        done = writeOne(changes[i]);
    }
    if (done) {
        done = m_database->execute("COMMIT");
    }
    if (!done) {
        static_cast<void>(m_database->execute("ROLLBACK"));
        return Failure{toString(done.error())};
    }
    return Nothing{};
}

} // namespace signalbox::runtime

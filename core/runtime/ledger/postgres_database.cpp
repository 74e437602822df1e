// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/postgres_database.h"

#include "core/base/text.h"
#include "core/runtime/ledger/postgres_connection.h"

#include <charconv>
#include <deque>
#include <memory>
#include <vector>

namespace signalbox::runtime {
namespace {

using Line = std::shared_ptr<PostgresConnection>;

/// `$1`, `$2`... for the question marks outside of quotes.
std::string withNumbers(std::string_view sql)
{
    std::string numbered;
    int count = 0;
    bool quoted = false;
    for (const char c : sql) {
        quoted = quoted != (c == '\'');
        if (c == '?' && !quoted) {
            numbered += '$' + std::to_string(++count);
        } else {
            numbered += c;
        }
    }
    return numbered;
}

/// The server takes well-formed UTF-8 without zeros and nothing else; a client may send anything.
std::string acceptable(std::string_view text)
{
    std::string good = toUtf8(text);
    for (auto at = good.find('\0'); at != std::string::npos; at = good.find('\0', at)) {
        good.replace(at, 1, "\xEF\xBF\xBD");
    }
    return good;
}

bool isAcceptable(std::string_view text)
{
    return text.find('\0') == std::string_view::npos && isUtf8(text);
}

class PostgresStatement final
    : public StatementBody
    , private RowsOnTheWay
{
public:
    PostgresStatement(Line line, std::string name)
        : m_line(std::move(line))
        , m_name(std::move(name))
    {}
    ~PostgresStatement() override
    {
        rewind();
        m_line->forget(m_name);
    }

    void rewind() override;
    void addInteger(std::int64_t value) override;
    void addText(std::string_view text) override;
    void addNull() override { add(nullptr, 0, 0); }
    StatementStep step() override;
    Status<LedgerError> run() override;
    [[nodiscard]] LedgerError error() const override { return m_error; }
    std::int64_t integer() override { return optionalInteger().value_or(0); }
    std::string text() override;
    std::optional<std::int64_t> optionalInteger() override;

private:
    void add(const char *value, int length, int format);
    [[nodiscard]] PostgresValues values() const { return {m_values, m_lengths, m_formats}; }
    StatementStep fetch();
    void takeAll() override;

    Line m_line;
    std::string m_name;
    std::vector<const char *> m_values;
    std::vector<int> m_lengths;
    std::vector<int> m_formats;
    std::deque<std::string> m_owned; ///< texts that the values point into
    bool m_asked = false; ///< since the last rewind
    bool m_onTheWay = false; ///< the line has more of ours
    std::deque<PostgresResult> m_rows; ///< taken off the line before they were asked for
    PostgresResult m_row;
    std::optional<LedgerError> m_later; ///< came behind the rows
    LedgerError m_error;
    int m_column = 0;
};

void PostgresStatement::rewind()
{
    if (m_onTheWay) {
        m_line->abandon();
    }
    m_values.clear();
    m_lengths.clear();
    m_formats.clear();
    m_owned.clear();
    m_rows.clear();
    m_row.reset();
    m_later.reset();
    m_asked = false;
    m_onTheWay = false;
}

void PostgresStatement::add(const char *value, int length, int format)
{
    m_values.push_back(value);
    m_lengths.push_back(length);
    m_formats.push_back(format);
}

void PostgresStatement::addInteger(std::int64_t value)
{
    add(m_owned.emplace_back(std::to_string(value)).c_str(), 0, 0);
}

void PostgresStatement::addText(std::string_view text)
{
    if (!isAcceptable(text)) {
        text = m_owned.emplace_back(acceptable(text));
    }
    add(text.empty() ? "" : text.data(), static_cast<int>(text.size()), 1);
}

StatementStep PostgresStatement::step()
{
    m_column = 0;
    m_row.reset();
    if (!m_asked) {
        m_asked = true;
        const auto asked = m_line->ask(m_name, values(), *this);
        m_onTheWay = asked.ok();
        if (!asked) {
            m_error = asked.error();
            return StatementStep::Failed;
        }
    }
    if (!m_rows.empty()) {
        m_row = std::move(m_rows.front());
        m_rows.pop_front();
        return StatementStep::Row;
    }
    if (m_later) {
        m_error = *m_later;
        return StatementStep::Failed;
    }
    return m_onTheWay ? fetch() : StatementStep::Done;
}

/// The next row off the line, or what became of the statement.
StatementStep PostgresStatement::fetch()
{
    std::optional<LedgerError> problem;
    while (m_onTheWay) {
        auto result = m_line->next();
        if (!result) {
            problem = result.error();
            m_onTheWay = false;
        } else if (*result == nullptr) {
            m_onTheWay = false;
        } else if (PQresultStatus(result->get()) == PGRES_SINGLE_TUPLE) {
            m_row = std::move(*result);
            return StatementStep::Row;
        } else if (auto said = m_line->problemIn(result->get())) {
            problem = std::move(said);
        } else {
            m_line->setChanges(result->get());
        }
    }
    m_error = problem.value_or(LedgerError{});
    return problem ? StatementStep::Failed : StatementStep::Done;
}

/// Another statement goes first.
void PostgresStatement::takeAll()
{
    PostgresResult present = std::move(m_row);
    const int column = m_column;
    StatementStep step = fetch();
    for (; step == StatementStep::Row; step = fetch()) {
        m_rows.push_back(std::move(m_row));
    }
    if (step == StatementStep::Failed) {
        m_later = m_error;
    }
    m_row = std::move(present);
    m_column = column;
}

Status<LedgerError> PostgresStatement::run()
{
    if (m_line->isGathering()) {
        auto sent = m_line->send(m_name, values());
        rewind();
        return sent;
    }
    StatementStep step = this->step();
    while (step == StatementStep::Row) {
        step = this->step();
    }
    const LedgerError problem = m_error;
    rewind();
    if (step == StatementStep::Failed) {
        return Failure{problem};
    }
    return Nothing{};
}

std::string PostgresStatement::text()
{
    const int column = m_column++;
    const auto size = static_cast<std::size_t>(PQgetlength(m_row.get(), 0, column));
    return {PQgetvalue(m_row.get(), 0, column), size};
}

std::optional<std::int64_t> PostgresStatement::optionalInteger()
{
    const int column = m_column++;
    if (PQgetisnull(m_row.get(), 0, column) != 0) {
        return std::nullopt;
    }
    const char *digits = PQgetvalue(m_row.get(), 0, column);
    std::int64_t value = 0;
    std::from_chars(digits, digits + PQgetlength(m_row.get(), 0, column), value);
    return value;
}

class PostgresDatabase final : public DatabaseBody
{
public:
    explicit PostgresDatabase(Line line)
        : m_line(std::move(line))
    {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }
    [[nodiscard]] bool isAlive() override { return m_line->isAlive(); }
    Status<LedgerError> beginRead() override
    {
        return execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    Status<LedgerError> beginWrite() override { return execute("BEGIN"); }
    Result<bool, LedgerError> tryLock(std::int64_t number) override
    {
        auto asked = prepare("SELECT pg_try_advisory_xact_lock(?)::int");
        if (!asked) {
            return Failure{asked.error()};
        }
        asked->add(number);
        if (asked->step() != StatementStep::Row) {
            return Failure{asked->error()};
        }
        return asked->flag();
    }
    Status<LedgerError> copyFrom(DatabaseBody &) override
    {
        return Failure{LedgerError{LedgerFault::NotAvailable, "a server is copied by pg_dump"}};
    }
    Status<LedgerError> execute(const std::string &sql) override { return m_line->execute(sql); }
    Result<Statement, LedgerError> prepare(std::string_view sql) override
    {
        const std::string name = "s" + std::to_string(++m_prepared);
        if (auto done = m_line->prepare(name, withNumbers(sql)); !done) {
            return Failure{done.error()};
        }
        return Statement(std::make_unique<PostgresStatement>(m_line, name));
    }
    Result<BatchChanges, BatchFailure> together(
        const std::function<Status<LedgerError>()> &runAll) override
    {
        return m_line->together(runAll);
    }
    void stopWhen(std::function<bool()> stop) override { m_line->stopWhen(std::move(stop)); }
    [[nodiscard]] std::int64_t changes() const override { return m_line->changes(); }

private:
    Line m_line;
    int m_prepared = 0;
};

} // namespace

Result<Database, LedgerError> openPostgres(const LedgerPlace &place, Database::Mode mode)
{
    auto line = PostgresConnection::open(place, mode);
    if (!line) {
        return Failure{line.error()};
    }
    return Database(std::make_unique<PostgresDatabase>(std::move(*line)));
}

} // namespace signalbox::runtime

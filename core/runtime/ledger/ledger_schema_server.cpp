// SPDX-License-Identifier: Apache-2.0
// The ledger's tables on a PostgreSQL server: the same tables and columns as in a file, which a test
// compares, and beside them which gateway wrote a row.
#include "core/runtime/ledger/ledger_schema.h"

#include <array>
#include <string>
#include <utility>

namespace signalbox::runtime {
namespace {

/// Any, as long as all gateways ask for the same: "SGBX" and a number.
constexpr std::int64_t kMigrationLock = 0x5347425800000001;

// Types are written as SQLite's, see serverTypes(). Every index of a list ends in the row, as SQLite's do
// by themselves. A batch whose commit was in doubt is written again, and what is there already is passed
// over; of an operator's act all that it says is the key. Rows of sums are changed in place again and
// again: their pages have room for that.
constexpr SchemaStep kRequests = R"(
CREATE TABLE requests(
  rowid INTEGER GENERATED ALWAYS AS IDENTITY,
  gateway TEXT NOT NULL DEFAULT current_setting('application_name'),
  id TEXT PRIMARY KEY NOT NULL,
  arrived_us INTEGER NOT NULL,
  client_request_id TEXT NOT NULL,
  client TEXT NOT NULL,
  dialect TEXT NOT NULL,
  operation TEXT NOT NULL,
  model_asked TEXT NOT NULL,
  route TEXT NOT NULL,
  rule TEXT NOT NULL,
  target TEXT NOT NULL,
  last_target TEXT NOT NULL,
  last_provider TEXT NOT NULL,
  stream INTEGER NOT NULL,
  status INTEGER NOT NULL,
  error_code TEXT NOT NULL,
  outcome TEXT NOT NULL,
  abandoned INTEGER NOT NULL,
  cache TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  tokens_estimated INTEGER NOT NULL,
  stated_nanos INTEGER,
  cost_nanos INTEGER,
  cost_estimated INTEGER NOT NULL,
  first_token_us INTEGER,
  total_us INTEGER NOT NULL,
  decode_us INTEGER NOT NULL,
  decide_us INTEGER NOT NULL,
  encode_us INTEGER NOT NULL,
  needs TEXT NOT NULL,
  config_revision TEXT NOT NULL,
  facts TEXT NOT NULL,
  decision TEXT NOT NULL,
  cache_write_hour_tokens INTEGER NOT NULL DEFAULT 0,
  error_text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX requests_newest ON requests(arrived_us, rowid);
CREATE INDEX requests_by_route ON requests(route, arrived_us, rowid);
CREATE INDEX requests_by_rule ON requests(rule, arrived_us, rowid) WHERE rule <> '';
CREATE INDEX requests_by_target ON requests(last_target, arrived_us, rowid);
CREATE INDEX requests_by_provider ON requests(last_provider, arrived_us, rowid);
CREATE INDEX requests_by_client ON requests(client, arrived_us, rowid);
CREATE INDEX requests_by_cache ON requests(cache, arrived_us, rowid)
  WHERE cache <> 'off' AND cache <> 'miss';
CREATE INDEX requests_by_status ON requests(status, arrived_us, rowid) WHERE status <> 200;
CREATE INDEX requests_by_outcome ON requests(outcome, arrived_us, rowid)
  WHERE outcome <> 'success';
CREATE INDEX requests_in_trouble ON requests(arrived_us, rowid) WHERE error_text <> '';
)";

constexpr SchemaStep kAttempts = R"(
CREATE TABLE attempts(
  request_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  target TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  key_index INTEGER NOT NULL,
  probe INTEGER NOT NULL,
  started_after_us INTEGER NOT NULL,
  connect_us INTEGER,
  first_token_us INTEGER,
  total_us INTEGER NOT NULL,
  backoff_us INTEGER NOT NULL,
  http_status INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  hint_ms INTEGER,
  hint_source TEXT NOT NULL,
  counted INTEGER NOT NULL,
  content_sent INTEGER NOT NULL,
  upstream_request_id TEXT NOT NULL,
  upstream_model TEXT NOT NULL,
  prompt_tokens INTEGER,
  cached_tokens INTEGER,
  cache_write_tokens INTEGER,
  completion_tokens INTEGER,
  reasoning_tokens INTEGER,
  tokens_estimated INTEGER,
  stated_nanos INTEGER,
  cost_nanos INTEGER,
  cost_estimated INTEGER NOT NULL,
  price_unknown INTEGER NOT NULL,
  notes TEXT NOT NULL,
  cache_write_hour_tokens INTEGER,
  PRIMARY KEY(request_id, n)
);
)";

constexpr SchemaStep kSums = R"(
CREATE TABLE usage_quarters(
  quarter INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  route TEXT NOT NULL,
  client TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  provider_requests INTEGER NOT NULL,
  model_requests INTEGER NOT NULL,
  unknown_requests INTEGER NOT NULL,
  unknown_provider_requests INTEGER NOT NULL,
  unknown_model_requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  estimated_nanos INTEGER NOT NULL,
  PRIMARY KEY(quarter, provider, model, route, client)
) WITH (fillfactor=60);
CREATE TABLE usage_hours(
  grouping INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  name TEXT NOT NULL,
  requests INTEGER NOT NULL,
  unknown_requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  cost_nanos INTEGER NOT NULL,
  estimated_nanos INTEGER NOT NULL,
  PRIMARY KEY(grouping, hour, name)
) WITH (fillfactor=60);
CREATE TABLE audit(
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gateway TEXT NOT NULL DEFAULT current_setting('application_name'),
  at_us INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE UNIQUE INDEX audit_once ON audit(gateway, at_us,
  md5(operator||chr(31)||action||chr(31)||object||chr(31)||reason||chr(31)||detail));
)";

constexpr SchemaStep kOwnCalls = R"(
CREATE TABLE own_calls(
  rowid INTEGER GENERATED ALWAYS AS IDENTITY,
  gateway TEXT NOT NULL DEFAULT current_setting('application_name'),
  id TEXT PRIMARY KEY NOT NULL,
  arrived_us INTEGER NOT NULL,
  operation TEXT NOT NULL,
  route TEXT NOT NULL,
  client TEXT NOT NULL,
  target TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  http_status INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  tokens_estimated INTEGER NOT NULL,
  cost_nanos INTEGER,
  cost_estimated INTEGER NOT NULL,
  first_token_us INTEGER,
  total_us INTEGER NOT NULL,
  shadow_of TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  bytes_answered INTEGER NOT NULL,
  likeness_permille INTEGER,
  answered_us INTEGER NOT NULL,
  answered_nanos INTEGER
);
CREATE INDEX own_calls_newest ON own_calls(arrived_us, rowid);
CREATE INDEX own_calls_of ON own_calls(shadow_of) WHERE shadow_of <> '';
)";

constexpr SchemaStep kUses = R"(
CREATE TABLE prices(
  id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);
ALTER TABLE requests ADD COLUMN cache_saved_nanos INTEGER;
ALTER TABLE attempts
  ADD COLUMN price_id INTEGER,
  ADD COLUMN money_use INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_quarters
  ADD COLUMN wasted_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN abandoned_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN abandoned_requests INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN cache_saved_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours
  ADD COLUMN wasted_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN abandoned_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN abandoned_requests INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN cache_saved_nanos INTEGER NOT NULL DEFAULT 0;
)";

constexpr SchemaStep kBodies = R"(
CREATE TABLE bodies(
  id TEXT PRIMARY KEY NOT NULL,
  arrived_us INTEGER NOT NULL,
  request TEXT NOT NULL,
  request_bytes INTEGER NOT NULL,
  request_cut INTEGER NOT NULL,
  answer TEXT NOT NULL,
  answer_bytes INTEGER NOT NULL,
  answer_cut INTEGER NOT NULL
);
CREATE INDEX bodies_newest ON bodies(arrived_us);
)";

/// A released version is never edited. The first is what version 4 of a file is, the second version 6.
constexpr std::array<std::array<SchemaStep, 4>, 2> kVersions = {
    {{kRequests, kAttempts, kSums, kOwnCalls}, {kUses, kBodies}}};

/// 64 bits, and texts that compare by their bytes, as in a file.
std::string serverTypes(std::string sql)
{
    for (const auto &[type, here] :
         {std::pair(std::string_view("INTEGER"), std::string_view("bigint")),
          std::pair(std::string_view("TEXT"), std::string_view("text COLLATE \"C\""))}) {
        for (auto at = sql.find(type); at != std::string::npos;
             at = sql.find(type, at + here.size())) {
            sql.replace(at, type.size(), here);
        }
    }
    return sql;
}

/// 0: there is nothing of ours, nor of anybody else, in the schema of our name.
Result<std::int64_t, LedgerError> versionOf(Database &database)
{
    const auto tables = database.integer(
        "SELECT count(*) FROM pg_tables WHERE schemaname='signalbox'");
    if (!tables || *tables == 0) {
        return tables;
    }
    const auto ours = database.integer("SELECT count(*) FROM pg_tables WHERE"
                                       " schemaname='signalbox' AND tablename='ledger_version'");
    if (!ours) {
        return ours;
    }
    if (*ours == 0) {
        return Failure{LedgerError{LedgerFault::NotALedger,
                                   "the schema signalbox there belongs to another program"}};
    }
    return database.integer("SELECT version FROM ledger_version");
}

Status<LedgerError> migrateLocked(Database &database)
{
    auto done = database.execute("SELECT pg_advisory_xact_lock(" + std::to_string(kMigrationLock)
                                 + ")");
    const auto found = done ? versionOf(database)
                            : Result<std::int64_t, LedgerError>(Failure{done.error()});
    if (!found) {
        return Failure{found.error()};
    }
    if (*found == 0) {
        // Where an administrator has made it, we need not be allowed to.
        const auto there = database.integer(
            "SELECT count(*) FROM pg_namespace WHERE nspname='signalbox'");
        done = there && *there == 1 ? done : database.execute("CREATE SCHEMA signalbox");
        if (done) {
            done = database.execute("CREATE TABLE ledger_version(version bigint NOT NULL);"
                                    "INSERT INTO ledger_version VALUES(0)");
        }
    }
    for (auto at = static_cast<std::size_t>(*found); done && at < kVersions.size(); ++at) {
        for (std::size_t part = 0;
             done && part < kVersions[at].size() && kVersions[at][part] != nullptr;
             ++part) {
            done = database.execute(serverTypes(kVersions[at][part]));
        }
    }
    return done ? database.execute("UPDATE ledger_version SET version="
                                   + std::to_string(kVersions.size()))
                : done;
}

} // namespace

Status<LedgerError> migrateServer(Database &database)
{
    const auto checked = checkServerSchema(database);
    if (checked || checked.error().fault != LedgerFault::OlderSchema) {
        return checked;
    }
    auto done = database.execute("BEGIN");
    if (done) {
        done = migrateLocked(database);
    }
    if (done) {
        return database.execute("COMMIT");
    }
    (void)database.execute("ROLLBACK");
    LedgerError error = done.error();
    error.detail.insert(0, "making the tables: ");
    return Failure{std::move(error)};
}

Status<LedgerError> checkServerSchema(Database &database)
{
    const auto found = versionOf(database);
    if (!found) {
        return Failure{found.error()};
    }
    const auto current = static_cast<std::int64_t>(kVersions.size());
    if (*found > current) {
        return Failure{newerSchema(*found, kVersions.size())};
    }
    if (*found < current) {
        return Failure{LedgerError{LedgerFault::OlderSchema, std::to_string(*found)}};
    }
    return Nothing{};
}

} // namespace signalbox::runtime

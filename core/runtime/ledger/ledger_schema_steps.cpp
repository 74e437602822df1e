// SPDX-License-Identifier: Apache-2.0
// The first four steps; the later ones are in ledger_schema_later.cpp.
#include "core/runtime/ledger/ledger_schema.h"

#include <array>

namespace signalbox::runtime {
namespace {

// Each list is read newest first by (arrived_us, id), so every filter of the log has an index that
// ends in these two. Successes are nearly all rows; the indexes for status, outcome and failures
// leave them out and cost the common request nothing.
//
// last_target is the target that answered or, when none did, the one tried last.
//
// usage_quarters holds quarters of an hour because every offset in use is a multiple of 15 minutes
// (India +05:30, Nepal +05:45): the hours and days of any zone are whole quarters. A request is
// counted once for all groupings (requests), once per provider it reached (provider_requests) and
// once per model (model_requests), so that each grouping counts requests and not attempts.
constexpr SchemaStep kVersion1 = R"(
CREATE TABLE requests(
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
  decision TEXT NOT NULL
) STRICT;
CREATE INDEX requests_newest ON requests(arrived_us, id);
CREATE INDEX requests_by_route ON requests(route, arrived_us, id);
CREATE INDEX requests_by_target ON requests(last_target, arrived_us, id);
CREATE INDEX requests_by_provider ON requests(last_provider, arrived_us, id);
CREATE INDEX requests_by_client ON requests(client, arrived_us, id);
CREATE INDEX requests_by_status ON requests(status, arrived_us, id) WHERE status <> 200;
CREATE INDEX requests_by_outcome ON requests(outcome, arrived_us, id) WHERE outcome <> 'success';
CREATE INDEX requests_failed ON requests(arrived_us, id) WHERE error_code <> '';

CREATE TABLE attempts(
  request_id TEXT NOT NULL REFERENCES requests(id) ON DELETE CASCADE,
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
  PRIMARY KEY(request_id, n)
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE audit(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_us INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
)";

// Writes into a cache of an hour cost more than those into one of five minutes.
constexpr SchemaStep kVersion2 = R"(
ALTER TABLE requests ADD COLUMN cache_write_hour_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN cache_write_hour_tokens INTEGER;
)";

// Lists are read newest first by (arrived_us, rowid), and every index ends in the rowid by itself:
// the id, 26 bytes of each entry, is not needed. One index has all rows with trouble: words of
// errors, classes of statuses and failures are looked for among these. The sums of hours, each
// grouping by itself, answer for months of days; quarters are only read where an hour is parted.
constexpr SchemaStep kVersion3 = R"(
ALTER TABLE requests ADD COLUMN error_text TEXT NOT NULL DEFAULT '';
UPDATE requests SET error_text=iif(error_code='' AND status<>200, outcome, error_code)
  ||coalesce((SELECT group_concat(char(10)||reason,'') FROM
    (SELECT reason FROM attempts WHERE request_id=requests.id AND reason<>'' ORDER BY n)),'')
  WHERE status<>200 OR error_code<>''
    OR id IN (SELECT request_id FROM attempts WHERE reason<>'');
DROP INDEX requests_newest;
DROP INDEX requests_by_route;
DROP INDEX requests_by_target;
DROP INDEX requests_by_provider;
DROP INDEX requests_by_client;
DROP INDEX requests_by_status;
DROP INDEX requests_by_outcome;
DROP INDEX requests_failed;
CREATE INDEX requests_newest ON requests(arrived_us);
CREATE INDEX requests_by_route ON requests(route, arrived_us);
CREATE INDEX requests_by_rule ON requests(rule, arrived_us) WHERE rule <> '';
CREATE INDEX requests_by_target ON requests(last_target, arrived_us);
CREATE INDEX requests_by_provider ON requests(last_provider, arrived_us);
CREATE INDEX requests_by_client ON requests(client, arrived_us);
CREATE INDEX requests_by_cache ON requests(cache, arrived_us)
  WHERE cache <> 'off' AND cache <> 'miss';
CREATE INDEX requests_by_status ON requests(status, arrived_us) WHERE status <> 200;
CREATE INDEX requests_by_outcome ON requests(outcome, arrived_us) WHERE outcome <> 'success';
CREATE INDEX requests_in_trouble ON requests(arrived_us) WHERE error_text <> '';
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
) STRICT, WITHOUT ROWID;
WITH hours AS (SELECT *, quarter-((quarter%3600)+3600)%3600 AS hour FROM usage_quarters)
INSERT INTO usage_hours
SELECT 1, hour, provider, sum(provider_requests), sum(unknown_provider_requests),
  sum(prompt_tokens), sum(completion_tokens), sum(cost_nanos), sum(estimated_nanos)
  FROM hours GROUP BY hour, provider
UNION ALL SELECT 2, hour, model, sum(model_requests), sum(unknown_model_requests),
  sum(prompt_tokens), sum(completion_tokens), sum(cost_nanos), sum(estimated_nanos)
  FROM hours GROUP BY hour, model
UNION ALL SELECT 3, hour, route, sum(requests), sum(unknown_requests),
  sum(prompt_tokens), sum(completion_tokens), sum(cost_nanos), sum(estimated_nanos)
  FROM hours GROUP BY hour, route
UNION ALL SELECT 4, hour, client, sum(requests), sum(unknown_requests),
  sum(prompt_tokens), sum(completion_tokens), sum(cost_nanos), sum(estimated_nanos)
  FROM hours GROUP BY hour, client;
)";

// Calls that no client asked for: they cost, and count for nothing else. A share of a thousand says how
// alike a shadow's answer is.
constexpr SchemaStep kVersion4 = R"(
CREATE TABLE own_calls(
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
) STRICT;
CREATE INDEX own_calls_newest ON own_calls(arrived_us);
CREATE INDEX own_calls_of ON own_calls(shadow_of) WHERE shadow_of <> '';
)";

} // namespace

std::span<const SchemaStep> ledgerSchema()
{
    static const std::array steps =
        {kVersion1, kVersion2, kVersion3, kVersion4, stepToVersion5(), stepToVersion6()};
    return steps;
}

} // namespace signalbox::runtime

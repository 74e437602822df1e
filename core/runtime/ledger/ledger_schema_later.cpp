// SPDX-License-Identifier: Apache-2.0
// The steps from version 4 on.
#include "core/runtime/ledger/ledger_schema.h"

namespace signalbox::runtime {
namespace {

// What came of the money (0 served, 1 wasted, 2 abandoned), what caches saved, and by which price each
// attempt was billed: there are few prices, so each is kept once. What can be told of older requests is.
constexpr SchemaStep kVersion5 = R"(
CREATE TABLE prices(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
ALTER TABLE requests ADD COLUMN cache_saved_nanos INTEGER;
ALTER TABLE attempts ADD COLUMN price_id INTEGER;
ALTER TABLE attempts ADD COLUMN money_use INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0;
UPDATE attempts SET money_use=
    iif(r.abandoned AND (outcome='success' OR content_sent OR outcome='client_gone'), 2, 1)
  FROM (SELECT id, abandoned, error_code FROM requests) AS r
  WHERE r.id=request_id
    AND (r.error_code<>'' OR r.abandoned OR (outcome<>'success' AND NOT content_sent));
ALTER TABLE usage_quarters ADD COLUMN wasted_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_quarters ADD COLUMN abandoned_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_quarters ADD COLUMN abandoned_requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_quarters ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_quarters ADD COLUMN cache_saved_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours ADD COLUMN wasted_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours ADD COLUMN abandoned_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours ADD COLUMN abandoned_requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours ADD COLUMN prompt_saved_nanos INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hours ADD COLUMN cache_saved_nanos INTEGER NOT NULL DEFAULT 0;
UPDATE usage_quarters AS u SET wasted_nanos=s.w, abandoned_nanos=s.a, abandoned_requests=s.n
  FROM (SELECT r.arrived_us/900000000*900 AS quarter, coalesce(a.provider,'') AS provider,
      coalesce(a.model,'') AS model, r.route AS route, r.client AS client,
      sum(iif(a.money_use=1, coalesce(a.cost_nanos,0), 0)) AS w,
      sum(iif(a.money_use=2, coalesce(a.cost_nanos,0), 0)) AS a,
      sum(r.abandoned AND (a.n IS NULL
        OR a.n=(SELECT max(n) FROM attempts l WHERE l.request_id=r.id))) AS n
    FROM requests r LEFT JOIN attempts a ON a.request_id=r.id
    WHERE r.abandoned OR a.money_use<>0 GROUP BY 1, 2, 3, 4, 5) AS s
  WHERE u.quarter=s.quarter AND u.provider=s.provider AND u.model=s.model AND u.route=s.route
    AND u.client=s.client;
UPDATE usage_hours AS h SET wasted_nanos=s.w, abandoned_nanos=s.a, abandoned_requests=s.n
  FROM (SELECT quarter-((quarter%3600)+3600)%3600 AS hour, provider AS name, sum(wasted_nanos) AS w,
    sum(abandoned_nanos) AS a, sum(abandoned_requests) AS n FROM usage_quarters GROUP BY 1, 2) AS s
  WHERE h.grouping=1 AND h.hour=s.hour AND h.name=s.name;
UPDATE usage_hours AS h SET wasted_nanos=s.w, abandoned_nanos=s.a, abandoned_requests=s.n
  FROM (SELECT quarter-((quarter%3600)+3600)%3600 AS hour, model AS name, sum(wasted_nanos) AS w,
    sum(abandoned_nanos) AS a, sum(abandoned_requests) AS n FROM usage_quarters GROUP BY 1, 2) AS s
  WHERE h.grouping=2 AND h.hour=s.hour AND h.name=s.name;
UPDATE usage_hours AS h SET wasted_nanos=s.w, abandoned_nanos=s.a, abandoned_requests=s.n
  FROM (SELECT quarter-((quarter%3600)+3600)%3600 AS hour, route AS name, sum(wasted_nanos) AS w,
    sum(abandoned_nanos) AS a, sum(abandoned_requests) AS n FROM usage_quarters GROUP BY 1, 2) AS s
  WHERE h.grouping=3 AND h.hour=s.hour AND h.name=s.name;
UPDATE usage_hours AS h SET wasted_nanos=s.w, abandoned_nanos=s.a, abandoned_requests=s.n
  FROM (SELECT quarter-((quarter%3600)+3600)%3600 AS hour, client AS name, sum(wasted_nanos) AS w,
    sum(abandoned_nanos) AS a, sum(abandoned_requests) AS n FROM usage_quarters GROUP BY 1, 2) AS s
  WHERE h.grouping=4 AND h.hour=s.hour AND h.name=s.name;
)";

// Bodies, where they are asked for: without keys, each compressed by itself, as base64: a text
// is what files and servers have in common.
constexpr SchemaStep kVersion6 = R"(
CREATE TABLE bodies(
  id TEXT PRIMARY KEY NOT NULL,
  arrived_us INTEGER NOT NULL,
  request TEXT NOT NULL,
  request_bytes INTEGER NOT NULL,
  request_cut INTEGER NOT NULL,
  answer TEXT NOT NULL,
  answer_bytes INTEGER NOT NULL,
  answer_cut INTEGER NOT NULL
) STRICT;
CREATE INDEX bodies_newest ON bodies(arrived_us);
)";

} // namespace

SchemaStep stepToVersion5()
{
    return kVersion5;
}

SchemaStep stepToVersion6()
{
    return kVersion6;
}

} // namespace signalbox::runtime

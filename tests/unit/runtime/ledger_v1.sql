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

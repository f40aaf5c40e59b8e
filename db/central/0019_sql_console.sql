-- The SQL console: what was read, simulated, asked for, approved, executed and undone.

-- Each run, from before it begins: what somebody typed is known whatever becomes of the process. What they typed and what it
-- would do may name people: both are sealed, of a practice under its own key, so that they go with the practice.
CREATE TABLE sql_runs (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  -- Null: the central database.
  tenant_id uuid REFERENCES tenants,
  mode text NOT NULL CHECK (mode IN ('read', 'simulate', 'execute', 'undo')),
  status text NOT NULL DEFAULT 'running'
    CHECK (status IN ('running', 'simulated', 'refused', 'failed', 'cancelled', 'lost', 'executed')),
  ticket text NOT NULL DEFAULT '',
  -- SHA-256 of text, parameters and target.
  digest bytea NOT NULL,
  text_sealed bytea NOT NULL,
  report_sealed bytea,
  schema_version integer,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  took_ms double precision,
  row_count integer,
  -- Counts by table, all statements together: no value of any row.
  effects jsonb NOT NULL DEFAULT '{}',
  code text,
  -- SHA-256 of digest, schema version and effects: only what would do the same is executed. Good for ten minutes, once.
  receipt bytea,
  receipt_until timestamptz,
  receipt_used_at timestamptz,
  -- Of an undo: of which execution.
  undoes uuid,
  CHECK ((receipt IS NULL) = (receipt_until IS NULL)),
  CHECK ((status = 'running') = (ended_at IS NULL))
);
CREATE INDEX ON sql_runs (staff_id, started_at DESC, id DESC);
CREATE INDEX ON sql_runs (started_at);
-- Each person runs one thing at a time.
CREATE UNIQUE INDEX sql_runs_one_at_a_time ON sql_runs (staff_id) WHERE status = 'running';
CREATE INDEX ON sql_runs (tenant_id) WHERE tenant_id IS NOT NULL;

-- To execute one of them. `outcome` is null while it waits, is approved, or runs.
CREATE TABLE sql_requests (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES sql_runs,
  staff_id uuid NOT NULL REFERENCES staff_members,
  receipt bytea NOT NULL,
  -- Of an undo: of which execution.
  undoes uuid REFERENCES sql_requests,
  reason text NOT NULL CHECK (reason <> ''),
  ticket text NOT NULL DEFAULT '',
  asked_at timestamptz NOT NULL,
  lapses_at timestamptz NOT NULL,
  decided_by uuid REFERENCES staff_members,
  decided_at timestamptz,
  remark text NOT NULL DEFAULT '',
  -- Written down before COMMIT is sent: whoever finds a request that began and never ended asks the database about it.
  begun_at timestamptz,
  xid text,
  execution_id uuid REFERENCES sql_runs,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('refused', 'withdrawn', 'executed', 'failed')),
  -- Each row as it was and as it is, sealed; thirty days.
  undo_sealed bytea,
  undo_until timestamptz,
  undone_by uuid REFERENCES sql_requests,
  CHECK (decided_by <> staff_id),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (outcome <> 'executed' OR (decided_by IS NOT NULL AND begun_at IS NOT NULL)),
  CHECK (begun_at IS NULL OR decided_by IS NOT NULL),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
ALTER TABLE sql_runs ADD FOREIGN KEY (undoes) REFERENCES sql_requests;
CREATE INDEX ON sql_requests (asked_at DESC, id DESC);
CREATE INDEX ON sql_requests (run_id);
CREATE INDEX ON sql_requests (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX sql_requests_begun ON sql_requests (begun_at) WHERE begun_at IS NOT NULL AND outcome IS NULL;

INSERT INTO role_permissions (role_id, permission)
SELECT id, unnest(CASE key
    WHEN 'super_administrator' THEN '{sql.read,sql.simulate,sql.execute,sql.ddl,sql.approve}'::text[]
    WHEN 'technical_administrator' THEN '{sql.read,sql.simulate,sql.ddl,sql.approve}'::text[]
    ELSE '{}'::text[] END)
FROM roles WHERE built_in;

GRANT SELECT, INSERT,
  UPDATE (status, report_sealed, schema_version, ended_at, took_ms, row_count, effects, code, receipt, receipt_until, receipt_used_at),
  DELETE ON sql_runs TO mgp_app;
GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, remark, begun_at, xid, execution_id, ended_at, outcome, undo_sealed, undo_until, undone_by)
  ON sql_requests TO mgp_app;

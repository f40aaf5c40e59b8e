-- What the SQL console read, as files: asked for by somebody, made by a job, taken by that person alone within a day.

-- No value of any row stands here: the file lies sealed in DATA_DIR/sql-exports, of a practice under its own key.
CREATE TABLE sql_exports (
  -- The job's that makes it, and the file's name.
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  -- Null: the central database.
  tenant_id uuid REFERENCES tenants,
  run_id uuid NOT NULL REFERENCES sql_runs ON DELETE CASCADE,
  -- Which statement of its text, from 0.
  place integer NOT NULL CHECK (place >= 0),
  format text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  asked_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  -- Null while it waits or is made. `rows`, `bytes`: it ends there, and says so at its end.
  outcome text CHECK (outcome IN ('whole', 'rows', 'bytes', 'failed', 'cancelled')),
  ended_at timestamptz,
  -- Why it failed: PostgreSQL's code, or ours.
  code text,
  row_count integer,
  bytes bigint,
  sha256 bytea,
  -- Values of which only the beginning stands in it.
  left_out integer NOT NULL DEFAULT 0,
  lapses_at timestamptz,
  CHECK ((outcome IS NULL) = (ended_at IS NULL)),
  CHECK ((outcome IN ('whole', 'rows', 'bytes')) = (lapses_at IS NOT NULL)),
  CHECK (lapses_at IS NULL OR (row_count IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL))
);
CREATE INDEX ON sql_exports (staff_id, asked_at DESC);
CREATE INDEX ON sql_exports (run_id);
CREATE INDEX ON sql_exports (tenant_id) WHERE tenant_id IS NOT NULL;

INSERT INTO role_permissions (role_id, permission)
SELECT id, 'sql.export' FROM roles WHERE key IN ('super_administrator', 'technical_administrator') AND built_in;

GRANT SELECT, INSERT, UPDATE (cancelled_at, outcome, ended_at, code, row_count, bytes, sha256, left_out, lapses_at), DELETE
  ON sql_exports TO mgp_app;

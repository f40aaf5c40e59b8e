-- The SQL console over many practices: one text, a line for each practice, and what is executed of it in waves.

CREATE TABLE sql_fleets (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  mode text NOT NULL CHECK (mode IN ('read', 'simulate')),
  -- `cancelled`: those that had not begun by then never did.
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'cancelled', 'done')),
  ticket text NOT NULL DEFAULT '',
  -- SHA-256 of text, parameters and practices.
  digest bytea NOT NULL,
  -- Of no practice, so under the key of the vendor.
  text_sealed bytea NOT NULL,
  total integer NOT NULL CHECK (total > 0),
  asked_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  -- To execute it: null until somebody asks. `paused`: a wave is over, and somebody says when the next one begins; `stopped`:
  -- a practice failed or would not have done what was approved.
  execution text CHECK (execution IN ('asked', 'approved', 'refused', 'withdrawn', 'running', 'paused', 'stopped', 'executed')),
  -- SHA-256 of the receipts of all practices: what is approved.
  receipt bytea,
  reason text NOT NULL DEFAULT '',
  requested_at timestamptz,
  lapses_at timestamptz,
  decided_by uuid REFERENCES staff_members,
  decided_at timestamptz,
  remark text NOT NULL DEFAULT '',
  begun_at timestamptz,
  -- The one under way, or that comes next.
  wave integer NOT NULL DEFAULT 0,
  -- Goes on by itself as long as nothing drifts.
  automatic boolean NOT NULL DEFAULT false,
  CHECK ((state IN ('cancelled', 'done')) = (ended_at IS NOT NULL)),
  CHECK ((execution IS NULL) = (requested_at IS NULL)),
  CHECK (execution IS NULL OR (receipt IS NOT NULL AND reason <> '' AND mode = 'simulate')),
  CHECK (decided_by <> staff_id),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (begun_at IS NULL OR decided_by IS NOT NULL)
);
CREATE INDEX ON sql_fleets (asked_at DESC, id DESC);
-- Each person sends one at a time through all practices.
CREATE UNIQUE INDEX sql_fleets_one_at_a_time ON sql_fleets (staff_id) WHERE state IN ('waiting', 'running');
CREATE INDEX sql_fleets_under_way ON sql_fleets (id) WHERE state IN ('waiting', 'running') OR execution = 'running';

CREATE TABLE sql_fleet_runs (
  fleet_id uuid NOT NULL REFERENCES sql_fleets ON DELETE CASCADE,
  tenant_id uuid NOT NULL REFERENCES tenants,
  -- In the order practices are shown in.
  place integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'done', 'failed', 'unreachable', 'moving', 'outdated', 'gone', 'cancelled')),
  schema_version integer,
  row_count integer,
  -- Of them, those that are in the report.
  kept integer NOT NULL DEFAULT 0,
  -- Counts by table: no value of any row.
  effects jsonb NOT NULL DEFAULT '{}',
  code text,
  -- What is held against the others' to tell who does otherwise: names of columns, tables and constraints, no value.
  signature jsonb,
  -- What it gave, masked, and what an execution is held to; under the practice's own key.
  report_sealed bytea,
  receipt bytea,
  took_ms double precision,
  ended_at timestamptz,
  -- Of the execution.
  wave integer,
  execution text CHECK (execution IN ('waiting', 'executed', 'failed', 'drifted', 'unknown')),
  request_id uuid REFERENCES sql_requests,
  PRIMARY KEY (fleet_id, tenant_id),
  UNIQUE (fleet_id, place),
  CHECK ((state = 'waiting') = (ended_at IS NULL)),
  CHECK ((wave IS NULL) = (execution IS NULL)),
  CHECK (execution NOT IN ('executed', 'unknown') OR request_id IS NOT NULL)
);
CREATE INDEX sql_fleet_runs_waiting ON sql_fleet_runs (fleet_id, place) WHERE state = 'waiting';
CREATE INDEX ON sql_fleet_runs (tenant_id);
CREATE INDEX ON sql_fleet_runs (request_id) WHERE request_id IS NOT NULL;

GRANT SELECT, INSERT,
  UPDATE (state, started_at, ended_at, execution, receipt, reason, requested_at, lapses_at, decided_by, decided_at, remark, begun_at,
    wave, automatic),
  DELETE ON sql_fleets TO mgp_app;
GRANT SELECT, INSERT,
  UPDATE (state, schema_version, row_count, kept, effects, code, signature, report_sealed, receipt, took_ms, ended_at, wave, execution,
    request_id)
  ON sql_fleet_runs TO mgp_app;

-- Executing in many practices what was simulated in each of them: how far it came, where it stopped, and why.

-- Of the many runs that an execution in many practices begins by itself, several are under way at once.
ALTER TABLE sql_runs ADD COLUMN fleet_id uuid REFERENCES sql_fleets;
CREATE INDEX ON sql_runs (fleet_id) WHERE fleet_id IS NOT NULL;
DROP INDEX sql_runs_one_at_a_time;
CREATE UNIQUE INDEX sql_runs_one_at_a_time ON sql_runs (staff_id) WHERE status = 'running' AND fleet_id IS NULL;

ALTER TABLE sql_fleets
  ADD COLUMN execution_ended_at timestamptz,
  -- Nothing is committed in any practice after that, until somebody goes on.
  ADD COLUMN stopped_at timestamptz,
  ADD COLUMN stop_why text
    CHECK (stop_why IN ('drifted', 'failed', 'unknown', 'by_hand', 'approver_gone', 'author_gone', 'lapsed', 'refused')),
  ADD COLUMN stopped_by uuid REFERENCES staff_members,
  ADD COLUMN stop_tenant_id uuid REFERENCES tenants,
  ADD CONSTRAINT sql_fleets_stop CHECK ((execution IS NOT NULL AND execution = 'stopped') = (stopped_at IS NOT NULL)
    AND (stopped_at IS NULL) = (stop_why IS NULL)),
  ADD CONSTRAINT sql_fleets_executed CHECK ((execution IS NOT NULL AND execution = 'executed') = (execution_ended_at IS NOT NULL));

ALTER TABLE sql_fleet_runs
  ADD COLUMN execution_code text,
  -- Tables and counts of rows, no value.
  ADD COLUMN drift jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN execution_ended_at timestamptz,
  DROP CONSTRAINT sql_fleet_runs_execution_check,
  ADD CONSTRAINT sql_fleet_runs_execution_check
    CHECK (execution IN ('waiting', 'executed', 'failed', 'drifted', 'unknown', 'left_out'));

GRANT UPDATE (ticket, execution_ended_at, stopped_at, stop_why, stopped_by, stop_tenant_id) ON sql_fleets TO mgp_app;
GRANT UPDATE (execution_code, drift, execution_ended_at) ON sql_fleet_runs TO mgp_app;

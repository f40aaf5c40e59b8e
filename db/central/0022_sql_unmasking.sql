-- Unmasking in the SQL console: somebody sees identities or financial data of one database for some minutes, for a reason.

CREATE TABLE sql_unmaskings (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  -- Of this session alone: with it, it is over.
  staff_session_id uuid NOT NULL REFERENCES staff_sessions,
  -- Null: the central database.
  tenant_id uuid REFERENCES tenants,
  -- Nothing clinical, secret or unclassed, ever.
  classes text[] NOT NULL CHECK (classes <@ '{identity,financial}'::text[] AND cardinality(classes) BETWEEN 1 AND 2),
  -- Why, under the key of whose data it is.
  reason_sealed bytea NOT NULL,
  ticket_id uuid NOT NULL REFERENCES tickets,
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 60),
  opened_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- Of all that stands above, under a key outside of this database: what was written here by hand opens nothing.
  mac bytea NOT NULL,
  -- How many answers went out unmasked, and when the last one.
  runs integer NOT NULL DEFAULT 0,
  last_used_at timestamptz,
  ended_at timestamptz,
  ended_by text CHECK (ended_by IN ('owner', 'other', 'time', 'session', 'right')),
  ended_by_staff uuid REFERENCES staff_members,
  CHECK (ends_at = opened_at + minutes * interval '1 minute'),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CHECK ((ended_by IN ('owner', 'other')) = (ended_by_staff IS NOT NULL))
);
CREATE INDEX ON sql_unmaskings (opened_at DESC, id DESC);
CREATE INDEX ON sql_unmaskings (staff_id, opened_at DESC);
-- Each person has one at a time.
CREATE UNIQUE INDEX sql_unmaskings_one_at_a_time ON sql_unmaskings (staff_id) WHERE ended_at IS NULL;

-- What ended stays ended, and how it was.
CREATE FUNCTION sql_unmasking_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN RAISE EXCEPTION 'unmasking % has ended', OLD.id; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sql_unmasking_stays_ended BEFORE UPDATE ON sql_unmaskings
  FOR EACH ROW EXECUTE FUNCTION sql_unmasking_stays_ended();

-- Whose answer went out unmasked; what is kept of it is masked all the same.
ALTER TABLE sql_runs ADD COLUMN unmasking_id uuid REFERENCES sql_unmaskings;

INSERT INTO role_permissions (role_id, permission)
SELECT id, 'sql.unmask' FROM roles WHERE built_in AND key = 'super_administrator';

GRANT SELECT, INSERT, UPDATE (runs, last_used_at, ended_at, ended_by, ended_by_staff) ON sql_unmaskings TO mgp_app;
GRANT UPDATE (unmasking_id) ON sql_runs TO mgp_app;

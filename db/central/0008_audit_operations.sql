-- Actions in a tenant's database (decision 9): an intent in the log before, an outcome after, and never two of either.

-- One intent and one outcome for each operation, whoever writes them: the log itself refuses a second.
CREATE UNIQUE INDEX audit_entries_one_intent ON audit_entries (operation_id) WHERE result = 'intended';
CREATE UNIQUE INDEX audit_entries_one_outcome ON audit_entries (operation_id) WHERE operation_id IS NOT NULL AND result <> 'intended';

-- The operations of late: what was intended and, once somebody told, what came of it. The log keeps both for ever; this
-- is only where one looks up quickly what is still open, and where two who want to tell meet.
CREATE TABLE audit_operations (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  intent_entry_id uuid NOT NULL UNIQUE,
  intended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome text CHECK (outcome IN ('done', 'refused', 'failed')),
  outcome_entry_id uuid UNIQUE,
  settled_at timestamptz,
  -- What hindered the last look into the tenant's database.
  trouble text,
  tried_at timestamptz,
  CHECK (num_nulls(outcome, outcome_entry_id, settled_at) IN (0, 3))
);
CREATE INDEX audit_operations_unsettled ON audit_operations (intended_at) WHERE outcome IS NULL;
CREATE INDEX audit_operations_settled ON audit_operations (settled_at) WHERE outcome IS NOT NULL;

CREATE FUNCTION refuse_second_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'operation % is %', OLD.id, coalesce(OLD.outcome, 'not settled') USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER settled_once BEFORE UPDATE ON audit_operations FOR EACH ROW
  WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION refuse_second_outcome();
CREATE TRIGGER forgotten_when_settled BEFORE DELETE ON audit_operations FOR EACH ROW
  WHEN (OLD.outcome IS NULL) EXECUTE FUNCTION refuse_second_outcome();

GRANT SELECT, INSERT (id, tenant_id, intent_entry_id), UPDATE (outcome, outcome_entry_id, settled_at, trouble, tried_at), DELETE
  ON audit_operations TO mgp_app;

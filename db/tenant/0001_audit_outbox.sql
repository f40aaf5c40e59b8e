-- What was done in this database, until the central log tells of it (decision 9): the first of a tenant's migrations.
-- Provisioning lets those who write in this database insert here, and the reconciler read, insert and delete.

-- Written in the transaction of the change itself. Whoever writes an operation's row first decides what came of it: the
-- change, or the reconciler, which writes `failed` where it finds none, so that the change can commit no more.
CREATE TABLE audit_outbox (
  operation_id uuid PRIMARY KEY,
  outcome text NOT NULL CHECK (outcome IN ('done', 'failed')),
  -- Before and after, sealed for `audit_outbox.payload:<operation id>`.
  payload bytea,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Rows are cleared away a day later, the reconciler's `failed` too: a process that slept for so long must not wake up
-- and change something nobody would tell of. An operation's id (UUID version 7) says when it was intended.
CREATE FUNCTION refuse_late_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'operation % was intended more than an hour ago', NEW.operation_id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER in_time BEFORE INSERT ON audit_outbox FOR EACH ROW
  WHEN (NEW.outcome = 'done' AND uuid_extract_timestamp(NEW.operation_id) < clock_timestamp() - interval '1 hour')
  EXECUTE FUNCTION refuse_late_operation();

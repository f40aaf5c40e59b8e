-- What was done in this database, until the central log tells of it (decision 9): the first of a tenant's migrations.

-- Written in the transaction of the change itself. Whoever writes an operation's row first decides what came of it: the
-- change, or the reconciler, which writes `failed` where it finds none, so that the change can no longer commit.
CREATE TABLE audit_outbox (
  operation_id uuid PRIMARY KEY,
  outcome text NOT NULL CHECK (outcome IN ('done', 'failed')),
  -- Before and after, sealed for `audit_outbox.payload:<operation id>`; gone once the central log has them.
  payload bytea,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

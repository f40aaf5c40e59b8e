-- How the SQL console's runs and requests end where nobody is left to say it, and how long their words are kept.

-- `unknown`: the database in which it ran was moved or deleted before anybody could be asked what became of it.
ALTER TABLE sql_requests
  DROP CONSTRAINT sql_requests_outcome_check,
  ADD CONSTRAINT sql_requests_outcome_check CHECK (outcome IN ('refused', 'withdrawn', 'executed', 'failed', 'unknown'));

-- Whoever asked for it wants it ended, whichever process runs it.
ALTER TABLE sql_runs ADD COLUMN cancel_asked_at timestamptz;

-- Texts that are no longer kept are emptied: what they did is still counted.
GRANT UPDATE (cancel_asked_at, text_sealed) ON sql_runs TO mgp_app;
GRANT UPDATE (text_sealed) ON sql_fleets TO mgp_app;

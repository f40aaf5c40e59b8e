-- Searches of the audit log that people keep for themselves.

CREATE TABLE audit_searches (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- The filter as the log's address says it: an object of texts.
  query jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (staff_id, name)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_searches TO mgp_app;

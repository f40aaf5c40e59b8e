-- Queries of the SQL console that people keep under a name, for themselves or for everybody who works there.

CREATE TABLE sql_queries (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES staff_members,
  reach text NOT NULL CHECK (reach IN ('personal', 'everyone')),
  name text NOT NULL CHECK (name <> ''),
  description text NOT NULL,
  -- What it is meant for: the central database, or a practice's, whichever.
  target text NOT NULL CHECK (target IN ('central', 'tenant')),
  -- What the parser said when it was saved; a draft it would refuse.
  state text NOT NULL CHECK (state IN ('reads', 'writes', 'changes_schema', 'draft')),
  -- The text, and its parameters with what stands in them first. Of no practice, so under the key of the vendor.
  text_sealed bytea NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by uuid NOT NULL REFERENCES staff_members,
  trashed_at timestamptz
);
-- Of one person a name is one query; what lies in the trash gives its name back.
CREATE UNIQUE INDEX sql_queries_name ON sql_queries (owner_id, lower(name)) WHERE trashed_at IS NULL;
CREATE INDEX sql_queries_shared ON sql_queries (id) WHERE reach = 'everyone';
CREATE INDEX sql_queries_trashed ON sql_queries (trashed_at) WHERE trashed_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (reach, name, description, target, state, text_sealed, revision, updated_at, updated_by, trashed_at), DELETE
  ON sql_queries TO mgp_app;

-- Which tenant is where: the catalogue, what is done to its databases, and what is known of their health (decision 3).

-- ───────────────────────────── clusters

CREATE TABLE clusters (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  -- Where its databases are reached, without a login: postgres://host:port, with TLS options where it has any.
  address text NOT NULL,
  -- The provisioner's address with its password, sealed for `clusters.provisioner_url:<id>`.
  provisioner_url_sealed bytea NOT NULL,
  capacity integer NOT NULL DEFAULT 500 CHECK (capacity BETWEEN 1 AND 5000),
  -- `closed` takes no new tenants; those it has work on.
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  -- What new tenants are cloned from, and the schema it holds, line by line: what drift is measured against.
  template_name text,
  template_version integer,
  template_catalogue text[],
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Null while it answers.
  unreachable_since timestamptz,
  trouble text
);

-- ───────────────────────────── tenants

CREATE TABLE tenants (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- Whose practice it is. The certificate of a purge outlives the client.
  client_id uuid REFERENCES clients ON DELETE SET NULL,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('practitioner', 'secretary')),
  cluster_id uuid NOT NULL REFERENCES clusters,
  -- Says nothing of whom it belongs to.
  database_name text NOT NULL UNIQUE CHECK (database_name ~ '^t_[0-9a-f]{16}$'),
  -- What its logins begin with: `<login_role>_secretary`.
  login_role text NOT NULL UNIQUE CHECK (login_role ~ '^t_[0-9a-f]{16}$'),
  -- 32 random bytes the passwords of its logins are derived from, sealed for `tenants.login_secret:<id>`.
  login_secret_sealed bytea,
  -- The key that what is written in it is sealed under, itself sealed for `tenants.key:<id>`; destroyed by the purge.
  key_sealed bytea,
  -- As the database itself says it; a copy, for lists.
  schema_version integer,
  state text NOT NULL DEFAULT 'provisioning' CHECK (state IN ('provisioning', 'active', 'suspended', 'moving', 'purging', 'purged')),
  -- What it was before it moved.
  state_before text CHECK (state_before IN ('active', 'suspended')),
  state_since timestamptz NOT NULL DEFAULT now(),
  state_reason text,
  -- Among the first a migration is tried on.
  canary boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES staff_members,
  -- Health, as it was measured last.
  measured_at timestamptz,
  size_bytes bigint,
  connections integer,
  slow_queries integer,
  rows_estimated bigint,
  last_backup_at timestamptz,
  CHECK ((state = 'purged') = (key_sealed IS NULL)),
  CHECK ((state = 'purged') = (login_secret_sealed IS NULL)),
  CHECK ((state = 'moving') = (state_before IS NOT NULL))
);
CREATE UNIQUE INDEX tenants_one_a_client ON tenants (client_id) WHERE state <> 'purged';
CREATE INDEX ON tenants (cluster_id) WHERE state <> 'purged';
CREATE INDEX tenants_by_name ON tenants (plain_text(name), id);
CREATE INDEX tenants_search ON tenants USING gin (plain_text(name) gin_trgm_ops);

-- ───────────────────────────── what is done to them

-- One thing at a time, by one process at a time; whoever dies is followed by another that goes on from `step`.
CREATE TABLE tenant_works (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  tenant_id uuid NOT NULL REFERENCES tenants,
  kind text NOT NULL CHECK (kind IN ('provision', 'move', 'backup', 'restore', 'switch', 'purge')),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  -- The step it is at, in the kind's own words, and what the steps need to know.
  step text,
  plan jsonb NOT NULL DEFAULT '{}',
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  error_code text,
  error_detail text,
  attempts integer NOT NULL DEFAULT 0,
  asked_by uuid REFERENCES staff_members,
  asked_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz,
  CHECK ((state IN ('done', 'failed')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX tenant_works_one_at_a_time ON tenant_works (tenant_id) WHERE state IN ('waiting', 'running');
CREATE INDEX ON tenant_works (tenant_id, asked_at DESC);
CREATE INDEX tenant_works_open ON tenant_works (asked_at) WHERE state IN ('waiting', 'running');

-- Archives of one tenant, sealed under its own key: a purge makes them unreadable wherever they are.
CREATE TABLE tenant_backups (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants,
  made_at timestamptz NOT NULL,
  made_by uuid REFERENCES staff_members,
  schema_version integer NOT NULL,
  storage_key text NOT NULL UNIQUE,
  bytes bigint NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  -- { "patients": 12, … }
  rows_by_table jsonb NOT NULL,
  -- Before what it was made, where it was not asked for by itself.
  occasion text NOT NULL DEFAULT 'asked' CHECK (occasion IN ('asked', 'nightly', 'before_restore', 'before_purge')),
  removed_at timestamptz
);
CREATE INDEX ON tenant_backups (tenant_id, made_at DESC) WHERE removed_at IS NULL;

-- Databases beside the living one: a backup that was restored and may take its place, what it replaced, where it moved away
-- from. Nobody but the keeper of the house connects to them.
CREATE TABLE tenant_spares (
  database_name text PRIMARY KEY CHECK (database_name ~ '^t_[0-9a-f]{16}$'),
  tenant_id uuid NOT NULL REFERENCES tenants,
  cluster_id uuid NOT NULL REFERENCES clusters,
  login_role text NOT NULL,
  -- Sealed for `tenant_spares.login_secret:<database name>`; null once it is dropped.
  login_secret_sealed bytea,
  origin text NOT NULL CHECK (origin IN ('restored', 'replaced', 'moved')),
  backup_id uuid REFERENCES tenant_backups,
  rows_by_table jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  -- By itself, then.
  drop_after timestamptz NOT NULL,
  dropped_at timestamptz
);
CREATE INDEX ON tenant_spares (tenant_id) WHERE dropped_at IS NULL;

-- What shows that a tenant is gone; its digest stands in the audit log.
CREATE TABLE tenant_purges (
  tenant_id uuid PRIMARY KEY REFERENCES tenants,
  purged_at timestamptz NOT NULL,
  purged_by uuid REFERENCES staff_members,
  certificate text NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32)
);

-- ───────────────────────────── migrations of the fleet

CREATE TABLE fleet_migrations (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  to_version integer NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'stopped', 'done')),
  -- Of a wave: above it the next one does not begin.
  failures_allowed integer NOT NULL DEFAULT 0,
  asked_by uuid REFERENCES staff_members,
  asked_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz,
  stopped_because text
);
CREATE UNIQUE INDEX fleet_migrations_one_at_a_time ON fleet_migrations ((true)) WHERE state IN ('waiting', 'running');

CREATE TABLE fleet_migration_steps (
  migration_id uuid NOT NULL REFERENCES fleet_migrations,
  tenant_id uuid NOT NULL REFERENCES tenants,
  -- 0 the canaries, then one in a hundred, one in ten, the rest.
  wave integer NOT NULL CHECK (wave BETWEEN 0 AND 3),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed', 'skipped')),
  from_version integer,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  ended_at timestamptz,
  PRIMARY KEY (migration_id, tenant_id)
);
CREATE INDEX fleet_migration_steps_waiting ON fleet_migration_steps (migration_id, wave) WHERE state = 'waiting';
CREATE INDEX ON fleet_migration_steps (tenant_id);

-- Where a database differs from what it should be: [{ "kind": "missing" | "unexpected", "line": … }].
CREATE TABLE tenant_drifts (
  tenant_id uuid PRIMARY KEY REFERENCES tenants,
  checked_at timestamptz NOT NULL,
  differences jsonb NOT NULL,
  trouble text
);

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permission
FROM (VALUES
  ('super_administrator', ARRAY['tenants.read', 'tenants.open', 'tenants.suspend', 'tenants.export', 'tenants.operate', 'tenants.purge']),
  ('technical_administrator', ARRAY['tenants.read', 'tenants.open', 'tenants.suspend', 'tenants.operate']),
  ('administrator', ARRAY['tenants.read', 'tenants.open', 'tenants.suspend']),
  ('support', ARRAY['tenants.read']),
  ('sales', ARRAY['tenants.read', 'tenants.open']),
  ('direction', ARRAY['tenants.read']),
  ('compliance', ARRAY['tenants.read', 'tenants.export']),
  ('auditor', ARRAY['tenants.read'])
) AS grants (role, permissions)
JOIN roles ON roles.key = grants.role, unnest(permissions) AS permission;

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE ON clusters TO mgp_app;
GRANT SELECT, INSERT,
  UPDATE (client_id, name, cluster_id, database_name, login_role, login_secret_sealed, key_sealed, schema_version, state, state_before,
    state_since, state_reason, canary, measured_at, size_bytes, connections, slow_queries, rows_estimated, last_backup_at)
  ON tenants TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, step, plan, done, total, error_code, error_detail, attempts, started_at, ended_at)
  ON tenant_works TO mgp_app;
GRANT SELECT, INSERT, UPDATE (removed_at) ON tenant_backups TO mgp_app;
-- A spare that takes the living one's place is beside nothing any more.
GRANT SELECT, INSERT, UPDATE (login_secret_sealed, origin, drop_after, dropped_at), DELETE ON tenant_spares TO mgp_app;
-- Proof is not changed.
GRANT SELECT, INSERT ON tenant_purges TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, started_at, ended_at, stopped_because) ON fleet_migrations TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, from_version, attempts, error, ended_at) ON fleet_migration_steps TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_drifts TO mgp_app;

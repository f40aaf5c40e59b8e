-- Whose practice this is, who works in it, and what a note must not show to whom.

-- ───────────────────────────── the practice

CREATE TABLE practice (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Of the catalogue: a connection that reached another practice's database finds it out here.
  tenant_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('practitioner', 'secretary')),
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  -- Grows with each change: two who edit at once find out.
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- ───────────────────────────── who works in it

-- A member signs in centrally; what the practice knows of them stands here, under the same id.
CREATE TABLE profiles (
  member_id uuid PRIMARY KEY,
  profile text NOT NULL CHECK (profile IN ('practitioner', 'secretary')),
  first_name text NOT NULL,
  last_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  left_at timestamptz
);

-- ───────────────────────────── notes

-- Sealed under the tenant's key for `notes.body:<id>`: the database never holds the text.
CREATE TABLE notes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  author_id uuid NOT NULL REFERENCES profiles,
  kind text NOT NULL CHECK (kind IN ('record', 'personal')),
  body_sealed bytea NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now(),
  locked_at timestamptz
);
CREATE INDEX ON notes (author_id, written_at DESC);

-- ───────────────────────────── files

-- What they hold lies in the file store under the tenant's folder, sealed for `files:<id>`.
CREATE TABLE files (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  media_type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  -- Of the file as it came.
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  added_by uuid REFERENCES profiles,
  added_at timestamptz NOT NULL DEFAULT now()
);

-- ───────────────────────────── who may what

GRANT USAGE ON SCHEMA public TO mgp_tenant_practitioner, mgp_tenant_secretary, mgp_tenant_support, mgp_tenant_console,
  mgp_tenant_keeper;

GRANT SELECT ON schema_migrations TO mgp_tenant_practitioner, mgp_tenant_secretary, mgp_tenant_support, mgp_tenant_console,
  mgp_tenant_keeper;
GRANT SELECT ON practice, profiles TO mgp_tenant_practitioner, mgp_tenant_secretary, mgp_tenant_support, mgp_tenant_console,
  mgp_tenant_keeper;
GRANT UPDATE (name, time_zone, revision, updated_at) ON practice TO mgp_tenant_practitioner;
GRANT SELECT, INSERT, DELETE ON files TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT ON files TO mgp_tenant_support, mgp_tenant_console, mgp_tenant_keeper;

-- A secretary has no right at all on notes; support sees that they exist, and not one word of them (decision 3).
GRANT SELECT, INSERT, UPDATE (body_sealed, locked_at), DELETE ON notes TO mgp_tenant_practitioner;
GRANT SELECT (id, author_id, kind, written_at, locked_at) ON notes TO mgp_tenant_support, mgp_tenant_console;

-- Whoever changes something tells of it (decision 9); the keeper finds out what nobody told.
GRANT INSERT ON audit_outbox TO mgp_tenant_practitioner, mgp_tenant_secretary, mgp_tenant_support, mgp_tenant_console;
GRANT SELECT, INSERT, DELETE ON audit_outbox TO mgp_tenant_keeper;

-- The keeper does the vendor's errands: whose practice it is, who was let in.
GRANT INSERT, UPDATE ON practice TO mgp_tenant_keeper;
GRANT INSERT, UPDATE ON profiles TO mgp_tenant_keeper;

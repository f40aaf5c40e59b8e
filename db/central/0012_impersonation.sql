-- Impersonation: somebody of the vendor's team stands in for a member, for a reason, for a while, under both names.

-- ───────────────────────────── what is agreed beforehand

-- free: written down, and told after the end. announced: the practice is told when it begins. consent: nothing begins
-- before the member or the practice's holder agreed. The stricter of the deployment's and the practice's own holds.
CREATE TABLE impersonation_policy (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  policy text NOT NULL DEFAULT 'announced' CHECK (policy IN ('free', 'announced', 'consent')),
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO impersonation_policy DEFAULT VALUES;

-- Null: the deployment's alone.
ALTER TABLE tenants ADD COLUMN impersonation_policy text CHECK (impersonation_policy IN ('free', 'announced', 'consent'));

-- ───────────────────────────── asking, agreeing, the key, the session

-- One row from the asking to the end. It is the session too: what opens it is hashed here, and nowhere else.
CREATE TABLE impersonations (
  id uuid PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  -- The session it is begun from, and which sleeps meanwhile: without it there is none.
  staff_session_id uuid NOT NULL REFERENCES staff_sessions,
  member_id uuid NOT NULL REFERENCES members,
  tenant_id uuid NOT NULL REFERENCES tenants,
  purpose text NOT NULL CHECK (purpose IN ('question', 'trouble', 'setup', 'data', 'other')),
  reason text NOT NULL CHECK (reason <> ''),
  -- Of the ticket, as long as there are none here: as it is called elsewhere.
  reference text NOT NULL DEFAULT '',
  may_write boolean NOT NULL DEFAULT false,
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 30),
  -- What held when it was asked.
  policy text NOT NULL CHECK (policy IN ('free', 'announced', 'consent')),
  asked_at timestamptz NOT NULL,
  -- What was not begun by then lapses.
  lapses_at timestamptz NOT NULL,

  -- Of a practice that wants to be asked: who answered there.
  agreed_at timestamptz,
  refused_at timestamptz,
  answered_by uuid REFERENCES members,
  -- Reading their notes too, which only the member themself can allow, and for this once.
  wants_notes boolean NOT NULL DEFAULT false,
  notes_opened_at timestamptz,

  -- Instead of the practice's word: a second one of the team's, loudly, and looked at again afterwards.
  break_glass boolean NOT NULL DEFAULT false,
  approved_by uuid REFERENCES staff_members,
  approved_at timestamptz,
  reviewed_by uuid REFERENCES staff_members,
  reviewed_at timestamptz,
  review text,

  -- The key: SHA-256 of its token and of what that one browser was given before; good once and for a minute.
  key_hash bytea UNIQUE,
  browser_hash bytea,
  key_expires_at timestamptz,

  -- The session: SHA-256 of its cookie. Its end is fixed when it begins.
  session_hash bytea UNIQUE,
  started_at timestamptz,
  ends_at timestamptz,
  -- A clock that was turned back lengthens nothing.
  last_seen_at timestamptz,
  ended_at timestamptz,
  ended_by text CHECK (ended_by IN ('actor', 'time', 'practice', 'vendor', 'withdrawn', 'lapsed', 'rights', 'unwritable')),
  ended_by_staff uuid REFERENCES staff_members,
  ended_by_member uuid REFERENCES members,
  -- The practice was told that it begins, that it ended.
  told_begin_at timestamptz,
  told_end_at timestamptz,

  CHECK (ends_at <= started_at + interval '30 minutes'),
  CHECK ((started_at IS NULL) = (session_hash IS NULL)),
  CHECK ((started_at IS NULL) = (ends_at IS NULL)),
  CHECK (NOT (agreed_at IS NOT NULL AND refused_at IS NOT NULL)),
  CHECK (approved_by IS NULL OR approved_by <> staff_id),
  CHECK (reviewed_by IS NULL OR reviewed_by <> staff_id)
);
-- Nobody is two people at once.
CREATE UNIQUE INDEX impersonations_one_at_a_time ON impersonations (staff_session_id) WHERE started_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX ON impersonations (tenant_id, asked_at DESC);
CREATE INDEX ON impersonations (member_id);
CREATE INDEX ON impersonations (asked_at DESC);
CREATE INDEX impersonations_open ON impersonations (asked_at) WHERE ended_at IS NULL;

-- The staff session sleeps so long: then, or when the impersonation ends, it wakes under another token.
ALTER TABLE staff_sessions
  ADD COLUMN asleep_for uuid REFERENCES impersonations,
  ADD COLUMN asleep_until timestamptz;

-- What was seen and done in one, in its order.
CREATE INDEX audit_entries_by_impersonation ON audit_entries (impersonation_id, at, id) WHERE impersonation_id IS NOT NULL;

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT id, unnest(CASE key
    WHEN 'super_administrator' THEN '{impersonation.start,impersonation.write,impersonation.read,impersonation.revoke,impersonation.approve,impersonation.policy}'::text[]
    WHEN 'technical_administrator' THEN '{impersonation.start,impersonation.read,impersonation.revoke,impersonation.approve}'::text[]
    WHEN 'administrator' THEN '{impersonation.start,impersonation.write,impersonation.read,impersonation.revoke,impersonation.approve,impersonation.policy}'::text[]
    WHEN 'direction' THEN '{impersonation.read,impersonation.revoke,impersonation.approve}'::text[]
    WHEN 'compliance' THEN '{impersonation.read,impersonation.revoke,impersonation.approve,impersonation.policy}'::text[]
    WHEN 'support' THEN '{impersonation.start,impersonation.read}'::text[]
    WHEN 'auditor' THEN '{impersonation.read}'::text[]
    ELSE '{}'::text[] END)
FROM roles WHERE built_in;

-- ───────────────────────────── what the server may do

GRANT SELECT, UPDATE (policy, revision, updated_at) ON impersonation_policy TO mgp_app;
GRANT UPDATE (impersonation_policy) ON tenants TO mgp_app;
GRANT SELECT, INSERT, UPDATE (staff_session_id, lapses_at, agreed_at, refused_at, answered_by, wants_notes, notes_opened_at, approved_by, approved_at,
  reviewed_by, reviewed_at, review, key_hash, browser_hash, key_expires_at, session_hash, started_at, ends_at, last_seen_at,
  ended_at, ended_by, ended_by_staff, ended_by_member, told_begin_at, told_end_at) ON impersonations TO mgp_app;

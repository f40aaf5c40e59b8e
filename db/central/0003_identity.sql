-- Identity and access: several second factors, mail links, devices, what was tried and blocked, roles that people make
-- themselves, and limits within which a role holds.

-- ───────────────────────────── staff members

-- Invited people have no password until they choose one by their link.
ALTER TABLE staff_members ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE staff_members
  ADD COLUMN password_changed_at timestamptz,
  ADD COLUMN created_by uuid REFERENCES staff_members,
  ADD COLUMN suspended_by uuid REFERENCES staff_members,
  ADD COLUMN suspension_reason text,
  -- Another address may be a stranger's mailbox: of a factor reset the former one hears too, for a while.
  ADD COLUMN former_email text,
  ADD COLUMN email_changed_at timestamptz,
  -- After a lost factor was reset, enrolling a new one takes the link that was mailed, besides the password.
  ADD COLUMN enrolment_needs_link boolean NOT NULL DEFAULT false,
  -- ASCII only: an address that merely looks like another one is another account to nobody.
  ADD CONSTRAINT staff_members_email_ascii CHECK (email ~ '^[\x21-\x7e]+$');

-- ───────────────────────────── second factors

-- The authenticator app: one a person. The secrets stay sealed to the place they were sealed for,
-- `staff_second_factors.secret:<staff id>`.
ALTER TABLE staff_second_factors RENAME TO staff_authenticators;
ALTER TABLE staff_authenticators ADD COLUMN last_used_at timestamptz;

CREATE TABLE staff_passkeys (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  credential_id bytea NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  -- Grows with each use where the authenticator counts at all; one that goes back tells of a copy.
  sign_count bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}',
  -- Kept by a password manager and so on several devices.
  backed_up boolean NOT NULL DEFAULT false,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX ON staff_passkeys (staff_id);

-- Ten at a time. The selector (20 bits) finds the code, the rest (40 bits) is hashed with argon2id (ASVS 6.5.2).
CREATE TABLE staff_recovery_codes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  selector text NOT NULL,
  code_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  UNIQUE (staff_id, selector)
);

-- A challenge answered once is never taken again; kept until it would have expired anyway.
CREATE TABLE used_challenges (
  nonce bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON used_challenges (expires_at);

-- ───────────────────────────── links by mail

-- Good once; only the hash of the token is here.
CREATE TABLE staff_links (
  token_hash bytea PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members,
  kind text NOT NULL CHECK (kind IN ('invitation', 'password_reset', 'factor_enrolment', 'factor_reset_refusal')),
  -- What the link is about, besides the person: a factor reset.
  about_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES staff_members,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX ON staff_links (staff_id, kind) WHERE used_at IS NULL;
CREATE INDEX ON staff_links (expires_at);

-- Somebody asked for a link to choose another password: an address, which may be nobody's, sealed for
-- `staff_password_requests.asked:<id>` and gone as soon as a job has looked for it.
CREATE TABLE staff_password_requests (
  id uuid PRIMARY KEY,
  asked_sealed bytea NOT NULL,
  asked_at timestamptz NOT NULL
);

-- The link by which a sign-in may enrol a factor anew; used up when it does.
ALTER TABLE staff_sign_ins ADD COLUMN enrolment_link_hash bytea;

-- A lost second factor: two other administrators approve, the person is told and may refuse, then a delay passes.
CREATE TABLE staff_factor_resets (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  reason text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  -- Null: the person, by the password alone.
  requested_by uuid REFERENCES staff_members,
  -- Set by the second approval; the factors go at this instant.
  effective_at timestamptz,
  cancelled_at timestamptz,
  -- Null: the person, by the link in the mail.
  cancelled_by uuid REFERENCES staff_members,
  done_at timestamptz,
  CHECK (done_at IS NULL OR cancelled_at IS NULL)
);
CREATE UNIQUE INDEX staff_factor_resets_one_open ON staff_factor_resets (staff_id) WHERE done_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE staff_factor_reset_approvals (
  reset_id uuid NOT NULL REFERENCES staff_factor_resets,
  approved_by uuid NOT NULL REFERENCES staff_members,
  approved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (reset_id, approved_by)
);

-- ───────────────────────────── sessions and devices

-- A browser somebody signed in from in full. It opens nothing; it only tells a known device from a stranger's.
CREATE TABLE staff_devices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  token_hash bytea NOT NULL,
  user_agent text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (staff_id, token_hash)
);
CREATE INDEX ON staff_devices (token_hash);

ALTER TABLE staff_sessions
  -- The second factor the session was opened with.
  ADD COLUMN factor text NOT NULL DEFAULT 'totp' CHECK (factor IN ('totp', 'passkey', 'recovery_code')),
  ADD COLUMN device_id uuid REFERENCES staff_devices,
  ADD COLUMN last_ip inet,
  -- Rights changed since: the next request gets a new token and the old one dies.
  ADD COLUMN must_rotate boolean NOT NULL DEFAULT false,
  ADD COLUMN ended_by uuid REFERENCES staff_members,
  ADD COLUMN ended_reason text CHECK (ended_reason IN ('signed_out', 'revoked', 'suspended', 'password_changed', 'factor_reset', 'everyone'));
ALTER TABLE staff_sessions ALTER COLUMN factor DROP DEFAULT;
CREATE INDEX ON staff_sessions (staff_id, created_at DESC);

-- ───────────────────────────── what was tried

-- Every sign-in that succeeded and every check that failed. What a block answered is counted on the block instead.
CREATE TABLE staff_sign_in_events (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL CHECK (kind IN ('signed_in', 'stepped_up', 'password_wrong', 'factor_wrong', 'account_unknown', 'account_suspended')),
  -- Null where no account has the address; the address that was typed is not kept, it may be a password.
  staff_id uuid REFERENCES staff_members,
  session_id uuid,
  factor text,
  ip inet NOT NULL,
  -- The address's bucket: IPv4 whole, IPv6 by /64.
  network cidr NOT NULL,
  user_agent text NOT NULL,
  new_device boolean NOT NULL DEFAULT false,
  new_network boolean NOT NULL DEFAULT false,
  -- Failures of this account in the hour before a success.
  failures_before integer NOT NULL DEFAULT 0,
  -- The person was told by mail, and may have answered that it was not them.
  suspicious boolean NOT NULL DEFAULT false
);
CREATE INDEX ON staff_sign_in_events (staff_id, at DESC);
CREATE INDEX ON staff_sign_in_events (network, at DESC);
-- From where who signed in before.
CREATE INDEX staff_sign_in_events_entries ON staff_sign_in_events (network, staff_id) WHERE kind = 'signed_in';
CREATE INDEX ON staff_sign_in_events (at DESC, id DESC);
CREATE INDEX staff_sign_in_events_suspicious ON staff_sign_in_events (at DESC, id DESC) WHERE suspicious;

CREATE TABLE address_blocks (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- A single IPv4 address, or an IPv6 /64 or /48.
  network cidr NOT NULL,
  reason text NOT NULL CHECK (reason IN ('too_many_failures', 'neighbouring_failures')),
  -- Tries it answered since.
  refused integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_refused_at timestamptz,
  until timestamptz NOT NULL,
  lifted_at timestamptz,
  lifted_by uuid REFERENCES staff_members
);
CREATE INDEX ON address_blocks (network) WHERE lifted_at IS NULL;
CREATE INDEX ON address_blocks (created_at DESC, id DESC);

-- ───────────────────────────── roles

ALTER TABLE roles
  -- People name the roles they make; the built-in ones have theirs in the messages.
  ADD COLUMN name text,
  ADD COLUMN description text,
  ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN created_by uuid REFERENCES staff_members,
  -- Somebody held it once: it gives nothing any more, and keeps its name for the history of who held what.
  ADD COLUMN retired_at timestamptz,
  ADD CHECK (built_in OR (name <> '' AND level < 100));

-- Where a role holds: no line means everywhere, several mean any of them.
CREATE TABLE role_limits (
  role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('department', 'client', 'own')),
  -- A department's code or a client's id; empty for one's own.
  value text NOT NULL,
  PRIMARY KEY (role_id, kind, value),
  CHECK ((kind = 'own') = (value = ''))
);

-- The matrix is one thing to whoever saves it: this number tells that somebody else saved meanwhile.
CREATE TABLE role_matrix (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  revision integer NOT NULL DEFAULT 1
);
INSERT INTO role_matrix DEFAULT VALUES;

-- Who held which role, from when to when, by whom.
ALTER TABLE staff_roles DROP CONSTRAINT staff_roles_pkey;
ALTER TABLE staff_roles
  ADD COLUMN id uuid PRIMARY KEY DEFAULT uuidv7(),
  ADD COLUMN given_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN given_by uuid REFERENCES staff_members,
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN ended_by uuid REFERENCES staff_members;
CREATE UNIQUE INDEX staff_roles_held ON staff_roles (staff_id, role_id) WHERE ended_at IS NULL;

-- Not even a mistake of the server's leaves the house without its top level, or the top level without a right.
CREATE FUNCTION keep_a_super_administrator() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  top uuid;
BEGIN
  -- Two who remove each other at once take turns here.
  SELECT id INTO top FROM roles WHERE key = 'super_administrator' FOR UPDATE;
  IF EXISTS (SELECT FROM staff_roles WHERE role_id = top)
    AND NOT EXISTS (SELECT FROM staff_roles JOIN staff_members ON staff_members.id = staff_id
      -- Who was invited and never came keeps no door open.
      WHERE role_id = top AND ended_at IS NULL AND suspended_at IS NULL AND password_hash IS NOT NULL) THEN
    RAISE EXCEPTION 'the last super administrator stays' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'staff_roles_last_super_administrator';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER staff_roles_keep_a_super_administrator AFTER UPDATE OF ended_at ON staff_roles
  FOR EACH STATEMENT EXECUTE FUNCTION keep_a_super_administrator();
CREATE TRIGGER staff_members_keep_a_super_administrator AFTER UPDATE OF suspended_at ON staff_members
  FOR EACH STATEMENT EXECUTE FUNCTION keep_a_super_administrator();

CREATE FUNCTION keep_built_in_roles() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Migrations may (the owner, a superuser); the server may not.
  IF NOT pg_has_role(session_user, 'mgp_owner', 'MEMBER')
    AND EXISTS (SELECT FROM roles WHERE id = coalesce(new.role_id, old.role_id) AND key = 'super_administrator') THEN
    RAISE EXCEPTION 'the super administrator holds every permission, everywhere' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(new, old);
END $$;
CREATE FUNCTION keep_built_in_roles_themselves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.built_in AND NOT pg_has_role(session_user, 'mgp_owner', 'MEMBER') THEN
    RAISE EXCEPTION 'a built-in role keeps its level, and stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(new, old);
END $$;
CREATE TRIGGER roles_keep_the_built_in BEFORE UPDATE OR DELETE ON roles
  FOR EACH ROW EXECUTE FUNCTION keep_built_in_roles_themselves();
CREATE TRIGGER role_permissions_keep_the_top BEFORE INSERT OR UPDATE OR DELETE ON role_permissions
  FOR EACH ROW EXECUTE FUNCTION keep_built_in_roles();
CREATE TRIGGER role_limits_keep_the_top BEFORE INSERT OR UPDATE OR DELETE ON role_limits
  FOR EACH ROW EXECUTE FUNCTION keep_built_in_roles();

-- Rights act at once: whoever's change, open sessions get a new token at their next request, every process forgets what
-- it knew of sessions, and the people concerned hear of it.
CREATE FUNCTION rights_of_people_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE staff_sessions SET must_rotate = true WHERE ended_at IS NULL AND staff_id IN (SELECT staff_id FROM changed);
  PERFORM pg_notify('news', '{"topic":"sessions"}');
  PERFORM pg_notify('news', jsonb_build_object('topic', 'session', 'only', staff_id)::text) FROM (SELECT DISTINCT staff_id FROM changed) people;
  RETURN NULL;
END $$;
CREATE FUNCTION rights_of_roles_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE staff_sessions SET must_rotate = true WHERE ended_at IS NULL AND staff_id IN
    (SELECT staff_id FROM staff_roles WHERE ended_at IS NULL AND role_id IN (SELECT role_id FROM changed));
  PERFORM pg_notify('news', '{"topic":"sessions"}');
  PERFORM pg_notify('news', jsonb_build_object('topic', 'session', 'only', staff_id)::text) FROM
    (SELECT DISTINCT staff_id FROM staff_roles WHERE ended_at IS NULL AND role_id IN (SELECT role_id FROM changed)) people;
  RETURN NULL;
END $$;
CREATE TRIGGER staff_roles_given AFTER INSERT ON staff_roles REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_people_changed();
CREATE TRIGGER staff_roles_ended AFTER UPDATE ON staff_roles REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_people_changed();
CREATE TRIGGER role_permissions_given AFTER INSERT ON role_permissions REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_roles_changed();
CREATE TRIGGER role_permissions_taken AFTER DELETE ON role_permissions REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_roles_changed();
CREATE TRIGGER role_limits_set AFTER INSERT ON role_limits REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_roles_changed();
CREATE TRIGGER role_limits_lifted AFTER DELETE ON role_limits REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION rights_of_roles_changed();

-- ───────────────────────────── clients: whose they are

-- Who looks after a client: what a role limited to one's own clients goes by.
ALTER TABLE clients ADD COLUMN account_manager_id uuid REFERENCES staff_members;
CREATE INDEX clients_by_account_manager ON clients (account_manager_id, sort_name, id) WHERE trashed_at IS NULL;

-- The limits of the permission a file was made with; null for everywhere. Who is limited otherwise since does not get it.
ALTER TABLE stored_files ADD COLUMN needs_limits jsonb;

-- ───────────────────────────── the log of one person

-- What somebody did is read beside what was done to them.
CREATE INDEX ON audit_entries (actor_staff_id, at DESC, id DESC);

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permission
FROM (VALUES
  ('super_administrator', ARRAY['staff.read', 'staff.manage', 'staff.reset_factors', 'roles.read', 'roles.manage', 'security.read', 'security.manage', 'mail.read']),
  ('technical_administrator', ARRAY['staff.read', 'staff.reset_factors', 'roles.read', 'security.read', 'security.manage', 'mail.read']),
  ('administrator', ARRAY['staff.read', 'staff.manage', 'staff.reset_factors', 'roles.read', 'roles.manage', 'security.read', 'security.manage']),
  ('direction', ARRAY['staff.read', 'roles.read']),
  ('compliance', ARRAY['staff.read', 'roles.read', 'security.read']),
  ('auditor', ARRAY['staff.read', 'roles.read', 'security.read'])
) AS grants (role, permissions)
JOIN roles ON roles.key = grants.role, unnest(permissions) AS permission;

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE, DELETE ON staff_passkeys, staff_recovery_codes TO mgp_app;
GRANT DELETE ON staff_authenticators TO mgp_app;
GRANT SELECT, INSERT, DELETE ON used_challenges TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_links TO mgp_app;
GRANT SELECT, INSERT, DELETE ON staff_password_requests TO mgp_app;
GRANT SELECT, INSERT, UPDATE ON staff_factor_resets, address_blocks, staff_devices TO mgp_app;
GRANT DELETE ON staff_devices, address_blocks TO mgp_app;
GRANT SELECT, INSERT ON staff_factor_reset_approvals TO mgp_app;
GRANT SELECT, INSERT, UPDATE (suspicious), DELETE ON staff_sign_in_events TO mgp_app;
-- Nobody makes a role that passes for a built-in one.
GRANT INSERT (key, name, description, level, created_at, created_by), UPDATE (name, description, level, retired_at), DELETE ON roles TO mgp_app;
GRANT INSERT, DELETE ON role_permissions TO mgp_app;
GRANT SELECT, INSERT, DELETE ON role_limits TO mgp_app;
GRANT SELECT, UPDATE (revision) ON role_matrix TO mgp_app;
-- A role that was held stays known.
REVOKE DELETE ON staff_roles FROM mgp_app;
GRANT UPDATE (ended_at, ended_by) ON staff_roles TO mgp_app;
REVOKE EXECUTE ON FUNCTION keep_a_super_administrator(), keep_built_in_roles(), rights_of_people_changed(),
  rights_of_roles_changed() FROM PUBLIC;

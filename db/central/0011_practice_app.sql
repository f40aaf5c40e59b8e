-- The practice app: what a member was granted, their second factor, and the vendor's message of the day.

-- ───────────────────────────── members

ALTER TABLE members
  -- What a secretary may in this practice; a practitioner may all, and then this says nothing.
  ADD COLUMN rights text[] NOT NULL DEFAULT '{agenda,patients,calls,messages,files}',
  -- A grant may end by itself.
  ADD COLUMN ends_at timestamptz,
  -- Of the practice, where the vendor's team did not let them in.
  ADD COLUMN granted_by uuid REFERENCES members,
  ADD COLUMN left_by uuid REFERENCES members,
  ADD CONSTRAINT members_rights CHECK (rights <@ '{agenda,patients,calls,messages,files,fees,figures}'::text[]);
ALTER TABLE member_links ADD COLUMN created_by_member uuid REFERENCES members;

-- Everybody who works there shows a second factor.
ALTER TABLE tenants ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;

-- The authenticator app: one a person, sealed for `member_authenticators.secret:<account id>`.
CREATE TABLE member_authenticators (
  account_id uuid PRIMARY KEY REFERENCES member_accounts,
  secret bytea NOT NULL,
  -- Null while it is being enrolled: it opens nothing yet.
  confirmed_at timestamptz,
  -- A code is good once (RFC 6238, 5.2).
  last_step bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);

CREATE TABLE member_passkeys (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES member_accounts,
  credential_id bytea NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  sign_count bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}',
  backed_up boolean NOT NULL DEFAULT false,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX ON member_passkeys (account_id);

-- Ten at a time; the selector finds the code, the rest is hashed (ASVS 6.5.2).
CREATE TABLE member_recovery_codes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES member_accounts,
  selector text NOT NULL,
  code_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  UNIQUE (account_id, selector)
);

-- What a sign-in has shown so far: the password alone, or a factor too.
ALTER TABLE member_sign_ins ADD COLUMN factor text CHECK (factor IN ('totp', 'passkey', 'recovery_code'));
ALTER TABLE member_sessions
  ADD COLUMN factor text CHECK (factor IN ('totp', 'passkey', 'recovery_code')),
  ADD COLUMN stepped_up_at timestamptz;
ALTER TABLE member_sessions DROP CONSTRAINT member_sessions_ended_reason_check;
ALTER TABLE member_sessions ADD CONSTRAINT member_sessions_ended_reason_check CHECK (ended_reason IN ('signed_out', 'revoked',
  'suspended', 'password_changed', 'left', 'everyone', 'switched', 'factor_changed', 'factor_required'));

-- ───────────────────────────── announcements: the message of the day

CREATE TABLE announcements (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  body_fr text NOT NULL CHECK (body_fr <> ''),
  body_en text NOT NULL DEFAULT '',
  -- Where more is said; https only.
  link text CHECK (link ~ '^https://'),
  from_on date NOT NULL,
  until_on date NOT NULL CHECK (until_on >= from_on),
  audience text NOT NULL DEFAULT 'everyone' CHECK (audience IN ('everyone', 'practitioner', 'secretary')),
  revision integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
CREATE INDEX ON announcements (until_on) WHERE removed_at IS NULL;

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT id, 'announcements.publish' FROM roles WHERE key IN ('super_administrator', 'administrator', 'direction', 'support');

-- ───────────────────────────── what the server may do

GRANT UPDATE (rights, ends_at, granted_by, left_by) ON members TO mgp_app;
GRANT UPDATE (second_factor_required) ON tenants TO mgp_app;
GRANT SELECT, INSERT, UPDATE (secret, confirmed_at, last_step, created_at, last_used_at), DELETE ON member_authenticators TO mgp_app;
GRANT SELECT, INSERT, UPDATE (sign_count, backed_up, name, last_used_at), DELETE ON member_passkeys TO mgp_app;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON member_recovery_codes TO mgp_app;
GRANT UPDATE (factor) ON member_sign_ins TO mgp_app;
GRANT UPDATE (stepped_up_at, factor) ON member_sessions TO mgp_app;
GRANT SELECT, INSERT, UPDATE (body_fr, body_en, link, from_on, until_on, audience, revision, removed_at) ON announcements TO mgp_app;

-- Members: the people of the practices. They sign in centrally, since an e-mail comes before the tenant is known; what a
-- practice knows of them stands in its own database.

CREATE TABLE member_accounts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  email text NOT NULL CHECK (email ~ '^[\x21-\x7e]+$'),
  first_name text NOT NULL,
  last_name text NOT NULL,
  -- Invited people have none until they choose one by their link.
  password_hash text,
  password_changed_at timestamptz,
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  is_demonstration boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX member_accounts_email ON member_accounts (lower(email));

-- One person may work in several practices, and in each under one profile.
CREATE TABLE members (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES member_accounts,
  tenant_id uuid NOT NULL REFERENCES tenants,
  profile text NOT NULL CHECK (profile IN ('practitioner', 'secretary')),
  -- The one the practice belongs to.
  holder boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES staff_members,
  left_at timestamptz,
  last_sign_in_at timestamptz,
  UNIQUE (account_id, tenant_id)
);
CREATE INDEX ON members (tenant_id);

CREATE TABLE member_links (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES member_accounts,
  kind text NOT NULL CHECK (kind IN ('invitation', 'password_reset')),
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES staff_members,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX ON member_links (account_id) WHERE used_at IS NULL;
CREATE INDEX ON member_links (expires_at);

-- The password was right, and several practices may be entered: which one is still to be said.
CREATE TABLE member_sign_ins (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES member_accounts,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON member_sign_ins (account_id);
CREATE INDEX ON member_sign_ins (expires_at);

-- What was typed on the page for forgotten passwords, sealed for `member_password_requests.asked:<id>`, until an errand has
-- looked for the account: the page itself does the same for every address.
CREATE TABLE member_password_requests (
  id uuid PRIMARY KEY,
  asked_sealed bytea NOT NULL,
  asked_at timestamptz NOT NULL
);

-- Browsers somebody signed in from before: their tries are counted apart, so that nobody else locks the right person out.
CREATE TABLE member_devices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES member_accounts,
  token_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (account_id, token_hash)
);
CREATE INDEX ON member_devices (token_hash);
CREATE INDEX ON member_devices (last_seen_at);

-- A session is of one member in one practice, and never becomes another's.
CREATE TABLE member_sessions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  member_id uuid NOT NULL REFERENCES members,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ip inet NOT NULL,
  user_agent text NOT NULL,
  ended_at timestamptz,
  ended_reason text CHECK (ended_reason IN ('signed_out', 'revoked', 'suspended', 'password_changed', 'left', 'everyone'))
);
CREATE INDEX ON member_sessions (member_id, created_at DESC);
CREATE INDEX ON member_sessions (expires_at);

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE (email, first_name, last_name, password_hash, password_changed_at, language) ON member_accounts TO mgp_app;
GRANT SELECT, INSERT, UPDATE (profile, left_at, last_sign_in_at, holder) ON members TO mgp_app;
GRANT SELECT, INSERT, UPDATE (used_at, expires_at), DELETE ON member_links TO mgp_app;
GRANT SELECT, INSERT, DELETE ON member_sign_ins, member_password_requests TO mgp_app;
GRANT SELECT, INSERT, UPDATE (last_seen_at), DELETE ON member_devices TO mgp_app;
GRANT SELECT, INSERT, UPDATE (token_hash, last_seen_at, ended_at, ended_reason), DELETE ON member_sessions TO mgp_app;

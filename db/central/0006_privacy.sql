-- The register of data-subject requests (GDPR articles 12 and 15 to 21), of clients and of whoever else asks the vendor.

CREATE TABLE privacy_requests (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- What people call it. A number that was never used is no gap that anybody minds.
  number integer NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection')),
  -- The register outlives the client it is about: it shows that the request was answered.
  client_id uuid REFERENCES clients ON DELETE SET NULL,
  -- As they were called when they asked, client or not.
  person_name text NOT NULL CHECK (person_name <> ''),
  person_email text,
  -- Of this person: forgotten when the request turns out to be somebody else's.
  identity_checked_on date,
  channel text NOT NULL CHECK (channel IN ('email', 'letter', 'telephone', 'in_person')),
  wording text NOT NULL,
  received_on date NOT NULL,
  -- Counted once, by the calendar of that day: a holiday that is made up later moves no deadline of before.
  first_due_on date NOT NULL CHECK (first_due_on > received_on),
  due_on date NOT NULL,
  is_extended boolean NOT NULL DEFAULT false,
  answered_on date,
  outcome text CHECK (outcome IN ('granted', 'partly_granted', 'refused', 'withdrawn')),
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL REFERENCES staff_members,
  search_text text NOT NULL GENERATED ALWAYS AS (plain_text(person_name || ' ' || coalesce(person_email, ''))) STORED,
  CHECK ((answered_on IS NULL) = (outcome IS NULL)),
  CHECK (answered_on >= received_on),
  CHECK (CASE WHEN is_extended THEN due_on > first_due_on ELSE due_on = first_due_on END)
);
CREATE INDEX privacy_requests_waiting ON privacy_requests (due_on, id) WHERE answered_on IS NULL;
CREATE INDEX privacy_requests_answered ON privacy_requests (answered_on DESC, id) WHERE answered_on IS NOT NULL;
CREATE INDEX ON privacy_requests (client_id);

-- What shows that something was done: a file, sealed for `privacy_proofs.sealed:<id>`, or a place in the audit log.
CREATE TABLE privacy_proofs (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES privacy_requests,
  kind text NOT NULL CHECK (kind IN ('file', 'erasure_certificate', 'audit_entry')),
  name text NOT NULL,
  media_type text CHECK (media_type IN ('application/pdf', 'message/rfc822', 'image/jpeg', 'image/png')),
  bytes integer,
  -- Of the file as it came.
  sha256 bytea CHECK (length(sha256) = 32),
  sealed bytea,
  reference uuid,
  added_at timestamptz NOT NULL,
  added_by uuid NOT NULL REFERENCES staff_members,
  CHECK (CASE WHEN kind = 'file'
    THEN num_nulls(media_type, bytes, sha256, sealed) = 0 AND reference IS NULL
    ELSE num_nonnulls(media_type, bytes, sha256, sealed) = 0 AND reference IS NOT NULL END)
);
CREATE INDEX ON privacy_proofs (request_id);

-- Everything that was done about a request, and by whom: appended, never changed.
CREATE TABLE privacy_steps (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  request_id uuid NOT NULL REFERENCES privacy_requests,
  kind text NOT NULL CHECK (kind IN ('received', 'corrected', 'proof_demanded', 'identity_checked', 'extended', 'note',
    'copy_requested', 'copy_prepared', 'proof_added', 'answered', 'reopened')),
  at timestamptz NOT NULL,
  staff_id uuid NOT NULL REFERENCES staff_members,
  note text,
  -- The day that was told with it: of the check, of telling the person, of the answer.
  day date,
  method text CHECK (method IN ('account', 'known_address', 'call_back', 'document', 'in_person')),
  outcome text CHECK (outcome IN ('granted', 'partly_granted', 'refused', 'withdrawn')),
  ground text,
  proof_id uuid REFERENCES privacy_proofs,
  -- Of a correction: [{ "field": …, "before": …, "after": … }].
  changes jsonb,
  CHECK ((kind = 'identity_checked') = (method IS NOT NULL)),
  CHECK ((kind = 'answered') = (outcome IS NOT NULL)),
  CHECK ((kind = 'proof_added') = (proof_id IS NOT NULL)),
  CHECK ((kind = 'corrected') = (changes IS NOT NULL)),
  -- Article 12(4): who refuses says why.
  CHECK (kind <> 'answered' OR (ground IS NOT NULL) = (outcome IN ('partly_granted', 'refused')))
);
CREATE INDEX ON privacy_steps (request_id, at, id);

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permission
FROM (VALUES
  ('super_administrator', ARRAY['privacy.read', 'privacy.manage']),
  ('administrator', ARRAY['privacy.read']),
  ('direction', ARRAY['privacy.read']),
  ('compliance', ARRAY['privacy.read', 'privacy.manage']),
  ('auditor', ARRAY['privacy.read'])
) AS grants (role, permissions)
JOIN roles ON roles.key = grants.role, unnest(permissions) AS permission;

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT,
  UPDATE (kind, client_id, person_name, person_email, identity_checked_on, channel, wording, received_on, first_due_on, due_on,
    is_extended, answered_on, outcome) ON privacy_requests TO mgp_app;
-- What was done, and what shows it, is neither changed nor taken away.
GRANT SELECT, INSERT ON privacy_steps, privacy_proofs TO mgp_app;

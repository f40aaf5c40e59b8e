-- Mail on its way out: a line is written in the transaction that has something to say, a job sends it after the commit.

CREATE TABLE outgoing_mails (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The prefix of its messages: `identity.mail.password_reset`.
  template text NOT NULL,
  language text NOT NULL CHECK (language IN ('fr', 'en')),
  to_email text NOT NULL CHECK (to_email ~ '^[\x21-\x7e]+$'),
  to_name text NOT NULL,
  -- The staff member it is for, where it is one.
  staff_id uuid REFERENCES staff_members,
  subject text NOT NULL,
  -- What was rendered, sealed for `outgoing_mails.body:<id>`: it carries links that open an account. Erased as soon as
  -- nobody needs it any more; a captured mail keeps it to be read in the outbox.
  body_sealed bytea,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'captured', 'failed')),
  tries integer NOT NULL DEFAULT 0,
  last_error text,
  sent_at timestamptz,
  erased_at timestamptz,
  CHECK ((body_sealed IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CHECK (state IN ('queued', 'captured') OR body_sealed IS NULL)
);
CREATE INDEX ON outgoing_mails (created_at DESC, id DESC);
CREATE INDEX ON outgoing_mails (state, created_at DESC, id DESC);
CREATE INDEX ON outgoing_mails (staff_id) WHERE staff_id IS NOT NULL;
-- What the hourly sweep looks for.
CREATE INDEX outgoing_mails_with_body ON outgoing_mails (created_at) WHERE body_sealed IS NOT NULL;
-- Searched by any part of the address.
CREATE INDEX outgoing_mails_to_email ON outgoing_mails USING gin (to_email gin_trgm_ops);

-- Which mail was sent to whom and when stays: the server neither deletes a line nor changes what it says.
GRANT SELECT, INSERT, UPDATE (body_sealed, state, tries, last_error, sent_at, erased_at) ON outgoing_mails TO mgp_app;

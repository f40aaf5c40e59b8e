-- Support: mail that comes in, tickets that are put together and taken apart, what happens when a promise is late, and what
-- customers say afterwards.

-- ───────────────────────────── mail that came in

-- One line a mail, whatever became of it: a mail that is read twice (a crash before it was put away, a copy by another way)
-- is known by its bytes or by its own name.
CREATE TABLE incoming_mails (
  id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  -- Its Message-ID, without the angles; null where it names none.
  message_id text,
  -- SHA-256 of what came over the wire.
  sha256 bytea NOT NULL UNIQUE,
  bytes bigint NOT NULL,
  from_name text NOT NULL DEFAULT '',
  from_email text NOT NULL DEFAULT '' CHECK (from_email = lower(from_email)),
  subject text NOT NULL DEFAULT '',
  -- What is new in it, as Markdown, and the history below it.
  body text NOT NULL DEFAULT '',
  quoted text NOT NULL DEFAULT '',
  -- [{ "name": "…", "mediaType": "…", "bytes": 12, "kept": true, "why": null }]
  files jsonb NOT NULL DEFAULT '[]',
  -- to_confirm: a person decides. filed: it stands in a ticket. set_aside: machines' mail, and what came twice.
  -- discarded: a person decided against it.
  state text NOT NULL CHECK (state IN ('to_confirm', 'filed', 'set_aside', 'discarded')),
  -- Why it is where it is: unknown_sender, other_sender, not_authentic, not_proven, token_wrong, too_many, too_large, unreadable,
  -- ticket_deleted, bounce, auto_reply, loop, list, duplicate …; empty where nothing speaks against it.
  why text NOT NULL DEFAULT '',
  -- The ticket it stands in, or the one its threading points to.
  ticket_id uuid REFERENCES tickets,
  ticket_message_id uuid REFERENCES ticket_messages,
  -- The client its sender is known as.
  client_id uuid REFERENCES clients,
  -- The mail as it came, sealed below DATA_DIR/support-files; null once nobody needs it any more.
  storage_key text,
  decided_by uuid REFERENCES staff_members,
  decided_at timestamptz,
  -- Who decided anew what others decided is shown it.
  revision integer NOT NULL DEFAULT 1
);
CREATE INDEX incoming_mails_by_message_id ON incoming_mails (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX incoming_mails_in_tray ON incoming_mails (received_at DESC, id DESC) WHERE state = 'to_confirm';
CREATE INDEX ON incoming_mails (state, received_at DESC, id DESC);
CREATE INDEX ON incoming_mails (from_email, received_at);
CREATE INDEX ON incoming_mails (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX ON incoming_mails (ticket_message_id) WHERE ticket_message_id IS NOT NULL;
CREATE INDEX incoming_mails_with_file ON incoming_mails (received_at) WHERE storage_key IS NOT NULL;

-- Every name by which a mail of a ticket is known: what comes back names one of them (RFC 5322, section 3.6.4).
CREATE TABLE ticket_mails (
  message_id text PRIMARY KEY,
  ticket_id uuid NOT NULL REFERENCES tickets,
  ticket_message_id uuid REFERENCES ticket_messages,
  direction text NOT NULL CHECK (direction IN ('in', 'out')),
  -- From whom, or to whom.
  email text NOT NULL CHECK (email = lower(email)),
  at timestamptz NOT NULL,
  -- It did not reach them: what the other mail server said.
  bounced_at timestamptz,
  bounce text
);
CREATE INDEX ON ticket_mails (ticket_id, at);
CREATE INDEX ON ticket_mails (ticket_message_id) WHERE ticket_message_id IS NOT NULL;

-- How reading the mailbox goes: one line.
CREATE TABLE support_mailbox (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  read_at timestamptz,
  failed_at timestamptz,
  failure text
);
INSERT INTO support_mailbox DEFAULT VALUES;

ALTER TABLE ticket_messages
  -- Of what came by mail: from which address, and the history below what is new.
  ADD COLUMN from_email text,
  ADD COLUMN quoted text NOT NULL DEFAULT '',
  -- To which address it goes as a mail with its words; null: whoever reads it in the app is only told that it is there.
  ADD COLUMN to_email text,
  -- Its writer was warned that it looks like a patient's data, and let it leave.
  ADD COLUMN insisted boolean NOT NULL DEFAULT false;

-- ───────────────────────────── tickets put together and taken apart, and back again

ALTER TABLE tickets ADD COLUMN merged_into_id uuid REFERENCES tickets CHECK (merged_into_id <> id);
CREATE INDEX ON tickets (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- merge: all that was said, and the ticket is closed into the other. split: some of it, into a new one. move: some of it,
-- into one that stands.
CREATE TABLE ticket_moves (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL CHECK (kind IN ('merge', 'split', 'move')),
  from_id uuid NOT NULL REFERENCES tickets,
  into_id uuid NOT NULL REFERENCES tickets CHECK (into_id <> from_id),
  message_ids uuid[] NOT NULL,
  -- What is needed to undo it: what the tickets were before.
  before jsonb NOT NULL DEFAULT '{}',
  moved_by uuid NOT NULL REFERENCES staff_members,
  moved_at timestamptz NOT NULL,
  undone_by uuid REFERENCES staff_members,
  undone_at timestamptz
);
CREATE INDEX ON ticket_moves (from_id, moved_at);
CREATE INDEX ON ticket_moves (into_id, moved_at);

-- ───────────────────────────── when a promise comes near or is late

-- [{ "when": "warning" | "breach", "target": "firstResponse" | … | null, "do": [{ "do": "priority", … }, …] }]
ALTER TABLE support_policy_versions
  ADD COLUMN escalations jsonb NOT NULL DEFAULT '[]',
  -- Withdrawn before it began: it never holds.
  ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE support_calendar_versions ADD COLUMN withdrawn_at timestamptz;

-- Of each due date each step is taken once.
CREATE TABLE support_escalations (
  ticket_id uuid NOT NULL REFERENCES tickets,
  target text NOT NULL CHECK (target IN ('firstResponse', 'nextResponse', 'resolution')),
  kind text NOT NULL CHECK (kind IN ('warning', 'breach')),
  due_at timestamptz NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (ticket_id, target, kind, due_at)
);

-- Told in the app at once, and seen there whether or not the mail was read. The mail follows when its reader wants mail.
ALTER TABLE support_alerts
  -- Null of what was told before it was kept.
  ADD COLUMN target text CHECK (target IN ('firstResponse', 'nextResponse', 'resolution')),
  ADD COLUMN seen_at timestamptz,
  ADD COLUMN mailed_at timestamptz;
UPDATE support_alerts SET mailed_at = told_at;
CREATE INDEX support_alerts_unseen ON support_alerts (staff_id, told_at DESC) WHERE seen_at IS NULL;
CREATE INDEX support_alerts_to_mail ON support_alerts (told_at) WHERE mailed_at IS NULL;
-- What was withdrawn leaves its instant to another.
ALTER TABLE support_calendar_versions DROP CONSTRAINT support_calendar_versions_calendar_id_in_force_from_key;
ALTER TABLE support_policy_versions DROP CONSTRAINT support_policy_versions_policy_id_in_force_from_key;
CREATE UNIQUE INDEX ON support_calendar_versions (calendar_id, in_force_from) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX ON support_policy_versions (policy_id, in_force_from) WHERE withdrawn_at IS NULL;

-- When somebody wants no mail about promises: local times of day, the second may be after midnight.
CREATE TABLE support_preferences (
  staff_id uuid PRIMARY KEY REFERENCES staff_members,
  alerts_by_mail boolean NOT NULL DEFAULT true,
  quiet_from time,
  quiet_until time,
  time_zone text NOT NULL DEFAULT 'Europe/Paris',
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- ───────────────────────────── what customers say afterwards

-- Whoever has no account is asked by mail, once a resolution.
CREATE TABLE ticket_surveys (
  ticket_id uuid PRIMARY KEY REFERENCES tickets,
  asked_at timestamptz NOT NULL
);
-- Who rated from a mail.
ALTER TABLE ticket_ratings ADD COLUMN by_email text;
CREATE INDEX ON ticket_ratings (rated_at);

-- ───────────────────────────── reports

-- What a report counts of a ticket, out of its clocks and as they are: in working seconds until somebody answered, or it was
-- resolved. Kept: true once it was, false from when it was found late; null while it runs, or where nothing is promised.
ALTER TABLE tickets
  ADD COLUMN first_response_seconds integer,
  ADD COLUMN first_response_kept boolean,
  -- Of several exchanges the longest, and kept when all of them were.
  ADD COLUMN next_response_seconds integer,
  ADD COLUMN next_response_kept boolean,
  ADD COLUMN resolution_seconds integer,
  ADD COLUMN resolution_kept boolean,
  -- By which it is promised.
  ADD COLUMN policy_version_id uuid REFERENCES support_policy_versions,
  ADD COLUMN reopenings smallint NOT NULL DEFAULT 0;

UPDATE tickets t SET
  first_response_seconds = CASE WHEN t.first_responded_at IS NOT NULL THEN first.seconds END,
  first_response_kept = first.kept,
  next_response_seconds = round((t.clocks ->> 'longestExchangeSeconds')::numeric),
  -- Of answers after the first only whether something was late was kept.
  next_response_kept = CASE WHEN t.clocks ->> 'longestExchangeSeconds' IS NOT NULL
    THEN NOT t.breached OR first.kept IS FALSE OR resolution.kept IS FALSE END,
  resolution_seconds = resolution.seconds,
  resolution_kept = resolution.kept,
  policy_version_id = (t.clocks ->> 'policyVersion')::uuid,
  reopenings = (SELECT count(*) FROM ticket_events e WHERE e.ticket_id = t.id AND e.kind = 'reopened')
FROM tickets same
LEFT JOIN LATERAL (
  SELECT CASE WHEN target ->> 'settledAt' IS NOT NULL
      THEN (target ->> 'allowanceSeconds')::integer - (target ->> 'remainingSeconds')::integer END AS seconds,
    CASE target ->> 'state' WHEN 'met' THEN true WHEN 'breached' THEN false END AS kept
  FROM jsonb_array_elements(same.clocks -> 'targets') target WHERE target ->> 'name' = 'firstResponse') first ON true
LEFT JOIN LATERAL (
  SELECT CASE WHEN target ->> 'settledAt' IS NOT NULL
      THEN (target ->> 'allowanceSeconds')::integer - (target ->> 'remainingSeconds')::integer END AS seconds,
    CASE target ->> 'state' WHEN 'met' THEN true WHEN 'breached' THEN false END AS kept
  FROM jsonb_array_elements(same.clocks -> 'targets') target WHERE target ->> 'name' = 'resolution') resolution ON true
WHERE same.id = t.id AND t.clocks IS NOT NULL;

-- A report reads every ticket of its period, and of each these few columns: out of these two indexes alone, without the rows.
CREATE INDEX tickets_opened_in_reports ON tickets (opened_at)
  INCLUDE (assignee_id, team_id, topic, policy_version_id, first_response_seconds, first_response_kept,
    next_response_seconds, next_response_kept)
  WHERE trashed_at IS NULL AND merged_into_id IS NULL;
CREATE INDEX tickets_resolved_in_reports ON tickets (resolved_at, opened_at)
  INCLUDE (id, assignee_id, team_id, topic, policy_version_id, resolution_seconds, resolution_kept, reopenings)
  WHERE trashed_at IS NULL AND merged_into_id IS NULL;
-- Few: what a report leaves out of ratings and reopenings.
CREATE INDEX tickets_out_of_reports ON tickets (id) WHERE trashed_at IS NOT NULL OR merged_into_id IS NOT NULL;
CREATE INDEX ticket_events_reopened ON ticket_events (at, ticket_id) WHERE kind = 'reopened';

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE (state, why, ticket_id, ticket_message_id, client_id, storage_key, decided_by, decided_at, revision)
  ON incoming_mails TO mgp_app;
GRANT SELECT, INSERT, UPDATE (ticket_id, bounced_at, bounce) ON ticket_mails TO mgp_app;
GRANT SELECT, UPDATE (read_at, failed_at, failure) ON support_mailbox TO mgp_app;
-- What was said stays as it was said; where it stands may change.
GRANT UPDATE (ticket_id) ON ticket_messages, ticket_attachments TO mgp_app;
GRANT UPDATE (merged_into_id) ON tickets TO mgp_app;
GRANT UPDATE (first_response_seconds, first_response_kept, next_response_seconds, next_response_kept, resolution_seconds,
  resolution_kept, policy_version_id, reopenings) ON tickets TO mgp_app;
GRANT SELECT, INSERT, UPDATE (undone_by, undone_at) ON ticket_moves TO mgp_app;
GRANT UPDATE (withdrawn_at) ON support_policy_versions, support_calendar_versions TO mgp_app;
GRANT SELECT, INSERT ON support_escalations TO mgp_app;
GRANT UPDATE (seen_at, mailed_at) ON support_alerts TO mgp_app;
GRANT SELECT, INSERT, UPDATE (alerts_by_mail, quiet_from, quiet_until, time_zone) ON support_preferences TO mgp_app;
GRANT SELECT, INSERT, UPDATE (asked_at) ON ticket_surveys TO mgp_app;
GRANT UPDATE (by_email, by_member_id) ON ticket_ratings TO mgp_app;

-- A practitioner's and a secretary's whole day: patients, agenda, notes, fees, calls, tasks, messages.

-- ───────────────────────────── the practice and its people

ALTER TABLE practice
  ADD COLUMN phone text NOT NULL DEFAULT '',
  ADD COLUMN email text NOT NULL DEFAULT '',
  ADD COLUMN address text NOT NULL DEFAULT '',
  ADD COLUMN postcode text NOT NULL DEFAULT '',
  ADD COLUMN city text NOT NULL DEFAULT '',
  -- Whose public holidays: of the whole country, or of a region that has more.
  ADD COLUMN holidays text NOT NULL DEFAULT 'national' CHECK (holidays IN ('national', 'alsace_moselle', 'guadeloupe',
    'martinique', 'guyane', 'reunion', 'mayotte', 'saint_barthelemy', 'saint_martin', 'nouvelle_caledonie',
    'polynesie', 'wallis_et_futuna')),
  -- What an appointment cancelled too late, or one nobody came to, costs: a share of its fee. Too late is within the window.
  ADD COLUMN late_window_hours integer NOT NULL DEFAULT 48 CHECK (late_window_hours BETWEEN 0 AND 336),
  ADD COLUMN late_share_percent integer NOT NULL DEFAULT 100 CHECK (late_share_percent BETWEEN 0 AND 100),
  ADD COLUMN no_show_share_percent integer NOT NULL DEFAULT 100 CHECK (no_show_share_percent BETWEEN 0 AND 100),
  -- Reminders: days before, none where null; the hour of the practice's day at which they leave.
  ADD COLUMN reminder_email_days integer CHECK (reminder_email_days BETWEEN 1 AND 14),
  ADD COLUMN reminder_sms_days integer CHECK (reminder_sms_days BETWEEN 1 AND 14),
  ADD COLUMN reminder_hour integer NOT NULL DEFAULT 10 CHECK (reminder_hour BETWEEN 8 AND 20),
  -- A patient's file after the last time they came: so many years in use, then so many archived.
  ADD COLUMN retention_active_years integer NOT NULL DEFAULT 5 CHECK (retention_active_years BETWEEN 1 AND 30),
  ADD COLUMN retention_archive_years integer NOT NULL DEFAULT 15 CHECK (retention_archive_years BETWEEN 0 AND 50);

ALTER TABLE profiles
  ADD COLUMN profession text NOT NULL DEFAULT '',
  ADD COLUMN rpps text CHECK (rpps ~ '^[0-9]{11}$'),
  ADD COLUMN adeli text CHECK (adeli ~ '^[0-9A-Z]{9}$'),
  ADD COLUMN siret text CHECK (siret ~ '^[0-9]{14}$'),
  ADD COLUMN phone text NOT NULL DEFAULT '',
  ADD COLUMN revision integer NOT NULL DEFAULT 1;

-- How somebody arranged their dashboard, and what else each keeps for themselves.
CREATE TABLE preferences (
  member_id uuid NOT NULL REFERENCES profiles,
  key text NOT NULL CHECK (key IN ('dashboard', 'agenda')),
  value jsonb NOT NULL,
  PRIMARY KEY (member_id, key)
);

-- ───────────────────────────── patients

-- As people look for one another: without accents, case or punctuation. Immutable, so that it can be kept.
CREATE FUNCTION searchable(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, said));

CREATE TABLE origins (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL CHECK (name <> ''),
  archived_at timestamptz
);
CREATE UNIQUE INDEX origins_name ON origins (searchable(name));

CREATE TABLE patients (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- Who follows them.
  practitioner_id uuid NOT NULL REFERENCES profiles,
  first_name text NOT NULL CHECK (first_name <> ''),
  last_name text NOT NULL CHECK (last_name <> ''),
  birth_name text NOT NULL DEFAULT '',
  born_on date CHECK (born_on > '1880-01-01'),
  email text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  postcode text NOT NULL DEFAULT '',
  city text NOT NULL DEFAULT '',
  origin_id uuid REFERENCES origins,
  -- For whoever organises, never clinical: that a lift is needed, when somebody can be reached.
  remark text NOT NULL DEFAULT '',
  -- Wishes to hear nothing ahead of an appointment.
  no_sms boolean NOT NULL DEFAULT false,
  no_email boolean NOT NULL DEFAULT false,
  -- Followed within « Mon soutien psy ».
  mon_soutien_psy boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid REFERENCES profiles,
  archived_at timestamptz,
  trashed_at timestamptz,
  -- Erased on request or by the retention rule: what is left names nobody, and keeps accounts whole.
  erased_at timestamptz,
  revision integer NOT NULL DEFAULT 1,
  search text GENERATED ALWAYS AS (searchable(first_name || ' ' || last_name || ' ' || birth_name || ' ' || email || ' ' ||
    regexp_replace(phone, '[^0-9+]', '', 'g') || ' ' || city)) STORED
);
CREATE INDEX ON patients USING gin (search gin_trgm_ops);
CREATE INDEX ON patients (searchable(last_name), searchable(first_name));
CREATE INDEX ON patients (created_at);
CREATE INDEX ON patients (origin_id);

-- Who stands beside a patient: who holds parental authority, whom to call.
CREATE TABLE relatives (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  patient_id uuid NOT NULL REFERENCES patients ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('parental_authority', 'guardian', 'emergency', 'other')),
  first_name text NOT NULL CHECK (first_name <> ''),
  last_name text NOT NULL CHECK (last_name <> ''),
  phone text NOT NULL DEFAULT '',
  email text NOT NULL DEFAULT '',
  -- The bill goes to them.
  pays boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON relatives (patient_id);

-- What somebody agreed to, and until when. Rows are never changed but to be withdrawn.
CREATE TABLE consents (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  patient_id uuid NOT NULL REFERENCES patients ON DELETE CASCADE,
  -- Null: the patient. Else a holder of parental authority, who is not removed while this proves what they agreed to.
  relative_id uuid REFERENCES relatives,
  subject text NOT NULL CHECK (subject IN ('care', 'mon_soutien_psy', 'sharing')),
  given_on date NOT NULL,
  how text NOT NULL CHECK (how IN ('written', 'oral', 'electronic')),
  recorded_by uuid REFERENCES profiles,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  withdrawn_on date CHECK (withdrawn_on >= given_on)
);
CREATE INDEX ON consents (patient_id);

-- What patients ask about their data (GDPR articles 15 to 20); a month to answer.
CREATE TABLE patient_requests (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  patient_id uuid NOT NULL REFERENCES patients,
  kind text NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'portability', 'objection')),
  received_on date NOT NULL,
  due_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'refused')),
  identity_checked_at timestamptz,
  answered_at timestamptz,
  answered_by uuid REFERENCES profiles,
  answer text NOT NULL DEFAULT '',
  -- What was done, in figures that name nobody: `{"kind": "erasure", "notes": 12, …}`.
  proof jsonb,
  created_by uuid REFERENCES profiles,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE INDEX ON patient_requests (state, due_on);

-- ───────────────────────────── agenda

-- What an appointment can be for.
CREATE TABLE acts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL CHECK (name <> ''),
  minutes integer NOT NULL CHECK (minutes BETWEEN 5 AND 600),
  colour integer NOT NULL DEFAULT 0 CHECK (colour BETWEEN 0 AND 7),
  -- The sessions of « Mon soutien psy »: counted, twelve a calendar year, at the price that is set for everybody.
  mon_soutien_psy boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  archived_at timestamptz,
  revision integer NOT NULL DEFAULT 1
);

-- What an act costs from a day on, until the next line.
CREATE TABLE tariffs (
  act_id uuid NOT NULL REFERENCES acts ON DELETE CASCADE,
  from_on date NOT NULL,
  fee_cents integer NOT NULL CHECK (fee_cents BETWEEN 0 AND 10000000),
  PRIMARY KEY (act_id, from_on)
);

CREATE TABLE appointment_series (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  every_weeks integer NOT NULL CHECK (every_weeks BETWEEN 1 AND 8),
  first_on date NOT NULL,
  last_on date NOT NULL CHECK (last_on >= first_on),
  -- By the practice's clock: an hour stays the same hour when clocks change.
  starts_local time NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE appointments (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  -- Null: something else that takes time, and has a title: supervision, a meeting.
  patient_id uuid REFERENCES patients,
  title text NOT NULL DEFAULT '',
  act_id uuid REFERENCES acts,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
  status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'kept', 'cancelled', 'late_cancelled', 'no_show')),
  status_at timestamptz,
  place text NOT NULL DEFAULT 'office' CHECK (place IN ('office', 'video', 'phone', 'home')),
  -- What was agreed, and what is owed as things came out: all of it, the practice's share of it, or nothing.
  fee_cents integer NOT NULL DEFAULT 0 CHECK (fee_cents BETWEEN 0 AND 10000000),
  due_cents integer NOT NULL DEFAULT 0 CHECK (due_cents BETWEEN 0 AND 10000000),
  -- For whoever organises, never clinical.
  remark text NOT NULL DEFAULT '',
  series_id uuid REFERENCES appointment_series,
  booked_by uuid REFERENCES profiles,
  booked_at timestamptz NOT NULL DEFAULT now(),
  revision integer NOT NULL DEFAULT 1,
  CHECK (starts_at < ends_at AND ends_at <= starts_at + interval '24 hours'),
  CHECK (patient_id IS NOT NULL OR title <> ''),
  CHECK (patient_id IS NOT NULL OR (fee_cents = 0 AND due_cents = 0)),
  CHECK (status <> 'cancelled' OR due_cents = 0),
  CHECK (status NOT IN ('planned', 'kept') OR due_cents = fee_cents),
  -- Nobody is in two places at once, whatever screens say and however many book. Looked at once a statement is done:
  -- appointments may change places in it.
  CONSTRAINT appointments_overlap EXCLUDE USING gist (practitioner_id WITH =, during WITH &&)
    WHERE (status NOT IN ('cancelled', 'late_cancelled')) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX ON appointments (practitioner_id, starts_at);
CREATE INDEX ON appointments (starts_at);
CREATE INDEX ON appointments (patient_id, starts_at);
CREATE INDEX ON appointments (series_id, starts_at);

-- Usual hours, by the practice's clock. 1: Monday.
CREATE TABLE working_hours (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute integer NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute integer NOT NULL CHECK (to_minute BETWEEN 1 AND 1440),
  CHECK (from_minute < to_minute),
  EXCLUDE USING gist (practitioner_id WITH =, weekday WITH =, int4range(from_minute, to_minute) WITH &&)
);

-- Away; what was booked there before stays until somebody moves it.
CREATE TABLE absences (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  kind text NOT NULL CHECK (kind IN ('holiday', 'illness', 'training', 'other')),
  label text NOT NULL DEFAULT '',
  created_by uuid REFERENCES profiles,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON absences (practitioner_id, starts_at);

-- Open besides the usual hours.
CREATE TABLE open_slots (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
  label text NOT NULL DEFAULT '',
  created_by uuid REFERENCES profiles,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON open_slots (practitioner_id, starts_at);

-- ───────────────────────────── notes

-- Sealed under the tenant's key: `notes.title:<id>`, `notes.body:<id>`; of what a signed one said before it was amended,
-- `note_versions.body:<note id>:<version>`.
ALTER TABLE notes
  ADD COLUMN patient_id uuid REFERENCES patients,
  -- An appointment goes alike whether a note tells of it or not: nobody learns by removing it that there is one.
  ADD COLUMN appointment_id uuid REFERENCES appointments ON DELETE SET NULL,
  ADD COLUMN title_sealed bytea,
  ADD COLUMN held_on date,
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  ADD COLUMN revision integer NOT NULL DEFAULT 1,
  ADD COLUMN saved_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN trashed_at timestamptz;
CREATE INDEX ON notes (patient_id, held_on DESC);
CREATE INDEX ON notes (appointment_id);

CREATE TABLE note_versions (
  note_id uuid NOT NULL REFERENCES notes ON DELETE CASCADE,
  version integer NOT NULL,
  body_sealed bytea NOT NULL,
  -- Why it was amended, sealed for `note_versions.reason:<note id>:<version>`.
  reason_sealed bytea,
  signed_at timestamptz NOT NULL,
  replaced_at timestamptz NOT NULL,
  PRIMARY KEY (note_id, version)
);

-- A signed note is never another one: it is amended by a version more, which keeps what stood before.
CREATE FUNCTION keep_signed_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.kind = 'record' AND OLD.locked_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM public.patients WHERE id = OLD.patient_id AND erased_at IS NOT NULL) THEN
      RAISE EXCEPTION 'a signed note stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF OLD.locked_at IS NOT NULL THEN
    -- What it is called, of whom and of when it tells are signed with it; an appointment that is gone is named no more.
    IF NEW.locked_at IS NULL OR NEW.author_id <> OLD.author_id OR NEW.kind <> OLD.kind OR NEW.trashed_at IS NOT NULL
       OR (NEW.title_sealed, NEW.patient_id, NEW.held_on) IS DISTINCT FROM
          (OLD.title_sealed, OLD.patient_id, OLD.held_on)
       OR (NEW.appointment_id IS DISTINCT FROM OLD.appointment_id AND (NEW.appointment_id IS NOT NULL
          OR EXISTS (SELECT FROM public.appointments WHERE id = OLD.appointment_id))) THEN
      RAISE EXCEPTION 'a signed note stays signed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.body_sealed IS DISTINCT FROM OLD.body_sealed THEN
      IF NEW.version <> OLD.version + 1 OR NOT EXISTS (
        SELECT FROM public.note_versions v WHERE v.note_id = OLD.id AND v.version = OLD.version) THEN
        RAISE EXCEPTION 'a signed note is amended, and keeps what it said' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER signed_notes_stay BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION keep_signed_note();

-- ───────────────────────────── fees

-- Money owed that no appointment stands for: a written report, a certificate.
CREATE TABLE extra_fees (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  patient_id uuid NOT NULL REFERENCES patients,
  practitioner_id uuid NOT NULL REFERENCES profiles,
  done_on date NOT NULL,
  label text NOT NULL CHECK (label <> ''),
  due_cents integer NOT NULL CHECK (due_cents BETWEEN 1 AND 10000000),
  created_by uuid REFERENCES profiles,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON extra_fees (patient_id);
CREATE INDEX ON extra_fees (done_on);

-- Numbered without a gap, one row a practitioner and year, locked while a number is given.
CREATE TABLE fee_note_series (
  practitioner_id uuid NOT NULL REFERENCES profiles,
  year integer NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  PRIMARY KEY (practitioner_id, year)
);

CREATE TABLE fee_notes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  practitioner_id uuid NOT NULL REFERENCES profiles,
  patient_id uuid NOT NULL REFERENCES patients,
  number text NOT NULL,
  issued_on date NOT NULL,
  total_cents integer NOT NULL CHECK (total_cents >= 0),
  -- Who issued it, for whom, what for, and what the law wants said: frozen, and what its PDF is made of each time.
  content jsonb NOT NULL,
  content_sha256 bytea NOT NULL CHECK (length(content_sha256) = 32),
  issued_by uuid REFERENCES profiles,
  issued_at timestamptz NOT NULL DEFAULT now(),
  cancelled_at timestamptz,
  cancelled_reason text,
  CHECK ((cancelled_at IS NULL) = (cancelled_reason IS NULL)),
  UNIQUE (practitioner_id, number)
);
CREATE INDEX ON fee_notes (patient_id);
CREATE INDEX ON fee_notes (issued_on);

CREATE TABLE fee_note_lines (
  fee_note_id uuid NOT NULL REFERENCES fee_notes,
  position integer NOT NULL,
  appointment_id uuid REFERENCES appointments,
  extra_fee_id uuid REFERENCES extra_fees,
  done_on date NOT NULL,
  label text NOT NULL,
  cents integer NOT NULL CHECK (cents >= 0),
  PRIMARY KEY (fee_note_id, position),
  CHECK (num_nonnulls(appointment_id, extra_fee_id) = 1)
);
CREATE INDEX ON fee_note_lines (appointment_id);
CREATE INDEX ON fee_note_lines (extra_fee_id);

-- Money that came in, or went back: then below zero, and of which one.
CREATE TABLE payments (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  patient_id uuid NOT NULL REFERENCES patients,
  practitioner_id uuid NOT NULL REFERENCES profiles,
  received_on date NOT NULL,
  cents integer NOT NULL CHECK (cents <> 0 AND abs(cents) <= 10000000),
  method text NOT NULL CHECK (method IN ('card', 'cash', 'cheque', 'transfer', 'health_insurance')),
  reference text NOT NULL DEFAULT '',
  refund_of uuid REFERENCES payments,
  recorded_by uuid REFERENCES profiles,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  -- What a browser called it: sent twice is written once.
  request_id uuid NOT NULL UNIQUE,
  CHECK ((cents < 0) = (refund_of IS NOT NULL))
);
CREATE INDEX ON payments (received_on);
CREATE INDEX ON payments (patient_id);
CREATE INDEX ON payments (refund_of);

-- What it was for.
CREATE TABLE payment_allocations (
  payment_id uuid NOT NULL REFERENCES payments,
  appointment_id uuid REFERENCES appointments,
  extra_fee_id uuid REFERENCES extra_fees,
  cents integer NOT NULL CHECK (cents <> 0),
  CHECK (num_nonnulls(appointment_id, extra_fee_id) = 1),
  UNIQUE NULLS NOT DISTINCT (payment_id, appointment_id, extra_fee_id)
);
CREATE INDEX ON payment_allocations (appointment_id);
CREATE INDEX ON payment_allocations (extra_fee_id);

-- Everything owed, whatever it is owed for, with what was paid of it. An appointment that is over and that nobody said
-- anything about counts as kept.
CREATE VIEW dues WITH (security_invoker = true) AS
  SELECT 'appointment'::text AS kind, a.id, a.patient_id, a.practitioner_id, a.starts_at AS at, a.ends_at, a.status,
    coalesce(acts.name, '') AS label, a.due_cents,
    coalesce((SELECT sum(p.cents) FROM payment_allocations p WHERE p.appointment_id = a.id), 0)::integer AS paid_cents,
    (SELECT l.fee_note_id FROM fee_note_lines l JOIN fee_notes n ON n.id = l.fee_note_id
      WHERE l.appointment_id = a.id AND n.cancelled_at IS NULL) AS fee_note_id
  FROM appointments a LEFT JOIN acts ON acts.id = a.act_id
  WHERE a.patient_id IS NOT NULL AND a.due_cents > 0
  UNION ALL
  SELECT 'extra', e.id, e.patient_id, e.practitioner_id,
    e.done_on::timestamp AT TIME ZONE (SELECT time_zone FROM practice),
    e.done_on::timestamp AT TIME ZONE (SELECT time_zone FROM practice), 'kept', e.label, e.due_cents,
    coalesce((SELECT sum(p.cents) FROM payment_allocations p WHERE p.extra_fee_id = e.id), 0)::integer,
    (SELECT l.fee_note_id FROM fee_note_lines l JOIN fee_notes n ON n.id = l.fee_note_id
      WHERE l.extra_fee_id = e.id AND n.cancelled_at IS NULL)
  FROM extra_fees e;

-- What is frozen stays: neither content nor lines of a fee note are ever changed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% stays as it was written', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OF practitioner_id, number, issued_on, total_cents, content, content_sha256, issued_at
  ON fee_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen BEFORE UPDATE ON fee_note_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER frozen BEFORE UPDATE OF cents, received_on, practitioner_id, refund_of ON payments FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ───────────────────────────── calls and tasks

CREATE TABLE calls (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  called_at timestamptz NOT NULL,
  -- Who the call is for.
  for_id uuid REFERENCES profiles,
  patient_id uuid REFERENCES patients,
  caller text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  subject text NOT NULL CHECK (subject IN ('appointment', 'cancellation', 'callback', 'message', 'new_patient', 'invoice', 'other')),
  message text NOT NULL DEFAULT '',
  urgent boolean NOT NULL DEFAULT false,
  taken_by uuid REFERENCES profiles,
  -- Somebody dealt with it.
  handled_at timestamptz,
  handled_by uuid REFERENCES profiles,
  appointment_id uuid REFERENCES appointments,
  revision integer NOT NULL DEFAULT 1,
  CHECK (caller <> '' OR patient_id IS NOT NULL)
);
CREATE INDEX ON calls (called_at DESC);
CREATE INDEX ON calls (patient_id);

CREATE TABLE tasks (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  title text NOT NULL CHECK (title <> ''),
  details text NOT NULL DEFAULT '',
  due_on date,
  -- Null: whoever has time.
  assignee_id uuid REFERENCES profiles,
  patient_id uuid REFERENCES patients,
  call_id uuid REFERENCES calls ON DELETE SET NULL,
  created_by uuid REFERENCES profiles,
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  done_by uuid REFERENCES profiles,
  revision integer NOT NULL DEFAULT 1
);
CREATE INDEX ON tasks (due_on) WHERE done_at IS NULL;

-- ───────────────────────────── messages

-- The journal of what left: never health data. A reminder is one per appointment and channel, and leaves once.
CREATE TABLE messages (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  channel text NOT NULL CHECK (channel IN ('email', 'sms')),
  kind text NOT NULL CHECK (kind IN ('reminder', 'single', 'fee_note')),
  patient_id uuid REFERENCES patients,
  appointment_id uuid REFERENCES appointments,
  fee_note_id uuid REFERENCES fee_notes,
  recipient text NOT NULL,
  subject text NOT NULL DEFAULT '',
  body text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')),
  tries integer NOT NULL DEFAULT 0,
  problem text,
  -- What carried it calls it so.
  carrier_id text,
  resend_of uuid REFERENCES messages,
  written_by uuid REFERENCES profiles,
  written_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);
CREATE INDEX ON messages (written_at DESC);
CREATE INDEX ON messages (due_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX ON messages (patient_id);
CREATE UNIQUE INDEX messages_one_reminder ON messages (appointment_id, channel) WHERE kind = 'reminder' AND resend_of IS NULL;

-- ───────────────────────────── who of the vendor's team came in

-- Written by the vendor when somebody comes in to help, kept for the practice to read.
CREATE TABLE support_accesses (
  id uuid PRIMARY KEY,
  actor_name text NOT NULL,
  member_id uuid REFERENCES profiles,
  reason text NOT NULL,
  reference text NOT NULL DEFAULT '',
  may_write boolean NOT NULL DEFAULT false,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text CHECK (ended_by IN ('actor', 'time', 'practice', 'vendor'))
);
CREATE TABLE support_access_acts (
  access_id uuid NOT NULL REFERENCES support_accesses,
  at timestamptz NOT NULL,
  verb text NOT NULL,
  object_type text,
  object_id uuid
);
CREATE INDEX ON support_access_acts (access_id, at);

-- ───────────────────────────── who may what

GRANT UPDATE (phone, email, address, postcode, city, holidays, late_window_hours, late_share_percent, no_show_share_percent,
  reminder_email_days, reminder_sms_days, reminder_hour, retention_active_years, retention_archive_years)
  ON practice TO mgp_tenant_practitioner;
GRANT UPDATE (profession, rpps, adeli, siret, phone, revision) ON profiles TO mgp_tenant_practitioner;

GRANT SELECT, INSERT, UPDATE, DELETE ON preferences TO mgp_tenant_practitioner, mgp_tenant_secretary;

-- A secretary organises: people, hours, calls, money where it was granted. Nothing of what a note says, ever.
GRANT SELECT, INSERT, UPDATE, DELETE ON origins, patients, relatives, consents, acts, tariffs, appointment_series,
  appointments, working_hours, absences, open_slots, extra_fees, calls, tasks TO mgp_tenant_practitioner, mgp_tenant_secretary;
REVOKE DELETE ON patients, acts, tariffs FROM mgp_tenant_secretary;
REVOKE INSERT, UPDATE ON acts, tariffs FROM mgp_tenant_secretary;
GRANT SELECT, INSERT, UPDATE, DELETE ON patient_requests TO mgp_tenant_practitioner;
GRANT SELECT, INSERT, UPDATE ON messages TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT, INSERT, UPDATE ON fee_note_series TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT, INSERT, UPDATE (cancelled_at, cancelled_reason) ON fee_notes TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT, INSERT ON fee_note_lines TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT, INSERT, UPDATE (method, reference) ON payments TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT, INSERT ON payment_allocations TO mgp_tenant_practitioner, mgp_tenant_secretary;
GRANT SELECT ON dues TO mgp_tenant_practitioner, mgp_tenant_secretary, mgp_tenant_support, mgp_tenant_console;
GRANT SELECT ON support_accesses, support_access_acts TO mgp_tenant_practitioner;

-- Its author alone reads a note: the server sees to whose it is, the sealing to everybody else.
GRANT UPDATE (title_sealed, held_on, patient_id, appointment_id, version, revision, saved_at, trashed_at) ON notes TO mgp_tenant_practitioner;
-- They go with their note alone.
GRANT SELECT, INSERT ON note_versions TO mgp_tenant_practitioner;
GRANT SELECT (patient_id, appointment_id, held_on, version, revision, saved_at, trashed_at) ON notes TO mgp_tenant_support, mgp_tenant_console;
GRANT SELECT (note_id, version, signed_at, replaced_at) ON note_versions TO mgp_tenant_support, mgp_tenant_console;

-- Support sees what the practice sees, but for what notes say.
GRANT SELECT ON preferences, origins, patients, relatives, consents, patient_requests, acts, tariffs,
  appointment_series, appointments, working_hours, absences, open_slots, extra_fees, fee_note_series, fee_notes,
  fee_note_lines, payments, payment_allocations, calls, tasks, messages, support_accesses, support_access_acts
  TO mgp_tenant_support, mgp_tenant_console;

-- The keeper sends what is due, and writes down who of the vendor's team came in.
GRANT SELECT ON patients, relatives, appointments, acts, fee_notes TO mgp_tenant_keeper;
GRANT SELECT, INSERT, UPDATE ON messages TO mgp_tenant_keeper;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON support_accesses TO mgp_tenant_keeper;
GRANT SELECT, INSERT ON support_access_acts TO mgp_tenant_keeper;

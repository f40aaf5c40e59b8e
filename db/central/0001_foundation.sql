-- The central database: staff, access, audit, clients, what clients are billed, and the figures derived from it.
-- Runs as mgp_owner. The server connects as mgp_app, which owns nothing and gets each right by name below.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO mgp_app;

-- ───────────────────────────── text, for search and sorting

-- Lower case, without accents, words separated by one space: « D'Aubigné » -> « d aubigne ».
-- unaccent() is only STABLE because a dictionary could be replaced; ours is named and never is.
CREATE FUNCTION plain_text(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, value)), '[^a-z0-9@._+-]+', ' ', 'g'));

-- ───────────────────────────── identity

CREATE TABLE staff_members (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  email text NOT NULL CHECK (email = lower(email)) UNIQUE,
  first_name text NOT NULL,
  last_name text NOT NULL,
  password_hash text NOT NULL,
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  suspended_at timestamptz,
  -- A demonstration account's secrets are public: production refuses to start while one exists.
  demonstration boolean NOT NULL DEFAULT false,
  last_sign_in_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE staff_second_factors (
  staff_id uuid PRIMARY KEY REFERENCES staff_members,
  secret_sealed bytea NOT NULL,
  -- The last 30 s step whose code was accepted: a code is good once (RFC 6238 section 5.2).
  last_step bigint,
  enrolled_at timestamptz NOT NULL DEFAULT now()
);

-- Between the password and the second factor: no session exists yet.
CREATE TABLE staff_sign_ins (
  token_hash bytea PRIMARY KEY,
  staff_id uuid NOT NULL REFERENCES staff_members ON DELETE CASCADE,
  enrolment_secret_sealed bytea,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON staff_sign_ins (expires_at);

CREATE TABLE staff_sessions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  stepped_up_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  ip inet NOT NULL,
  user_agent text NOT NULL
);
CREATE INDEX ON staff_sessions (staff_id) WHERE ended_at IS NULL;

-- The counters of rate-limiter-flexible (its own column names).
CREATE TABLE attempt_counters (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

-- ───────────────────────────── access

CREATE TABLE roles (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  key text NOT NULL UNIQUE,
  -- 100 is the top; nobody grants a role above their own.
  level integer NOT NULL CHECK (level BETWEEN 1 AND 100),
  built_in boolean NOT NULL DEFAULT false
);

CREATE TABLE role_permissions (
  role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  permission text NOT NULL,
  PRIMARY KEY (role_id, permission)
);

CREATE TABLE staff_roles (
  staff_id uuid NOT NULL REFERENCES staff_members ON DELETE CASCADE,
  role_id uuid NOT NULL REFERENCES roles,
  PRIMARY KEY (staff_id, role_id)
);
CREATE INDEX ON staff_roles (role_id);

INSERT INTO roles (key, level, built_in) VALUES
  ('super_administrator', 100, true), ('technical_administrator', 80, true), ('administrator', 70, true),
  ('direction', 60, true), ('compliance', 50, true), ('billing', 40, true), ('sales', 40, true),
  ('support', 40, true), ('auditor', 20, true);

INSERT INTO role_permissions (role_id, permission)
SELECT roles.id, permission
FROM (VALUES
  ('super_administrator', ARRAY['dashboard.read', 'clients.read', 'clients.write', 'clients.trash', 'clients.import', 'clients.export', 'invoices.read', 'audit.read']),
  ('technical_administrator', ARRAY['clients.read', 'clients.import', 'audit.read']),
  ('administrator', ARRAY['dashboard.read', 'clients.read', 'clients.write', 'clients.trash', 'clients.import', 'clients.export', 'invoices.read', 'audit.read']),
  ('direction', ARRAY['dashboard.read', 'clients.read', 'clients.export', 'invoices.read']),
  ('compliance', ARRAY['clients.read', 'clients.write', 'clients.trash', 'audit.read']),
  ('billing', ARRAY['clients.read', 'clients.write', 'clients.export', 'invoices.read']),
  ('sales', ARRAY['clients.read', 'clients.write', 'clients.import', 'clients.export']),
  ('support', ARRAY['clients.read', 'clients.write']),
  ('auditor', ARRAY['dashboard.read', 'clients.read', 'invoices.read', 'audit.read'])
) AS grants (role, permissions)
JOIN roles ON roles.key = grants.role, unnest(permissions) AS permission;

-- ───────────────────────────── audit

CREATE TABLE audit_entries (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT now(),
  -- The actor; null for the system itself (a job, the command line), which then names itself in actor_label.
  actor_staff_id uuid REFERENCES staff_members,
  actor_label text NOT NULL,
  -- RFC 8693: the subject on whose behalf the actor works.
  subject_id uuid,
  session_id uuid,
  verb text NOT NULL,
  object_type text NOT NULL,
  object_id text,
  before jsonb,
  after jsonb,
  ip inet,
  user_agent text,
  request_id text
);
CREATE INDEX ON audit_entries (object_type, object_id, at DESC);
CREATE INDEX ON audit_entries (at DESC, id DESC);
-- One entry for an action on many objects names them all in after.ids.
CREATE INDEX audit_entries_of_many ON audit_entries USING gin ((after -> 'ids')) WHERE after ? 'ids';

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- ───────────────────────────── clients

CREATE TABLE clients (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL CHECK (kind IN ('practitioner', 'secretary')),
  status text NOT NULL CHECK (status IN ('active', 'prospect', 'freemium', 'excluded')),
  last_name text NOT NULL CHECK (last_name <> ''),
  first_name text NOT NULL DEFAULT '',
  email text NOT NULL,
  phone text,
  address text,
  postal_code text,
  city text,
  -- INSEE code: '01'..'95', '2A', '2B', '971'..'989'.
  department text,
  rpps text,
  adeli text,
  siret text,
  origin text,
  internal_note text,
  next_payment_on date,
  last_sign_in_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Grows by one at each change: what optimistic locking compares.
  version integer NOT NULL DEFAULT 1,
  trashed_at timestamptz,
  trashed_by uuid REFERENCES staff_members,
  sort_name text NOT NULL GENERATED ALWAYS AS (plain_text(last_name || ' ' || first_name)) STORED,
  search_text text NOT NULL GENERATED ALWAYS AS (plain_text(first_name || ' ' || last_name || ' ' || email || ' ' || coalesce(city, ''))) STORED,
  -- Names, city and e-mail as words of letters: what one typo is forgiven in. Figures are left out, or « martin1 » to
  -- « martin9999 » would be as many words.
  search_words text[] NOT NULL GENERATED ALWAYS AS (string_to_array(translate(plain_text(first_name || ' ' || last_name || ' ' || coalesce(city, '') || ' ' || email), '.@_+-0123456789', '     '), ' ')) STORED
);
CREATE UNIQUE INDEX clients_email ON clients (lower(email));
CREATE INDEX clients_by_name ON clients (sort_name, id);
CREATE INDEX clients_by_status_name ON clients (status, sort_name, id) WHERE trashed_at IS NULL;
CREATE INDEX clients_by_department_name ON clients (department, sort_name, id) WHERE trashed_at IS NULL;
CREATE INDEX clients_by_next_payment ON clients (next_payment_on, id) WHERE trashed_at IS NULL;
CREATE INDEX clients_by_last_sign_in ON clients (last_sign_in_at, id) WHERE trashed_at IS NULL;
CREATE INDEX clients_by_creation ON clients (created_at, id) WHERE trashed_at IS NULL;
CREATE INDEX clients_in_trash ON clients (trashed_at DESC, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX clients_search_text ON clients USING gin (search_text gin_trgm_ops);
CREATE INDEX clients_search_words ON clients USING gin (search_words);

-- Every word of clients.search_words: a word typed so far and mistyped is looked up here by edit distance, and the few words
-- it may have meant are then found exactly in clients.search_words.
CREATE TABLE client_words (word text COLLATE "C" PRIMARY KEY);

CREATE FUNCTION learn_client_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO client_words (word)
  SELECT DISTINCT heard.word FROM changed, unnest(search_words) AS heard (word)
  WHERE heard.word <> ''
  ORDER BY heard.word
  -- Known words are left out here and not by a join: its plan, kept from when the table was empty, read the whole
  -- table for each word of a large import.
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TABLE saved_views (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members ON DELETE CASCADE,
  page text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  query jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (staff_id, page, name)
);

-- ───────────────────────────── billing: what the dashboard counts; its full life comes with the billing module

CREATE TABLE plans (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  key text NOT NULL UNIQUE,
  name text NOT NULL,
  monthly_cents bigint NOT NULL CHECK (monthly_cents >= 0),
  vat_basis_points integer NOT NULL DEFAULT 2000
);

CREATE TABLE subscriptions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  client_id uuid NOT NULL REFERENCES clients,
  plan_id uuid NOT NULL REFERENCES plans,
  status text NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'paused', 'cancelled', 'ended')),
  -- Excluding VAT, for one month: what the subscription adds to MRR while it pays.
  monthly_cents bigint NOT NULL CHECK (monthly_cents >= 0),
  started_on date NOT NULL,
  trial_ends_on date,
  -- Pays from the first day (inclusive) to the second (exclusive). MRR of a day = sum over those that pay that day.
  paying_from date,
  paying_until date CHECK (paying_until IS NULL OR paying_until > paying_from),
  -- Where the client stands now. Who returns gets a new subscription, and the one that ended becomes history.
  is_current boolean NOT NULL DEFAULT true CHECK (is_current OR status = 'ended'),
  -- Nobody pays twice for one day, so counting subscriptions that pay is counting clients.
  EXCLUDE USING gist (client_id WITH =, daterange(paying_from, paying_until) WITH &&) WHERE (paying_from IS NOT NULL)
);
CREATE INDEX ON subscriptions (client_id);
CREATE INDEX ON subscriptions (status, client_id) WHERE is_current;
CREATE INDEX ON subscriptions (paying_from);
CREATE INDEX ON subscriptions (paying_until) WHERE paying_until IS NOT NULL;
CREATE INDEX ON subscriptions (trial_ends_on) WHERE status = 'trialing';
CREATE UNIQUE INDEX one_current_subscription_a_client ON subscriptions (client_id) WHERE is_current;
-- Who stops and comes back within a month takes up the same subscription: new clients and churn count people.
CREATE UNIQUE INDEX one_start_a_client_and_month ON subscriptions (client_id, date_trunc('month', paying_from::timestamp)) WHERE paying_from IS NOT NULL;
CREATE UNIQUE INDEX one_stop_a_client_and_month ON subscriptions (client_id, date_trunc('month', paying_until::timestamp)) WHERE paying_until IS NOT NULL;

CREATE FUNCTION succeed_subscription() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Asked first: even an update of nothing would be weighed by the triggers of the figures.
  IF EXISTS (SELECT FROM subscriptions WHERE client_id = NEW.client_id AND is_current AND status = 'ended') THEN
    UPDATE subscriptions SET is_current = false WHERE client_id = NEW.client_id AND is_current;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER succeed BEFORE INSERT ON subscriptions FOR EACH ROW WHEN (NEW.is_current) EXECUTE FUNCTION succeed_subscription();

CREATE TABLE invoices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  client_id uuid NOT NULL REFERENCES clients,
  kind text NOT NULL DEFAULT 'invoice' CHECK (kind IN ('invoice', 'credit_note')),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'issued')),
  number text UNIQUE,
  issued_on date,
  due_on date,
  -- Negative for a credit note.
  total_excl_cents bigint NOT NULL DEFAULT 0,
  total_vat_cents bigint NOT NULL DEFAULT 0,
  total_incl_cents bigint NOT NULL GENERATED ALWAYS AS (total_excl_cents + total_vat_cents) STORED,
  paid_cents bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (state = 'draft' OR (number IS NOT NULL AND issued_on IS NOT NULL AND due_on IS NOT NULL))
);
CREATE INDEX ON invoices (client_id, issued_on DESC);
-- Drafts, which have no day yet, stand before everything that was issued.
CREATE INDEX invoices_by_day ON invoices (coalesce(issued_on, 'infinity'), id);
-- Numbers are searched by any of their digits: 1036 finds F-2026-01036.
CREATE INDEX invoices_number ON invoices USING gin (number gin_trgm_ops);
CREATE INDEX invoices_unpaid ON invoices (due_on, id) WHERE state = 'issued' AND kind = 'invoice' AND paid_cents < (total_excl_cents + total_vat_cents);

CREATE TABLE invoice_lines (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES invoices ON DELETE CASCADE,
  position integer NOT NULL,
  description text NOT NULL,
  quantity numeric(12, 3) NOT NULL,
  unit_price_cents bigint NOT NULL,
  vat_basis_points integer NOT NULL,
  UNIQUE (invoice_id, position)
);

CREATE TABLE payments (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  client_id uuid NOT NULL REFERENCES clients,
  received_on date NOT NULL,
  amount_cents bigint NOT NULL,
  method text NOT NULL CHECK (method IN ('direct_debit', 'card', 'transfer', 'cheque'))
);
CREATE INDEX ON payments (client_id);

CREATE TABLE payment_allocations (
  payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
  invoice_id uuid NOT NULL REFERENCES invoices,
  amount_cents bigint NOT NULL,
  PRIMARY KEY (payment_id, invoice_id)
);
CREATE INDEX ON payment_allocations (invoice_id);

CREATE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE invoices SET paid_cents = paid_cents + change.amount
    FROM (SELECT invoice_id, sum(amount_cents) AS amount FROM added GROUP BY invoice_id) change WHERE invoices.id = change.invoice_id;
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE invoices SET paid_cents = paid_cents - change.amount
    FROM (SELECT invoice_id, sum(amount_cents) AS amount FROM removed GROUP BY invoice_id) change WHERE invoices.id = change.invoice_id;
  ELSE
    UPDATE invoices SET paid_cents = paid_cents + change.amount
    FROM (SELECT invoice_id, sum(amount_cents) AS amount
          FROM (SELECT invoice_id, amount_cents FROM added UNION ALL SELECT invoice_id, -amount_cents FROM removed) both_sides
          GROUP BY invoice_id) change WHERE invoices.id = change.invoice_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER settle_insert AFTER INSERT ON payment_allocations REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION settle_invoices();
CREATE TRIGGER settle_delete AFTER DELETE ON payment_allocations REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION settle_invoices();
CREATE TRIGGER settle_update AFTER UPDATE ON payment_allocations REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION settle_invoices();

-- ───────────────────────────── figures: sums kept up to date in the same transaction as the facts

-- A figure is (count, cents) per measure, day and dimension. Facts only ever insert into figure_deltas, so two
-- transactions never wait for each other; fold_figures() sums old deltas into figures. Readers use current_figures.
--   measure          day          dimension            count          cents
--   clients          epoch        status|department    not in trash   -
--   trashed_clients  epoch        ''                   in trash       -
--   subscriptions    epoch        status               current ones   their monthly price
--   mrr_gained       paying_from  ''                   subscriptions  monthly price, excluding VAT
--   mrr_lost         paying_until ''                   subscriptions  monthly price, excluding VAT
--   revenue_excl     issued_on    ''                   documents      excluding VAT (credit notes negative)
--   revenue_incl     issued_on    ''                   documents      including VAT
--   unpaid           due_on       ''                   invoices       still to be paid, including VAT
-- A client in the trash leaves the measure clients; what they subscribed to and were invoiced for stays counted.
CREATE TABLE figures (
  measure text NOT NULL,
  day date NOT NULL,
  dimension text NOT NULL,
  count bigint NOT NULL,
  cents bigint NOT NULL,
  PRIMARY KEY (measure, day, dimension)
);
CREATE TABLE figure_deltas (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  measure text NOT NULL,
  day date NOT NULL,
  dimension text NOT NULL,
  count bigint NOT NULL,
  cents bigint NOT NULL
);
CREATE VIEW current_figures AS
  SELECT measure, day, dimension, sum(count)::bigint AS count, sum(cents)::bigint AS cents
  FROM (SELECT measure, day, dimension, count, cents FROM figures
        UNION ALL SELECT measure, day, dimension, count, cents FROM figure_deltas) parts
  GROUP BY measure, day, dimension;

-- The same figures counted again from the facts: what the nightly proof compares with current_figures.
CREATE VIEW recounted_figures AS
  SELECT 'clients' AS measure, date 'epoch' AS day, status || '|' || coalesce(department, '') AS dimension, count(*) AS count, 0::bigint AS cents
    FROM clients WHERE trashed_at IS NULL GROUP BY 3
  UNION ALL SELECT 'trashed_clients', date 'epoch', '', count(*), 0 FROM clients WHERE trashed_at IS NOT NULL HAVING count(*) > 0
  UNION ALL SELECT 'subscriptions', date 'epoch', status, count(*), sum(monthly_cents)::bigint FROM subscriptions WHERE is_current GROUP BY status
  UNION ALL SELECT 'mrr_gained', paying_from, '', count(*), sum(monthly_cents)::bigint FROM subscriptions WHERE paying_from IS NOT NULL GROUP BY paying_from
  UNION ALL SELECT 'mrr_lost', paying_until, '', count(*), sum(monthly_cents)::bigint FROM subscriptions WHERE paying_until IS NOT NULL AND paying_from IS NOT NULL GROUP BY paying_until
  UNION ALL SELECT 'revenue_excl', issued_on, '', count(*), sum(total_excl_cents)::bigint FROM invoices WHERE state = 'issued' GROUP BY issued_on
  UNION ALL SELECT 'revenue_incl', issued_on, '', count(*), sum(total_incl_cents)::bigint FROM invoices WHERE state = 'issued' GROUP BY issued_on
  -- From the allocations themselves, which proves invoices.paid_cents too.
  UNION ALL SELECT 'unpaid', due_on, '', count(*), sum(total_incl_cents - coalesce(paid, 0))::bigint
    FROM invoices LEFT JOIN (SELECT invoice_id, sum(amount_cents)::bigint AS paid FROM payment_allocations GROUP BY invoice_id) AS settled ON invoice_id = id
    WHERE state = 'issued' AND kind = 'invoice' AND coalesce(paid, 0) < total_incl_cents GROUP BY due_on;

-- News at the commit for whoever shows figures, whatever changed the facts: an endpoint, a job, the command line.
-- NOTIFY itself drops the repeated payloads of one transaction.
CREATE FUNCTION announce_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added) THEN
    PERFORM pg_notify('news', '{"topic":"figures","needs":"dashboard.read"}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT ON figure_deltas REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION announce_figures();

CREATE FUNCTION fold_figures() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE folded bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('fold_figures'));
  WITH taken AS (DELETE FROM figure_deltas RETURNING *),
  summed AS (SELECT measure, day, dimension, sum(count)::bigint AS count, sum(cents)::bigint AS cents, count(*) AS rows FROM taken GROUP BY 1, 2, 3),
  merged AS (
    INSERT INTO figures AS known (measure, day, dimension, count, cents)
    SELECT measure, day, dimension, count, cents FROM summed
    ON CONFLICT (measure, day, dimension) DO UPDATE SET count = known.count + excluded.count, cents = known.cents + excluded.cents)
  SELECT coalesce(sum(rows), 0) INTO folded FROM summed;
  IF folded > 0 THEN
    DELETE FROM figures WHERE count = 0 AND cents = 0;
  END IF;
  RETURN folded;
END $$;

-- The rows a statement wrote, with sign 1 as they are now and -1 as they were. Summed by figure only the difference is
-- left: a client who merely signs in leaves no delta and wakes no screen.
CREATE FUNCTION weighed(operation text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE operation
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM changed'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM removed'
    ELSE 'SELECT 1 AS sign, * FROM changed UNION ALL SELECT -1, * FROM removed'
  END;

CREATE FUNCTION count_clients() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format($count$
    INSERT INTO figure_deltas (measure, day, dimension, count, cents)
    SELECT CASE WHEN trashed_at IS NULL THEN 'clients' ELSE 'trashed_clients' END, date 'epoch',
           CASE WHEN trashed_at IS NULL THEN status || '|' || coalesce(department, '') ELSE '' END, sum(sign), 0
    FROM (%s) weighed GROUP BY 1, 3 HAVING sum(sign) <> 0 $count$, weighed(TG_OP));
  RETURN NULL;
END $$;
CREATE TRIGGER count_insert AFTER INSERT ON clients REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_clients();
CREATE TRIGGER count_update AFTER UPDATE ON clients REFERENCING NEW TABLE AS changed OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_clients();
CREATE TRIGGER count_delete AFTER DELETE ON clients REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_clients();
CREATE TRIGGER learn_insert AFTER INSERT ON clients REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION learn_client_words();
CREATE TRIGGER learn_update AFTER UPDATE ON clients REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION learn_client_words();

CREATE FUNCTION count_subscriptions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format($count$
    INSERT INTO figure_deltas (measure, day, dimension, count, cents)
    SELECT measure, figure.day, dimension, sum(sign), sum(sign * monthly_cents)
    FROM (%s) weighed, LATERAL (VALUES
      ('subscriptions', CASE WHEN is_current THEN date 'epoch' END, status),
      ('mrr_gained', paying_from, ''),
      ('mrr_lost', CASE WHEN paying_from IS NOT NULL THEN paying_until END, '')
    ) AS figure (measure, day, dimension)
    WHERE figure.day IS NOT NULL
    GROUP BY measure, figure.day, dimension HAVING sum(sign) <> 0 OR sum(sign * monthly_cents) <> 0 $count$, weighed(TG_OP));
  RETURN NULL;
END $$;
CREATE TRIGGER count_insert AFTER INSERT ON subscriptions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_subscriptions();
CREATE TRIGGER count_update AFTER UPDATE ON subscriptions REFERENCING NEW TABLE AS changed OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_subscriptions();
CREATE TRIGGER count_delete AFTER DELETE ON subscriptions REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_subscriptions();

CREATE FUNCTION count_invoices() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format($count$
    INSERT INTO figure_deltas (measure, day, dimension, count, cents)
    SELECT measure, figure.day, '', sum(sign), sum(sign * cents)
    FROM (%s) weighed, LATERAL (VALUES
      ('revenue_excl', issued_on, total_excl_cents),
      ('revenue_incl', issued_on, total_incl_cents),
      ('unpaid', CASE WHEN kind = 'invoice' AND paid_cents < total_incl_cents THEN due_on END, total_incl_cents - paid_cents)
    ) AS figure (measure, day, cents)
    WHERE state = 'issued' AND figure.day IS NOT NULL
    GROUP BY measure, figure.day HAVING sum(sign) <> 0 OR sum(sign * cents) <> 0 $count$, weighed(TG_OP));
  PERFORM pg_notify('news', '{"topic":"invoices","needs":"invoices.read"}');
  RETURN NULL;
END $$;
CREATE TRIGGER count_insert AFTER INSERT ON invoices REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_invoices();
CREATE TRIGGER count_update AFTER UPDATE ON invoices REFERENCING NEW TABLE AS changed OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_invoices();
CREATE TRIGGER count_delete AFTER DELETE ON invoices REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_invoices();

-- Each night the figures are counted again from the facts and compared: what came out. Kept, so that one can look back.
CREATE TABLE figure_proofs (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  at timestamptz NOT NULL DEFAULT now(),
  figures bigint NOT NULL,
  differing bigint NOT NULL,
  -- The first of those that differ: measure, day, dimension, and count and cents as kept and as recounted.
  differences jsonb NOT NULL,
  took_ms integer NOT NULL
);
CREATE INDEX ON figure_proofs (at DESC);

-- ───────────────────────────── long work: what a person started, can leave and find again

CREATE TABLE background_jobs (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  kind text NOT NULL,
  staff_id uuid NOT NULL REFERENCES staff_members,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  input jsonb NOT NULL,
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  result jsonb,
  -- A refusal's code, or 'internal', or 'interrupted' when the process that ran it died.
  error_code text,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX ON background_jobs (staff_id, created_at DESC);
CREATE INDEX ON background_jobs (state) WHERE state IN ('waiting', 'running');

CREATE TABLE stored_files (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  staff_id uuid NOT NULL REFERENCES staff_members,
  -- Key in the file storage; never derived from what the person typed.
  storage_key text NOT NULL UNIQUE,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  sha256 bytea NOT NULL,
  needs_permission text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON stored_files (expires_at);

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE ON staff_members, staff_second_factors, staff_sessions TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_sign_ins, attempt_counters, saved_views TO mgp_app;
GRANT SELECT ON roles, role_permissions TO mgp_app;
GRANT SELECT, INSERT, DELETE ON staff_roles TO mgp_app;
GRANT SELECT, INSERT ON audit_entries TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON clients TO mgp_app;
GRANT SELECT ON client_words TO mgp_app;
GRANT SELECT, INSERT, UPDATE ON plans, subscriptions TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON invoice_lines TO mgp_app;
-- paid_cents is written by the allocations' trigger alone.
GRANT SELECT, DELETE, INSERT (id, client_id, kind, state, number, issued_on, due_on, total_excl_cents, total_vat_cents, created_at),
  UPDATE (client_id, kind, state, number, issued_on, due_on, total_excl_cents, total_vat_cents) ON invoices TO mgp_app;
GRANT SELECT, INSERT, DELETE ON payments, payment_allocations TO mgp_app;
GRANT SELECT ON figures, figure_deltas, current_figures, recounted_figures TO mgp_app;
GRANT SELECT, INSERT ON figure_proofs TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON background_jobs, stored_files TO mgp_app;
REVOKE EXECUTE ON FUNCTION plain_text(text), fold_figures(), learn_client_words(), settle_invoices(), count_clients(),
  count_subscriptions(), count_invoices(), announce_figures(), succeed_subscription(), weighed(text), refuse_audit_change() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plain_text(text), fold_figures() TO mgp_app;

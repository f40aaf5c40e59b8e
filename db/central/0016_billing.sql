-- Billing: what is sold, who subscribes, documents from draft to proof, money that comes in, and what the tax office may ask for.
-- Decisions 32 and following say why things are as they are.

-- ───────────────────────────── who invoices

-- Documents, series and settings each belong to one of the vendor's companies.
CREATE TABLE billing_companies (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  key text NOT NULL UNIQUE,
  name text NOT NULL CHECK (name <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
INSERT INTO billing_companies (key, name) VALUES ('main', 'MaGestionPsy');

-- What is printed and reckoned with, from a day on. Never changed in place: the version of a day is the latest approved one
-- that holds by then.
CREATE TABLE billing_settings (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  kind text NOT NULL CHECK (kind IN ('identity', 'vat', 'bank', 'terms', 'numbering', 'appearance', 'dunning')),
  in_force_from date NOT NULL,
  content jsonb NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
  -- Null: the installation itself.
  proposed_by uuid REFERENCES staff_members,
  proposed_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid REFERENCES staff_members,
  decided_at timestamptz,
  reason text NOT NULL DEFAULT '',
  -- Where money goes two people answer for.
  CHECK (kind <> 'bank' OR state <> 'approved' OR proposed_by IS NULL OR decided_by IS DISTINCT FROM proposed_by)
);
CREATE UNIQUE INDEX ON billing_settings (company_id, kind, in_force_from) WHERE state = 'approved';
CREATE INDEX ON billing_settings (company_id, kind) WHERE state = 'proposed';

-- The rates penalties are reckoned by. ecb_refi: the ECB's main refinancing rate; legal: the French legal interest rate
-- between professionals, of a half-year.
CREATE TABLE interest_rates (
  kind text NOT NULL CHECK (kind IN ('ecb_refi', 'legal')),
  from_on date NOT NULL,
  basis_points integer NOT NULL,
  source text NOT NULL,
  recorded_by uuid REFERENCES staff_members,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, from_on)
);
-- Those that were published when this release was made; later ones are recorded by people.
INSERT INTO interest_rates (kind, from_on, basis_points, source) VALUES
  ('ecb_refi', '2016-03-16', 0, 'BCE, décision du 10 mars 2016'),
  ('ecb_refi', '2022-07-27', 50, 'BCE, décision du 21 juillet 2022'),
  ('ecb_refi', '2022-09-14', 125, 'BCE, décision du 8 septembre 2022'),
  ('ecb_refi', '2022-11-02', 200, 'BCE, décision du 27 octobre 2022'),
  ('ecb_refi', '2022-12-21', 250, 'BCE, décision du 15 décembre 2022'),
  ('ecb_refi', '2023-02-08', 300, 'BCE, décision du 2 février 2023'),
  ('ecb_refi', '2023-03-22', 350, 'BCE, décision du 16 mars 2023'),
  ('ecb_refi', '2023-05-10', 375, 'BCE, décision du 4 mai 2023'),
  ('ecb_refi', '2023-06-21', 400, 'BCE, décision du 15 juin 2023'),
  ('ecb_refi', '2023-08-02', 425, 'BCE, décision du 27 juillet 2023'),
  ('ecb_refi', '2023-09-20', 450, 'BCE, décision du 14 septembre 2023'),
  ('ecb_refi', '2024-06-12', 425, 'BCE, décision du 6 juin 2024'),
  ('ecb_refi', '2024-09-18', 365, 'BCE, décision du 12 septembre 2024'),
  ('ecb_refi', '2024-10-23', 340, 'BCE, décision du 17 octobre 2024'),
  ('ecb_refi', '2024-12-18', 315, 'BCE, décision du 12 décembre 2024'),
  ('ecb_refi', '2025-02-05', 290, 'BCE, décision du 30 janvier 2025'),
  ('ecb_refi', '2025-03-12', 265, 'BCE, décision du 6 mars 2025'),
  ('ecb_refi', '2025-04-23', 240, 'BCE, décision du 17 avril 2025'),
  ('ecb_refi', '2025-06-11', 215, 'BCE, décision du 5 juin 2025'),
  ('legal', '2022-01-01', 76, 'Taux de l’intérêt légal, 1er semestre 2022, CMF art. L313-2'),
  ('legal', '2022-07-01', 77, 'Taux de l’intérêt légal, 2e semestre 2022, CMF art. L313-2'),
  ('legal', '2023-01-01', 206, 'Taux de l’intérêt légal, 1er semestre 2023, CMF art. L313-2'),
  ('legal', '2023-07-01', 422, 'Taux de l’intérêt légal, 2e semestre 2023, CMF art. L313-2'),
  ('legal', '2024-01-01', 507, 'Taux de l’intérêt légal, 1er semestre 2024, CMF art. L313-2'),
  ('legal', '2024-07-01', 492, 'Taux de l’intérêt légal, 2e semestre 2024, CMF art. L313-2'),
  ('legal', '2025-01-01', 371, 'Taux de l’intérêt légal, 1er semestre 2025, CMF art. L313-2'),
  ('legal', '2025-07-01', 276, 'Arrêté du 19 juin 2025, JO du 24 juin 2025'),
  ('legal', '2026-01-01', 262, 'Arrêté du 15 décembre 2025, JO du 26 décembre 2025');

-- How a client is invoiced, where that differs from what the client's page says.
CREATE TABLE billing_profiles (
  client_id uuid PRIMARY KEY REFERENCES clients,
  -- A business gets penalties, the 40 € and an electronic address; a private person gets none of them.
  audience text NOT NULL CHECK (audience IN ('business', 'private')),
  legal_name text NOT NULL DEFAULT '',
  siren text,
  siret text,
  vat_number text,
  -- { "lines": ["…"], "postcode": "…", "city": "…", "country": "FR" }; null: the client's own.
  address jsonb,
  email text,
  -- Where an electronic invoice is addressed to (BT-49, scheme 0225), when it is not the SIREN.
  electronic_address text,
  payment_days integer CHECK (payment_days BETWEEN 0 AND 60),
  payment_means text CHECK (payment_means IN ('transfer', 'direct_debit', 'card', 'cheque')),
  language text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  revision integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- ───────────────────────────── what is sold

ALTER TABLE plans
  ADD description text NOT NULL DEFAULT '',
  ADD trial_days integer NOT NULL DEFAULT 14 CHECK (trial_days BETWEEN 0 AND 90),
  ADD position integer NOT NULL DEFAULT 0,
  ADD archived_at timestamptz;

-- The price of a period, from a day on. A period takes the price of its first day.
CREATE TABLE plan_prices (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  plan_id uuid NOT NULL REFERENCES plans,
  interval_months integer NOT NULL CHECK (interval_months IN (1, 3, 6, 12)),
  in_force_from date NOT NULL,
  -- Excluding VAT, for the whole interval.
  price_cents bigint NOT NULL CHECK (price_cents >= 0),
  vat_basis_points integer NOT NULL,
  -- next_periods: everybody's periods that begin by then. new_subscriptions: who subscribed before keeps the former price.
  applies_to text NOT NULL DEFAULT 'next_periods' CHECK (applies_to IN ('next_periods', 'new_subscriptions')),
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (plan_id, interval_months, in_force_from)
);
INSERT INTO plan_prices (plan_id, interval_months, in_force_from, price_cents, vat_basis_points)
SELECT id, 1, date '2020-01-01', monthly_cents, vat_basis_points FROM plans;

CREATE TABLE plan_options (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  key text NOT NULL UNIQUE,
  name text NOT NULL CHECK (name <> ''),
  -- Excluding VAT, for one month and one piece.
  monthly_cents bigint NOT NULL CHECK (monthly_cents >= 0),
  vat_basis_points integer NOT NULL,
  archived_at timestamptz
);

CREATE TABLE coupons (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  code text NOT NULL CHECK (code = upper(code) AND code ~ '^[A-Z0-9-]{3,30}$'),
  -- One of both.
  percent_basis_points integer CHECK (percent_basis_points BETWEEN 1 AND 10000),
  amount_cents bigint CHECK (amount_cents > 0),
  -- Of how many periods it takes something off; null: of all.
  periods integer CHECK (periods > 0),
  valid_until date,
  uses_at_most integer CHECK (uses_at_most > 0),
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  CHECK (num_nonnulls(percent_basis_points, amount_cents) = 1)
);
CREATE UNIQUE INDEX ON coupons (code);

-- ───────────────────────────── who subscribes

ALTER TABLE subscriptions
  ADD company_id uuid REFERENCES billing_companies,
  ADD interval_months integer NOT NULL DEFAULT 1 CHECK (interval_months IN (1, 3, 6, 12)),
  -- What it added to MRR when it began to pay; later changes stand in subscription_price_changes.
  ADD first_monthly_cents bigint,
  -- Periods are counted from here: the 31st does not slide to the 28th for good.
  ADD anchor_on date,
  -- The first day of the first period that is not invoiced yet; null: nothing is to come.
  ADD next_period_on date,
  ADD cancel_on date,
  ADD paused_on date,
  ADD resumes_on date,
  -- A plan change that waits for the next period: { "planId", "intervalMonths" }.
  ADD next_plan jsonb,
  -- The price is the one of the day it began, whatever came later.
  ADD price_of_day date,
  -- Its renewals stay drafts until a person looked at them.
  ADD hold_for_review boolean NOT NULL DEFAULT false,
  ADD payment_means text CHECK (payment_means IN ('transfer', 'direct_debit', 'card', 'cheque')),
  ADD revision integer NOT NULL DEFAULT 1,
  ADD created_at timestamptz NOT NULL DEFAULT now();
-- A renewal moves every one of them on: where a page has room for the next version no index hears of it. None is over
-- next_period_on, or all would; who is due is found by reading the table, which is little beside making their documents.
ALTER TABLE subscriptions SET (fillfactor = 50);
-- What was taken over goes on from the day its client is told to pay next.
UPDATE subscriptions SET first_monthly_cents = subscriptions.monthly_cents,
  company_id = (SELECT id FROM billing_companies WHERE key = 'main'),
  next_period_on = CASE WHEN is_current AND subscriptions.status IN ('active', 'past_due') THEN coalesce(clients.next_payment_on, paying_from)
    WHEN subscriptions.status = 'trialing' THEN trial_ends_on END,
  anchor_on = CASE WHEN subscriptions.status = 'trialing' THEN trial_ends_on ELSE coalesce(clients.next_payment_on, paying_from) END,
  cancel_on = CASE WHEN subscriptions.status = 'cancelled' THEN paying_until END,
  paused_on = CASE WHEN subscriptions.status = 'paused' THEN paying_until END
FROM clients WHERE clients.id = subscriptions.client_id;
ALTER TABLE subscriptions ALTER first_monthly_cents SET NOT NULL;
-- From here on a subscription says when its client pays next; what clients.next_payment_on notes holds for who has none.
DROP INDEX clients_by_next_payment;

CREATE FUNCTION begin_subscription() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.first_monthly_cents := coalesce(NEW.first_monthly_cents, NEW.monthly_cents);
  RETURN NEW;
END $$;
CREATE TRIGGER begin_with_price BEFORE INSERT ON subscriptions FOR EACH ROW WHEN (NEW.first_monthly_cents IS NULL) EXECUTE FUNCTION begin_subscription();

-- What happened to it: its history, which nothing changes.
CREATE TABLE subscription_events (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  by_staff_id uuid REFERENCES staff_members,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON subscription_events (subscription_id, at);

-- MRR of a day = gained by then - lost by then + changed by then.
CREATE TABLE subscription_price_changes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  changed_on date NOT NULL,
  old_monthly_cents bigint NOT NULL,
  new_monthly_cents bigint NOT NULL
);
CREATE INDEX ON subscription_price_changes (subscription_id, changed_on);

-- Each period is invoiced once, whatever is killed or run twice.
CREATE TABLE subscription_periods (
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  starts_on date NOT NULL,
  -- Exclusive.
  ends_on date NOT NULL CHECK (ends_on > starts_on),
  -- Null: it was not invoiced, and why.
  invoice_id uuid,
  why text NOT NULL DEFAULT '',
  -- From here on its days went back: another period may lie there. One that goes back whole is deleted.
  given_back_from date CHECK (given_back_from > starts_on AND given_back_from < ends_on),
  -- What its days cost since the plan was changed within it; null: what its document asked for.
  lines jsonb,
  -- The coupon of the subscription that took something off.
  used_coupon uuid,
  billed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (subscription_id, starts_on)
);
CREATE INDEX ON subscription_periods (invoice_id);

CREATE TABLE subscription_options (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  option_id uuid NOT NULL REFERENCES plan_options,
  quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
  from_on date NOT NULL,
  -- Exclusive.
  until_on date CHECK (until_on > from_on)
);
CREATE INDEX ON subscription_options (subscription_id);

CREATE TABLE subscription_coupons (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  coupon_id uuid NOT NULL REFERENCES coupons,
  applied_on date NOT NULL,
  periods_left integer,
  UNIQUE (subscription_id, coupon_id)
);

-- Stands on the next invoice, once.
CREATE TABLE subscription_extras (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  subscription_id uuid NOT NULL REFERENCES subscriptions,
  description text NOT NULL CHECK (description <> ''),
  quantity numeric(12, 3) NOT NULL DEFAULT 1,
  unit_price_cents bigint NOT NULL,
  vat_basis_points integer NOT NULL,
  invoice_id uuid,
  -- Of a change of plan by days: the running period's first day and what its days cost before, should it be taken back.
  proration jsonb,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON subscription_extras (subscription_id) WHERE invoice_id IS NULL;

CREATE TABLE renewal_runs (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  -- Periods that begin up to and including this day.
  until_on date NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- How far it came: subscriptions in the order of their ids.
  after_id uuid,
  renewed integer NOT NULL DEFAULT 0,
  held integer NOT NULL DEFAULT 0,
  excl_cents bigint NOT NULL DEFAULT 0,
  started_by uuid REFERENCES staff_members
);

-- ───────────────────────────── documents

CREATE TABLE invoice_series (
  company_id uuid NOT NULL REFERENCES billing_companies,
  kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'quote')),
  -- Whose numbers run now; a new year begins at 1.
  year integer NOT NULL,
  last_number integer NOT NULL DEFAULT 0,
  last_issued_on date,
  -- The chain runs on through the years.
  position bigint NOT NULL DEFAULT 0,
  last_sha256 bytea,
  PRIMARY KEY (company_id, kind)
);

CREATE TABLE quotes (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  client_id uuid NOT NULL REFERENCES clients,
  number text UNIQUE,
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent', 'accepted', 'declined')),
  issued_on date,
  valid_until date,
  -- Lines and discount in the shape of a draft; frozen once it is numbered.
  content jsonb NOT NULL,
  total_excl_cents bigint NOT NULL DEFAULT 0,
  total_incl_cents bigint NOT NULL DEFAULT 0,
  decided_at timestamptz,
  revision integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON quotes (client_id, created_at DESC);

ALTER TABLE invoices
  ADD company_id uuid REFERENCES billing_companies,
  -- UNTDID 1001: 380 invoice, 381 credit note, 384 corrective invoice, 386 deposit invoice.
  ADD type_code smallint NOT NULL DEFAULT 380 CHECK (type_code IN (380, 381, 384, 386)),
  -- What a credit note or a corrective invoice cites; the deposit a final invoice takes into account.
  ADD original_id uuid REFERENCES invoices,
  ADD quote_id uuid REFERENCES quotes,
  ADD subscription_id uuid REFERENCES subscriptions,
  ADD period_from date,
  -- Inclusive, as it is printed.
  ADD period_until date,
  ADD supplied_on date,
  -- Of the draft: the day it shall bear; null: the day it is finalised.
  ADD wanted_on date,
  ADD payment_days integer CHECK (payment_days BETWEEN 0 AND 60),
  ADD payment_means text CHECK (payment_means IN ('transfer', 'direct_debit', 'card', 'cheque')),
  -- Off the whole document: one of both.
  ADD discount_basis_points integer NOT NULL DEFAULT 0 CHECK (discount_basis_points BETWEEN 0 AND 10000),
  ADD discount_cents bigint NOT NULL DEFAULT 0,
  ADD discount_label text NOT NULL DEFAULT '',
  ADD order_reference text NOT NULL DEFAULT '',
  -- Printed below the lines.
  ADD note text NOT NULL DEFAULT '',
  -- Never printed.
  ADD internal_note text NOT NULL DEFAULT '',
  -- import: issued by what was used before; it stands in no chain.
  ADD origin text NOT NULL DEFAULT 'import' CHECK (origin IN ('hand', 'renewal', 'quote', 'correction', 'import')),
  ADD held boolean NOT NULL DEFAULT false,
  ADD revision integer NOT NULL DEFAULT 1,
  ADD created_by uuid REFERENCES staff_members,
  ADD updated_by uuid REFERENCES staff_members,
  ADD updated_at timestamptz NOT NULL DEFAULT now();
UPDATE invoices SET type_code = 381 WHERE kind = 'credit_note';
UPDATE invoices SET origin = 'hand' WHERE state = 'draft';
ALTER TABLE invoices ALTER origin SET DEFAULT 'hand',
  ADD CHECK ((kind = 'credit_note') = (type_code = 381)) NOT VALID,
  -- A draft holds no number back.
  ADD CHECK ((state = 'issued') = (number IS NOT NULL)) NOT VALID;
CREATE INDEX invoices_original ON invoices (original_id) WHERE original_id IS NOT NULL;
CREATE INDEX invoices_of_subscription ON invoices (subscription_id) WHERE subscription_id IS NOT NULL;
CREATE INDEX invoices_of_quote ON invoices (quote_id) WHERE quote_id IS NOT NULL;
-- An invoice has one corrective invoice: what is wrong with that one is corrected by a corrective invoice of its own.
CREATE UNIQUE INDEX one_corrective_invoice ON invoices (original_id) WHERE type_code = 384;

-- Whoever inserts a credit note without saying its code means 381.
CREATE FUNCTION code_credit_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.type_code := 381;
  RETURN NEW;
END $$;
CREATE TRIGGER code_credit_note BEFORE INSERT ON invoices FOR EACH ROW WHEN (NEW.kind = 'credit_note' AND NEW.type_code = 380)
  EXECUTE FUNCTION code_credit_note();

ALTER TABLE invoice_lines
  -- UN/ECE Recommendation 20: C62 piece, HUR hour, DAY, MON month, ANN year.
  ADD unit text NOT NULL DEFAULT 'C62',
  -- Off this line: one of both.
  ADD discount_basis_points integer NOT NULL DEFAULT 0 CHECK (discount_basis_points BETWEEN 0 AND 10000),
  ADD discount_cents bigint NOT NULL DEFAULT 0,
  -- UNTDID 5305: S, E, AE, K, G, O, Z; with E, what exempts it (VATEX).
  ADD vat_category text NOT NULL DEFAULT 'S' CHECK (vat_category IN ('S', 'E', 'AE', 'K', 'G', 'O', 'Z')),
  ADD vat_exemption text,
  ADD period_from date,
  ADD period_until date,
  -- The deposit invoice it takes off, below zero; on a credit note, gives back.
  ADD deposit_id uuid REFERENCES invoices,
  -- numeric rounds half away from zero, like contract/computing.ts.
  ADD excl_cents bigint NOT NULL GENERATED ALWAYS AS (
    round(quantity * unit_price_cents)::bigint
    - CASE WHEN discount_basis_points > 0 THEN round(round(quantity * unit_price_cents) * discount_basis_points / 10000)::bigint ELSE discount_cents END
  ) STORED;

CREATE INDEX invoice_lines_of_deposit ON invoice_lines (deposit_id) WHERE deposit_id IS NOT NULL;

-- What was issued: canonical JSON, the XML made of it, and their place in the chain of the series.
--   sha256 = SHA-256(previous_sha256 || content_sha256 || xml_sha256), the first of a series on 32 zero bytes.
CREATE TABLE invoice_documents (
  invoice_id uuid PRIMARY KEY REFERENCES invoices,
  company_id uuid NOT NULL REFERENCES billing_companies,
  series text NOT NULL CHECK (series IN ('invoice', 'credit_note')),
  position bigint NOT NULL,
  number text NOT NULL UNIQUE,
  issued_on date NOT NULL,
  content text NOT NULL,
  xml text NOT NULL,
  content_sha256 bytea NOT NULL,
  xml_sha256 bytea NOT NULL,
  previous_sha256 bytea NOT NULL,
  sha256 bytea NOT NULL UNIQUE,
  -- Which template and seal make its PDF, for ever.
  layout text NOT NULL,
  -- now: a PDF is to be there at once. on_demand: it is made when somebody asks (what was taken over).
  wanted text NOT NULL DEFAULT 'now' CHECK (wanted IN ('now', 'on_demand')),
  finalised_at timestamptz NOT NULL,
  finalised_by uuid REFERENCES staff_members,
  UNIQUE (company_id, series, position)
);

-- What was taken of a deposit invoice, excluding VAT: above zero by the final invoice that took it off, below zero by the credit
-- note that gave it back. Written with the document, under a lock on the deposit; the books' account 4191 follows from it.
CREATE TABLE deposits_taken (
  document_id uuid NOT NULL REFERENCES invoices,
  deposit_id uuid NOT NULL REFERENCES invoices,
  vat_category text NOT NULL,
  vat_basis_points integer NOT NULL,
  excl_cents bigint NOT NULL CHECK (excl_cents <> 0),
  PRIMARY KEY (document_id, deposit_id, vat_category, vat_basis_points)
);
CREATE INDEX ON deposits_taken (deposit_id);

-- What an issued document asked, what credit notes took back of it, and what was taken of it as a deposit: rate by rate, as it is
-- printed. Of what was taken over without being frozen here, all rates together.
CREATE FUNCTION rates_left(document uuid)
RETURNS TABLE (category text, basis_points integer, exemption text, asked_cents bigint, asked_vat_cents bigint, credited_cents bigint,
  credited_vat_cents bigint, taken_cents bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH own AS (
    SELECT total_excl_cents, total_vat_cents, content::jsonb AS content
    FROM invoices LEFT JOIN invoice_documents ON invoice_id = id WHERE id = document AND state = 'issued'),
  notes AS (
    SELECT -total_excl_cents AS excl_cents, -total_vat_cents AS vat_cents, content::jsonb AS content
    FROM invoices LEFT JOIN invoice_documents ON invoice_id = id WHERE original_id = document AND type_code = 381 AND state = 'issued'),
  said AS (
    SELECT part ->> 'category' AS category, (part ->> 'basisPoints')::integer AS basis_points, part ->> 'exemptionCode' AS exemption,
      (part ->> 'baseCents')::bigint AS asked, (part ->> 'vatCents')::bigint AS asked_vat, 0::bigint AS credited, 0::bigint AS credited_vat, 0::bigint AS taken
    FROM own, jsonb_array_elements(content -> 'vat') part
    UNION ALL SELECT NULL, NULL, NULL, total_excl_cents, total_vat_cents, 0, 0, 0 FROM own WHERE content IS NULL
    UNION ALL
    SELECT part ->> 'category', (part ->> 'basisPoints')::integer, NULL, 0, 0, (part ->> 'baseCents')::bigint, (part ->> 'vatCents')::bigint, 0
    FROM notes, jsonb_array_elements(content -> 'vat') part WHERE (SELECT own.content FROM own) IS NOT NULL
    UNION ALL SELECT NULL, NULL, NULL, 0, 0, excl_cents, vat_cents, 0 FROM notes WHERE (SELECT own.content FROM own) IS NULL
    UNION ALL SELECT vat_category, vat_basis_points, NULL, 0, 0, 0, 0, excl_cents FROM deposits_taken WHERE deposit_id = document)
  SELECT category, basis_points, max(exemption), sum(asked)::bigint, sum(asked_vat)::bigint, sum(credited)::bigint, sum(credited_vat)::bigint,
    sum(taken)::bigint
  FROM said GROUP BY category, basis_points ORDER BY basis_points DESC, category
$$;

-- The last word against two at once: nothing is taken back beyond what was asked, rate by rate.
CREATE FUNCTION refuse_more_than_asked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE cited uuid;
BEGIN
  IF TG_TABLE_NAME = 'deposits_taken' THEN
    SELECT id INTO STRICT cited FROM invoices WHERE id = NEW.deposit_id AND type_code = 386 AND state = 'issued';
  ELSE
    SELECT original_id INTO cited FROM invoices WHERE id = NEW.invoice_id;
  END IF;
  -- Whoever takes it, credits it or gives it back waits for the other.
  PERFORM FROM invoices WHERE id = cited FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM rates_left(cited), LATERAL (VALUES (asked_cents, credited_cents), (asked_cents, credited_cents + taken_cents),
      (asked_vat_cents, credited_vat_cents)) side (asked, gone)
      WHERE gone NOT BETWEEN least(asked, 0) AND greatest(asked, 0)) THEN
    RAISE EXCEPTION 'more is taken back of a document than it asked' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_than_asked AFTER INSERT ON deposits_taken FOR EACH ROW EXECUTE FUNCTION refuse_more_than_asked();
CREATE TRIGGER no_more_than_asked AFTER INSERT ON invoice_documents FOR EACH ROW WHEN (NEW.series = 'credit_note') EXECUTE FUNCTION refuse_more_than_asked();

-- The sealed file of a document: the same bytes whenever it is made again.
CREATE TABLE invoice_pdfs (
  invoice_id uuid PRIMARY KEY REFERENCES invoice_documents,
  sha256 bytea NOT NULL UNIQUE,
  bytes integer NOT NULL,
  storage_key text NOT NULL UNIQUE,
  -- SHA-256 of the certificate that sealed it.
  certificate_sha256 bytea NOT NULL,
  rendered_at timestamptz NOT NULL DEFAULT now()
);

-- The life of a document. Codes of XP Z12-012 where there is one: 200 deposited, 210 refused, 212 collected, 213 rejected …
CREATE TABLE invoice_events (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES invoices,
  at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL,
  code integer,
  by_staff_id uuid REFERENCES staff_members,
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON invoice_events (invoice_id, at);
-- A document is issued once, and its file made once.
CREATE UNIQUE INDEX invoice_events_once ON invoice_events (invoice_id, kind) WHERE kind IN ('finalised', 'rendered');
-- Told once by the platform, however often it says so.
CREATE UNIQUE INDEX ON invoice_events ((data ->> 'messageId')) WHERE data ? 'messageId';

-- ───────────────────────────── money that comes in

ALTER TABLE payments
  ADD company_id uuid REFERENCES billing_companies,
  -- What the payer wrote, or what names it elsewhere.
  ADD reference text NOT NULL DEFAULT '',
  -- import: it arrived before this release.
  ADD source text NOT NULL DEFAULT 'import' CHECK (source IN ('hand', 'bank', 'direct_debit', 'card', 'import')),
  -- A payment below zero that takes this one back or sends it back.
  ADD reverses_id uuid REFERENCES payments,
  ADD why text NOT NULL DEFAULT '',
  ADD recorded_by uuid REFERENCES staff_members,
  ADD recorded_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE payments ALTER source SET DEFAULT 'hand';
CREATE UNIQUE INDEX payments_reversed_once ON payments (reverses_id) WHERE reverses_id IS NOT NULL AND why = 'mistake';

-- A credit note pays invoices too.
CREATE TABLE credit_allocations (
  credit_note_id uuid NOT NULL REFERENCES invoices,
  invoice_id uuid NOT NULL REFERENCES invoices,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  allocated_at timestamptz NOT NULL DEFAULT now(),
  allocated_by uuid REFERENCES staff_members,
  PRIMARY KEY (credit_note_id, invoice_id)
);
CREATE INDEX ON credit_allocations (invoice_id);
ALTER TABLE payment_allocations
  ADD allocated_at timestamptz NOT NULL DEFAULT now(),
  ADD allocated_by uuid REFERENCES staff_members;

CREATE FUNCTION settle_by_credit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE invoices SET paid_cents = paid_cents + change.amount
    FROM (SELECT id, sum(amount) AS amount FROM added, LATERAL (VALUES (invoice_id, amount_cents), (credit_note_id, -amount_cents)) side (id, amount)
          GROUP BY id) change WHERE invoices.id = change.id;
  ELSE
    UPDATE invoices SET paid_cents = paid_cents - change.amount
    FROM (SELECT id, sum(amount) AS amount FROM removed, LATERAL (VALUES (invoice_id, amount_cents), (credit_note_id, -amount_cents)) side (id, amount)
          GROUP BY id) change WHERE invoices.id = change.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER settle_insert AFTER INSERT ON credit_allocations REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION settle_by_credit();
CREATE TRIGGER settle_delete AFTER DELETE ON credit_allocations REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION settle_by_credit();

CREATE TABLE bank_imports (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  name text NOT NULL,
  format text NOT NULL CHECK (format IN ('camt.053', 'csv')),
  sha256 bytea NOT NULL UNIQUE,
  transactions integer NOT NULL,
  -- Of them, those that an earlier file brought already.
  known integer NOT NULL,
  -- Lines that could not be read, and were left out because somebody said so.
  left_out integer NOT NULL DEFAULT 0,
  -- Whose statement it is: the last four signs of each account it tells of.
  account_endings text[] NOT NULL DEFAULT '{}',
  imported_by uuid REFERENCES staff_members,
  imported_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE bank_transactions (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  import_id uuid NOT NULL REFERENCES bank_imports,
  booked_on date NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
  label text NOT NULL,
  reference text NOT NULL DEFAULT '',
  counterparty text NOT NULL DEFAULT '',
  -- The other side's account, its last four digits alone.
  counterparty_ending text NOT NULL DEFAULT '',
  -- The bank's own name of it, or one of its facts and its place among equal ones of a day: a file twice is a file once.
  fingerprint text NOT NULL UNIQUE,
  state text NOT NULL DEFAULT 'to_match' CHECK (state IN ('to_match', 'matched', 'set_aside')),
  payment_id uuid REFERENCES payments,
  why text NOT NULL DEFAULT '',
  decided_by uuid REFERENCES staff_members,
  decided_at timestamptz
);
CREATE INDEX ON bank_transactions (state, booked_on DESC);
-- A transfer that two files tell each in its own words has the same day and amount.
CREATE INDEX ON bank_transactions (amount_cents, booked_on);

CREATE TABLE sepa_mandates (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  client_id uuid NOT NULL REFERENCES clients,
  -- Unique mandate reference (RUM), 35 characters at most.
  reference text NOT NULL UNIQUE CHECK (length(reference) BETWEEN 1 AND 35),
  holder text NOT NULL,
  -- Sealed by the vault, bound to this row; what is shown is the end.
  iban_sealed bytea NOT NULL,
  iban_ending text NOT NULL,
  bic text,
  signed_on date NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked', 'lapsed')),
  last_used_on date,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
);
CREATE UNIQUE INDEX one_active_mandate_a_client ON sepa_mandates (company_id, client_id) WHERE state = 'active';

CREATE TABLE sepa_batches (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  message_id text NOT NULL UNIQUE CHECK (length(message_id) <= 35),
  collect_on date NOT NULL,
  transactions integer NOT NULL,
  total_cents bigint NOT NULL,
  -- Sealed: it bears whole IBANs.
  xml_sealed bytea NOT NULL,
  sha256 bytea NOT NULL,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz
);

CREATE TABLE sepa_collections (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  batch_id uuid NOT NULL REFERENCES sepa_batches,
  invoice_id uuid NOT NULL REFERENCES invoices,
  mandate_id uuid NOT NULL REFERENCES sepa_mandates,
  end_to_end_id text NOT NULL UNIQUE CHECK (length(end_to_end_id) <= 35),
  sequence text NOT NULL CHECK (sequence IN ('FRST', 'RCUR', 'FNAL', 'OOFF')),
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'collected', 'returned')),
  payment_id uuid REFERENCES payments,
  -- ISO 20022 external status reason: AC04, AM04, MD01 …
  return_code text,
  returned_on date
);
CREATE INDEX ON sepa_collections (batch_id);
-- Nobody is debited twice for one invoice at a time.
CREATE UNIQUE INDEX one_pending_collection_an_invoice ON sepa_collections (invoice_id) WHERE state = 'pending';

CREATE TABLE card_checkouts (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES invoices,
  provider text NOT NULL,
  provider_id text NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'failed', 'expired', 'refunded')),
  payment_id uuid REFERENCES payments,
  created_by uuid REFERENCES staff_members,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  UNIQUE (provider, provider_id)
);
CREATE INDEX ON card_checkouts (invoice_id);

-- What providers told: once each, however often it is said.
CREATE TABLE provider_events (
  provider text NOT NULL,
  event_id text NOT NULL,
  kind text NOT NULL,
  sha256 bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  outcome text NOT NULL,
  PRIMARY KEY (provider, event_id)
);

-- ───────────────────────────── who is late

CREATE TABLE dunning_pauses (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  client_id uuid NOT NULL REFERENCES clients,
  -- Inclusive; null: until somebody ends it.
  until_on date,
  why text NOT NULL CHECK (why <> ''),
  begun_by uuid REFERENCES staff_members,
  begun_at timestamptz NOT NULL DEFAULT now(),
  ended_by uuid REFERENCES staff_members,
  ended_at timestamptz
);
CREATE UNIQUE INDEX one_dunning_pause_a_client ON dunning_pauses (client_id) WHERE ended_at IS NULL;

CREATE TABLE dunning_letters (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  invoice_id uuid NOT NULL REFERENCES invoices,
  -- The step of the settings: 1 is the first.
  step integer NOT NULL CHECK (step > 0),
  days_late integer NOT NULL,
  outstanding_cents bigint NOT NULL,
  penalties_cents bigint NOT NULL DEFAULT 0,
  indemnity_cents bigint NOT NULL DEFAULT 0,
  sent_to text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  sent_by uuid REFERENCES staff_members,
  sent_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (invoice_id, step)
);

-- ───────────────────────────── what the tax office may ask for

-- A month that is over: its totals, the totals so far, and the archive of it. Nothing is dated into it any more.
CREATE TABLE accounting_closings (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  totals jsonb NOT NULL,
  -- Of the former closing's hash and these totals.
  previous_sha256 bytea NOT NULL,
  sha256 bytea NOT NULL,
  closed_by uuid REFERENCES staff_members,
  closed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (company_id, month)
);

-- What was handed to an approved platform: invoices (flow 2) and reports of sales and payments (flow 10).
CREATE TABLE platform_deposits (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  company_id uuid NOT NULL REFERENCES billing_companies,
  flow text NOT NULL CHECK (flow IN ('invoice', 'report')),
  invoice_id uuid REFERENCES invoices,
  -- Of a report: the period it is about.
  period_from date,
  period_until date,
  content text NOT NULL,
  sha256 bytea NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'deposited', 'rejected')),
  platform text NOT NULL,
  platform_id text,
  reason text NOT NULL DEFAULT '',
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  deposited_at timestamptz
);
CREATE UNIQUE INDEX one_deposit_an_invoice ON platform_deposits (invoice_id) WHERE flow = 'invoice' AND state <> 'rejected';
CREATE UNIQUE INDEX one_report_a_period ON platform_deposits (company_id, period_from, period_until) WHERE flow = 'report' AND state <> 'rejected';

-- ───────────────────────────── what was issued stays as it is, whoever asks

CREATE FUNCTION refuse_issued_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  -- A generated column is not known yet when a row is about to change; the others are nobody's print.
  free text[] := ARRAY['paid_cents', 'total_incl_cents', 'internal_note', 'held', 'revision', 'updated_at', 'updated_by'];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free
    -- What is paid is summed up by the allocations' triggers alone.
    AND (NEW.paid_cents = OLD.paid_cents OR pg_trigger_depth() > 1) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an issued document is never changed: correct it by a credit note' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION refuse_issued_change();

CREATE FUNCTION refuse_issued_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND EXISTS (SELECT FROM invoices WHERE id = OLD.invoice_id AND state = 'issued'))
    OR (TG_OP = 'UPDATE' AND EXISTS (SELECT FROM invoices WHERE id = NEW.invoice_id AND state = 'issued')) THEN
    RAISE EXCEPTION 'the lines of an issued document are never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER issued_stays BEFORE UPDATE OR DELETE ON invoice_lines FOR EACH ROW EXECUTE FUNCTION refuse_issued_lines();

-- A line more would be a change too, as soon as the document is frozen. Whoever finalises it holds its row so that the line's
-- reference waits for their end.
CREATE FUNCTION refuse_more_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM added JOIN invoice_documents USING (invoice_id)) THEN
    RAISE EXCEPTION 'the lines of an issued document are never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER issued_stays_whole AFTER INSERT ON invoice_lines REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_more_lines();

CREATE FUNCTION refuse_billing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DO $$
DECLARE written_once text;
BEGIN
  FOREACH written_once IN ARRAY ARRAY['invoice_documents', 'invoice_pdfs', 'invoice_events', 'payments', 'subscription_events',
    'subscription_price_changes', 'deposits_taken', 'dunning_letters', 'accounting_closings', 'provider_events', 'plan_prices'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_billing_change()', written_once);
    EXECUTE format('CREATE TRIGGER written_once_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_billing_change()', written_once);
  END LOOP;
END $$;
CREATE TRIGGER issued_stays_truncate BEFORE TRUNCATE ON invoices FOR EACH STATEMENT EXECUTE FUNCTION refuse_billing_change();
CREATE TRIGGER issued_stays_truncate BEFORE TRUNCATE ON invoice_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_billing_change();

-- A quote that bears a number is decided on, and says what it said.
CREATE FUNCTION refuse_offered_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  free text[] := ARRAY['state', 'decided_at', 'revision', 'updated_at'];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a quote that bears a number is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER offered_stays BEFORE UPDATE OR DELETE ON quotes FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_offered_change();

-- A document follows the one before it: place, number, day and link (decision 33), whoever writes it.
CREATE FUNCTION follow_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last record;
  own_count bigint := substring(NEW.number FROM '-\d{4}-(\d+)$');
  own_year integer := substring(NEW.number FROM '-(\d{4})-\d+$');
BEGIN
  SELECT position, number, issued_on, sha256, wanted INTO last FROM invoice_documents
    WHERE company_id = NEW.company_id AND series = NEW.series ORDER BY position DESC LIMIT 1;
  IF (NEW.position = coalesce(last.position, 0) + 1
    -- A past is told before the present begins.
    AND (NEW.wanted = 'now' OR coalesce(last.wanted, NEW.wanted) = 'on_demand')
    AND NEW.issued_on >= coalesce(last.issued_on, NEW.issued_on)
    AND own_year = extract(year FROM NEW.issued_on)
    AND own_count = CASE WHEN extract(year FROM last.issued_on) = own_year THEN substring(last.number FROM '-(\d+)$')::bigint + 1 ELSE 1 END
    AND NEW.previous_sha256 = coalesce(last.sha256, decode(repeat('00', 32), 'hex'))
    AND NEW.content_sha256 = sha256(convert_to(NEW.content, 'UTF8'))
    AND NEW.xml_sha256 = sha256(convert_to(NEW.xml, 'UTF8'))
    AND NEW.sha256 = sha256(NEW.previous_sha256 || NEW.content_sha256 || NEW.xml_sha256)) IS NOT TRUE THEN
    RAISE EXCEPTION '% does not follow % in its chain', NEW.number, coalesce(last.number, 'nothing') USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_chain BEFORE INSERT ON invoice_documents FOR EACH ROW EXECUTE FUNCTION follow_chain();

-- Whoever issues a row freezes it in the same transaction, and freezes nothing else.
CREATE FUNCTION must_be_frozen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE issued uuid;
BEGIN
  IF TG_TABLE_NAME = 'invoices' THEN issued := NEW.id; ELSE issued := NEW.invoice_id; END IF;
  IF NOT EXISTS (SELECT FROM invoices i JOIN invoice_documents d ON d.invoice_id = i.id
    WHERE i.id = issued AND i.state = 'issued' AND d.number = i.number AND d.issued_on = i.issued_on AND d.company_id = i.company_id
      AND d.series = i.kind) THEN
    RAISE EXCEPTION 'a document is numbered and frozen in one transaction' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER frozen_when_issued AFTER INSERT ON invoices DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'issued' AND NEW.origin <> 'import') EXECUTE FUNCTION must_be_frozen();
CREATE CONSTRAINT TRIGGER frozen_when_numbered AFTER UPDATE ON invoices DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'issued' AND OLD.state <> 'issued' AND NEW.origin <> 'import') EXECUTE FUNCTION must_be_frozen();
CREATE CONSTRAINT TRIGGER issued_when_frozen AFTER INSERT ON invoice_documents DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION must_be_frozen();

-- What an older system issued or received is taken over by the tables' owner, never by the server.
CREATE FUNCTION refuse_taking_over() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'only the owner takes over what is older' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER taken_over_by_owner BEFORE INSERT ON invoices FOR EACH ROW WHEN (NEW.origin = 'import') EXECUTE FUNCTION refuse_taking_over();
CREATE TRIGGER taken_over_by_owner BEFORE INSERT ON payments FOR EACH ROW WHEN (NEW.source = 'import') EXECUTE FUNCTION refuse_taking_over();

-- What money did and what happened to documents, a second time: each row as it was written and when it went. Whoever changes a row
-- behind the triggers contradicts it; whoever changes it too contradicts the log, which tells its end every quarter of an hour.
CREATE TABLE billing_journal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Whose row.
  source text NOT NULL,
  gone boolean NOT NULL,
  said text NOT NULL,
  -- Which transaction: the log has an entry of the same.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Given when it is sealed: sha256 = SHA-256(the one before || SHA-256(the entry)), the first on 32 zero bytes.
  position bigint UNIQUE,
  sha256 bytea,
  CHECK (num_nulls(position, sha256) IN (0, 2))
);
CREATE INDEX billing_journal_open ON billing_journal (id) WHERE position IS NULL;

CREATE FUNCTION keep_in_journal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO billing_journal (source, gone, said) SELECT TG_TABLE_NAME, true, to_jsonb(removed)::text FROM removed;
  ELSE
    INSERT INTO billing_journal (source, gone, said) SELECT TG_TABLE_NAME, false, to_jsonb(added)::text FROM added
      -- What was taken over is told to the log in one sum.
      WHERE TG_TABLE_NAME <> 'payments' OR to_jsonb(added) ->> 'source' <> 'import';
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE journaled text;
BEGIN
  FOREACH journaled IN ARRAY ARRAY['payments', 'payment_allocations', 'credit_allocations', 'deposits_taken', 'invoice_events', 'dunning_letters',
    'accounting_closings', 'billing_settings'] LOOP
    EXECUTE format('CREATE TRIGGER journal_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_in_journal()', journaled);
    EXECUTE format('CREATE TRIGGER journal_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_in_journal()', journaled);
    EXECUTE format('CREATE TRIGGER journal_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_in_journal()', journaled);
  END LOOP;
END $$;

CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- It is sealed once.
  IF TG_OP = 'UPDATE' AND OLD.position IS NULL
    AND to_jsonb(NEW) - '{position,sha256}'::text[] = to_jsonb(OLD) - '{position,sha256}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'billing_journal is written once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON billing_journal FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER written_once_truncate BEFORE TRUNCATE ON billing_journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_billing_change();

-- Links what is not linked yet. Returns how many, and the end of the chain.
CREATE FUNCTION seal_billing_journal(at_most integer, OUT sealed integer, OUT last_position bigint, OUT last_sha256 bytea)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE entry record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('billing_journal', 0));
  sealed := 0;
  SELECT position, sha256 INTO last_position, last_sha256 FROM billing_journal WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  last_sha256 := coalesce(last_sha256, decode(repeat('00', 32), 'hex'));
  FOR entry IN SELECT * FROM billing_journal WHERE position IS NULL ORDER BY id LIMIT at_most LOOP
    last_position := last_position + 1;
    last_sha256 := sha256(last_sha256 || sha256(convert_to(concat_ws(E'\n', entry.id, entry.source, entry.gone, entry.xid,
      to_char(entry.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.said), 'UTF8')));
    UPDATE billing_journal SET position = last_position, sha256 = last_sha256 WHERE id = entry.id;
    sealed := sealed + 1;
  END LOOP;
END $$;

-- ───────────────────────────── figures that follow

-- Rows that count alike are summed first: of thousands that merely go on to their next period nothing is left to weigh.
CREATE OR REPLACE FUNCTION count_subscriptions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format($count$
    INSERT INTO figure_deltas (measure, day, dimension, count, cents)
    SELECT measure, figure.day, dimension, sum(times), sum(times * figure.cents)
    FROM (
      SELECT is_current, status, monthly_cents, first_monthly_cents, paying_from, paying_until, sum(sign) AS times
      FROM (%s) weighed GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0) alike, LATERAL (VALUES
      ('subscriptions', CASE WHEN is_current THEN date 'epoch' END, status, monthly_cents),
      ('mrr_gained', paying_from, '', first_monthly_cents),
      ('mrr_lost', CASE WHEN paying_from IS NOT NULL THEN paying_until END, '', monthly_cents)
    ) AS figure (measure, day, dimension, cents)
    WHERE figure.day IS NOT NULL
    GROUP BY measure, figure.day, dimension HAVING sum(times) <> 0 OR sum(times * figure.cents) <> 0 $count$, weighed(TG_OP));
  PERFORM pg_notify('news', '{"topic":"subscriptions","needs":"subscriptions.read"}');
  RETURN NULL;
END $$;

-- A document is finalised while others wait for its series: what weighs it then is planned once and kept.
CREATE OR REPLACE FUNCTION count_invoices() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO figure_deltas (measure, day, dimension, count, cents)
    SELECT measure, figure.day, '', sum(sign), sum(sign * cents)
    FROM (
      SELECT 1 AS sign, kind, issued_on, due_on, total_excl_cents, total_incl_cents, paid_cents FROM changed WHERE state = 'issued'
      UNION ALL
      SELECT -1, kind, issued_on, due_on, total_excl_cents, total_incl_cents, paid_cents FROM removed WHERE state = 'issued') weighed,
    LATERAL (VALUES
      ('revenue_excl', issued_on, total_excl_cents),
      ('revenue_incl', issued_on, total_incl_cents),
      ('unpaid', CASE WHEN kind = 'invoice' AND paid_cents < total_incl_cents THEN due_on END, total_incl_cents - paid_cents)
    ) AS figure (measure, day, cents)
    WHERE figure.day IS NOT NULL
    GROUP BY measure, figure.day HAVING sum(sign) <> 0 OR sum(sign * cents) <> 0;
  ELSE
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
  END IF;
  PERFORM pg_notify('news', '{"topic":"invoices","needs":"invoices.read"}');
  RETURN NULL;
END $$;

CREATE FUNCTION count_price_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO figure_deltas (measure, day, dimension, count, cents)
  SELECT 'mrr_changed', changed_on, '', count(*), sum(new_monthly_cents - old_monthly_cents) FROM changed GROUP BY changed_on;
  RETURN NULL;
END $$;
CREATE TRIGGER count_insert AFTER INSERT ON subscription_price_changes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_price_changes();

CREATE OR REPLACE VIEW recounted_figures AS
  SELECT 'clients' AS measure, date 'epoch' AS day, status || '|' || coalesce(department, '') AS dimension, count(*) AS count, 0::bigint AS cents
    FROM clients WHERE trashed_at IS NULL GROUP BY 3
  UNION ALL SELECT 'trashed_clients', date 'epoch', '', count(*), 0 FROM clients WHERE trashed_at IS NOT NULL HAVING count(*) > 0
  UNION ALL SELECT 'subscriptions', date 'epoch', status, count(*), sum(monthly_cents)::bigint FROM subscriptions WHERE is_current GROUP BY status
  UNION ALL SELECT 'mrr_gained', paying_from, '', count(*), sum(first_monthly_cents)::bigint FROM subscriptions WHERE paying_from IS NOT NULL GROUP BY paying_from
  UNION ALL SELECT 'mrr_lost', paying_until, '', count(*), sum(monthly_cents)::bigint FROM subscriptions WHERE paying_until IS NOT NULL AND paying_from IS NOT NULL GROUP BY paying_until
  UNION ALL SELECT 'mrr_changed', changed_on, '', count(*), sum(new_monthly_cents - old_monthly_cents)::bigint FROM subscription_price_changes GROUP BY changed_on
  UNION ALL SELECT 'revenue_excl', issued_on, '', count(*), sum(total_excl_cents)::bigint FROM invoices WHERE state = 'issued' GROUP BY issued_on
  UNION ALL SELECT 'revenue_incl', issued_on, '', count(*), sum(total_incl_cents)::bigint FROM invoices WHERE state = 'issued' GROUP BY issued_on
  -- From the allocations themselves, which proves invoices.paid_cents too.
  UNION ALL SELECT 'unpaid', due_on, '', count(*), sum(total_incl_cents - coalesce(paid, 0))::bigint
    FROM invoices LEFT JOIN (
      SELECT invoice_id, sum(amount_cents)::bigint AS paid
      FROM (SELECT invoice_id, amount_cents FROM payment_allocations UNION ALL SELECT invoice_id, amount_cents FROM credit_allocations) allocations
      GROUP BY invoice_id) AS settled ON invoice_id = id
    WHERE state = 'issued' AND kind = 'invoice' AND coalesce(paid, 0) < total_incl_cents GROUP BY due_on;

-- ───────────────────────────── permissions of this release

INSERT INTO role_permissions (role_id, permission)
SELECT id, unnest(CASE key
    WHEN 'super_administrator' THEN '{invoices.write,invoices.issue,payments.write,subscriptions.read,subscriptions.write,catalogue.manage,billing.settings,billing.approve,billing.export}'::text[]
    WHEN 'administrator' THEN '{invoices.write,invoices.issue,payments.write,subscriptions.read,subscriptions.write,catalogue.manage,billing.settings,billing.approve,billing.export}'::text[]
    WHEN 'direction' THEN '{subscriptions.read,billing.approve,billing.export}'::text[]
    WHEN 'billing' THEN '{invoices.write,invoices.issue,payments.write,subscriptions.read,subscriptions.write,billing.settings,billing.export}'::text[]
    WHEN 'sales' THEN '{subscriptions.read,subscriptions.write}'::text[]
    WHEN 'support' THEN '{subscriptions.read}'::text[]
    WHEN 'auditor' THEN '{subscriptions.read,billing.export}'::text[]
    ELSE '{}'::text[] END)
FROM roles WHERE built_in;

-- ───────────────────────────── what the server may do

GRANT SELECT, INSERT, UPDATE (name, archived_at) ON billing_companies TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, reason) ON billing_settings TO mgp_app;
GRANT SELECT, INSERT ON interest_rates TO mgp_app;
GRANT SELECT, INSERT, UPDATE ON billing_profiles TO mgp_app;
GRANT SELECT, INSERT ON plan_prices TO mgp_app;
GRANT SELECT, INSERT, UPDATE ON plan_options, subscription_coupons, subscription_options, subscription_extras TO mgp_app;
GRANT SELECT, INSERT, UPDATE (valid_until, uses_at_most, archived_at) ON coupons TO mgp_app;
GRANT DELETE ON subscription_extras, subscription_coupons, subscription_options TO mgp_app;
GRANT SELECT, INSERT ON subscription_events, subscription_price_changes TO mgp_app;
GRANT SELECT, INSERT, UPDATE (invoice_id, why, given_back_from, lines), DELETE ON subscription_periods TO mgp_app;
GRANT SELECT, INSERT, UPDATE (ended_at, after_id, renewed, held, excl_cents) ON renewal_runs TO mgp_app;
GRANT SELECT, INSERT, UPDATE ON invoice_series TO mgp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON quotes TO mgp_app;
GRANT INSERT (company_id, type_code, original_id, quote_id, subscription_id, period_from, period_until, supplied_on, wanted_on, payment_days,
    payment_means, discount_basis_points, discount_cents, discount_label, order_reference, note, internal_note, origin, held, created_by, updated_by, updated_at),
  UPDATE (company_id, type_code, original_id, quote_id, subscription_id, period_from, period_until, supplied_on, wanted_on, payment_days,
    payment_means, discount_basis_points, discount_cents, discount_label, order_reference, note, internal_note, held, revision, updated_by, updated_at) ON invoices TO mgp_app;
GRANT SELECT, INSERT ON invoice_documents, invoice_pdfs, invoice_events, deposits_taken TO mgp_app;
GRANT EXECUTE ON FUNCTION rates_left(uuid) TO mgp_app;
REVOKE DELETE ON payments FROM mgp_app;
GRANT SELECT, INSERT, DELETE ON credit_allocations TO mgp_app;
GRANT SELECT, INSERT ON bank_imports TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, payment_id, why, decided_by, decided_at) ON bank_transactions TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, last_used_on, ended_at) ON sepa_mandates TO mgp_app;
GRANT SELECT, INSERT, UPDATE (sent_at) ON sepa_batches TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, payment_id, return_code, returned_on) ON sepa_collections TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, payment_id, ended_at) ON card_checkouts TO mgp_app;
GRANT SELECT, INSERT ON provider_events TO mgp_app;
GRANT SELECT, INSERT, UPDATE (until_on, ended_by, ended_at) ON dunning_pauses TO mgp_app;
GRANT SELECT, INSERT ON dunning_letters, accounting_closings TO mgp_app;
GRANT SELECT, INSERT, UPDATE (state, platform_id, reason, attempts, deposited_at) ON platform_deposits TO mgp_app;
REVOKE EXECUTE ON FUNCTION begin_subscription(), code_credit_note(), settle_by_credit(), rates_left(uuid), refuse_more_than_asked(), refuse_issued_change(), refuse_issued_lines(), refuse_more_lines(),
  refuse_billing_change(), count_price_changes() FROM PUBLIC;
GRANT SELECT ON billing_journal TO mgp_app;
REVOKE EXECUTE ON FUNCTION refuse_offered_change(), follow_chain(), must_be_frozen(), refuse_taking_over(), keep_in_journal(), refuse_journal_change(),
  seal_billing_journal(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_billing_journal(integer) TO mgp_app;

-- ───────────────────────────── support

-- What was undone stays undone when its words are forgotten.
CREATE OR REPLACE FUNCTION wordless(kind text, data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN (SELECT coalesce(jsonb_object_agg(key, CASE key WHEN 'owes' THEN wordless_owed(value) ELSE value END), '{}') FROM jsonb_each(data)
    WHERE key IN ('priority', 'plan', 'tags', 'before', 'until', 'topic', 'progress', 'target', 'when', 'dueAt',
        'move', 'how', 'messages', 'owes', 'goesOn', 'restores', 'waitsSince', 'fromId', 'intoId', 'link', 'undoes')
      -- A ticket's number, or what people and fields were called; never a subject, a client or an address.
      OR key IN ('from', 'to', 'into', 'number') AND (jsonb_typeof(value) = 'number'
        OR kind IN ('priority_changed', 'topic_changed', 'progress_changed', 'assigned', 'team_changed')))
    -- The ledger says who waited, and reads a reason.
    || CASE WHEN data ? 'why' THEN '{"why": ""}'::jsonb ELSE '{}'::jsonb END;

-- Resolved in time and answered by nobody: neither a promise of an answer that was kept, nor one that was missed.
UPDATE tickets SET first_response_kept = NULL WHERE first_response_kept AND first_response_seconds IS NULL;
UPDATE tickets SET next_response_kept = NULL WHERE next_response_kept AND next_response_seconds IS NULL;

-- Up to when somebody has looked at what concerns them under the bell.
ALTER TABLE support_preferences ADD notices_seen_at timestamptz;
GRANT UPDATE (notices_seen_at) ON support_preferences TO mgp_app;
-- Who was called by a note.
CREATE INDEX ticket_messages_mentions ON ticket_messages USING gin (mentions) WHERE kind = 'note';

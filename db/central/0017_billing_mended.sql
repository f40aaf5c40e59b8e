-- Billing, mended: what is left of many documents at once, which plan a period was invoiced for, and when money was given to what.

-- What rates_left says, of many documents at once.
CREATE FUNCTION rates_left_of(documents uuid[])
RETURNS TABLE (document uuid, category text, basis_points integer, exemption text, asked_cents bigint, asked_vat_cents bigint,
  credited_cents bigint, credited_vat_cents bigint, taken_cents bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH own AS (
    SELECT id, total_excl_cents, total_vat_cents, content::jsonb AS content
    FROM invoices LEFT JOIN invoice_documents ON invoice_id = id WHERE id = ANY (documents) AND state = 'issued'),
  notes AS (
    SELECT own.id, own.content IS NOT NULL AS by_rate, -note.total_excl_cents AS excl_cents, -note.total_vat_cents AS vat_cents,
      frozen.content::jsonb AS content
    FROM own JOIN invoices note ON note.original_id = own.id AND note.type_code = 381 AND note.state = 'issued'
    LEFT JOIN invoice_documents frozen ON frozen.invoice_id = note.id),
  said AS (
    SELECT id, part ->> 'category' AS category, (part ->> 'basisPoints')::integer AS basis_points, part ->> 'exemptionCode' AS exemption,
      (part ->> 'baseCents')::bigint AS asked, (part ->> 'vatCents')::bigint AS asked_vat, 0::bigint AS credited, 0::bigint AS credited_vat, 0::bigint AS taken
    FROM own, jsonb_array_elements(content -> 'vat') part
    UNION ALL SELECT id, NULL, NULL, NULL, total_excl_cents, total_vat_cents, 0, 0, 0 FROM own WHERE content IS NULL
    UNION ALL
    SELECT id, part ->> 'category', (part ->> 'basisPoints')::integer, NULL, 0, 0, (part ->> 'baseCents')::bigint, (part ->> 'vatCents')::bigint, 0
    FROM notes, jsonb_array_elements(content -> 'vat') part WHERE by_rate
    UNION ALL SELECT id, NULL, NULL, NULL, 0, 0, excl_cents, vat_cents, 0 FROM notes WHERE NOT by_rate
    UNION ALL SELECT deposit_id, vat_category, vat_basis_points, NULL, 0, 0, 0, 0, excl_cents FROM deposits_taken WHERE deposit_id = ANY (documents))
  SELECT id, category, basis_points, max(exemption), sum(asked)::bigint, sum(asked_vat)::bigint, sum(credited)::bigint, sum(credited_vat)::bigint,
    sum(taken)::bigint
  FROM said GROUP BY id, category, basis_points ORDER BY id, basis_points DESC, category
$$;
CREATE OR REPLACE FUNCTION rates_left(document uuid)
RETURNS TABLE (category text, basis_points integer, exemption text, asked_cents bigint, asked_vat_cents bigint, credited_cents bigint,
  credited_vat_cents bigint, taken_cents bigint)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT category, basis_points, exemption, asked_cents, asked_vat_cents, credited_cents, credited_vat_cents, taken_cents
  FROM rates_left_of(ARRAY[document]) ORDER BY basis_points DESC, category
$$;
REVOKE EXECUTE ON FUNCTION rates_left_of(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rates_left_of(uuid[]) TO mgp_app;

-- The plan its document was made for, whatever the subscription changed to since. Of older ones: what the changes tell. A change that
-- began a period is told a moment later than that period says it was invoiced.
ALTER TABLE subscription_periods ADD plan_id uuid;
UPDATE subscription_periods period SET plan_id = coalesce(
  (SELECT (data ->> 'planId')::uuid FROM subscription_events
   WHERE subscription_id = period.subscription_id AND kind = 'plan_changed' AND (at <= billed_at
     OR (data ->> 'on' = starts_on::text AND data ->> 'prorated' = 'true' AND data ->> 'fromMonths' <> data ->> 'intervalMonths'))
   ORDER BY at DESC, id DESC LIMIT 1),
  (SELECT coalesce((data ->> 'formerPlanId')::uuid, (SELECT id FROM plans WHERE name = data ->> 'from' ORDER BY id LIMIT 1))
   FROM subscription_events WHERE subscription_id = period.subscription_id AND kind = 'plan_changed' AND at > billed_at ORDER BY at, id LIMIT 1),
  subscriptions.plan_id)
FROM subscriptions WHERE subscriptions.id = period.subscription_id;
ALTER TABLE subscription_periods ALTER plan_id SET NOT NULL;

-- When it was written and not when its transaction began, which may have waited while a month was closed.
ALTER TABLE payment_allocations ALTER allocated_at SET DEFAULT clock_timestamp();
ALTER TABLE credit_allocations ALTER allocated_at SET DEFAULT clock_timestamp();
ALTER TABLE accounting_closings ALTER closed_at SET DEFAULT clock_timestamp();

-- Whose payment a line of a statement may be: who owes so much, what a client owes in the order it is paid, who paid from there before.
CREATE INDEX invoices_owed ON invoices ((total_excl_cents + total_vat_cents - paid_cents), client_id)
  WHERE state = 'issued' AND kind = 'invoice' AND paid_cents < (total_excl_cents + total_vat_cents);
CREATE INDEX invoices_owed_by_client ON invoices (client_id, due_on, number)
  WHERE state = 'issued' AND kind = 'invoice' AND paid_cents < (total_excl_cents + total_vat_cents);
CREATE INDEX bank_transactions_by_payer ON bank_transactions (counterparty_ending, counterparty)
  WHERE state = 'matched' AND counterparty_ending <> '';

-- A statement of one fee is the same file for two accounts.
ALTER TABLE bank_imports DROP CONSTRAINT bank_imports_sha256_key;
CREATE UNIQUE INDEX bank_imports_once ON bank_imports (sha256, account_endings);

-- Who knows an amount and nothing else. Drafts are few, and found by the day they do not bear yet.
CREATE INDEX invoices_by_amount ON invoices (abs(total_incl_cents)) WHERE state = 'issued';

-- A corrective invoice is of the subscription whose invoice it corrects: who does not pay it is behind. What was issued stays as it is.
UPDATE invoices correction SET subscription_id = original.subscription_id FROM invoices original
WHERE original.id = correction.original_id AND correction.type_code = 384 AND correction.state = 'draft' AND correction.subscription_id IS NULL;

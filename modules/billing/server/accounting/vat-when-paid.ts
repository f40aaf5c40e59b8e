/**
 * VAT of services is due when they are paid (CGI art. 269, 2-c), unless the invoice says « d'après les débits »: until then it waits
 * in an account of its own.
 *
 *   VE  44574 VAT that waits, for 44571
 *   OD  44574 VAT that waits / 44571 VAT, one a rate: what a payment, what takes it back or a credit note changed of what is due
 *
 * An invoice and its credit notes are one family. Of the VAT that is left of it, so much is due as is paid of what is left of it, never
 * more than all of it: what is due after each event less what was due before it is the entry, so nothing is lost to rounding. A credit
 * note that pays another family's invoice is money there, and money gone here.
 *
 * An event is booked on the day the money came, and where that month was closed already, on the day it was given to its invoice:
 * entries of a closed month stay what they are. An allocation that was taken back is in the journal.
 */

/** What is written on a document whose VAT is due when it is issued (BT-8, UNTDID 4451). */
const onDebits = (content: string) => `coalesce(${content} @? '$.mentions[*] ? (@.code == "TXD")', false)`

/** Whether the VAT of a document waits: as frozen on the invoice, of which its credit notes are a part. Those of no invoice never do. */
export const waits = `CASE WHEN invoices.kind = 'credit_note' THEN original.id IS NOT NULL AND NOT ${onDebits('original_frozen.content::jsonb')}
  ELSE NOT ${onDebits('frozen.content::jsonb')} END`

export const vatLabel = (account: '44571' | '44574', points: string) =>
  `'TVA ${account === '44571' ? 'collectée' : 'en attente de paiement'} ' || replace(rtrim(rtrim((${points} / 100.0)::numeric(6, 2)::text, '0'), '.'), '.', ',') || ' %'`

/** In Paris. */
const dayOf = (at: string) => `(${at} AT TIME ZONE 'Europe/Paris')::date`

/**
 * CTEs that end in `due_lines`: client_id, piece, day, recorded_at, entry, account, label, cents (debit above zero), place.
 * @param companyId, january, until checked by whoever calls
 */
export function vatWhenPaid({
  companyId,
  january,
  until,
}: Record<'companyId' | 'january' | 'until', string>): string {
  const bookedOn = (day: string, at: string) => `CASE WHEN EXISTS (SELECT FROM accounting_closings
      WHERE company_id = '${companyId}' AND month >= date_trunc('month', (${day})::timestamp)::date AND closed_at <= ${at})
    THEN ${dayOf(at)} ELSE ${day} END`
  return `
    -- What pays what, and what was taken back of it since: out of the journal, as it was given and as it went.
    gone AS MATERIALIZED (
      SELECT source, said::jsonb AS said, written_at FROM billing_journal
      WHERE gone AND source IN ('payment_allocations', 'credit_allocations')),
    paying AS (
      SELECT payment_id, invoice_id, amount_cents, allocated_at AS given_at, allocated_at AS at, 'given' AS how FROM payment_allocations
      UNION ALL
      SELECT (said ->> 'payment_id')::uuid, (said ->> 'invoice_id')::uuid, side.sign * (said ->> 'amount_cents')::bigint,
        (said ->> 'allocated_at')::timestamptz, side.at, side.how
      FROM gone, LATERAL (VALUES (1, (said ->> 'allocated_at')::timestamptz, 'given'), (-1, written_at, 'gone')) side (sign, at, how)
      WHERE source = 'payment_allocations'),
    crediting AS (
      SELECT credit_note_id, invoice_id, amount_cents, allocated_at AS at, 'given' AS how FROM credit_allocations
      UNION ALL
      SELECT (said ->> 'credit_note_id')::uuid, (said ->> 'invoice_id')::uuid, side.sign * (said ->> 'amount_cents')::bigint, side.at, side.how
      FROM gone, LATERAL (VALUES (1, (said ->> 'allocated_at')::timestamptz, 'given'), (-1, written_at, 'gone')) side (sign, at, how)
      WHERE source = 'credit_allocations'),
    members AS NOT MATERIALIZED (
      SELECT id, coalesce(CASE kind WHEN 'credit_note' THEN original_id END, id) AS family FROM invoices
      WHERE state = 'issued' AND coalesce(company_id, '${companyId}') = '${companyId}'),
    money AS (
      SELECT family, paying.invoice_id, received_on AS on_day, paying.at,
        paying.amount_cents AS cents, concat_ws(' ', payment_id, paying.invoice_id, given_at, how) AS key
      FROM paying JOIN payments ON payments.id = payment_id JOIN members ON members.id = paying.invoice_id
      WHERE received_on <= date '${until}'
      UNION ALL
      SELECT side.family, crediting.invoice_id, ${dayOf('at')}, at, side.cents, concat_ws(' ', credit_note_id, crediting.invoice_id, at, how)
      FROM crediting JOIN members payer ON payer.id = credit_note_id JOIN members paid ON paid.id = invoice_id,
        LATERAL (VALUES (paid.family, amount_cents), (payer.family, -amount_cents)) side (family, cents)
      WHERE payer.family <> paid.family),
    -- Whatever happened to a family this year is told from its beginning.
    families AS MATERIALIZED (
      SELECT family FROM members JOIN invoices USING (id) WHERE issued_on BETWEEN ${january} AND date '${until}'
      UNION SELECT family FROM money WHERE greatest(on_day, ${dayOf('at')}) >= ${january}),
    issued AS MATERIALIZED (
      SELECT family, invoices.id, invoices.client_id, invoices.kind, invoices.issued_on, invoices.number, invoices.total_incl_cents,
        coalesce(frozen.finalised_at, invoices.created_at) AS at, rate.points, rate.vat
      FROM families JOIN members USING (family) JOIN invoices USING (id)
      LEFT JOIN invoice_documents frozen ON frozen.invoice_id = invoices.id
      LEFT JOIN invoices original ON original.id = invoices.original_id
      LEFT JOIN invoice_documents original_frozen ON original_frozen.invoice_id = original.id,
      LATERAL (
        SELECT (part ->> 'basisPoints')::integer AS points, sum(CASE invoices.kind WHEN 'credit_note' THEN -1 ELSE 1 END * (part ->> 'vatCents')::bigint)::bigint AS vat
        FROM jsonb_array_elements(frozen.content::jsonb -> 'vat') part GROUP BY 1
        UNION ALL
        SELECT coalesce((SELECT max(vat_basis_points) FROM invoice_lines WHERE invoice_lines.invoice_id = invoices.id), 2000), invoices.total_vat_cents
        WHERE frozen.invoice_id IS NULL) rate
      WHERE invoices.issued_on <= date '${until}' AND ${waits}),
    heads AS (
      SELECT DISTINCT family, client_id, number, issued_on FROM issued WHERE kind = 'invoice'),
    events AS (
      SELECT DISTINCT family, issued_on AS day, at, kind = 'credit_note' AS follows, id::text AS key, total_incl_cents AS asked, 0::bigint AS paid FROM issued
      UNION ALL
      SELECT family, ${bookedOn('greatest(on_day, issued_on)', 'at')}, at, true, key, 0, cents
      FROM money JOIN heads USING (family)),
    standing AS (
      SELECT family, day, follows, at, key, points,
        sum(asked) OVER so_far AS asked, sum(paid) OVER so_far AS paid, sum(coalesce(bears.vat, 0)) OVER so_far AS vat
      FROM events JOIN (SELECT DISTINCT family, points FROM issued WHERE vat <> 0) rates USING (family)
      LEFT JOIN (SELECT family, id::text AS key, points, vat FROM issued) bears USING (family, key, points)
      WINDOW so_far AS (PARTITION BY family, points ORDER BY day, follows, at, key ROWS UNBOUNDED PRECEDING)),
    owing AS (
      SELECT *, CASE WHEN asked <= 0 OR paid >= asked THEN vat WHEN paid <= 0 THEN 0 ELSE round(vat * paid / asked) END AS due FROM standing),
    moving AS (
      SELECT *, (due - lag(due, 1, 0::numeric) OVER (PARTITION BY family, points ORDER BY day, follows, at, key))::bigint AS cents
      FROM owing),
    due_lines AS (
      SELECT heads.client_id, heads.number AS piece, day, at AS recorded_at, md5(family::text || key)::uuid AS entry,
        side.account || lpad(points::text, 4, '0') AS account, side.label, side.cents, 2 * points + side.nth AS place
      FROM moving JOIN heads USING (family),
      LATERAL (VALUES ('44574', ${vatLabel('44574', 'points')}, moving.cents, 0), ('44571', ${vatLabel('44571', 'points')}, -moving.cents, 1)) side (account, label, cents, nth)
      WHERE moving.cents <> 0 AND day BETWEEN ${january} AND date '${until}')`
}

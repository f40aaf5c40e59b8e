/**
 * Accounting entries, derived from documents and payments, which never change: so neither do the entries of a closed month.
 *
 *   VE  411 client (incl. VAT)  /  706 services, 4191 deposits (excl. VAT, one a rate)  and  44571 or 44574 VAT (one a rate)
 *   BQ  512 bank  /  411 client
 *   OD  VAT that waited until it was paid (vat-when-paid.ts)
 *
 * A credit note is the same the other way round. A final invoice brings in what it takes of deposit invoices, which had put it aside
 * (4191); the credit note that gives it back puts it aside again.
 * Numbers run without a gap in each journal from the first day of the year (LPF A47 A-1).
 */

import { vatLabel, vatWhenPaid, waits } from './vat-when-paid.ts'

export const journals = { VE: 'Ventes', BQ: 'Banque', OD: 'Opérations diverses' } as const

/** The columns in the order of the law (LPF A47 A-1, VII). */
export const fecColumns = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const

export type Span = { companyId: string; from: string; until: string }

/**
 * One row a line of an entry, in the order of the file: journal, label, number in its journal, day, account, amounts in cents and
 * the rest of the columns.
 * @param span days, both inclusive, of one year; COPY takes no parameters, so they are checked here
 * @throws RangeError when they are no days and no id
 */
export function entryLines({ companyId, from, until }: Span): string {
  for (const day of [from, until]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('no day')
  if (!/^[0-9a-f-]{36}$/.test(companyId)) throw new RangeError('no id')
  const january = `date '${from.slice(0, 4)}-01-01'`
  return `
    WITH documents AS NOT MATERIALIZED (
      SELECT invoices.id, invoices.client_id, invoices.number, invoices.issued_on, invoices.type_code,
        CASE invoices.kind WHEN 'credit_note' THEN -1 ELSE 1 END AS sign,
        invoices.total_excl_cents, invoices.total_vat_cents, invoices.total_incl_cents,
        coalesce(frozen.finalised_at, invoices.created_at) AS recorded_at, frozen.content::jsonb AS content,
        original.type_code AS original_code, ${waits} AS waits,
        taken.cents AS deposit_cents,
        (SELECT max(vat_basis_points) FROM invoice_lines WHERE frozen.invoice_id IS NULL AND invoice_lines.invoice_id = invoices.id) AS line_points
      FROM invoices
      LEFT JOIN invoice_documents frozen ON frozen.invoice_id = invoices.id
      LEFT JOIN invoices original ON original.id = invoices.original_id
      LEFT JOIN invoice_documents original_frozen ON original_frozen.invoice_id = original.id
      LEFT JOIN (SELECT document_id, sum(excl_cents)::bigint AS cents FROM deposits_taken GROUP BY document_id) taken
        ON taken.document_id = invoices.id
      WHERE invoices.state = 'issued' AND coalesce(invoices.company_id, '${companyId}') = '${companyId}'
        AND invoices.issued_on BETWEEN ${january} AND date '${until}'),
    settled AS (
      -- Paid by payments that paid nothing else: lettered by the number of the invoice.
      SELECT invoice_id, max(received_on) AS settled_on
      FROM payment_allocations JOIN payments ON payments.id = payment_id JOIN invoices ON invoices.id = invoice_id
      WHERE invoices.kind = 'invoice' AND invoices.paid_cents = invoices.total_incl_cents
      GROUP BY invoice_id, invoices.total_incl_cents
      HAVING bool_and(payments.amount_cents = payment_allocations.amount_cents)
        AND sum(payment_allocations.amount_cents) = invoices.total_incl_cents AND max(received_on) <= date '${until}'),
    parts AS (
      SELECT documents.*, settled_on, account, label, cents, place FROM documents LEFT JOIN settled ON settled.invoice_id = documents.id, LATERAL (
        SELECT '411000' AS account, 'Clients' AS label, total_incl_cents AS cents, 0 AS place
        UNION ALL
        SELECT kept.account, kept.label, -kept.cents, kept.place FROM LATERAL (
          SELECT CASE WHEN 386 IN (type_code, CASE WHEN sign < 0 THEN original_code END) THEN '419100' ELSE '706000' END AS account,
            CASE WHEN 386 IN (type_code, CASE WHEN sign < 0 THEN original_code END) THEN 'Clients - acomptes' ELSE 'Prestations de services' END AS label,
            rate.base AS cents, 1 + 2 * rate.nth AS place
          FROM LATERAL (
            SELECT sign * (part ->> 'baseCents')::bigint AS base, nth FROM jsonb_array_elements(content -> 'vat') WITH ORDINALITY parts (part, nth)
            UNION ALL SELECT total_excl_cents, 1 WHERE content IS NULL) rate
          UNION ALL
          SELECT CASE WHEN waits THEN '44574' ELSE '44571' END || lpad(rate.points::text, 4, '0'),
            CASE WHEN waits THEN ${vatLabel('44574', 'rate.points')} ELSE ${vatLabel('44571', 'rate.points')} END, rate.vat, 2 + 2 * rate.nth
          FROM LATERAL (
            SELECT sign * (part ->> 'vatCents')::bigint AS vat, (part ->> 'basisPoints')::integer AS points, nth
            FROM jsonb_array_elements(content -> 'vat') WITH ORDINALITY parts (part, nth)
            UNION ALL SELECT total_vat_cents, coalesce(line_points, 2000), 1 WHERE content IS NULL) rate
          UNION ALL
          SELECT moved.account, moved.label, moved.cents, moved.place FROM (VALUES
            ('419100', 'Clients - acomptes', -deposit_cents, 900), ('706000', 'Prestations de services', deposit_cents, 901)) moved (account, label, cents, place)
          WHERE deposit_cents IS NOT NULL) kept) sides
      WHERE cents <> 0),
    ${vatWhenPaid({ companyId, january, until })},
    entries AS (
      SELECT 'VE' AS journal, id AS entry, client_id, issued_on AS day, recorded_at, number AS piece,
        CASE type_code WHEN 381 THEN 'Avoir ' WHEN 386 THEN 'Acompte ' WHEN 384 THEN 'Facture rectificative ' ELSE 'Facture ' END || number AS about,
        content #>> '{buyer,name}' AS name, account, label, cents, place,
        CASE WHEN settled_on IS NOT NULL THEN number END AS letter, settled_on AS lettered_on
      FROM parts
      UNION ALL
      SELECT 'BQ', payments.id, payments.client_id, received_on, recorded_at, coalesce(nullif(reference, ''), 'REG-' || upper(right(payments.id::text, 8))),
        CASE WHEN amount_cents < 0 THEN 'Remboursement ' ELSE 'Règlement ' END
          || CASE method WHEN 'transfer' THEN 'virement' WHEN 'card' THEN 'carte' WHEN 'cheque' THEN 'chèque' ELSE 'prélèvement' END,
        NULL, side.account, side.label, side.cents, side.place, lettered.number, lettered.settled_on
      FROM payments
      LEFT JOIN (
        SELECT payment_id, payment_allocations.amount_cents AS allocated, invoices.number, settled_on
        FROM payment_allocations JOIN settled USING (invoice_id) JOIN invoices ON invoices.id = invoice_id) lettered
        ON lettered.payment_id = payments.id AND allocated = payments.amount_cents,
      LATERAL (VALUES ('512000', 'Banque', amount_cents, 0), ('411000', 'Clients', -amount_cents, 1)) side (account, label, cents, place)
      WHERE coalesce(payments.company_id, '${companyId}') = '${companyId}' AND received_on BETWEEN ${january} AND date '${until}' AND amount_cents <> 0
      UNION ALL
      SELECT 'OD', entry, client_id, day, recorded_at, piece, 'TVA exigible ' || piece, NULL, account, label, cents, place, NULL, NULL FROM due_lines),
    numbered AS (
      SELECT *, dense_rank() OVER (PARTITION BY journal ORDER BY day, recorded_at, entry) AS nth FROM entries)
    SELECT journal, CASE journal WHEN 'VE' THEN '${journals.VE}' WHEN 'BQ' THEN '${journals.BQ}' ELSE '${journals.OD}' END AS journal_label, nth, day, account, label,
      CASE WHEN account = '411000' THEN 'C' || upper(right(client_id::text, 12)) END AS auxiliary,
      CASE WHEN account = '411000' THEN coalesce(name, clients.first_name || ' ' || clients.last_name) END AS auxiliary_label,
      piece, about, greatest(cents, 0) AS debit_cents, greatest(-cents, 0) AS credit_cents,
      CASE WHEN account = '411000' THEN letter END AS letter, CASE WHEN account = '411000' THEN lettered_on END AS lettered_on,
      (recorded_at AT TIME ZONE 'Europe/Paris')::date AS valid_on, place
    FROM numbered JOIN clients ON clients.id = client_id
    WHERE day >= date '${from}'
    ORDER BY day, journal, nth, place`
}

/** What separates columns and rows has no place inside of one; nor has what COPY would write with a backslash. */
const plain = (text: string, most = 200) => `left(translate(${text}, E'\\t\\n\\r|"\\\\', '      '), ${most})`
const amount = (cents: string) => `replace(to_char(${cents} / 100.0, 'FM99999999999990.00'), '.', ',')`
const onDay = (day: string) => `to_char(${day}, 'YYYYMMDD')`

/** The same as the text of the file: tabs, decimal commas, days as AAAAMMJJ, a head line. For COPY. */
export function fecCopy(span: Span): string {
  const values = [
    'journal',
    'journal_label',
    `journal || lpad(nth::text, 8, '0')`,
    onDay('day'),
    'account',
    plain('label'),
    'auxiliary',
    plain('auxiliary_label'),
    plain('piece', 60),
    onDay('day'),
    plain('about'),
    amount('debit_cents'),
    amount('credit_cents'),
    plain('letter', 60),
    onDay('lettered_on'),
    onDay('valid_on'),
    'NULL',
    'NULL',
  ]
  const columns = fecColumns.map((column, index) => `${values[index]} AS "${column}"`).join(', ')
  return `COPY (SELECT ${columns} FROM (${entryLines(span)}) lines) TO STDOUT WITH (FORMAT text, DELIMITER E'\\t', NULL '', HEADER)`
}

/** The same for a spreadsheet: semicolons, a mark for the accents, days as they are written, cells that compute nothing. */
export function entriesCopy(span: Span): string {
  const safe = (text: string) => `regexp_replace(${plain(text)}, '^([=+@-])', '''\\1')`
  const values = {
    Journal: 'journal',
    Numéro: `journal || lpad(nth::text, 8, '0')`,
    Date: `to_char(day, 'DD/MM/YYYY')`,
    Compte: 'account',
    Libellé: plain('label'),
    Auxiliaire: 'auxiliary',
    Tiers: safe('auxiliary_label'),
    Pièce: safe('piece'),
    Écriture: safe('about'),
    Débit: amount('debit_cents'),
    Crédit: amount('credit_cents'),
    Lettrage: safe('letter'),
  }
  const columns = Object.entries(values).map(([name, value]) => `${value} AS "${name}"`)
  return `COPY (SELECT ${columns.join(', ')} FROM (${entryLines(span)}) lines) TO STDOUT WITH (FORMAT csv, DELIMITER ';', HEADER)`
}

/**
 * What was collected of an invoice, a rate each: « encaissée » (status 212) tells professionals' payments (XP Z12-012, BR-FR-CDV-14),
 * flow 10 those of everybody else, and both say the same.
 *
 * An invoice and its credit notes are one family, as in the books (accounting/vat-when-paid.ts). Its money is what payments gave it,
 * less what was sent back, less what its credit notes paid of others, and more where others' paid it: whom a credit note pays was paid
 * by what its buyer had paid before. That pays what is left of each rate (`rates_left_of`) by its weight; what goes beyond all that is
 * left pays what was credited, until it goes back.
 */
import { sql, type CentralDb } from '#platform/server/db.ts'
import { perRate, type RatePart } from './per-rate.ts'

/** Including VAT. */
type RateAsked = { basisPoints: number; leftCents: number; creditedCents: number }

export function collectedOf(moneyCents: number, rates: readonly RateAsked[]): RatePart[] {
  const paid = Math.max(0, moneyCents)
  const left = rates.reduce((sum, { leftCents }) => sum + leftCents, 0)
  const within = perRate(
    Math.min(paid, left),
    rates.map(({ basisPoints, leftCents }) => ({ basisPoints, inclCents: leftCents })),
  )
  const beyond = perRate(
    Math.max(0, paid - left),
    rates.map(({ basisPoints, creditedCents }) => ({ basisPoints, inclCents: creditedCents })),
  )
  return within.map(({ basisPoints, amountCents }, index) => ({
    basisPoints,
    amountCents: amountCents + (beyond[index]?.amountCents ?? 0),
  }))
}

/** Of frozen invoices, the highest rate first. */
export async function ratesAsked(
  db: CentralDb,
  invoiceIds: readonly string[],
): Promise<Map<string, RateAsked[]>> {
  const { rows } = await sql<RateAsked & { document: string }>`
    select document, basis_points, sum(asked_cents + asked_vat_cents - credited_cents - credited_vat_cents)::bigint as left_cents,
      sum(credited_cents + credited_vat_cents)::bigint as credited_cents
    from rates_left_of(${invoiceIds}::uuid[]) where basis_points is not null
    group by document, basis_points order by document, basis_points desc`.execute(db)
  return Map.groupBy(rows, ({ document }) => document)
}

/** What moved the money of families, named by their invoices, in the order in which it happened. */
export async function moneyOf(db: CentralDb, invoiceIds: readonly string[]) {
  const { rows } = await sql<{ family: string; day: string; cents: number }>`
    with wanted as (select unnest(${invoiceIds}::uuid[]) as family),
    members as (
      select family, family as id from wanted
      union all select family, id from wanted join invoices on original_id = family and type_code = 381)
    select family, received_on as day, held.amount_cents as cents, allocated_at, payments.id
    from members join payment_allocations held on held.invoice_id = members.id join payments on payments.id = payment_id
    union all
    select side.family, (allocated_at at time zone 'Europe/Paris')::date, side.cents, allocated_at, note.id
    from (
      select credit_note_id, invoice_id from wanted join credit_allocations on invoice_id = family
      union select credit_note_id, invoice_id from members join credit_allocations on credit_note_id = members.id) moved
    join credit_allocations using (credit_note_id, invoice_id)
    join invoices note on note.id = credit_note_id,
    lateral (values (invoice_id, amount_cents), (note.original_id, -amount_cents)) side (family, cents)
    where note.original_id is distinct from invoice_id and side.family in (select family from wanted)
    order by 1, 4, 5`.execute(db)
  return rows
}

/**
 * What is to be told of an invoice so that all that was told is what was collected.
 * @returns rates whose amounts are not 0; none where nothing is, or where it is no professional's
 */
export async function untold(db: CentralDb, invoiceId: string): Promise<RatePart[]> {
  const { rows } = await sql<{ told: Record<string, number> }>`
    select coalesce((
      select jsonb_object_agg(points, cents) from (
        select rate ->> 'basisPoints' as points, sum((rate ->> 'amountCents')::bigint) as cents
        from invoice_events, jsonb_array_elements(data -> 'rates') rate
        where invoice_id = ${invoiceId} and code = 212 and not data ? 'messageId' group by 1) sums), '{}') as told
    from invoice_documents where invoice_id = ${invoiceId} and content::jsonb -> 'buyer' ->> 'audience' = 'business'`.execute(
    db,
  )
  const [row] = rows
  if (!row) return []
  const rates = (await ratesAsked(db, [invoiceId])).get(invoiceId) ?? []
  const money = await moneyOf(db, [invoiceId])
  return collectedOf(
    money.reduce((sum, { cents }) => sum + cents, 0),
    rates,
  )
    .map(({ basisPoints, amountCents }) => ({
      basisPoints,
      amountCents: amountCents - (row.told[basisPoints] ?? 0),
    }))
    .filter(({ amountCents }) => amountCents !== 0)
}

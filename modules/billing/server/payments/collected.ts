/**
 * « Encaissée » (status 212) tells what professionals paid: each payment when it comes, a rate each (XP Z12-012, BR-FR-CDV-14), and
 * below zero what was taken back. What a credit note settles is nobody's payment.
 */
import { sql, type CentralDb } from '#platform/server/db.ts'
import { perRate, type RatePart } from './per-rate.ts'

/**
 * What is to be told of an invoice so that all that was told is what payments gave it.
 * @returns rates whose amounts are not 0; none where nothing is, or where it is no professional's
 */
export async function untold(db: CentralDb, invoiceId: string): Promise<RatePart[]> {
  const { rows } = await sql<{
    basisPoints: number
    inclCents: number
    creditedCents: number
    toldCents: number
    paidCents: number
  }>`
    with parts as (
      select (part ->> 'basisPoints')::integer as points, (part ->> 'baseCents')::bigint + (part ->> 'vatCents')::bigint as incl, 0 as credited
      from invoice_documents, jsonb_array_elements(content::jsonb -> 'vat') part where invoice_id = ${invoiceId}
      union all
      select (part ->> 'basisPoints')::integer, 0, (part ->> 'baseCents')::bigint + (part ->> 'vatCents')::bigint
      from invoices note join invoice_documents frozen on frozen.invoice_id = note.id, jsonb_array_elements(frozen.content::jsonb -> 'vat') part
      where note.original_id = ${invoiceId} and note.type_code = 381),
    told as (
      select (rate ->> 'basisPoints')::integer as points, sum((rate ->> 'amountCents')::bigint) as cents
      from invoice_events, jsonb_array_elements(data -> 'rates') rate
      where invoice_id = ${invoiceId} and code = 212 and not data ? 'messageId' group by 1)
    select parts.points as basis_points, sum(incl)::bigint as incl_cents, sum(credited)::bigint as credited_cents,
      coalesce((select cents from told where told.points = parts.points), 0)::bigint as told_cents,
      (select coalesce(sum(amount_cents), 0)::bigint from payment_allocations where invoice_id = ${invoiceId}) as paid_cents
    from parts
    where (select content::jsonb -> 'buyer' ->> 'audience' from invoice_documents where invoice_id = ${invoiceId}) = 'business'
    group by parts.points order by parts.points desc`.execute(db)
  const paidCents = rows[0]?.paidCents ?? 0
  if (rows.reduce((sum, { toldCents }) => sum + toldCents, 0) === paidCents) return []
  // What was credited of a rate is paid by nobody, unless it had been paid before.
  const left = rows.map(({ basisPoints, inclCents, creditedCents }) => ({
    basisPoints,
    inclCents: Math.max(0, inclCents - creditedCents),
  }))
  const isLeft = left.reduce((sum, { inclCents }) => sum + inclCents, 0) >= paidCents
  return perRate(paidCents, isLeft ? left : rows)
    .map(({ basisPoints, amountCents }, index) => ({
      basisPoints,
      amountCents: amountCents - (rows[index]?.toldCents ?? 0),
    }))
    .filter(({ amountCents }) => amountCents !== 0)
}

// How much of a period may go back: nothing that a person took back of it already, by whatever means.
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { VatRule } from '../renewal/pricing.ts'
import { askedBy } from './asked.ts'
import { rateKey, type Rate } from './rates.ts'
import type { RunningPeriod } from './running-period.ts'
import { taxedBy } from './waiting-lines.ts'

/** Cents, by rate. */
export type Room = ReadonlyMap<string, number>

type Side = {
  /** What its days are asked for, less what credit notes took back that name them, and more what changes within it wait to ask. */
  days: number
  /** Asked for by the same document. */
  beside: number
  /** Taken back without saying of what: of what stands beside the days first. */
  credited: number
}

/** What is still asked for a period's days. What its document bears of what goes back of an earlier one takes nothing from them. */
export async function roomOf(
  db: CentralDb,
  subscriptionId: string,
  { from, invoiceId }: Pick<RunningPeriod, 'from' | 'invoiceId'>,
  vat: VatRule,
): Promise<Room> {
  const sides = new Map<string, Side>()
  const at = (rate: Rate) => {
    const side = sides.get(rateKey(rate)) ?? { days: 0, beside: 0, credited: 0 }
    sides.set(rateKey(rate), side)
    return side
  }
  for (const line of invoiceId === null ? [] : await askedBy(db, [invoiceId])) {
    const side = at(line)
    if (line.periodFrom === from) side.days += line.cents
    else if (line.creditedId === null && line.cents > 0) side.beside += line.cents
    else side.credited -= line.cents
  }
  for (const { vatBasisPoints, waits, borne } of await extrasOf(db, subscriptionId, from)) {
    const side = at(taxedBy(vat, vatBasisPoints))
    side.days += waits
    side.credited += borne
  }
  return new Map(
    [...sides].map(([key, { days, beside, credited }]) => [
      key,
      days - credited + Math.max(0, Math.min(credited, beside)),
    ]),
  )
}

/** By rate: what waits of changes within the period, and what its document bears below zero of earlier ones. */
async function extrasOf(db: CentralDb, subscriptionId: string, from: string) {
  const { rows } = await sql<{ vatBasisPoints: number; waits: number; borne: number }>`
    select vat_basis_points, coalesce(sum(cents) filter (where invoice_id is null), 0)::bigint as waits,
      coalesce(sum(cents) filter (where cents < 0 and invoice_id is not null), 0)::bigint as borne
    from subscription_extras, lateral (select round(quantity * unit_price_cents) as cents) reckoned
    where invoice_id = (
        select invoice_id from subscription_periods where subscription_id = ${subscriptionId}::uuid and starts_on = ${from}::date)
      or subscription_id = ${subscriptionId}::uuid and invoice_id is null and proration ->> 'from' = ${from}
    group by vat_basis_points`.execute(db)
  return rows
}

/** Amounts above zero that go back, as far as there is room for them. */
export function inRoom<Line extends Rate & { cents: number }>(lines: readonly Line[], room: Room): Line[] {
  const left = new Map(room)
  return lines.flatMap((line) => {
    const key = rateKey(line)
    const cents = Math.min(line.cents, left.get(key) ?? 0)
    if (cents <= 0) return []
    left.set(key, (left.get(key) ?? 0) - cents)
    return { ...line, cents }
  })
}

import { sql, type CentralDb } from '#platform/server/db.ts'
import type { VatRule } from '../renewal/pricing.ts'
import type { Doing } from './acting.ts'
import type { Rate } from './rates.ts'
import type { RunningPeriod } from './running-period.ts'

/** A line that stands on the next invoice, once. */
export type Waiting = Rate & {
  id: string
  description: string
  quantity: string
  unitPriceCents: number
  cents: number
}

/** What waits for the next invoice, taxed as it would be on it. Nobody else takes it until the transaction ends. */
export async function waitingLines(db: CentralDb, subscriptionId: string, vat: VatRule): Promise<Waiting[]> {
  const { rows } = await sql<Omit<Waiting, keyof Rate> & { vatBasisPoints: number }>`
    select id, description, trim_scale(quantity)::text as quantity, unit_price_cents as "unitPriceCents",
      round(quantity * unit_price_cents)::bigint as cents, vat_basis_points as "vatBasisPoints"
    from subscription_extras where subscription_id = ${subscriptionId}::uuid and invoice_id is null
    order by id for update`.execute(db)
  return rows.map((row) => ({ ...row, ...taxedBy(vat, row.vatBasisPoints) }))
}

/** How a document of today taxes what is sold at a rate: as `pricing` says it. */
export function taxedBy(vat: VatRule, basisPoints: number): Rate {
  return vat.taxed
    ? { vatCategory: basisPoints === 0 ? 'Z' : 'S', vatBasisPoints: basisPoints, vatExemption: null }
    : { vatCategory: 'E', vatBasisPoints: 0, vatExemption: vat.exemption }
}

export async function waitingExtra(db: CentralDb, subscriptionId: string, id: string) {
  return db
    .selectFrom('subscriptionExtras')
    .where('id', '=', id)
    .where('subscriptionId', '=', subscriptionId)
    .where('invoiceId', 'is', null)
    .select(['id', 'description', 'proration'])
    .executeTakeFirst()
}

export async function forgetWaiting(db: CentralDb, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('subscriptionExtras').where('id', 'in', ids).execute()
}

/** They stand on a document now. */
export async function putOn(db: CentralDb, invoiceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await db.updateTable('subscriptionExtras').set({ invoiceId }).where('id', 'in', ids).execute()
}

/** What a change of plan by days leaves behind, should it be taken back: the period's days cost these lines before. */
export type Proration = Partial<Pick<RunningPeriod, 'from' | 'lines'>> & {
  /** What went back at once, of another rate. */
  creditNoteIds?: string[]
  /** Drafts ask for less since, or lines that waited were weighed against it: nobody can tell it apart any more. */
  isFinal?: boolean
}

/** Lines that stand on the next invoice, once; below zero what goes back. */
export async function waitFor(
  { db, clock, byStaffId }: Doing,
  subscriptionId: string,
  lines: readonly { description: string; cents: number; vatBasisPoints: number }[],
  proration: Proration,
): Promise<void> {
  if (lines.length === 0) return
  await db
    .insertInto('subscriptionExtras')
    .values(
      lines.map(({ description, cents, vatBasisPoints }) => ({
        subscriptionId,
        description,
        quantity: cents < 0 ? '-1' : '1',
        unitPriceCents: Math.abs(cents),
        vatBasisPoints,
        proration: JSON.stringify(proration),
        createdBy: byStaffId,
        createdAt: clock.now(),
      })),
    )
    .execute()
}

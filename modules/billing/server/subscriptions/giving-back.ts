// What was asked for and is not used: taken off what is a draft still, and by draft credit notes of what was issued.
import { sumsOf, type DraftLine } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import { deleteDraft } from '../drafts/draft-queries.ts'
import type { Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { creditable } from './giving-back-queries.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import type { PeriodLine, Rate, RunningPeriod } from './running-period.ts'

/** An amount above zero that goes back, of the rate it was asked with. */
export type Back = Rate & { description: string; cents: number }

export const rateKey = (rate: Rate) => `${rate.vatCategory} ${rate.vatBasisPoints} ${rate.vatExemption ?? ''}`

/** Each line of the running period for the days that are left of it. */
export function unused(
  period: RunningPeriod,
  day: string,
  say: (line: PeriodLine, left: number) => string,
): Back[] {
  const of = daysIn(period)
  const left = leftOn(period, day)
  return period.lines
    .map((line) => ({ ...line, description: say(line, left), cents: prorated(line.exclCents, left, of) }))
    .filter(({ cents }) => cents > 0)
}

/**
 * Gives back what its documents still ask for, rate by rate: the running period's first, then the latest ones. Never more than they
 * asked for, less what credit notes took back already, drafts of them too.
 * @returns the ids of the draft credit notes
 */
export async function giveBack(
  { db, clock, byStaffId }: Doing,
  row: Held,
  { companyId, first, lines }: { companyId: string; first: string | null; lines: readonly Back[] },
): Promise<string[]> {
  const notes: string[] = []
  const left = lines.map((line) => ({ ...line }))
  for (const document of left.length === 0 ? [] : await creditable(db, row.id, first)) {
    const taken: Back[] = []
    for (const line of left) {
      const key = rateKey(line)
      const cents = Math.min(line.cents, Math.max(document.rates.get(key) ?? 0, 0))
      if (cents === 0) continue
      document.rates.set(key, (document.rates.get(key) ?? 0) - cents)
      line.cents -= cents
      taken.push({ ...line, cents })
    }
    if (taken.length === 0) continue
    if (!document.issued) await takeOff(db, document.id, taken)
    else
      notes.push(
        await beginDraft(db, {
          clientId: row.clientId,
          companyId: row.companyId ?? companyId,
          typeCode: 381,
          originalId: document.id,
          subscriptionId: row.id,
          origin: 'correction',
          byStaffId,
          now: clock.now(),
          fields: { ...noFields, lines: taken.map((line) => backLine(line, '1')) },
        }),
      )
  }
  return notes
}

export const backLine = (
  { description, cents, vatCategory, vatBasisPoints, vatExemption }: Back,
  quantity: string,
): DraftLine => ({
  description,
  quantity,
  unit: 'C62',
  unitPriceCents: cents,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory,
  vatBasisPoints,
  vatExemption,
  period: null,
})

const withoutPeriod = ({
  description,
  quantity,
  unit,
  unitPriceCents,
  vatCategory,
  vatBasisPoints,
  vatExemption,
}: DraftLine) => ({
  description,
  quantity,
  unit,
  unitPriceCents,
  vatCategory,
  vatBasisPoints,
  vatExemption,
})

/** Lines below zero at the end of a draft, and its sums with them. One that asks for nothing any more is discarded. */
async function takeOff(db: CentralDb, invoiceId: string, lines: readonly Back[]): Promise<void> {
  const { rows } = await sql<Omit<DraftLine, 'period'> & { position: number }>`
    select position, description, trim_scale(quantity)::text as quantity, unit, unit_price_cents as "unitPriceCents",
      discount_basis_points as "discountBasisPoints", discount_cents as "discountCents", vat_category as "vatCategory",
      vat_basis_points as "vatBasisPoints", vat_exemption as "vatExemption"
    from invoice_lines where invoice_id = ${invoiceId}::uuid order by position`.execute(db)
  const last = rows.at(-1)?.position ?? 0
  const added = lines.map((line) => backLine(line, '-1'))
  const discount = await db
    .selectFrom('invoices')
    .where('id', '=', invoiceId)
    .select(['discountBasisPoints', 'discountCents', 'discountLabel'])
    .executeTakeFirstOrThrow()
  const { exclCents, vatCents, vat } = sumsOf([...rows, ...added], {
    basisPoints: discount.discountBasisPoints,
    cents: discount.discountCents,
    label: discount.discountLabel,
  })
  if (vat.every(({ baseCents }) => baseCents === 0)) {
    // What had waited for it was weighed against what goes back, and waits no more.
    await db.deleteFrom('subscriptionExtras').where('invoiceId', '=', invoiceId).execute()
    await deleteDraft(db, invoiceId)
    return
  }
  await db
    .insertInto('invoiceLines')
    .values(added.map((line, index) => ({ ...withoutPeriod(line), invoiceId, position: last + index + 1 })))
    .execute()
  await db
    .updateTable('invoices')
    .set({ totalExclCents: exclCents, totalVatCents: vatCents, revision: sql<number>`revision + 1` })
    .where('id', '=', invoiceId)
    .execute()
}

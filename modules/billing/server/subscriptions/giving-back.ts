// What is paid and not used: a draft credit note that cites the period's invoice, or a line off it while it is a draft itself.
import { sumsOf, type DraftLine } from '#contract/billing'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import type { Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import type { PeriodLine, RunningPeriod } from './running-period.ts'

/** An amount that goes back, of the rate it was asked with. */
export type Back = Pick<PeriodLine, 'vatCategory' | 'vatBasisPoints' | 'vatExemption'> & {
  description: string
  cents: number
}

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

/** @returns the credit note's id, null where the invoice itself is a draft and asks for less now */
export async function giveBack(
  { db, clock, byStaffId }: Doing,
  row: Held,
  { period, companyId, lines }: { period: RunningPeriod; companyId: string; lines: readonly Back[] },
): Promise<string | null> {
  if (period.invoiceId === null || lines.length === 0) return null
  if (!period.issued) {
    await takeOff(db, period.invoiceId, lines)
    return null
  }
  return beginDraft(db, {
    clientId: row.clientId,
    companyId: row.companyId ?? companyId,
    typeCode: 381,
    originalId: period.invoiceId,
    subscriptionId: row.id,
    origin: 'correction',
    byStaffId,
    now: clock.now(),
    fields: { ...noFields, lines: lines.map((line) => asLine(line, '1')) },
  })
}

const asLine = (
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

/** Lines below zero at the end of a draft, and its sums with them. */
async function takeOff(db: CentralDb, invoiceId: string, lines: readonly Back[]): Promise<void> {
  const { rows } = await sql<Omit<DraftLine, 'period'> & { position: number }>`
    select position, description, trim_scale(quantity)::text as quantity, unit, unit_price_cents as "unitPriceCents",
      discount_basis_points as "discountBasisPoints", discount_cents as "discountCents", vat_category as "vatCategory",
      vat_basis_points as "vatBasisPoints", vat_exemption as "vatExemption"
    from invoice_lines where invoice_id = ${invoiceId}::uuid order by position`.execute(db)
  const last = rows.at(-1)?.position ?? 0
  const added = lines.map((line) => asLine(line, '-1'))
  await db
    .insertInto('invoiceLines')
    .values(added.map((line, index) => ({ ...withoutPeriod(line), invoiceId, position: last + index + 1 })))
    .execute()
  const discount = await db
    .selectFrom('invoices')
    .where('id', '=', invoiceId)
    .select(['discountBasisPoints', 'discountCents', 'discountLabel'])
    .executeTakeFirstOrThrow()
  const { exclCents, vatCents } = sumsOf([...rows, ...added], {
    basisPoints: discount.discountBasisPoints,
    cents: discount.discountCents,
    label: discount.discountLabel,
  })
  await db
    .updateTable('invoices')
    .set({ totalExclCents: exclCents, totalVatCents: vatCents, revision: sql<number>`revision + 1` })
    .where('id', '=', invoiceId)
    .execute()
}

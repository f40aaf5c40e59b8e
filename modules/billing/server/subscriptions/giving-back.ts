// What was asked for and is not used: taken off what is a draft still, and by draft credit notes of what was issued.
import { sumsOf, type DraftLine, type TypeCode } from '#contract/billing'
import { found } from '#platform/server/requests.ts'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import { linesChosen } from '../drafts/credit-lines.ts'
import { deleteDraft, documentRow, lineRows, replaceLines, updateDraft } from '../drafts/draft-queries.ts'
import { fieldsOf, storedFields, storedLines } from '../drafts/rows.ts'
import type { Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { creditable } from './giving-back-queries.ts'
import { daysIn, leftOn, prorated } from './proration.ts'
import { rateKey, type Rate } from './rates.ts'
import type { PeriodLine, RunningPeriod } from './running-period.ts'

/** An amount above zero that goes back, of the rate it was asked with. */
export type Back = Rate & { description: string; cents: number }

/** By draft credit notes, and by drafts that ask for less. */
export type GivenBack = { creditNoteIds: string[]; draftIds: string[] }

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
 */
export async function giveBack(
  doing: Doing,
  row: Held,
  { companyId, first, lines }: { companyId: string; first: string | null; lines: readonly Back[] },
): Promise<GivenBack> {
  const { db, clock, byStaffId } = doing
  const given: GivenBack = { creditNoteIds: [], draftIds: [] }
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
    if (!document.issued) {
      await takeOff(doing, document.id, taken)
      given.draftIds.push(document.id)
    } else
      given.creditNoteIds.push(
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
  return given
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

/**
 * Lines below zero at the end of a draft, and its sums with them. One that asks for nothing any more is discarded. A discount on the
 * whole goes over to the lines: what comes off would be discounted with it.
 */
async function takeOff({ db, clock, byStaffId }: Doing, id: string, taken: readonly Back[]): Promise<void> {
  const row = found(await documentRow(db, id))
  const fields = fieldsOf(row, await lineRows(db, id))
  const lines = [
    ...linesChosen(fields, new Set(fields.lines.map((_, at) => at + 1))),
    ...taken.map((line) => backLine(line, '-1')),
  ]
  if (sumsOf(lines, noFields.discount).vat.every(({ baseCents }) => baseCents === 0)) {
    // What had waited for it was weighed against what goes back, and waits no more.
    await db.deleteFrom('subscriptionExtras').where('invoiceId', '=', id).execute()
    await deleteDraft(db, id)
    return
  }
  const typeCode = row.typeCode as TypeCode // the column's CHECK holds the same four
  const stored = storedFields(typeCode, { ...fields, discount: noFields.discount, lines })
  await updateDraft(db, id, stored, { now: clock.now(), by: byStaffId })
  await replaceLines(db, id, storedLines(typeCode, lines))
}

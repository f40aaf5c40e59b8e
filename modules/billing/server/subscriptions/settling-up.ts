// The account of a subscription that stops: no next invoice is to come that would bear what still waits.
import type { DraftLine, PaymentMeans } from '#contract/billing'
import { beginDraft, noFields } from '../drafts/beginning.ts'
import { accountsOf, payBack, type Line } from './accounts.ts'
import { today, type Doing } from './acting.ts'
import type { Held } from './act-queries.ts'
import { backLine, type Back } from './giving-back.ts'
import type { House } from './house.ts'
import type { RunningPeriod } from './running-period.ts'
import { putOn, type Waiting } from './waiting-lines.ts'

export type SettledUp = { creditNoteIds?: string[]; invoiceId?: string }

/**
 * Lines that waited for its next invoice meet days that go back. What is left to ask for stands on a last invoice, what is left to
 * give back in credit notes, and what comes out even on neither.
 */
export async function settleUp(
  doing: Doing,
  row: Held,
  { house, back, period }: { house: House; back: readonly Back[]; period: RunningPeriod | undefined },
): Promise<SettledUp> {
  const accounts = await accountsOf(doing.db, row.id, {
    house,
    lines: back.map((line) => ({ ...line, cents: 0 - line.cents })),
  })
  const asked = accounts.filter(({ net }) => net > 0)
  const lines = asked.flatMap((one) => [...one.waiting.map(asLine), ...one.lines.map(asBackLine)])
  const invoiceId = lines.length > 0 ? await lastInvoice(doing, row, { house, period, lines }) : undefined
  if (invoiceId)
    await putOn(
      doing.db,
      invoiceId,
      asked.flatMap(({ waiting }) => waiting.map(({ id }) => id)),
    )
  const { creditNoteIds } = await payBack(doing, row, {
    house,
    first: period?.invoiceId ?? null,
    accounts: accounts.filter(({ net }) => net <= 0),
  })
  return {
    ...(creditNoteIds.length > 0 ? { creditNoteIds } : {}),
    ...(invoiceId ? { invoiceId } : {}),
  }
}

const asBackLine = (line: Line): DraftLine => backLine({ ...line, cents: 0 - line.cents }, '-1')

const asLine = (line: Waiting): DraftLine => ({
  description: line.description,
  quantity: line.quantity,
  unit: 'C62',
  unitPriceCents: line.unitPriceCents,
  discountBasisPoints: 0,
  discountCents: 0,
  vatCategory: line.vatCategory,
  vatBasisPoints: line.vatBasisPoints,
  vatExemption: line.vatExemption,
  period: null,
})

/** Issued and sent as renewals are. */
async function lastInvoice(
  { db, clock, byStaffId }: Doing,
  row: Held,
  { house, period, lines }: { house: House; period: RunningPeriod | undefined; lines: DraftLine[] },
): Promise<string> {
  const day = today({ clock })
  return beginDraft(db, {
    clientId: row.clientId,
    companyId: row.companyId ?? house.companyId,
    typeCode: 380,
    subscriptionId: row.id,
    origin: 'renewal',
    held: row.holdForReview,
    byStaffId,
    now: clock.now(),
    fields: {
      ...noFields,
      paymentMeans: row.paymentMeans as PaymentMeans | null, // the column's CHECK holds the same four
      period: { from: period && period.from < day ? period.from : day, until: day },
      lines,
    },
  })
}

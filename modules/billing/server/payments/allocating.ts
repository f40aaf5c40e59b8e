/** Which invoices money goes to, checked against what each still owes. */
import {
  allocationTooLarge,
  invoiceNotPayable,
  invoiceOverpaid,
  paymentBelowZero,
  paymentTakenBack,
  type Allocation,
} from '#contract/billing'
import type { CentralDb } from '#platform/server/db.ts'
import { found, refuse } from '#platform/server/requests.ts'
import { keepMonthsOpen } from '../accounting/queries.ts'
import { mainCompany } from '../settings/in-force.ts'
import { lockMoneyOf } from './lock.ts'
import {
  allocationsOf,
  creditAllocationsOf,
  deleteAllocations,
  insertAllocations,
  originalOf,
  payable,
  payables,
  paymentRow,
  replaceCreditAllocations,
} from './queries.ts'
import { settling } from './settling.ts'

export type Change = {
  /** Invoices whose allocation goes, or is replaced. */
  gone: string[]
  added: Allocation[]
}

/** What differs; an invoice named twice is given the sum. */
export function changeOf(held: readonly Allocation[], wanted: readonly Allocation[]): Change {
  const had = new Map(held.map((one) => [one.invoiceId, one.amountCents]))
  const sums = new Map<string, number>()
  for (const { invoiceId, amountCents } of wanted)
    sums.set(invoiceId, (sums.get(invoiceId) ?? 0) + amountCents)
  return {
    gone: [...had].filter(([id, cents]) => sums.get(id) !== cents).map(([id]) => id),
    added: [...sums]
      .filter(([id, cents]) => had.get(id) !== cents)
      .map(([invoiceId, amountCents]) => ({ invoiceId, amountCents })),
  }
}

/**
 * The client's money is locked already.
 * @throws Refused where one of them is no issued invoice of the client, or owes less
 */
export async function checkPayable(
  db: CentralDb,
  clientId: string,
  { added }: Pick<Change, 'added'>,
  held: readonly Allocation[],
): Promise<void> {
  const had = new Map(held.map((one) => [one.invoiceId, one.amountCents]))
  const known = new Map(
    (
      await payables(
        db,
        added.map((one) => one.invoiceId),
      )
    ).map((one) => [one.id, one]),
  )
  for (const { invoiceId, amountCents } of added) {
    const invoice = known.get(invoiceId)
    if (!invoice || invoice.clientId !== clientId || invoice.kind !== 'invoice' || invoice.state !== 'issued')
      throw refuse(invoiceNotPayable, { details: { invoiceId } })
    const owedCents = invoice.totalInclCents - invoice.paidCents + (had.get(invoiceId) ?? 0)
    if (amountCents > owedCents) throw refuse(invoiceOverpaid, { details: { invoiceId, owedCents } })
  }
}

const sum = (allocations: readonly Allocation[]) =>
  allocations.reduce((total, { amountCents }) => total + amountCents, 0)
const touched = ({ gone, added }: Change) => [...new Set([...gone, ...added.map((one) => one.invoiceId)])]

export async function allocate(
  db: CentralDb,
  wanted: { paymentId: string; allocations: readonly Allocation[]; on: string; byStaffId: string | null },
): Promise<{ before: Allocation[]; change: Change }> {
  const { clientId } = found(await paymentRow(db, wanted.paymentId))
  await lockMoneyOf(db, clientId)
  await keepMonthsOpen(db, (await mainCompany(db)).id)
  const payment = found(await paymentRow(db, wanted.paymentId))
  if (payment.amountCents < 0) throw refuse(paymentBelowZero)
  const before = await allocationsOf(db, payment.id)
  if (payment.isOver) throw refuse(paymentTakenBack)
  if (sum(wanted.allocations) > payment.availableCents + payment.allocatedCents)
    throw refuse(allocationTooLarge)
  const change = changeOf(before, wanted.allocations)
  await checkPayable(db, clientId, change, before)
  await settling(
    db,
    touched(change),
    { on: wanted.on, today: wanted.on, byStaffId: wanted.byStaffId, data: { paymentId: payment.id } },
    async () => {
      await deleteAllocations(db, payment.id, change.gone)
      await insertAllocations(db, payment.id, change.added, wanted.byStaffId)
    },
  )
  return { before, change }
}

/** A credit note pays the client's invoices as money would. */
export async function allocateCredit(
  db: CentralDb,
  wanted: { creditNoteId: string; allocations: readonly Allocation[]; on: string; byStaffId: string | null },
): Promise<{ clientId: string; before: Allocation[]; change: Change }> {
  const { clientId } = found(await payable(db, wanted.creditNoteId))
  await lockMoneyOf(db, clientId)
  await keepMonthsOpen(db, (await mainCompany(db)).id)
  const note = found(await payable(db, wanted.creditNoteId))
  if (note.kind !== 'credit_note' || note.state !== 'issued') throw refuse(invoiceNotPayable)
  const before = await creditAllocationsOf(db, note.id)
  const leftCents = note.paidCents - note.totalInclCents
  if (sum(wanted.allocations) > leftCents + sum(before)) throw refuse(allocationTooLarge)
  const change = changeOf(before, wanted.allocations)
  await checkPayable(db, clientId, change, before)
  await settling(
    db,
    [...touched(change), ...originalOf(note)],
    { on: wanted.on, today: wanted.on, byStaffId: wanted.byStaffId, data: { creditNoteId: note.id } },
    () => replaceCreditAllocations(db, note.id, change, wanted.byStaffId),
  )
  return { clientId, before, change }
}

/** What becomes of a collection: the bank paid it, or its debtor's bank took it back. */
import type { CentralDb } from '#platform/server/db.ts'
import { openDay } from '../payments/open-day.ts'
import { payable, paymentRow } from '../payments/queries.ts'
import { recordPayment } from '../payments/recording.ts'
import { leftToTakeBack, takeBack } from '../payments/taking-back.ts'
import type { ToWeigh } from '../payments/settling.ts'
import { decideCollection, type CollectionRow } from './queries.ts'

export type Told = { on: string; today: string; byStaffId: string | null; toWeigh?: ToWeigh }

/** Pending until now, and held. What its invoice owes no more, since it was paid otherwise, is the client's credit. */
export async function bookCollection(
  db: CentralDb,
  { id, invoiceId, clientId, amountCents, endToEndId }: CollectionRow,
  { on, ...told }: Told,
): Promise<string> {
  const invoice = await payable(db, invoiceId)
  const owedCents = invoice ? Math.max(0, invoice.totalInclCents - invoice.paidCents) : 0
  const paidCents = Math.min(owedCents, amountCents)
  const paymentId = await recordPayment(db, {
    clientId,
    amountCents,
    receivedOn: await openDay(db, on, told.today),
    method: 'direct_debit',
    reference: endToEndId,
    source: 'direct_debit',
    allocations: paidCents > 0 ? [{ invoiceId, amountCents: paidCents }] : [],
    ...told,
  })
  await decideCollection(db, id, { state: 'collected', paymentId })
  return paymentId
}

/** @returns the payment below zero, where it had been booked as paid */
export async function returnOne(
  db: CentralDb,
  collection: CollectionRow,
  { code, ...told }: Told & { code: string },
): Promise<string | null> {
  const { id, paymentId, endToEndId } = collection
  const payment = paymentId ? await paymentRow(db, paymentId) : undefined
  // Who took it back by hand already has said enough; money sent to the client meanwhile is another thing.
  const taken =
    payment && leftToTakeBack(payment, 'returned') > 0
      ? await takeBack(db, {
          paymentId: payment.id,
          why: 'returned',
          reference: `${code} ${endToEndId}`,
          source: 'direct_debit',
          ...told,
        })
      : null
  await decideCollection(db, id, { state: 'returned', returnCode: code, returnedOn: told.on })
  return taken
}

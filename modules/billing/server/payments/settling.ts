/** What an invoice's life says of its payments: what was collected, that it was paid, and that it is owed again. */
import type { CentralDb } from '#platform/server/db.ts'
import { weighDebts } from '../subscriptions/debts.ts'
import { untold } from './collected.ts'
import { insertEvents, payables, type Payable } from './queries.ts'

const isPaid = ({ paidCents, totalInclCents }: Payable) => paidCents >= totalInclCents

type Event = Parameters<typeof insertEvents>[1][number]

async function collected(db: CentralDb, invoiceId: string, data: object): Promise<Event[]> {
  const rates = await untold(db, invoiceId)
  return rates.length === 0 ? [] : [{ invoiceId, kind: 'collected', code: 212, data: { ...data, rates } }]
}

/** What was paid of an invoice pays what a credit note left of it: no money moved, but rates did. */
export async function tellMoved(
  db: CentralDb,
  invoiceId: string,
  about: { on: string; byStaffId: string | null; creditNoteId: string },
): Promise<void> {
  const { byStaffId, ...data } = about
  await insertEvents(db, await collected(db, invoiceId, data), byStaffId)
}

/** Clients whose debts are weighed all at once by who books many payments in one transaction: at its end. */
export type ToWeigh = Set<string>

/**
 * Does something to what invoices are paid by, and tells in their lives what came of it.
 * @param about what it is due to: the payment or the credit note
 */
export async function settling(
  db: CentralDb,
  invoiceIds: readonly string[],
  about: { on: string; today: string; byStaffId: string | null; data: object; toWeigh?: ToWeigh | undefined },
  act: () => Promise<void>,
): Promise<void> {
  const before = new Map((await payables(db, invoiceIds)).map((one) => [one.id, one]))
  await act()
  const events: Event[] = []
  for (const after of await payables(db, invoiceIds)) {
    const was = before.get(after.id)
    if (!was || after.kind !== 'invoice') continue
    const data = { ...about.data, on: about.on }
    if (isPaid(was) !== isPaid(after))
      events.push({ invoiceId: after.id, kind: isPaid(after) ? 'paid' : 'reopened', data })
    events.push(...(await collected(db, after.id, data)))
  }
  await insertEvents(db, events, about.byStaffId)
  // Who was behind has caught up, or is behind again: not only in the morning.
  const clients = new Set([...before.values()].map((one) => one.clientId))
  if (about.toWeigh) for (const one of clients) about.toWeigh.add(one)
  else await weighDebts(db, about.today, [...clients])
}

/** What a bank was handed is collected on its day, whether or not somebody says so; what comes back later reopens its invoice. */
import { dayOf } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import { tell } from '#platform/server/news.ts'
import type { Parts } from '../parts.ts'
import type { ToWeigh } from '../payments/settling.ts'
import { weighDebts } from '../subscriptions/debts.ts'
import { bookCollection } from './booking.ts'
import { isPending } from './hearing.ts'
import { heldCollections } from './holding.ts'
import { batchesDue } from './queries.ts'

type Booking = Pick<Parts, 'clock' | 'audit'>

/** In the evening: by then a bank has said what it did not execute. */
export const bookingDue = (parts: Booking): Schedule => ({
  name: 'billing-direct-debits',
  cron: '30 20 * * *',
  run: (db) => bookDue(db, parts),
})

/** Each file in a transaction of its own: run twice, or killed in between, every collection is booked once. */
export async function bookDue(db: CentralDb, { clock, audit }: Booking): Promise<void> {
  const today = dayOf(clock.now())
  for (const { id, collectOn } of await batchesDue(db, today))
    await db.transaction().execute(async (tx: CentralDb) => {
      const pending = (await heldCollections(tx, { batchIds: [id] })).filter(isPending)
      if (pending.length === 0) return
      const toWeigh: ToWeigh = new Set()
      for (const one of pending)
        await bookCollection(tx, one, { on: collectOn, today, byStaffId: null, toWeigh })
      await weighDebts(tx, today, [...toWeigh])
      await tell(tx, { topic: 'payments', needs: 'invoices.read' })
      await tell(tx, { topic: 'invoices', needs: 'invoices.read' })
      await audit.writeDownAs(tx, {
        verb: 'direct_debit.collected',
        label: 'system',
        object: 'direct_debit',
        id,
        after: { collected: pending.length },
      })
    })
}

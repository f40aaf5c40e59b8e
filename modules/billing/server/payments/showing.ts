import { z } from 'zod'
import {
  getClientAccount,
  getPayment,
  listPayments,
  type ClientAccount,
  type Payment,
} from '#contract/billing'
import { Day } from '#platform/contract/ids.ts'
import { cursorOf, readCursor } from '#platform/server/cursors.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, NotFound, type Context } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { accountOf, clientSeen, countedUpTo, paymentsPage, paymentSums } from './listing-queries.ts'

const Place = z.object({ key: Day, at: z.string().max(60), id: z.uuid() })

type Row = Awaited<ReturnType<typeof paymentsPage>>[number]

const shownOf = (row: Row): Payment => ({
  id: row.id,
  client: { id: row.clientId, firstName: row.firstName, lastName: row.lastName, email: row.email },
  receivedOn: row.receivedOn,
  amountCents: row.amountCents,
  // The columns' CHECKs hold the words of the contract.
  method: row.method as Payment['method'],
  source: row.source as Payment['source'],
  reference: row.reference,
  recordedAt: row.recordedAt.toISOString(),
  recordedBy: row.recordedBy,
  reversesId: row.reversesId,
  why: row.amountCents < 0 ? (row.why as Payment['why']) : null,
  takenBackCents: Math.abs(row.takenBackCents),
  allocatedCents: row.allocatedCents,
  availableCents: row.availableCents,
  allocations: row.allocations,
})

export async function paymentById(ctx: Pick<Context, 'db' | 'actor'>, id: string): Promise<Payment> {
  const mine = within(ctx.actor, 'invoices.read')
  const rows = await paymentsPage(ctx.db, { filter: { id }, mine, after: undefined, limit: 1 })
  return shownOf(found(rows[0]))
}

export async function accountShown(db: CentralDb, clientId: string): Promise<ClientAccount> {
  const { openInvoices, payments, creditNotes, creditCents } = await accountOf(db, clientId)
  const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0)
  return {
    openInvoices,
    // The column's CHECK holds the words of the contract.
    payments: payments as ClientAccount['payments'],
    creditNotes,
    owedCents: sum(openInvoices.map((one) => one.outstandingCents)),
    creditCents,
  }
}

export const paymentShowing = [
  handle(listPayments, async (ctx, { query: { after, limit, ...filter } }) => {
    const mine = within(ctx.actor, 'invoices.read')
    const [rows, { total, ...sums }] = await Promise.all([
      paymentsPage(ctx.db, { filter, mine, after: readCursor(Place, after), limit: limit + 1 }),
      paymentSums(ctx.db, filter, mine),
    ])
    const shown = rows.slice(0, limit)
    const last = rows.length > shown.length ? shown.at(-1) : undefined
    const totalIsExact = total <= countedUpTo
    return {
      rows: shown.map(shownOf),
      total: Math.min(total, countedUpTo),
      totalIsExact,
      sums: totalIsExact ? sums : null,
      next: last ? cursorOf({ key: last.receivedOn, at: last.sortKey, id: last.id }) : null,
    }
  }),

  handle(getPayment, (ctx, { params: { id } }) => paymentById(ctx, id)),

  handle(getClientAccount, async (ctx, { params: { clientId } }) => {
    if (!(await clientSeen(ctx.db, clientId, within(ctx.actor, 'invoices.read')))) throw new NotFound()
    return accountShown(ctx.db, clientId)
  }),
]

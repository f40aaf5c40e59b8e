import { findBillable } from '#contract/billing'
import { handle } from '#platform/server/requests.ts'
import { within } from '../within.ts'
import { billableClients, clientSeen } from './queries.ts'

const shown = 8

export const choosing = handle(findBillable, async (ctx, { query: { q, id } }) => {
  const mine = within(ctx.actor, 'invoices.read')
  if (id === undefined) return { rows: await billableClients(ctx.db, q, mine, shown) }
  const one = await clientSeen(ctx.db, id, mine)
  if (!one || one.trashedAt !== null || one.status === 'excluded') return { rows: [] }
  const { firstName, lastName, email, city } = one
  return { rows: [{ id, firstName, lastName, email, city }] }
})

// Every act on a subscription: it is held, the state machine is asked, the change, its event and the client's status are one.
import {
  clientStatusWith,
  stateAfter,
  subscriptionCannot,
  subscriptionChanged,
  type Subscription,
  type SubscriptionAct,
  type SubscriptionState,
} from '#contract/billing'
import { dayOf, type Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { found, refuse, type Context } from '#platform/server/requests.ts'
import {
  changeSubscription,
  lockSubscription,
  moveClient,
  tellEvent,
  type Change,
  type Held,
} from './act-queries.ts'
import { shownSubscription } from './showing.ts'

/** Who acts: a person by a request, or nobody in particular by the clock. */
export type Doing = { db: CentralDb; clock: Clock; byStaffId: string | null }

export const doingOf = (ctx: Context): Doing => ({
  db: ctx.db,
  clock: ctx.clock,
  byStaffId: ctx.actor.staffId,
})
export const today = ({ clock }: { clock: Clock }) => dayOf(clock.now())

/** @throws NotFound, Refused when somebody changed it meanwhile */
export async function held(db: CentralDb, id: string, revision?: number): Promise<Held> {
  const row = found(await lockSubscription(db, id))
  if (revision !== undefined && row.revision !== revision) throw refuse(subscriptionChanged)
  return row
}

/** @throws Refused where the state machine knows no such step */
export function after(row: Held, act: SubscriptionAct): SubscriptionState {
  const status = row.status as SubscriptionState // the column's CHECK holds the same six
  const next = row.isCurrent ? stateAfter(status, act) : undefined
  if (!next) throw refuse(subscriptionCannot, { details: { status } })
  return next
}

/** Writes the change, tells its event, and lets the client follow. */
export async function settle(
  doing: Doing,
  row: Held,
  change: Change,
  event: { kind: string; data?: Record<string, unknown> },
): Promise<void> {
  const { db, clock, byStaffId } = doing
  await changeSubscription(db, row.id, change)
  await tellEvent(db, { subscriptionId: row.id, byStaffId, at: clock.now(), ...event })
  await followedByClient(doing, { ...row, ...change })
}

export async function followedByClient({ db, clock }: Doing, row: Held): Promise<void> {
  const status = row.status as SubscriptionState // the column's CHECK holds the same six
  const to = clientStatusWith(status, { before: row.clientStatus, hasPaid: row.payingFrom !== null })
  await moveClient(db, row.clientId, to, clock.now())
}

/** What the log says of it: only what changed. */
export async function recorded(
  ctx: Context,
  row: Held,
  change: Record<string, unknown>,
  why = '',
): Promise<Subscription> {
  const known: Record<string, unknown> = row
  ctx.record({
    object: 'subscription',
    id: row.id,
    before: Object.fromEntries(Object.keys(change).map((name) => [name, known[name] ?? null])),
    after: change,
    ...(why === '' ? {} : { reason: why }),
  })
  return shownSubscription(ctx, row.id)
}

import { listFactorResets, type FactorReset } from '#contract/identity'
import { peopleWith } from '#server/access'
import { handle, type Actor, type Context } from '#platform/server/requests.ts'
import { isOpen, whoCounts } from './approvals.ts'
import { openAndRecent, openResetFor, type ResetRow } from './queries.ts'

type Asking = Pick<Context, 'db'> & { actor: Pick<Actor, 'staffId'> }

export async function shownResets({ db, actor }: Asking, rows: readonly ResetRow[]): Promise<FactorReset[]> {
  const holders = rows.some(isOpen) ? await peopleWith(db, 'staff.reset_factors') : []
  return rows.map((row) => {
    const counting = isOpen(row) ? whoCounts(row, holders) : row.approvals
    return {
      id: row.id,
      staffId: row.staffId,
      name: row.name,
      reason: row.reason,
      requestedAt: row.requestedAt.toISOString(),
      requestedBy: row.requestedBy,
      approvals: counting.map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
      state: row.doneAt ? 'done' : row.cancelledAt ? 'cancelled' : row.effectiveAt ? 'delayed' : 'waiting',
      effectiveAt: row.effectiveAt?.toISOString() ?? null,
      approvable:
        isOpen(row) &&
        row.staffId !== actor.staffId &&
        holders.some(({ id }) => id === actor.staffId) &&
        !row.approvals.some(({ by }) => by === actor.staffId),
    }
  })
}

/** Somebody's reset that is not over, if there is one. */
export async function openResetOf(asking: Asking, staffId: string): Promise<FactorReset | null> {
  const row = await openResetFor(asking.db, staffId)
  return row ? ((await shownResets(asking, [row]))[0] ?? null) : null
}

export const listing = handle(listFactorResets, async (ctx) => ({
  rows: await shownResets(ctx, await openAndRecent(ctx.db)),
}))

/** A version that has not begun is withdrawn, and taken back: no ticket was ever judged by it. */
import {
  calendarNeeded,
  restoreSlaVersion,
  versionBegun,
  versionTooEarly,
  withdrawSlaVersion,
} from '#contract/support'
import { handle, NotFound, refuse, type Handler } from '#platform/server/requests.ts'
import { holdVersion, isLastOfNeeded, isFollowed, setWithdrawn } from './withdrawal-queries.ts'

export const withdrawing: readonly Handler[] = [
  handle(withdrawSlaVersion, async (ctx, { params: { id } }) => {
    const now = ctx.clock.now()
    const version = await holdVersion(ctx.db, id)
    if (!version || version.withdrawnAt) throw new NotFound()
    if (version.inForceFrom <= now) throw refuse(versionBegun)
    if (await isLastOfNeeded(ctx.db, version)) throw refuse(calendarNeeded)
    await setWithdrawn(ctx.db, version, now)
    ctx.record({ object: 'sla_version', id, before: told(version) })
    return undefined
  }),

  handle(restoreSlaVersion, async (ctx, { params: { id } }) => {
    const version = await holdVersion(ctx.db, id)
    if (!version?.withdrawnAt) throw new NotFound()
    // Neither in the past nor before one that was written down since.
    if (version.inForceFrom <= ctx.clock.now() || (await isFollowed(ctx.db, version)))
      throw refuse(versionTooEarly)
    await setWithdrawn(ctx.db, version, null)
    ctx.record({ object: 'sla_version', id, after: told(version) })
    return undefined
  }),
]

const told = ({ of, ofId, name, inForceFrom }: NonNullable<Awaited<ReturnType<typeof holdVersion>>>) => ({
  [of]: ofId,
  name,
  inForceFrom: inForceFrom.toISOString(),
})

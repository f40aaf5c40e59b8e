import type { Context } from '#platform/server/requests.ts'
import { momentFor, write } from '../letters.ts'
import type { Parts } from '../parts.ts'
import { openResetFor } from './queries.ts'
import { stopReset } from './stopping.ts'

/** Whoever shows a second factor has not lost it: a reset under way ends with the sign-in. */
export async function stopNeedlessReset(
  parts: Pick<Parts, 'audit' | 'mail' | 'backofficeUrl'>,
  ctx: Pick<Context, 'db' | 'clock' | 'request' | 'tell'>,
  staffId: string,
): Promise<void> {
  const reset = await openResetFor(ctx.db, staffId)
  if (!reset) return
  const now = ctx.clock.now()
  if (!(await stopReset(ctx.db, staffId, { by: staffId, now }))) return
  const person = { ...reset, id: staffId }
  await write(parts, ctx.db, person, {
    about: 'factor_reset_needless',
    values: { at: momentFor(person, now) },
  })
  // Besides the line of the sign-in itself.
  await parts.audit.writeDownAs(ctx.db, {
    verb: 'factor_reset.cancelled',
    label: reset.name,
    staffId,
    object: 'staff_member',
    id: staffId,
    before: { reason: reset.reason },
    origin: ctx.request,
  })
  await ctx.tell({ topic: 'factor_resets', needs: 'staff.reset_factors' })
}

import { cancelFactorReset, factorResetOver, linkGone, refuseFactorReset } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { fromWhere, momentFor, write } from '../letters.ts'
import { linkFor, revokeLinks, useLink } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { lockPerson } from '../staff/queries.ts'
import { isOpen } from './approvals.ts'
import { shownAgain } from './approving.ts'
import { cancelOpenReset, resetById } from './queries.ts'

export function stopping(parts: Parts): Handler[] {
  const cancel = handle(cancelFactorReset, async (ctx, { params: { id } }) => {
    const { staffId } = found(await resetById(ctx.db, id))
    await lockPerson(ctx.db, staffId)
    const reset = found(await resetById(ctx.db, id))
    if (!isOpen(reset)) throw refuse(factorResetOver)
    const now = ctx.clock.now()
    await stopReset(ctx.db, staffId, { by: ctx.actor.staffId, now })
    await write(
      parts,
      ctx.db,
      { ...reset, id: staffId },
      {
        about: 'factor_reset_cancelled',
        values: { by: ctx.actor.name, at: momentFor(reset, now) },
      },
    )
    ctx.record({ object: 'staff_member', id: staffId, before: { reason: reset.reason } })
    return shownAgain(ctx, id)
  })

  const refused = handle(refuseFactorReset, async (ctx, { body: { token } }) => {
    const now = ctx.clock.now()
    const link = await linkFor(ctx.db, token, 'factor_reset_refusal', now)
    if (!link) throw refuse(linkGone)
    const { staffId } = link
    await lockPerson(ctx.db, staffId)
    if (!(await useLink(ctx.db, token, 'factor_reset_refusal', ctx.clock.now()))) throw refuse(linkGone)
    if (!(await stopReset(ctx.db, staffId, { by: null, now }))) throw refuse(linkGone)
    await write(
      parts,
      ctx.db,
      { ...link, id: staffId },
      {
        about: 'factor_reset_refused',
        values: { at: momentFor(link, now), ...fromWhere(ctx.request) },
      },
    )
    ctx.record({
      object: 'staff_member',
      id: staffId,
      actor: { staffId, label: `${link.firstName} ${link.lastName}` },
    })
    return undefined
  })

  return [cancel, refused]
}

/** Ends somebody's open reset and the links that refuse it. @returns its id, if there was one */
export async function stopReset(
  db: CentralDb,
  staffId: string,
  how: { by: string | null; now: Date },
): Promise<string | undefined> {
  const id = await cancelOpenReset(db, staffId, how)
  if (id) await revokeLinks(db, { staffId, kinds: ['factor_reset_refusal'] }, how.now)
  return id
}

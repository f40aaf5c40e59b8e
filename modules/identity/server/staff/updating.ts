import { updateStaff } from '#contract/identity'
import { breaks } from '#platform/server/db.ts'
import { found, handle, WrongField, type Handler } from '#platform/server/requests.ts'
import { daysOfFormerAddress } from '../factor-resets/approvals.ts'
import { momentFor, write } from '../letters.ts'
import { revokeLinks } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { staffAddress } from './addresses.ts'
import { sendInvitation } from './inviting.ts'
import { managed } from './managing.ts'
import { keepFormerAddress, personById, updatePerson } from './queries.ts'
import { shown } from './showing.ts'

const opensTheAccount = ['invitation', 'password_reset', 'factor_enrolment'] as const

/** Sessions go on: it is the same person. Links that were mailed to the former address do not. */
export function updating(parts: Parts): Handler {
  return handle(updateStaff, async (ctx, { params: { id }, body }) => {
    const person = await managed(ctx, id)
    const change = { ...body, ...(body.email !== undefined && { email: staffAddress(body.email) }) }
    await updatePerson(ctx.db, id, change).catch((error: unknown) => {
      if (breaks(error, 'staff_members_email_key')) throw new WrongField('body', 'email', 'email_taken')
      throw error
    })
    const now = ctx.clock.now()
    const updated = found(await personById(ctx.db, id, now))
    if (updated.email !== person.email) {
      const since = new Date(now.getTime() - daysOfFormerAddress * 86_400_000)
      await keepFormerAddress(ctx.db, id, person.email, { now, since })
      await revokeLinks(ctx.db, { staffId: id, kinds: opensTheAccount }, now)
      const values = {
        by: ctx.actor.name,
        at: momentFor(person, now),
        from: person.email,
        to: updated.email,
      }
      for (const to of [person.email, updated.email])
        await write(parts, ctx.db, updated, { about: 'address_changed', values, to })
      if (updated.state === 'invited') await sendInvitation(parts, ctx.db, updated, { by: ctx.actor, now })
    }
    const words = ({ email, firstName, lastName }: typeof person) => ({ email, firstName, lastName })
    ctx.record({ object: 'staff_member', id, before: words(person), after: words(updated) })
    // Others show the name, and the person their own.
    await ctx.tell({ topic: 'sessions' })
    await ctx.tell({ topic: 'session', only: id })
    return found((await shown(ctx, [updated]))[0])
  })
}

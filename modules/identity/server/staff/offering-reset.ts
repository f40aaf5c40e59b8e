import { alreadySuspended, sendPasswordReset } from '#contract/identity'
import { handle, refuse, type Handler } from '#platform/server/requests.ts'
import { expiryOf, makeLink } from '../links/tokens.ts'
import { momentFor, write } from '../letters.ts'
import type { Parts } from '../parts.ts'
import { sendInvitation } from './inviting.ts'
import { managed } from './managing.ts'

/** The former password still works until another one is chosen: an offer takes nothing away. */
export function offeringReset(parts: Parts): Handler {
  return handle(sendPasswordReset, async (ctx, { params: { id } }) => {
    const person = await managed(ctx, id)
    if (person.suspendedAt) throw refuse(alreadySuspended)
    const now = ctx.clock.now()
    if (person.state === 'invited') await sendInvitation(parts, ctx.db, person, { by: ctx.actor, now })
    else {
      const kind = 'password_reset'
      const token = await makeLink(ctx.db, { staffId: id, kind, now, by: ctx.actor.staffId })
      await write(parts, ctx.db, person, {
        about: 'password_reset_offered',
        values: { by: ctx.actor.name, until: momentFor(person, expiryOf(kind, now)) },
        link: { kind, token },
      })
    }
    ctx.record({ object: 'staff_member', id, after: { email: person.email } })
    return undefined
  })
}

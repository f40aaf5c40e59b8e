import { alreadySuspended, inviteStaff, notInvited, resendInvitation, roleNotYours } from '#contract/identity'
import { breaks, type CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, WrongField, type Handler } from '#platform/server/requests.ts'
import { momentFor, write, type Addressee } from '../letters.ts'
import { expiryOf, makeLink } from '../links/tokens.ts'
import type { Parts } from '../parts.ts'
import { staffAddress } from './addresses.ts'
import { giveRoles, managed, mustBeGrantable } from './managing.ts'
import { insertInvited, personById } from './queries.ts'
import { shown } from './showing.ts'

export function inviting(parts: Parts): Handler[] {
  const invite = handle(inviteStaff, async (ctx, { body: { roles, ...person } }) => {
    const email = staffAddress(person.email)
    await mustBeGrantable(ctx, roles, {
      otherwise: (details) => refuse(roleNotYours, { details }),
    })
    const now = ctx.clock.now()
    const by = ctx.actor.staffId
    const id = await insertInvited(ctx.db, { ...person, email, createdBy: by, createdAt: now }).catch(
      (error: unknown) => {
        if (breaks(error, 'staff_members_email_key')) throw new WrongField('body', 'email', 'email_taken')
        throw error
      },
    )
    const { given } = await giveRoles(ctx, id, roles, now)
    const invited = found(await personById(ctx.db, id, now))
    await sendInvitation(parts, ctx.db, invited, { by: ctx.actor, now })
    ctx.record({
      object: 'staff_member',
      id,
      after: {
        email,
        firstName: person.firstName,
        lastName: person.lastName,
        language: person.language,
        roles: given.map(({ key, name }) => name ?? key),
      },
    })
    return found((await shown(ctx, [invited]))[0])
  })

  const resend = handle(resendInvitation, async (ctx, { params: { id } }) => {
    const person = await managed(ctx, id)
    if (person.state === 'suspended') throw refuse(alreadySuspended)
    if (person.state !== 'invited') throw refuse(notInvited)
    await sendInvitation(parts, ctx.db, person, { by: ctx.actor, now: ctx.clock.now() })
    ctx.record({ object: 'staff_member', id, after: { email: person.email } })
    return undefined
  })

  return [invite, resend]
}

/** Mails an invitation; the person's former one no longer works. */
export async function sendInvitation(
  parts: Pick<Parts, 'mail' | 'backofficeUrl'>,
  db: CentralDb,
  person: Addressee,
  { by, now }: { by: { staffId: string; name: string } | null; now: Date },
): Promise<void> {
  const token = await makeLink(db, { staffId: person.id, kind: 'invitation', now, by: by?.staffId ?? null })
  await write(parts, db, person, {
    about: 'invitation',
    values: {
      known: by ? 'yes' : 'no',
      by: by?.name ?? '',
      until: momentFor(person, expiryOf('invitation', now)),
    },
    link: { kind: 'invitation', token },
  })
}

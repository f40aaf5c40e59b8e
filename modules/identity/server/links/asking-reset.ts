import { askPasswordReset } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Errand } from '#platform/server/jobs.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { fromWhere, momentFor, write } from '../letters.ts'
import type { Parts } from '../parts.ts'
import { sameAddress } from '../staff/addresses.ts'
import { sendInvitation } from '../staff/inviting.ts'
import { insertPasswordRequest, isInvited, personByAddress, takePasswordRequest } from './queries.ts'
import { makeLink } from './tokens.ts'

type Asked = { email: string; ip: string; userAgent: string; at: string }

const errand = { name: 'password-resets', retries: 5, retryDelay: 10, secondsATry: 60 }

const placeOf = (id: string) => `staff_password_requests.asked:${id}`

/**
 * Asking does the same whatever was typed: it counts, and leaves the address, sealed, to an errand. Only that one looks
 * for an account, where nobody measures it.
 */
export function askingReset(parts: Parts): { handler: Handler; errand: Errand } {
  const handler = handle(
    askPasswordReset,
    // What is nobody's address counts for itself: lower case would make an ASCII letter of one that only looks like it.
    (ctx, { body: { email } }) =>
      parts.guard.beforeMail(ctx.request, sameAddress(email) ?? encodeURIComponent(email)),
    async (ctx, { body }) => {
      const id = uuidv7()
      const askedAt = ctx.clock.now()
      const { ip, userAgent } = ctx.request
      const asked: Asked = { email: body.email, ip, userAgent, at: askedAt.toISOString() }
      const askedSealed = parts.vault.seal(Buffer.from(JSON.stringify(asked)), placeOf(id))
      await insertPasswordRequest(ctx.db, { id, askedSealed, askedAt })
      await parts.jobs().send(ctx.db, errand, id)
      ctx.record({ object: 'staff_member', actor: { staffId: null, label: 'sign_in_page' } })
      return undefined
    },
  )
  const run = (id: string) =>
    parts.db.transaction().execute((transaction: CentralDb) => answer(parts, transaction, id))
  return { handler, errand: { ...errand, run } }
}

/** Mails a link to the address of the account as it stands, never as it was typed; to nobody when there is no account. */
async function answer(parts: Parts, db: CentralDb, id: string): Promise<void> {
  const request = await takePasswordRequest(db, id)
  if (!request) return
  const asked = JSON.parse(parts.vault.open(request.askedSealed, placeOf(id)).toString()) as Asked // as sealed above
  const email = sameAddress(asked.email)
  const person = email === null ? undefined : await personByAddress(db, email)
  if (!person || person.suspendedAt) return
  const now = parts.clock.now()
  if (person.passwordHash === null) {
    // Who never chose a password is still invited, until the invitation is over: nobody outside prolongs it after that.
    if (!(await isInvited(db, person.id, now))) return
    await sendInvitation(parts, db, person, { by: null, now })
  } else {
    const token = await makeLink(db, { staffId: person.id, kind: 'password_reset', now })
    await write(parts, db, person, {
      about: 'password_reset',
      values: { ...fromWhere(asked), at: momentFor(person, new Date(asked.at)) },
      link: { kind: 'password_reset', token },
    })
  }
  await parts.audit.writeDownAs(db, {
    verb: 'staff.password_link_mailed',
    label: 'sign_in_page',
    object: 'staff_member',
    id: person.id,
  })
}

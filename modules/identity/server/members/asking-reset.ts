import { askMemberPasswordReset } from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Errand } from '#platform/server/jobs.ts'
import { handle, type Handler } from '#platform/server/requests.ts'
import { fromWhere, momentFor } from '../letters.ts'
import { sameAddress } from '../staff/addresses.ts'
import { sendMemberInvitation } from './inviting.ts'
import { writeToMember } from './letters.ts'
import { invitationLives, makeMemberLink } from './links.ts'
import type { MemberParts } from './parts.ts'
import { accountByEmail, insertRequest, lockAccount, membershipsOf, takeRequest } from './queries.ts'

type Asked = { email: string; ip: string; userAgent: string; at: string }

const errand = { name: 'member-password-resets', retries: 5, retryDelay: 10, secondsATry: 60 }

const placeOf = (id: string) => `member_password_requests.asked:${id}`

/** As at the staff's door: asking does the same whatever was typed, and an errand looks for the account. */
export function askingMemberReset(parts: MemberParts): { handler: Handler; errand: Errand } {
  const handler = handle(
    askMemberPasswordReset,
    (ctx, { body: { email } }) =>
      parts.guard.members.beforeMail(ctx.request, sameAddress(email) ?? encodeURIComponent(email)),
    async (ctx, { body }) => {
      const id = uuidv7()
      const askedAt = ctx.clock.now()
      const { ip, userAgent } = ctx.request
      const asked: Asked = { email: body.email, ip, userAgent, at: askedAt.toISOString() }
      const askedSealed = parts.vault.seal(Buffer.from(JSON.stringify(asked)), placeOf(id))
      await insertRequest(ctx.db, { id, askedSealed, askedAt })
      await parts.jobs().send(ctx.db, errand, id)
      ctx.record({ object: 'member_account', actor: { staffId: null, label: 'sign_in_page' } })
      return undefined
    },
  )
  const run = (id: string) =>
    parts.db.transaction().execute((transaction: CentralDb) => answer(parts, transaction, id))
  return { handler, errand: { ...errand, run } }
}

/** Mails a link to the address of the account as it stands, never as it was typed; to nobody who works nowhere. */
async function answer(parts: MemberParts, db: CentralDb, id: string): Promise<void> {
  const request = await takeRequest(db, id)
  if (!request) return
  const asked = JSON.parse(parts.vault.open(request.askedSealed, placeOf(id)).toString()) as Asked // as sealed above
  const email = sameAddress(asked.email)
  const found = email === null ? undefined : await accountByEmail(db, email)
  const account = found && (await lockAccount(db, found.id))
  const now = parts.clock.now()
  if (!account || (await membershipsOf(db, account.id, now)).length === 0) return
  if (account.passwordHash === null) {
    // Who never chose a password is still invited, until the invitation is over: nobody outside prolongs it after that.
    if (!(await invitationLives(db, account.id, now))) return
    await sendMemberInvitation(parts, db, account, { practice: null, by: null, now })
  } else {
    const token = await makeMemberLink(db, { accountId: account.id, kind: 'password_reset', now, by: null })
    await writeToMember(parts, db, account, {
      about: 'password_reset',
      values: { ...fromWhere(asked), at: momentFor(account, new Date(asked.at)) },
      link: { kind: 'password_reset', token },
    })
  }
  await parts.audit.writeDownAs(db, {
    verb: 'member.password_link_mailed',
    label: 'sign_in_page',
    object: 'member_account',
    id: account.id,
  })
}

import {
  addMember,
  alreadyMember,
  memberLeft,
  memberNotInvited,
  practiceClosed,
  resendMemberInvitation,
  type Profile,
} from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { momentFor } from '../letters.ts'
import { staffAddress } from '../staff/addresses.ts'
import { writeToMember } from './letters.ts'
import { expiryOf, makeMemberLink } from './links.ts'
import { memberById, shown } from './listing.ts'
import type { MemberParts } from './parts.ts'
import {
  heldAccount,
  holderOf,
  joinPractice,
  lockAccount,
  lockMember,
  membershipIn,
  type AccountRow,
} from './queries.ts'

export type Invitation = {
  tenantId: string
  /** The practice's name, as the mail says it. */
  practice: string
  email: string
  firstName: string
  lastName: string
  language: string
  profile: Profile
  /** The one the practice belongs to. */
  holder?: boolean
  isDemonstration?: boolean
  by: { staffId: string; name: string } | null
}

export type Invited = { memberId: string; accountId: string; outcome: 'invited' | 'joined' | 'already' }

/**
 * Lets somebody into a practice and writes to them. Who has no password yet is sent a link to choose one; who has, works
 * in another practice too and signs in as ever. Asked again for the same person and practice it changes nothing and
 * mails nothing.
 * @throws {WrongField} of the body's `email`, where no account may have such an address
 */
export async function inviteMember(
  parts: Pick<MemberParts, 'mail' | 'practiceUrl' | 'clock'>,
  db: CentralDb,
  invitation: Invitation,
): Promise<Invited> {
  const { tenantId, practice, profile, holder = false, isDemonstration = false, by, ...person } = invitation
  const now = parts.clock.now()
  const email = staffAddress(person.email)
  const account = await heldAccount(db, { ...person, email, isDemonstration, createdAt: now })
  const accountId = account.id
  const former = await membershipIn(db, accountId, tenantId)
  if (former && former.leftAt === null) return { memberId: former.id, accountId, outcome: 'already' }
  const createdBy = by?.staffId ?? null
  const memberId = await joinPractice(db, { accountId, tenantId, profile, holder, createdAt: now, createdBy })
  if (account.passwordHash === null) {
    await sendMemberInvitation(parts, db, account, { practice, by, now })
    return { memberId, accountId, outcome: 'invited' }
  }
  await writeToMember(parts, db, account, {
    about: 'joined',
    values: { practice, known: by ? 'yes' : 'no', by: by?.name ?? '' },
    page: '/sign-in',
  })
  return { memberId, accountId, outcome: 'joined' }
}

/** Mails an invitation; the person's former one no longer works. @param account locked by the caller */
export async function sendMemberInvitation(
  parts: Pick<MemberParts, 'mail' | 'practiceUrl'>,
  db: CentralDb,
  account: AccountRow,
  { practice, by, now }: { practice: string | null; by: { staffId: string; name: string } | null; now: Date },
): Promise<void> {
  const kind = 'invitation'
  const token = await makeMemberLink(db, { accountId: account.id, kind, now, by: by?.staffId ?? null })
  await writeToMember(parts, db, account, {
    about: 'invitation',
    values: {
      named: practice === null ? 'no' : 'yes',
      practice: practice ?? '',
      until: momentFor(account, expiryOf(kind, now)),
    },
    link: { kind, token },
  })
}

export function invitingMembers(parts: MemberParts): Handler[] {
  const add = handle(addMember, async (ctx, { params: { id: tenantId }, body }) => {
    const practice = found((await parts.practices(ctx.db, [tenantId])).get(tenantId))
    if (practice.state === 'purging' || practice.state === 'purged') throw refuse(practiceClosed)
    const by = ctx.actor
    const { memberId, outcome } = await inviteMember(parts, ctx.db, {
      ...body,
      tenantId,
      practice: practice.name,
      by,
    })
    if (outcome === 'already') throw refuse(alreadyMember)
    const row = found(await memberById(ctx.db, memberId, ctx.clock.now()))
    const holder = await holderOf(ctx.db, tenantId)
    if (holder && holder.id !== row.accountId && holder.passwordHash !== null)
      await writeToMember(parts, ctx.db, holder, {
        about: 'colleague',
        values: {
          practice: practice.name,
          colleague: `${row.firstName} ${row.lastName}`,
          profile: row.profile,
        },
      })
    ctx.record({
      object: 'tenant',
      id: tenantId,
      tenant: tenantId,
      after: { member: memberId, email: row.email, profile: row.profile, outcome },
    })
    return shown(row)
  })

  const resend = handle(resendMemberInvitation, async (ctx, { params: { id } }) => {
    await lockMember(ctx.db, id)
    const now = ctx.clock.now()
    const row = found(await memberById(ctx.db, id, now))
    if (row.leftAt) throw refuse(memberLeft)
    const account = found(await lockAccount(ctx.db, row.accountId))
    if (account.passwordHash !== null) throw refuse(memberNotInvited)
    const practice = (await parts.practices(ctx.db, [row.tenantId])).get(row.tenantId)?.name ?? null
    await sendMemberInvitation(parts, ctx.db, account, { practice, by: ctx.actor, now })
    ctx.record({ object: 'member', id, tenant: row.tenantId, after: { email: row.email } })
    return shown(found(await memberById(ctx.db, id, now)))
  })

  return [add, resend]
}

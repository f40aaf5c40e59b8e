import {
  addMember,
  alreadyMember,
  memberLeft,
  memberNotInvited,
  practiceClosed,
  resendMemberInvitation,
  type Profile,
  type Right,
} from '#contract/identity'
import type { CentralDb } from '#platform/server/db.ts'
import { found, handle, refuse, type Handler } from '#platform/server/requests.ts'
import { momentFor } from '../letters.ts'
import { staffAddress as memberAddress } from '../staff/addresses.ts'
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

/** An address an account may have, in lower case: the same rule for members as for the team. */
export { memberAddress }

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
  by: Inviter | null
  /** By the practice itself: what a secretary is granted, and until when. */
  rights?: readonly Right[]
  endsAt?: Date | null
}

/** Of the vendor's team, or of the practice. */
type Inviter = { name: string } & ({ staffId: string } | { memberId: string })

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
  const { tenantId, practice, profile, holder = false, isDemonstration = false, by } = invitation
  const { firstName, lastName, language, rights, endsAt } = invitation
  const now = parts.clock.now()
  const email = memberAddress(invitation.email)
  const person = { email, firstName, lastName, language }
  const account = await heldAccount(db, { ...person, isDemonstration, createdAt: now })
  const accountId = account.id
  const former = await membershipIn(db, accountId, tenantId)
  const isIn = former && former.leftAt === null && (former.endsAt === null || former.endsAt > now)
  if (isIn) return { memberId: former.id, accountId, outcome: 'already' }
  const memberId = await joinPractice(db, {
    accountId,
    tenantId,
    profile,
    holder,
    createdAt: now,
    createdBy: by && 'staffId' in by ? by.staffId : null,
    grantedBy: by && 'memberId' in by ? by.memberId : undefined,
    rights,
    endsAt,
  })
  if (account.passwordHash === null) {
    await sendMemberInvitation(parts, db, account, { practice, by, now })
    return { memberId, accountId, outcome: 'invited' }
  }
  await tellJoined(parts, db, account, { practice, by })
  return { memberId, accountId, outcome: 'joined' }
}

/** To who has a password already: they work in one practice more. */
export function tellJoined(
  parts: Pick<MemberParts, 'mail' | 'practiceUrl'>,
  db: CentralDb,
  account: AccountRow,
  { practice, by }: { practice: string; by: Inviter | null },
): Promise<void> {
  return writeToMember(parts, db, account, {
    about: 'joined',
    // A colleague is known to them; who of the vendor's team it was is nothing to them.
    values: {
      practice,
      ...(by && 'memberId' in by ? { known: 'yes', by: by.name } : { known: 'no', by: '' }),
    },
    page: '/sign-in',
  })
}

/** Mails an invitation; the person's former one no longer works. @param account locked by the caller */
export async function sendMemberInvitation(
  parts: Pick<MemberParts, 'mail' | 'practiceUrl'>,
  db: CentralDb,
  account: AccountRow,
  { practice, by, now }: { practice: string | null; by: Inviter | null; now: Date },
): Promise<void> {
  const kind = 'invitation'
  const token = await makeMemberLink(db, {
    accountId: account.id,
    kind,
    now,
    by: by && 'staffId' in by ? by.staffId : null,
    byMember: by && 'memberId' in by ? by.memberId : null,
  })
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
    await ctx.tell({ topic: 'team', tenant: tenantId, needs: 'cabinet.members' })
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

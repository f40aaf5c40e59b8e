/** Links that are mailed to members: 256 random bits, good once, for one person and one purpose; only their hash is kept. */
import type { Tables } from '#platform/server/db.ts'
import { hashOf, newToken } from '#platform/server/random.ts'

type Db = Tables<'memberLinks' | 'memberAccounts'>

const hour = 3_600_000

/** How long each kind is good for. */
const lifetimes = { invitation: 7 * 24 * hour, password_reset: hour } as const

export type MemberLinkKind = keyof typeof lifetimes

export const expiryOf = (kind: MemberLinkKind, now: Date): Date => new Date(now.getTime() + lifetimes[kind])

/**
 * Makes a link; the person's earlier ones of the same kind no longer work. The caller holds the account's lock, so that
 * of two made at once the second revokes the first.
 * @returns the token, which stands nowhere but in the mail
 */
export async function makeMemberLink(
  db: Db,
  link: {
    accountId: string
    kind: MemberLinkKind
    now: Date
    /** Of the vendor's team, or of the practice. */
    by: string | null
    byMember?: string | null
  },
): Promise<string> {
  const { accountId, kind, now, by, byMember = null } = link
  await revokeMemberLinks(db, accountId, [kind], now)
  const token = newToken()
  await db
    .insertInto('memberLinks')
    .values({
      tokenHash: hashOf(token),
      accountId,
      kind,
      createdAt: now,
      createdBy: by,
      createdByMember: byMember,
      expiresAt: expiryOf(kind, now),
    })
    .execute()
  return token
}

/** The link behind a token, with whom it is for; undefined when it is used, expired, revoked, or nobody's. */
export async function memberLink(db: Db, token: string, now: Date) {
  const link = await db
    .selectFrom('memberLinks')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'memberLinks.accountId')
    .where('tokenHash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .select(['accountId', 'kind', 'expiresAt', 'firstName', 'lastName', 'email', 'language'])
    .executeTakeFirst()
  return link && { ...link, kind: link.kind as MemberLinkKind } // checked by the table
}

/** Uses a link up: one UPDATE, so that of many at once one wins. False when it was not, or is no longer, to be used. */
export async function useMemberLink(db: Db, token: string, now: Date): Promise<boolean> {
  const used = await db
    .updateTable('memberLinks')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return used.numUpdatedRows > 0n
}

/** Ends somebody's links that are still good. */
export async function revokeMemberLinks(
  db: Db,
  accountId: string,
  kinds: readonly MemberLinkKind[],
  now: Date,
): Promise<void> {
  await db
    .updateTable('memberLinks')
    .set({ expiresAt: now })
    .where('accountId', '=', accountId)
    .where('kind', 'in', kinds)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .execute()
}

/** Whether an invitation of somebody is still good. */
export async function invitationLives(db: Db, accountId: string, now: Date): Promise<boolean> {
  const link = await db
    .selectFrom('memberLinks')
    .where('accountId', '=', accountId)
    .where('kind', '=', 'invitation')
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .select('accountId')
    .executeTakeFirst()
  return link !== undefined
}

/** Links nobody can use any more say nothing after a while. */
export async function forgetMemberLinks(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('memberLinks')
    .where('expiresAt', '<', new Date(now.getTime() - 90 * 24 * hour))
    .execute()
}

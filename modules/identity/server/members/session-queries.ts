/** Sign-ins between password and practice, and the sessions that come of them. */
import type { Profile, Right } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'memberAccounts' | 'members' | 'memberSignIns' | 'memberSessions'>

/** For choosing one of several practices, from when the password was typed. */
export const minutesToChoose = 5

/** @param signIn `begunAt`: before its password was checked */
export async function beginMemberSignIn(
  db: Db,
  { begunAt, ...signIn }: { tokenHash: Buffer; accountId: string; begunAt: Date },
) {
  const expiresAt = new Date(begunAt.getTime() + minutesToChoose * 60_000)
  await db
    .insertInto('memberSignIns')
    .values({ ...signIn, expiresAt })
    .execute()
}

/** The sign-in behind a token. One that began before the password was another proves nothing. */
export async function startedMemberSignIn(db: Db, tokenHash: Buffer, now: Date) {
  const row = await db
    .selectFrom('memberSignIns')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'memberSignIns.accountId')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where(
      sql<boolean>`(password_changed_at is null or password_changed_at <= expires_at - make_interval(mins => ${minutesToChoose}))`,
    )
    .select(['memberAccounts.id', 'tokenHash', 'email', 'firstName', 'lastName', 'expiresAt'])
    .executeTakeFirst()
  return row && { ...row, begunAt: new Date(row.expiresAt.getTime() - minutesToChoose * 60_000) }
}

/** False when it was ended before: of two choices at once, one goes on. */
export async function endMemberSignIn(db: Db, tokenHash: Buffer): Promise<boolean> {
  const ended = await db.deleteFrom('memberSignIns').where('tokenHash', '=', tokenHash).executeTakeFirst()
  return ended.numDeletedRows > 0n
}

/** Whose password changed begins anew. */
export async function endMemberSignIns(db: Db, accountId: string) {
  await db.deleteFrom('memberSignIns').where('accountId', '=', accountId).execute()
}

/**
 * The only place where a member's session begins: `enter` calls it, and nothing else does.
 * @returns undefined when the person left the practice, or chose another password, meanwhile
 */
export async function insertMemberSession(
  db: Db,
  session: {
    memberId: string
    tokenHash: Buffer
    createdAt: Date
    /** Before the password was checked. */
    begunAt: Date
    expiresAt: Date
    ip: string
    userAgent: string
  },
): Promise<string | undefined> {
  const { begunAt, ...row } = session
  // First, and locked by it: who takes them out of the practice at this moment ends this session too, or was first.
  const member = await db
    .updateTable('members')
    .set({ lastSignInAt: row.createdAt })
    .where('id', '=', row.memberId)
    .where('leftAt', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('memberAccounts')
          .whereRef('memberAccounts.id', '=', 'members.accountId')
          .where((or) => or.or([or('passwordChangedAt', 'is', null), or('passwordChangedAt', '<=', begunAt)]))
          .select('memberAccounts.id'),
      ),
    )
    .executeTakeFirst()
  if (member.numUpdatedRows === 0n) return undefined
  const { id } = await db
    .insertInto('memberSessions')
    .values({ ...row, lastSeenAt: row.createdAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The living session behind a token, with whose it is. */
export async function livingMemberSession(db: Db, tokenHash: Buffer, now: Date, idleSince: Date) {
  const row = await db
    .selectFrom('memberSessions')
    .innerJoin('members', 'members.id', 'memberSessions.memberId')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tokenHash', '=', tokenHash)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', idleSince)
    .where('leftAt', 'is', null)
    .where(sql<boolean>`(ends_at is null or ends_at > ${now})`)
    .select([
      'memberSessions.id as sessionId',
      'memberId',
      'accountId',
      'tenantId',
      'profile',
      'holder',
      'rights',
      'firstName',
      'lastName',
      'language',
      'lastSeenAt',
    ])
    .executeTakeFirst()
  return row && { ...row, profile: row.profile as Profile, rights: row.rights as Right[] } // checked by the table
}

export async function touchMemberSession(db: Db, id: string, now: Date) {
  await db.updateTable('memberSessions').set({ lastSeenAt: now }).where('id', '=', id).execute()
}

export async function memberSessionById(db: Db, id: string) {
  const row = await db
    .selectFrom('memberSessions')
    .innerJoin('members', 'members.id', 'memberSessions.memberId')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('memberSessions.id', '=', id)
    .select([
      'memberId',
      'tenantId',
      'profile',
      'holder',
      'rights',
      'firstName',
      'lastName',
      'email',
      'language',
      'expiresAt',
      sql<number>`(select count(*)::int from members other
        where other.account_id = member_accounts.id and other.left_at is null
          and (other.ends_at is null or other.ends_at > now()))`.as('practices'),
    ])
    .executeTakeFirst()
  return row && { ...row, profile: row.profile as Profile, rights: row.rights as Right[] } // checked by the table
}

type EndedReason = 'signed_out' | 'revoked' | 'password_changed' | 'left'

/** Ends open sessions: one, or all of a member, or all of a person. @returns how many */
export async function endMembersSessions(
  db: Db,
  which: { id: string } | { memberId: string } | { accountId: string },
  reason: EndedReason,
  now: Date,
): Promise<number> {
  let query = db
    .updateTable('memberSessions')
    .set({ endedAt: now, endedReason: reason })
    .where('endedAt', 'is', null)
  if ('id' in which) query = query.where('id', '=', which.id)
  else if ('memberId' in which) query = query.where('memberId', '=', which.memberId)
  else
    query = query.where('memberId', 'in', (eb) =>
      eb.selectFrom('members').where('accountId', '=', which.accountId).select('members.id'),
    )
  const ended = await query.executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** Nothing is kept longer than it can serve: addresses and browsers are personal data. */
export async function forgetMemberSessions(db: Db, before: { signIns: Date; sessions: Date }) {
  await db.deleteFrom('memberSignIns').where('expiresAt', '<', before.signIns).execute()
  await db.deleteFrom('memberSessions').where('expiresAt', '<', before.sessions).execute()
}

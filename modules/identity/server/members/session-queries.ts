/** Sign-ins between password and practice, and the sessions that come of them. */
import type { Factor, Profile, Right } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'
import { kept } from '#platform/server/kept-statements.ts'

type Db = Tables<
  | 'memberAccounts'
  | 'members'
  | 'memberSignIns'
  | 'memberSessions'
  | 'memberAuthenticators'
  | 'memberPasskeys'
>

/** For choosing one of several practices, from when the password was typed. */
export const minutesToChoose = 5

/** @param signIn `begunAt`: before its password was checked; `factor`: of whoever showed a passkey instead */
export async function beginMemberSignIn(
  db: Db,
  {
    begunAt,
    ...signIn
  }: { tokenHash: Buffer; accountId: string; begunAt: Date; factor?: Factor | undefined },
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
    .select([
      'memberAccounts.id',
      'tokenHash',
      'email',
      'firstName',
      'lastName',
      'language',
      'expiresAt',
      'factor',
    ])
    .executeTakeFirst()
  return (
    row && {
      ...row,
      factor: row.factor as Factor | null, // checked by the table
      begunAt: new Date(row.expiresAt.getTime() - minutesToChoose * 60_000),
    }
  )
}

/** False when the sign-in was ended before. */
export async function keepShownFactor(db: Db, tokenHash: Buffer, factor: Factor): Promise<boolean> {
  const kept = await db
    .updateTable('memberSignIns')
    .set({ factor })
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst()
  return kept.numUpdatedRows > 0n
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
 * The only place where a member's session begins: `openMemberSession` calls it, and nothing else does.
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
    /** When all that signing in asks for was shown last: what endpoints that ask for a step-up go by. */
    steppedUpAt: Date | null
    factor: Factor | null
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
    .where(sql<boolean>`(ends_at is null or ends_at > ${row.createdAt})`)
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
  const row = await kept(
    db
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
        'factor',
        'steppedUpAt',
      ]),
  ).executeTakeFirst()
  return row && { ...row, profile: row.profile as Profile, rights: row.rights as Right[] } // checked by the table
}

/** Who works in their practice still, without asking for a session. */
export async function livingMember(db: Db, memberId: string, now: Date) {
  const row = await db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('members.id', '=', memberId)
    .where('leftAt', 'is', null)
    .where(sql<boolean>`(ends_at is null or ends_at > ${now})`)
    .select([
      'members.id as memberId',
      'accountId',
      'tenantId',
      'profile',
      'holder',
      'rights',
      'firstName',
      'lastName',
      'email',
      'language',
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

/**
 * The session behind a token, as far as somebody may go on from it to another practice of theirs: it lives, or it merely
 * ended because they may no longer be where it was. Whoever signed out, or was signed out, begins anew; so does whose
 * password or factor is another since what this session showed last.
 */
export async function sessionToGoOnFrom(db: Db, tokenHash: Buffer, now: Date, idleSince: Date) {
  const row = await db
    .selectFrom('memberSessions as s')
    .innerJoin('members as m', 'm.id', 's.memberId')
    .innerJoin('memberAccounts as a', 'a.id', 'm.accountId')
    .where('s.tokenHash', '=', tokenHash)
    .where('s.expiresAt', '>', now)
    .where('s.lastSeenAt', '>', idleSince)
    .where((eb) => eb.or([eb('s.endedAt', 'is', null), eb('s.endedReason', '=', 'left')]))
    .where((eb) =>
      eb.or([eb('a.passwordChangedAt', 'is', null), eb('a.passwordChangedAt', '<=', eb.ref('s.createdAt'))]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('memberAuthenticators as f')
            .whereRef('f.accountId', '=', 'a.id')
            .where('f.confirmedAt', '>', sql<Date>`greatest(s.created_at, s.stepped_up_at)`)
            .select('f.accountId'),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('memberPasskeys as k')
            .whereRef('k.accountId', '=', 'a.id')
            .where('k.createdAt', '>', sql<Date>`greatest(s.created_at, s.stepped_up_at)`)
            .select('k.id'),
        ),
      ),
    )
    .select([
      's.id as sessionId',
      's.memberId',
      'm.tenantId',
      's.createdAt',
      's.expiresAt',
      's.factor',
      'a.id as accountId',
      'a.email',
      'a.firstName',
      'a.lastName',
      sql<boolean>`s.ended_at is not null or m.left_at is not null or coalesce(m.ends_at <= ${now}, false)`.as(
        'over',
      ),
    ])
    .executeTakeFirst()
  return row && { ...row, factor: row.factor as Factor | null } // checked by the table
}

/**
 * The session behind a token that is not ended for good, whatever its person may still do where it was: what signing
 * out ends.
 */
export async function sessionToSignOut(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('memberSessions as s')
    .innerJoin('members as m', 'm.id', 's.memberId')
    .where('s.tokenHash', '=', tokenHash)
    .where('s.expiresAt', '>', now)
    .where((eb) => eb.or([eb('s.endedAt', 'is', null), eb('s.endedReason', '=', 'left')]))
    .select(['s.id as sessionId', 's.memberId', 'm.tenantId'])
    .executeTakeFirst()
}

/** Spends it: of two who go on from the same session at once, one does. */
export async function leaveSession(db: Db, id: string, now: Date): Promise<boolean> {
  const left = await db
    .updateTable('memberSessions')
    .set({ endedAt: sql<Date>`coalesce(ended_at, ${now})`, endedReason: 'switched' })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedReason', '=', 'left')]))
    .executeTakeFirst()
  return left.numUpdatedRows > 0n
}

/** Whoever showed all that is asked of them once more, under a new token. @returns until when; undefined when it ended meanwhile */
export async function freshenMemberSession(
  db: Db,
  id: string,
  { tokenHash, factor, now }: { tokenHash: Buffer; factor: Factor | null; now: Date },
): Promise<Date | undefined> {
  const fresh = await db
    .updateTable('memberSessions')
    .set({ tokenHash, steppedUpAt: now, ...(factor && { factor }) })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('expiresAt')
    .executeTakeFirst()
  return fresh?.expiresAt
}

/** Those that began without a second factor, where everybody is to show one from now on. @returns how many */
export async function endFactorlessSessions(db: Db, tenantId: string, now: Date): Promise<number> {
  const ended = await db
    .updateTable('memberSessions')
    .set({ endedAt: now, endedReason: 'factor_required' })
    .where('endedAt', 'is', null)
    .where('factor', 'is', null)
    .where('expiresAt', '>', now)
    .where('memberId', 'in', (eb) =>
      eb.selectFrom('members').where('tenantId', '=', tenantId).select('members.id'),
    )
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

type EndedReason = 'signed_out' | 'revoked' | 'password_changed' | 'left' | 'factor_changed'

type Which = { id: string } | { memberId: string } | { accountId: string; but?: string }

/**
 * Ends open sessions: one, or all of a member, or all of a person. What merely ended because its person left where it
 * was still leads to their other practices: it ends for good with the others.
 * @returns how many were open
 */
export async function endMembersSessions(
  db: Db,
  which: Which,
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
  if ('but' in which && which.but !== undefined) query = query.where('id', '<>', which.but)
  const ended = await query.executeTakeFirst()
  if (reason !== 'left') await endLeftSessions(db, which, reason, now)
  return Number(ended.numUpdatedRows)
}

/** Of a person in whichever practice they had it: where it leads is not where it was. */
async function endLeftSessions(db: Db, which: Which, reason: EndedReason, now: Date): Promise<void> {
  const left = db
    .updateTable('memberSessions')
    .set({ endedReason: reason })
    .where('endedReason', '=', 'left')
    .where('expiresAt', '>', now)
  if ('id' in which) {
    await left.where('id', '=', which.id).execute()
    return
  }
  await left
    .where('memberId', 'in', (eb) => {
      const theirs = eb.selectFrom('members').select('members.id')
      if ('accountId' in which) return theirs.where('accountId', '=', which.accountId)
      return theirs.where('accountId', '=', (of) =>
        of.selectFrom('members as m').where('m.id', '=', which.memberId).select('m.accountId'),
      )
    })
    .execute()
}

/** Nothing is kept longer than it can serve: addresses and browsers are personal data. */
export async function forgetMemberSessions(db: Db, before: { signIns: Date; sessions: Date }) {
  await db.deleteFrom('memberSignIns').where('expiresAt', '<', before.signIns).execute()
  await db.deleteFrom('memberSessions').where('expiresAt', '<', before.sessions).execute()
}

/** Accounts of the practices' people, and where they work. */
import { usualRights, type Profile, type Right } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'
import { found } from '#platform/server/requests.ts'
import { holdsFactorSql } from '../member-factors/queries.ts'
import { idleSince } from '../sessions.ts'

type Db = Tables<'memberAccounts' | 'members' | 'memberLinks' | 'memberSessions' | 'memberPasswordRequests'>

const person = ['id', 'email', 'firstName', 'lastName', 'language', 'passwordHash'] as const

export type AccountRow = Awaited<ReturnType<typeof accountByEmail>> & object

/** @param email in ASCII, as accounts have it: what merely looks alike is nobody's */
export async function accountByEmail(db: Db, email: string) {
  return db
    .selectFrom('memberAccounts')
    .where(sql<boolean>`lower(email) = ${email.toLowerCase()}`)
    .select(person)
    .executeTakeFirst()
}

export async function accountById(db: Db, id: string) {
  return db.selectFrom('memberAccounts').where('id', '=', id).select(person).executeTakeFirst()
}

/** The account of this address, made where there is none; locked, so that two who invite at once take turns. */
export async function heldAccount(
  db: Db,
  wanted: {
    email: string
    firstName: string
    lastName: string
    language: string
    isDemonstration: boolean
    createdAt: Date
  },
): Promise<AccountRow> {
  await db
    .insertInto('memberAccounts')
    .values(wanted)
    .onConflict((conflict) => conflict.expression(sql`lower(email)`).doNothing())
    .execute()
  return db
    .selectFrom('memberAccounts')
    .where(sql<boolean>`lower(email) = ${wanted.email.toLowerCase()}`)
    .select(person)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

/** Locked: who is signing in at this moment was first, or comes after. */
export async function lockAccount(db: Db, id: string) {
  return db
    .selectFrom('memberAccounts')
    .where('id', '=', id)
    .select(person)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function setMemberPassword(db: Db, accountId: string, passwordHash: string, now: Date) {
  await db
    .updateTable('memberAccounts')
    .set({ passwordHash, passwordChangedAt: now })
    .where('id', '=', accountId)
    .execute()
}

export async function setMemberLanguage(db: Db, accountId: string, language: string) {
  await db.updateTable('memberAccounts').set({ language }).where('id', '=', accountId).execute()
}

// ─────────────────────────── where they work

/** Where somebody works now, the practice joined first standing first. */
export async function membershipsOf(db: Db, accountId: string, now: Date) {
  const rows = await db
    .selectFrom('members')
    .where('accountId', '=', accountId)
    .where('leftAt', 'is', null)
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'tenantId', 'profile', 'holder'])
    .execute()
  return rows.map((row) => ({ ...row, profile: row.profile as Profile })) // checked by the table
}

/** Where somebody works or worked: those left since then, and one's own first. */
export async function ownMemberships(db: Db, accountId: string, leftSince: Date) {
  const rows = await db
    .selectFrom('members')
    .where('accountId', '=', accountId)
    .where((eb) => eb.or([eb('leftAt', 'is', null), eb('leftAt', '>', leftSince)]))
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', leftSince)]))
    .orderBy('holder', 'desc')
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'tenantId', 'profile', 'holder', 'rights', 'createdAt', 'endsAt', 'leftAt'])
    .execute()
  return rows.map((row) => ({ ...row, profile: row.profile as Profile, rights: row.rights as Right[] })) // checked by the table
}

/** Whose each of these practices is, by name. */
export async function holderNamesOf(
  db: Db,
  tenantIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (tenantIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tenantId', 'in', tenantIds)
    .where('holder', '=', true)
    .where('leftAt', 'is', null)
    .select(['tenantId', 'firstName', 'lastName'])
    .execute()
  return new Map(rows.map(({ tenantId, firstName, lastName }) => [tenantId, `${firstName} ${lastName}`]))
}

/** Grants whose last moment is over, and who had them: nobody ended them yet. */
export async function grantsRunOut(db: Db, now: Date) {
  return db
    .selectFrom('members')
    .where('leftAt', 'is', null)
    .where('endsAt', '<=', now)
    .orderBy('endsAt')
    .limit(500)
    .forNoKeyUpdate()
    .skipLocked()
    .select(['id', 'tenantId', 'endsAt'])
    .execute()
}

/** Lets somebody into a practice, who may have left it before. */
export async function joinPractice(
  db: Db,
  member: {
    accountId: string
    tenantId: string
    profile: Profile
    holder: boolean
    createdAt: Date
    createdBy: string | null
    /** By the practice itself: who granted, what, and until when. */
    grantedBy?: string | undefined
    rights?: readonly Right[] | undefined
    endsAt?: Date | null | undefined
  },
): Promise<string> {
  const { rights = usualRights, grantedBy = null, endsAt = null, ...row } = member
  const granted = { rights: [...rights], grantedBy, endsAt, leftAt: null, leftBy: null }
  const { id } = await db
    .insertInto('members')
    .values({ ...row, rights: granted.rights, grantedBy, endsAt })
    .onConflict((conflict) =>
      conflict
        .columns(['accountId', 'tenantId'])
        // Nothing of an earlier grant comes back with them.
        .doUpdateSet({ ...granted, profile: member.profile }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function membershipIn(db: Db, accountId: string, tenantId: string) {
  return db
    .selectFrom('members')
    .where('accountId', '=', accountId)
    .where('tenantId', '=', tenantId)
    .select(['id', 'leftAt', 'endsAt'])
    .executeTakeFirst()
}

/** @param leftBy the member who ended it, where it was not the vendor's team */
export async function setDeparture(db: Db, memberId: string, leftAt: Date, leftBy: string | null = null) {
  await db.updateTable('members').set({ leftAt, leftBy }).where('id', '=', memberId).execute()
}

/** Who the practice belongs to, to be told of who is let in. */
export async function holderOf(db: Db, tenantId: string) {
  return db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tenantId', '=', tenantId)
    .where('holder', '=', true)
    .where('leftAt', 'is', null)
    .orderBy('members.createdAt')
    .limit(1)
    .select(['memberAccounts.id', 'email', 'firstName', 'lastName', 'language', 'passwordHash'])
    .executeTakeFirst()
}

/** The members of a practice (or one), as the vendor's team sees them: the holder first, those who left last. */
export async function memberRows(db: Db, which: { tenantId: string } | { id: string }, now: Date) {
  let query = db
    .selectFrom('members as m')
    .innerJoin('memberAccounts as a', 'a.id', 'm.accountId')
    .orderBy(sql`m.left_at is not null`)
    .orderBy('m.holder', 'desc')
    .orderBy(sql`plain_text(a.last_name || ' ' || a.first_name)`)
    .orderBy('m.id')
    .select([
      'm.id',
      'm.accountId',
      'm.tenantId',
      'm.profile',
      'm.holder',
      'm.rights',
      'm.createdAt',
      'm.endsAt',
      'm.leftAt',
      'm.lastSignInAt',
      'a.email',
      'a.firstName',
      'a.lastName',
      'a.language',
      sql<boolean>`a.password_hash is not null`.as('hasPassword'),
      holdsFactorSql('a.id').as('holdsFactor'),
      sql<number>`(select count(*)::int from member_sessions s where s.member_id = m.id and s.ended_at is null
        and s.expires_at > ${now}::timestamptz and s.last_seen_at > ${idleSince(now)}::timestamptz)`.as(
        'openSessions',
      ),
      sql<{ sentAt: string; expiresAt: string } | null>`(
        select json_build_object('sentAt', l.created_at, 'expiresAt', l.expires_at) from member_links l
        where l.account_id = a.id and l.kind = 'invitation' and l.used_at is null and a.password_hash is null
          and l.expires_at > ${now}::timestamptz
        order by l.created_at desc limit 1)`.as('invitation'),
    ])
  query = 'id' in which ? query.where('m.id', '=', which.id) : query.where('m.tenantId', '=', which.tenantId)
  return query.execute()
}

export type MemberRow = Awaited<ReturnType<typeof memberRows>>[number]

/** Whose membership this is. @throws {NotFound} where it is none of that practice */
export async function accountIn(db: Db, memberId: string, tenantId: string): Promise<string> {
  const row = await db
    .selectFrom('members')
    .where('id', '=', memberId)
    .where('tenantId', '=', tenantId)
    .select('accountId')
    .executeTakeFirst()
  return found(row).accountId
}

/** Locked in one order for all: two who act on one another wait, and neither for ever. */
export async function lockMembers(db: Db, ids: readonly string[]) {
  await db.selectFrom('members').where('id', 'in', ids).orderBy('id').select('id').forNoKeyUpdate().execute()
}

export async function setGrant(
  db: Db,
  id: string,
  { rights, endsAt, grantedBy }: { rights: readonly Right[]; endsAt: Date | null; grantedBy: string },
) {
  await db
    .updateTable('members')
    .set({ rights: [...rights], endsAt, grantedBy })
    .where('id', '=', id)
    .execute()
}

/** Locked, so that two who change the same membership take turns. */
export async function lockMember(db: Db, id: string) {
  await db.selectFrom('members').where('id', '=', id).select('id').forNoKeyUpdate().execute()
}

// ─────────────────────────── what was typed on the page for forgotten passwords

export async function insertRequest(db: Db, request: { id: string; askedSealed: Buffer; askedAt: Date }) {
  await db.insertInto('memberPasswordRequests').values(request).execute()
}

/** Takes a request away to be answered: of two who try, one gets it. */
export async function takeRequest(db: Db, id: string) {
  return db
    .deleteFrom('memberPasswordRequests')
    .where('id', '=', id)
    .returning('askedSealed')
    .executeTakeFirst()
}

/** What no job ever answered need not be known for longer. */
export async function forgetRequests(db: Db, askedBefore: Date) {
  await db.deleteFrom('memberPasswordRequests').where('askedAt', '<', askedBefore).execute()
}

/** The demonstration's accounts in the order they were made, each with every practice it works in. */
export async function demonstrationMembers(db: Db) {
  const rows = await db
    .selectFrom('members as m')
    .innerJoin('memberAccounts as a', 'a.id', 'm.accountId')
    .where('a.isDemonstration', '=', true)
    .where('m.leftAt', 'is', null)
    .orderBy('a.createdAt')
    .orderBy('a.id')
    .orderBy('m.createdAt')
    .select(['a.email', 'a.firstName', 'a.lastName', 'm.profile', 'm.tenantId'])
    .execute()
  return rows.map((row) => ({ ...row, profile: row.profile as Profile })) // checked by the table
}

/** Accounts of the practices' people, and where they work. */
import type { Profile } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'
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
export async function membershipsOf(db: Db, accountId: string) {
  const rows = await db
    .selectFrom('members')
    .where('accountId', '=', accountId)
    .where('leftAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'tenantId', 'profile', 'holder'])
    .execute()
  return rows.map((row) => ({ ...row, profile: row.profile as Profile })) // checked by the table
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
  },
): Promise<string> {
  const { id } = await db
    .insertInto('members')
    .values(member)
    .onConflict((conflict) =>
      conflict.columns(['accountId', 'tenantId']).doUpdateSet({ leftAt: null, profile: member.profile }),
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
    .select(['id', 'leftAt'])
    .executeTakeFirst()
}

export async function setDeparture(db: Db, memberId: string, leftAt: Date) {
  await db.updateTable('members').set({ leftAt }).where('id', '=', memberId).execute()
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
      'm.createdAt',
      'm.leftAt',
      'm.lastSignInAt',
      'a.email',
      'a.firstName',
      'a.lastName',
      'a.language',
      sql<boolean>`a.password_hash is not null`.as('hasPassword'),
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

import type { StaffState } from '#contract/identity'
import { sql, type Tables } from '#platform/server/db.ts'
import { idleSince } from '../sessions.ts'

type Db = Tables<
  | 'staffMembers'
  | 'staffAuthenticators'
  | 'staffPasskeys'
  | 'staffRecoveryCodes'
  | 'staffSessions'
  | 'staffSignIns'
  | 'staffLinks'
  | 'staffRoles'
>

const state = sql<StaffState>`case
  when s.suspended_at is not null then 'suspended'
  when s.password_hash is null then 'invited'
  when exists (select from staff_authenticators a where a.staff_id = s.id)
    or exists (select from staff_passkeys p where p.staff_id = s.id) then 'active'
  else 'enrolling' end`

const sortName = sql<string>`plain_text(s.last_name || ' ' || s.first_name)`

function people(db: Db, now: Date) {
  return db.selectFrom('staffMembers as s').select([
    's.id',
    's.firstName',
    's.lastName',
    's.email',
    's.language',
    's.lastSignInAt',
    's.createdAt',
    's.suspendedAt',
    's.suspensionReason',
    state.as('state'),
    sortName.as('sortName'),
    sql<boolean>`exists (select from staff_authenticators a where a.staff_id = s.id)`.as('authenticator'),
    sql<number>`(select count(*)::int from staff_passkeys p where p.staff_id = s.id)`.as('passkeys'),
    sql<number>`(select count(*)::int from staff_recovery_codes c where c.staff_id = s.id and c.used_at is null)`.as(
      'recoveryCodesLeft',
    ),
    sql<number>`(select count(*)::int from staff_sessions o where o.staff_id = s.id and o.ended_at is null
        and o.expires_at > ${now}::timestamptz and o.last_seen_at > ${idleSince(now)}::timestamptz)`.as(
      'openSessions',
    ),
  ])
}

export type PersonRow = Awaited<ReturnType<typeof personById>> & object

export function personById(db: Db, id: string, now: Date) {
  return people(db, now).where('s.id', '=', id).executeTakeFirst()
}

export type StaffFilter = {
  q?: string | undefined
  state?: StaffState | undefined
  role?: string | undefined
}

/** Every word must stand somewhere in name or address, whatever its accents and case; LIKE's own signs stand for themselves. */
function matching(db: Db, now: Date, { q, role }: StaffFilter) {
  let query = people(db, now)
  if (q !== undefined)
    query = query.where(sql<boolean>`not exists (
      select from unnest(string_to_array(plain_text(${q}), ' ')) word
      where position(word in plain_text(s.first_name || ' ' || s.last_name || ' ' || s.email)) = 0)`)
  if (role !== undefined)
    query = query.where(
      sql<boolean>`exists (select from staff_roles r where r.staff_id = s.id and r.ended_at is null and r.role_id = ${role})`,
    )
  return query
}

export async function staffPage(
  db: Db,
  wanted: {
    filter: StaffFilter
    after: { name: string; id: string } | undefined
    limit: number
    now: Date
  },
) {
  let query = matching(db, wanted.now, wanted.filter).orderBy('sortName').orderBy('s.id').limit(wanted.limit)
  if (wanted.filter.state) query = query.where(state, '=', wanted.filter.state)
  if (wanted.after)
    query = query.where(sql<boolean>`(${sortName}, s.id) > (${wanted.after.name}, ${wanted.after.id}::uuid)`)
  return query.execute()
}

/** How many of each state match, the filter by state left out: what its tabs say. */
export async function staffCounted(
  db: Db,
  filter: StaffFilter,
  now: Date,
): Promise<Record<StaffState, number>> {
  const rows = await db
    .selectFrom(matching(db, now, filter).as('matching'))
    .groupBy('matching.state')
    .select(['matching.state', sql<number>`count(*)::int`.as('count')])
    .execute()
  const counts = { invited: 0, enrolling: 0, active: 0, suspended: 0 }
  for (const row of rows) counts[row.state] = row.count
  return counts
}

/** What only the page of one person says, beside what the list does. */
export async function detailsOf(db: Db, id: string, now: Date) {
  return db
    .selectFrom('staffMembers as s')
    .leftJoin('staffMembers as by', 'by.id', 's.suspendedBy')
    .where('s.id', '=', id)
    .select([
      sql<string | null>`by.first_name || ' ' || by.last_name`.as('suspendedBy'),
      's.suspensionReason',
      sql<{ sentAt: string; expiresAt: string } | null>`(
        select json_build_object('sentAt', l.created_at, 'expiresAt', l.expires_at) from staff_links l
        where l.staff_id = s.id and l.kind = 'invitation' and l.used_at is null and s.password_hash is null
          and l.expires_at > ${now}::timestamptz
        order by l.created_at desc limit 1)`.as('invitation'),
    ])
    .executeTakeFirstOrThrow()
}

/** Locked, so that two who manage the same person take turns. */
export async function lockPerson(db: Db, id: string) {
  await db.selectFrom('staffMembers').where('id', '=', id).select('id').forNoKeyUpdate().execute()
}

export async function insertInvited(
  db: Db,
  person: {
    email: string
    firstName: string
    lastName: string
    language: string
    createdBy: string
    createdAt: Date
  },
): Promise<string> {
  const { id } = await db.insertInto('staffMembers').values(person).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function updatePerson(
  db: Db,
  id: string,
  change: { email?: string | undefined; firstName?: string | undefined; lastName?: string | undefined },
) {
  if (Object.values(change).every((value) => value === undefined)) return
  await db.updateTable('staffMembers').set(change).where('id', '=', id).execute()
}

export async function setSuspension(
  db: Db,
  id: string,
  suspension: { suspendedAt: Date; suspendedBy: string; suspensionReason: string } | null,
) {
  const none = { suspendedAt: null, suspendedBy: null, suspensionReason: null }
  await db
    .updateTable('staffMembers')
    .set(suspension ?? none)
    .where('id', '=', id)
    .execute()
}

/** Keeps the address somebody had; of several in a row the first, which is the one that was theirs. */
export async function keepFormerAddress(
  db: Db,
  id: string,
  former: string,
  { now, since }: { now: Date; since: Date },
) {
  await db
    .updateTable('staffMembers')
    .set((eb) => ({
      emailChangedAt: now,
      formerEmail: eb
        .case()
        .when('emailChangedAt', '>', since)
        .then(eb.ref('formerEmail'))
        .else(former)
        .end(),
    }))
    .where('id', '=', id)
    .execute()
}

/** Sign-ins between their two steps: whose password changed, or who was suspended, begins anew. */
export async function endSignIns(db: Db, staffId: string) {
  await db.deleteFrom('staffSignIns').where('staffId', '=', staffId).execute()
}

/** One of somebody's sessions that is open, to be ended. */
export async function openSessionOf(db: Db, staffId: string, id: string) {
  return db
    .selectFrom('staffSessions')
    .where('id', '=', id)
    .where('staffId', '=', staffId)
    .where('endedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
}

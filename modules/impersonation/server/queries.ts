/** The one table of it all. Each step is one statement that says from which state it goes: of two at once one goes on. */
import type { Ending, Impersonation, Policy, Purpose } from '#contract/impersonation'
import type { RawBuilder } from 'kysely'
import { sql, type Tables } from '#platform/server/db.ts'
import { stateOf } from './state.ts'

export type Db = Tables<'impersonations' | 'impersonationPolicy' | 'tenants'>

export type NewImpersonation = {
  id: string
  staffId: string
  staffSessionId: string
  memberId: string
  tenantId: string
  purpose: Purpose
  reason: string
  reference: string
  mayWrite: boolean
  minutes: number
  policy: Policy
  askedAt: Date
  lapsesAt: Date
  wantsNotes: boolean
  breakGlass: boolean
}

export async function insertImpersonation(db: Db, asked: NewImpersonation): Promise<void> {
  await db.insertInto('impersonations').values(asked).execute()
}

/** A person as the log of impersonations names them: staff by table, members by account. */
const staffName = (id: string) =>
  sql`(select first_name || ' ' || last_name from staff_members where id = ${sql.ref(id)})`
const memberName = (id: string) =>
  sql`(select a.first_name || ' ' || a.last_name from members m join member_accounts a on a.id = m.account_id where m.id = ${sql.ref(id)})`

export type Row = Omit<Impersonation, 'state' | 'actor' | 'subject' | 'tenant' | `${string}At`> & {
  staffId: string
  staffSessionId: string
  actorName: string
  memberId: string
  memberName: string
  memberProfile: 'practitioner' | 'secretary'
  tenantId: string
  tenantName: string
  clientId: string | null
  keyExpiresAt: Date | null
} & { [Moment in keyof Impersonation & `${string}At`]: Date | Extract<Impersonation[Moment], null> }

const columns = sql`i.id, i.staff_id as "staffId", i.staff_session_id as "staffSessionId", ${staffName('i.staff_id')} as "actorName",
  i.member_id as "memberId", ${memberName('i.member_id')} as "memberName",
  (select profile from members where id = i.member_id) as "memberProfile",
  i.tenant_id as "tenantId", t.name as "tenantName", t.client_id as "clientId", i.purpose, i.reason, i.reference,
  i.may_write as "mayWrite", i.minutes, i.policy, i.asked_at as "askedAt", i.lapses_at as "lapsesAt",
  i.agreed_at as "agreedAt", i.refused_at as "refusedAt", ${memberName('i.answered_by')} as "answeredBy",
  i.wants_notes as "wantsNotes", i.notes_opened_at as "notesOpenedAt", i.break_glass as "breakGlass",
  ${staffName('i.approved_by')} as "approvedBy", i.approved_at as "approvedAt",
  ${staffName('i.reviewed_by')} as "reviewedBy", i.reviewed_at as "reviewedAt", i.review,
  i.key_expires_at as "keyExpiresAt", i.started_at as "startedAt", i.ends_at as "endsAt", i.ended_at as "endedAt",
  i.ended_by as "endedBy", coalesce(${staffName('i.ended_by_staff')}, ${memberName('i.ended_by_member')}) as ender,
  (select count(*)::int from audit_log e where e.impersonation_id = i.id and e.result <> 'intended') as acts`

export type Filter = {
  id?: string | undefined
  state?: Impersonation['state'] | undefined
  purpose?: Purpose | undefined
  actor?: string | undefined
  tenant?: string | undefined
  member?: string | undefined
  toReview?: boolean | undefined
  /** Those before: `[asked_at, id]` of the last one shown. */
  after?: readonly [string, string] | undefined
}

/** The latest first. */
export async function impersonationRows(db: Db, filter: Filter, limit: number, now: Date): Promise<Row[]> {
  const { rows } = await sql<Row>`select ${columns} from impersonations i join tenants t on t.id = i.tenant_id
    where ${matching(filter, now)} order by i.asked_at desc, i.id desc limit ${limit}`.execute(db)
  return rows
}

export async function impersonationById(db: Db, id: string, now: Date): Promise<Row | undefined> {
  return (await impersonationRows(db, { id }, 1, now))[0]
}

export async function impersonationsMatching(db: Db, filter: Filter, now: Date): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from impersonations i where ${matching(filter, now)}`.execute(db)
  return rows[0]?.total ?? 0
}

function matching(filter: Filter, now: Date): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (filter.id) conditions.push(sql`i.id = ${filter.id}`)
  if (filter.state) conditions.push(sql`${stateOf(now)} = ${filter.state}`)
  if (filter.purpose) conditions.push(sql`i.purpose = ${filter.purpose}`)
  if (filter.actor) conditions.push(sql`i.staff_id = ${filter.actor}`)
  if (filter.tenant) conditions.push(sql`i.tenant_id = ${filter.tenant}`)
  if (filter.member) conditions.push(sql`i.member_id = ${filter.member}`)
  if (filter.toReview)
    conditions.push(sql`i.approved_at is not null and i.reviewed_at is null and ${stateOf(now)} = 'ended'`)
  if (filter.after)
    conditions.push(sql`(i.asked_at, i.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

// ───────────────────────────── steps

/** Until the end of the transaction nobody else takes a step with it. */
export async function lockImpersonation(db: Db, id: string): Promise<void> {
  await sql`select from impersonations where id = ${id} for update`.execute(db)
}

export async function setApproved(db: Db, id: string, by: string, now: Date): Promise<void> {
  await db
    .updateTable('impersonations')
    .set({ approvedBy: by, approvedAt: now })
    .where('id', '=', id)
    .execute()
}

export async function setReviewed(db: Db, id: string, by: string, review: string, now: Date): Promise<void> {
  await db
    .updateTable('impersonations')
    .set({ reviewedBy: by, reviewedAt: now, review })
    .where('id', '=', id)
    .execute()
}

export async function setAnswered(
  db: Db,
  id: string,
  answer: { by: string; agreed: boolean; notes: boolean; now: Date },
): Promise<void> {
  const { by, agreed, notes, now } = answer
  await db
    .updateTable('impersonations')
    .set({
      answeredBy: by,
      ...(agreed
        ? { agreedAt: now }
        : { refusedAt: now, endedAt: now, endedBy: 'practice', endedByMember: by }),
      ...(agreed && notes && { notesOpenedAt: now }),
    })
    .where('id', '=', id)
    .execute()
}

export async function setNotesOpened(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('impersonations').set({ notesOpenedAt: now }).where('id', '=', id).execute()
}

/** The one before, if there was one, opens nothing any more. */
export async function setKey(
  db: Db,
  id: string,
  key: { keyHash: Buffer; browserHash: Buffer; keyExpiresAt: Date; staffSessionId: string },
): Promise<void> {
  await db.updateTable('impersonations').set(key).where('id', '=', id).execute()
}

/** Whose key it is, whatever became of it. */
export async function behindKey(db: Db, keyHash: Buffer) {
  return db
    .selectFrom('impersonations')
    .where('keyHash', '=', keyHash)
    .select(['id', 'staffId', 'staffSessionId', 'memberId', 'tenantId', 'mayWrite'])
    .executeTakeFirst()
}

/**
 * The only place where an impersonation begins: of twenty who come with the same key at once, one does.
 * @returns undefined when the key is not good (any more), or not in this browser
 */
export async function begin(
  db: Db,
  {
    keyHash,
    browserHash,
    sessionHash,
    now,
  }: { keyHash: Buffer; browserHash: Buffer; sessionHash: Buffer; now: Date },
) {
  const { rows } = await sql<{
    id: string
    staffId: string
    staffSessionId: string
    memberId: string
    tenantId: string
    endsAt: Date
  }>`update impersonations set session_hash = ${sessionHash}, started_at = ${now}, last_seen_at = ${now},
      ends_at = ${now}::timestamptz + make_interval(mins => minutes), key_hash = null
    where key_hash = ${keyHash} and browser_hash = ${browserHash} and key_expires_at > ${now}
      and started_at is null and ended_at is null and lapses_at > ${now}
    returning id, staff_id as "staffId", staff_session_id as "staffSessionId", member_id as "memberId",
      tenant_id as "tenantId", ends_at as "endsAt"`.execute(db)
  return rows[0]
}

/** What a running one's cookie opens; null where it is over. */
export async function running(db: Db, sessionHash: Buffer, now: Date) {
  const { rows } = await sql<{
    id: string
    staffId: string
    staffSessionId: string
    memberId: string
    tenantId: string
    reason: string
    reference: string
    mayWrite: boolean
    notesOpenedAt: Date | null
    endsAt: Date
    lastSeenAt: Date
  }>`select id, staff_id as "staffId", staff_session_id as "staffSessionId", member_id as "memberId", tenant_id as "tenantId",
      reason, reference, may_write as "mayWrite", notes_opened_at as "notesOpenedAt", ends_at as "endsAt", last_seen_at as "lastSeenAt"
    from impersonations where session_hash = ${sessionHash} and ended_at is null and ends_at > ${now}`.execute(
    db,
  )
  return rows[0]
}

export async function setSeen(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('impersonations').set({ lastSeenAt: now }).where('id', '=', id).execute()
}

export async function idBehindCookie(db: Db, sessionHash: Buffer): Promise<string | undefined> {
  const row = await db
    .selectFrom('impersonations')
    .where('sessionHash', '=', sessionHash)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

export async function runningOfSession(db: Db, staffSessionId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('impersonations')
    .where('staffSessionId', '=', staffSessionId)
    .where('startedAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

/** @returns undefined when it had ended before */
export async function setEnded(
  db: Db,
  id: string,
  {
    by,
    staff,
    member,
    at,
  }: { by: Ending; staff?: string | undefined; member?: string | undefined; at: Date },
) {
  return db
    .updateTable('impersonations')
    .set({ endedAt: at, endedBy: by, endedByStaff: staff ?? null, endedByMember: member ?? null })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning(['id', 'staffSessionId', 'memberId', 'tenantId', 'startedAt', 'endsAt', 'policy'])
    .executeTakeFirst()
}

/** Whose time is over, or who were never begun in time, and nobody has said so yet. */
export async function overdue(db: Db, now: Date) {
  return db
    .selectFrom('impersonations')
    .where('endedAt', 'is', null)
    .where((eb) =>
      eb.or([eb('endsAt', '<=', now), eb.and([eb('startedAt', 'is', null), eb('lapsesAt', '<=', now)])]),
    )
    .select(['id', 'startedAt', 'endsAt', 'lapsesAt', 'staffSessionId', 'memberId', 'mayWrite'])
    .limit(500)
    .execute()
}

/** Ended while the log could not be written, and the log was not told yet. Nothing lasts a week. */
export async function untold(db: Db, now: Date): Promise<string[]> {
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000)
  const { rows } = await sql<{ id: string }>`
    select id from impersonations i where asked_at > ${weekAgo} and ended_by = 'unwritable' and not exists
      (select from audit_log e where e.object_id = i.id::text and e.verb = 'impersonation.ended')`.execute(db)
  return rows.map(({ id }) => id)
}

export async function allRunning(db: Db) {
  return db
    .selectFrom('impersonations')
    .where('startedAt', 'is not', null)
    .where('endedAt', 'is', null)
    .select(['id', 'staffSessionId', 'memberId', 'mayWrite'])
    .execute()
}

export async function setTold(
  db: Db,
  id: string,
  what: 'toldBeginAt' | 'toldEndAt',
  now: Date,
): Promise<void> {
  await db
    .updateTable('impersonations')
    .set({ [what]: now })
    .where('id', '=', id)
    .execute()
}

// ───────────────────────────── policies

export async function deploymentPolicy(db: Db) {
  const row = await db
    .selectFrom('impersonationPolicy')
    .select(['policy', 'revision', 'updatedAt'])
    .executeTakeFirstOrThrow()
  return { ...row, policy: row.policy as Policy } // checked by the table
}

/** @returns whether nobody else had been faster */
export async function setDeploymentPolicy(
  db: Db,
  { policy, revision, now }: { policy: Policy; revision: number; now: Date },
): Promise<boolean> {
  const set = await db
    .updateTable('impersonationPolicy')
    .set({ policy, revision: revision + 1, updatedAt: now })
    .where('revision', '=', revision)
    .executeTakeFirst()
  return set.numUpdatedRows > 0n
}

export async function policyOfPractice(db: Db, tenantId: string): Promise<Policy | null> {
  const row = await db
    .selectFrom('tenants')
    .where('id', '=', tenantId)
    .select('impersonationPolicy')
    .executeTakeFirst()
  return (row?.impersonationPolicy ?? null) as Policy | null // checked by the table
}

export async function setPolicyOfPractice(db: Db, tenantId: string, policy: Policy | null): Promise<void> {
  await db.updateTable('tenants').set({ impersonationPolicy: policy }).where('id', '=', tenantId).execute()
}

/** Who is told: whose practice it is, and the practitioner it is about. */
export async function toBeTold(db: Tables<'members' | 'memberAccounts'>, tenantId: string, memberId: string) {
  return db
    .selectFrom('members')
    .innerJoin('memberAccounts', 'memberAccounts.id', 'members.accountId')
    .where('tenantId', '=', tenantId)
    .where('leftAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb('holder', '=', true),
        eb.and([eb('members.id', '=', memberId), eb('profile', '=', 'practitioner')]),
      ]),
    )
    .select(['members.id', 'email', 'firstName', 'lastName', 'language'])
    .execute()
}

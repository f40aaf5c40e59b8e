import { sql, type Tables } from '#platform/server/db.ts'
import { daysOfOneMind } from './approvals.ts'

type Db = Tables<
  | 'staffFactorResets'
  | 'staffFactorResetApprovals'
  | 'staffMembers'
  | 'staffSignIns'
  | 'staffAuthenticators'
  | 'staffPasskeys'
  | 'staffRecoveryCodes'
>

/** Who lately invited somebody or gave them what the approval takes, who did so to those, and so on. */
const madeLately = (alias: string) => sql<string[]>`(
  with recursive made (who, maker, at) as (
    select id, created_by, created_at from staff_members where created_by is not null
    union all
    select held.staff_id, held.given_by, held.given_at from staff_roles held
    join role_permissions on role_permissions.role_id = held.role_id and permission = 'staff.reset_factors'
    where held.ended_at is null and held.given_by is not null
  ), makers (id) as (
    select maker from made where who = ${sql.ref(`${alias}.approved_by`)}
      and at > ${sql.ref(`${alias}.approved_at`)} - make_interval(days => ${sql.lit(daysOfOneMind)})
    union
    select maker from made join makers on who = makers.id
      and at > ${sql.ref(`${alias}.approved_at`)} - make_interval(days => ${sql.lit(daysOfOneMind)})
  ) select coalesce(json_agg(id), '[]') from makers)`

const fullName = (alias: string) =>
  sql<string>`${sql.ref(`${alias}.first_name`)} || ' ' || ${sql.ref(`${alias}.last_name`)}`

function resets(db: Db) {
  return db
    .selectFrom('staffFactorResets as r')
    .innerJoin('staffMembers as s', 's.id', 'r.staffId')
    .leftJoin('staffMembers as by', 'by.id', 'r.requestedBy')
    .select([
      'r.id',
      'r.staffId',
      's.firstName',
      's.lastName',
      's.email',
      's.language',
      fullName('s').as('name'),
      'r.reason',
      'r.requestedAt',
      fullName('by').$castTo<string | null>().as('requestedBy'),
      'r.effectiveAt',
      'r.cancelledAt',
      'r.doneAt',
      sql<{ by: string; name: string; at: string; madeBy: string[] }[]>`coalesce((
        select json_agg(json_build_object('by', a.approved_by, 'name', p.first_name || ' ' || p.last_name, 'at', a.approved_at,
          'madeBy', ${madeLately('a')})
          order by a.approved_at, a.approved_by)
        from staff_factor_reset_approvals a join staff_members p on p.id = a.approved_by where a.reset_id = r.id), '[]')`.as(
        'approvals',
      ),
    ])
}

export type ResetRow = Awaited<ReturnType<typeof resetById>> & object

export function resetById(db: Db, id: string) {
  return resets(db).where('r.id', '=', id).executeTakeFirst()
}

export function openResetFor(db: Db, staffId: string) {
  return resets(db)
    .where('r.staffId', '=', staffId)
    .where('r.doneAt', 'is', null)
    .where('r.cancelledAt', 'is', null)
    .executeTakeFirst()
}

/** What waits first, the oldest before the newest; then the last hundred that are over. */
export async function openAndRecent(db: Db): Promise<ResetRow[]> {
  const open = resets(db)
    .where('r.doneAt', 'is', null)
    .where('r.cancelledAt', 'is', null)
    .orderBy('r.requestedAt')
    .orderBy('r.id')
  const over = resets(db)
    .where((eb) => eb.or([eb('r.doneAt', 'is not', null), eb('r.cancelledAt', 'is not', null)]))
    .orderBy(sql`coalesce(r.done_at, r.cancelled_at)`, 'desc')
    .orderBy('r.id')
    .limit(100)
  return [...(await open.execute()), ...(await over.execute())]
}

/** @throws when one is open already: the index `staff_factor_resets_one_open` */
export async function insertReset(
  db: Db,
  reset: { staffId: string; reason: string; requestedAt: Date; requestedBy: string | null },
): Promise<string> {
  const { id } = await db
    .insertInto('staffFactorResets')
    .values(reset)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** False when they had approved before. */
export async function insertApproval(
  db: Db,
  approval: { resetId: string; approvedBy: string; approvedAt: Date },
): Promise<boolean> {
  const inserted = await db
    .insertInto('staffFactorResetApprovals')
    .values(approval)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** When it takes effect; null sends it back to wait for an approval. */
export async function setEffect(db: Db, id: string, effectiveAt: Date | null) {
  await db.updateTable('staffFactorResets').set({ effectiveAt }).where('id', '=', id).execute()
}

/** Ends somebody's open reset. @returns its id, if there was one */
export async function cancelOpenReset(
  db: Db,
  staffId: string,
  { by, now }: { by: string | null; now: Date },
): Promise<string | undefined> {
  const cancelled = await db
    .updateTable('staffFactorResets')
    .set({ cancelledAt: now, cancelledBy: by })
    .where('staffId', '=', staffId)
    .where('doneAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return cancelled?.id
}

export async function dueResets(db: Db, now: Date) {
  return db
    .selectFrom('staffFactorResets')
    .where('effectiveAt', '<=', now)
    .where('doneAt', 'is', null)
    .where('cancelledAt', 'is', null)
    .orderBy('effectiveAt')
    .select(['id', 'staffId'])
    .execute()
}

/**
 * Whoever signs in at this moment locks the same rows in the same order (sign-in, factor, person), so that one waits for
 * the other and neither for ever.
 */
export async function lockFactors(db: Db, staffId: string) {
  await sql`select from staff_sign_ins where staff_id = ${staffId} for update`.execute(db)
  await sql`select from staff_authenticators where staff_id = ${staffId} for update`.execute(db)
  await sql`select from staff_passkeys where staff_id = ${staffId} for update`.execute(db)
  await sql`select from staff_recovery_codes where staff_id = ${staffId} for update`.execute(db)
  await sql`select from staff_members where id = ${staffId} for no key update`.execute(db)
}

/** Takes all second factors away; the next one is enrolled with the password and a mailed link. */
export async function removeFactors(db: Db, staffId: string) {
  await db.deleteFrom('staffSignIns').where('staffId', '=', staffId).execute()
  await db.deleteFrom('staffAuthenticators').where('staffId', '=', staffId).execute()
  await db.deleteFrom('staffPasskeys').where('staffId', '=', staffId).execute()
  await db.deleteFrom('staffRecoveryCodes').where('staffId', '=', staffId).execute()
  await db.updateTable('staffMembers').set({ enrolmentNeedsLink: true }).where('id', '=', staffId).execute()
}

export async function markDone(db: Db, id: string, now: Date) {
  await db.updateTable('staffFactorResets').set({ doneAt: now }).where('id', '=', id).execute()
}

/** Who proved a password a moment ago and has shown no factor yet. */
export async function whoseSignIn(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('staffSignIns')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSignIns.staffId')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('suspendedAt', 'is', null)
    .select(['staffMembers.id', 'firstName', 'lastName', 'email', 'language'])
    .executeTakeFirst()
}

/** The address somebody had until lately; undefined when they did not change it. */
export async function formerAddress(
  db: Db,
  staffId: string,
  changedSince: Date,
): Promise<string | undefined> {
  const person = await db
    .selectFrom('staffMembers')
    .where('id', '=', staffId)
    .where('emailChangedAt', '>', changedSince)
    .select('formerEmail')
    .executeTakeFirst()
  return person?.formerEmail ?? undefined
}

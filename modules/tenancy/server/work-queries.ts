import { sql, type Tables } from '#platform/server/db.ts'
import type { NewWork, Plan, WorkKindName } from './works.ts'

type Db = Tables<'tenantWorks'>

/**
 * In a `returning`: where a work is, or that it is over, need not survive a power cut, since whoever goes on looks at what
 * is there.
 */
const lazily = sql<string>`set_config('synchronous_commit', 'off', true)`.as('lazily')

/** In a `returning`: the news of the tenant, with the change itself. */
const told =
  sql`pg_notify('news', json_build_object('topic', 'tenants', 'id', tenant_id, 'needs', 'tenants.read')::text)`.as(
    'told',
  )

/** @returns nothing when something is being done to the tenant already */
export async function insertWork(db: Db, { tenantId, kind, plan = {}, askedBy }: NewWork) {
  const row = await db
    .insertInto('tenantWorks')
    .values({ tenantId, kind, plan: JSON.stringify(plan), askedBy })
    .onConflict((conflict) =>
      conflict.column('tenantId').where('state', 'in', ['waiting', 'running']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export type TakenWork = {
  id: string
  tenantId: string
  kind: WorkKindName
  step: string | null
  plan: Plan
  attempts: number
  askedBy: string | null
  errorCode: string | null
  errorDetail: string | null
}

/**
 * Whoever holds the work's lock says that it runs, and counts the try.
 * @param firstSteps where one begins that never ran, by kind
 * @returns nothing when it is over
 */
export async function takeWork(
  db: Db,
  id: string,
  { firstSteps, now }: { firstSteps: Record<string, string>; now: Date },
): Promise<TakenWork | undefined> {
  const row = await db
    .updateTable('tenantWorks')
    .set({ state: 'running', attempts: sql<number>`attempts + 1` })
    .set({ step: sql<string>`coalesce(step, ${JSON.stringify(firstSteps)}::jsonb ->> kind)` })
    .set({ startedAt: sql<Date>`coalesce(started_at, ${now})` })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .returning([
      'id',
      'tenantId',
      'kind',
      'step',
      'plan',
      'attempts',
      'askedBy',
      'errorCode',
      'errorDetail',
      lazily,
    ])
    .executeTakeFirst()
  // `kind` is checked by the table, and a plan is always an object.
  return row && { ...row, kind: row.kind as WorkKindName, plan: row.plan as Plan }
}

/** A step forward: what was tried in vain before counts no more. */
export async function stepForward(db: Db, id: string, step: { step?: string; plan?: Plan }): Promise<void> {
  await db
    .updateTable('tenantWorks')
    .set({ attempts: 1, errorCode: null, errorDetail: null })
    .$if(step.step !== undefined, (update) => update.set({ step: step.step, done: 0, total: null }))
    .$if(step.plan !== undefined, (update) => update.set({ plan: JSON.stringify(step.plan) }))
    .where('id', '=', id)
    // A plan names what is about to be made: that is known before it is there.
    .$if(step.plan === undefined, (update) => update.returning(lazily))
    .execute()
}

export async function writeProgress(db: Db, id: string, done: number, total: number | null): Promise<void> {
  await db
    .updateTable('tenantWorks')
    .set({ done, ...(total === null ? {} : { total }) })
    .where('id', '=', id)
    .returning(lazily)
    .execute()
}

export async function endWork(
  db: Db,
  id: string,
  outcome: { state: 'done' } | { state: 'failed'; errorCode: string; errorDetail: string },
  now: Date,
): Promise<void> {
  await db
    .updateTable('tenantWorks')
    .set({ ...outcome, endedAt: now })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning([told, lazily])
    .execute()
}

/** Back in line. @param counts whether the try was one; waiting for a cluster that is down is none */
export async function leaveWork(
  db: Db,
  id: string,
  { counts, trouble }: { counts: boolean; trouble?: { code: string; detail: string } },
): Promise<void> {
  await db
    .updateTable('tenantWorks')
    .set({ state: 'waiting' })
    .$if(!counts, (update) => update.set({ attempts: sql<number>`greatest(attempts - 1, 0)` }))
    .$if(trouble !== undefined, (update) =>
      update.set({ errorCode: trouble?.code ?? null, errorDetail: trouble?.detail ?? null }),
    )
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning(told)
    .execute()
}

/** The next of those that wait, or run as far as the row knows, in the order they were asked for. */
export async function nextWork(db: Db, after: string | undefined): Promise<string | undefined> {
  const row = await db
    .selectFrom('tenantWorks')
    .where('state', 'in', ['waiting', 'running'])
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(1)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

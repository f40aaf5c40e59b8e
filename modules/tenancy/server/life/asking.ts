/** Asking for work on a tenant: from the back-office with a session, from the command line without. */
import { tenantBusy, tenantStateWrong, type TenantState } from '#contract/tenancy'
import type { CentralDb } from '#platform/server/db.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import { found, refuse, type Context, type Recorded } from '#platform/server/requests.ts'
import type { Versions } from '../alerts.ts'
import { wholeTenant } from '../showing.ts'
import { beginWork, type Plan, type WorkKindName } from '../works.ts'
import { lockWithName } from './queries.ts'

export type Asking = {
  askedBy: string | null
  now: Date
  /** None on the command line, where whoever begins a work runs it. */
  jobs: Pick<Jobs, 'send'> | undefined
}

/** What the log says of it, and the work that was begun. */
export type Asked = Recorded & { workId: string }

export type On = { versions: Versions; jobs: () => Jobs }

export const askingOf = (ctx: Pick<Context, 'actor' | 'clock'>, { jobs }: Pick<On, 'jobs'>): Asking => ({
  askedBy: ctx.actor.staffId,
  now: ctx.clock.now(),
  jobs: jobs(),
})

/** Those in which a practice lives. */
export const living: readonly TenantState[] = ['active', 'suspended']

/** Held until the end of the transaction. @throws NotFound */
export const tenantToChange = async (db: CentralDb, id: string) => found(await lockWithName(db, id))

/** @throws Refused: not in this state, or something is being done to it already */
export async function begin(
  db: CentralDb,
  tenant: { id: string; state: TenantState },
  work: { kind: WorkKindName; plan: Plan; from?: readonly TenantState[] },
  { askedBy, jobs }: Asking,
): Promise<string> {
  if (!(work.from ?? living).includes(tenant.state)) throw refuse(tenantStateWrong)
  const { kind, plan } = work
  const id = await beginWork(db, { tenantId: tenant.id, kind, plan, askedBy }, jobs)
  if (id === undefined) throw refuse(tenantBusy)
  return id
}

/** Writes down what was asked for, and answers with the tenant as it stands. */
export async function answered(
  ctx: Context,
  { workId: _workId, ...line }: Asked,
  id: string,
  { versions }: On,
) {
  ctx.record(line)
  return wholeTenant(ctx, id, versions)
}

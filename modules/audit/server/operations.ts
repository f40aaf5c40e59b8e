/**
 * Actions in a tenant's database (decision 9). Two databases cannot commit together: the central log holds an intent
 * before anything happens, the tenant's transaction holds the change and a row that tells of it, and the log then holds
 * the outcome. Whoever dies in between leaves an intent without an outcome, and the reconciler finds out which it was.
 */
import { listUnsettledOperations } from '#contract/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { CentralDb } from '#platform/server/db.ts'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Whisper } from '#platform/server/news.ts'
import { handle } from '#platform/server/requests.ts'
import type { TenantRole } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Leaf } from './leaf.ts'
import { leaveInOutbox, type Change, type Tenants, type TenantTransaction } from './operations/outbox.ts'
import { insertOperation, unsettled } from './operations/queries.ts'
import { clear, reconcile, type IsGone } from './operations/reconciling.ts'
import { refusalIn } from './operations/refused.ts'
import { namedFor } from './searching/names.ts'
import { settling, type Told } from './operations/settling.ts'
import type { Origin, Writing } from './writing.ts'

export type { Change, IsGone, Tenants, TenantTransaction }

/** Who is about to do what, to which object of which tenant. What is about to be made has its id already. */
export type Intent = Pick<
  Leaf,
  'verb' | 'actor' | 'onBehalfOf' | 'impersonation' | 'session' | 'object' | 'reason' | 'ticket'
> & { tenant: string; origin?: Origin | undefined }

/** With what, and in whose role, something is done in a tenant's database. */
type Performing<Db extends TenantTransaction> = {
  db: CentralDb
  tenants: Tenants<Db>
  log: Pick<Logger, 'warn'>
  role: TenantRole
  news?: readonly Whisper[]
}

export type Operations = ReturnType<typeof openOperations>

export function openOperations(on: { vault: Vault; clock: Clock; writing: Pick<Writing, 'write'> }) {
  const { vault, clock, writing } = on
  const settle = settling(on)

  /**
   * Says what is about to happen. Committed when it returns: who cannot say it does nothing.
   * @returns the operation's id, which change and outcome bear too
   */
  async function intend(db: CentralDb, intent: Intent): Promise<string> {
    if (db.isTransaction) throw new Error('an intent that may be rolled back is none')
    const operation = uuidv7(clock.now().getTime())
    const intentEntryId = uuidv7(clock.now().getTime())
    await db.transaction().execute(async (transaction: CentralDb) => {
      await writing.write(transaction, { ...intent, operation, result: 'intended' }, intentEntryId)
      await insertOperation(transaction, { id: operation, tenantId: intent.tenant, intentEntryId })
    })
    return operation
  }

  /** Tells what is done, in the tenant's transaction that does it; its last statement, best. */
  const leave = (db: TenantTransaction, operation: string, change: Change): Promise<void> =>
    leaveInOutbox(db, vault, operation, change)

  /**
   * Intent, change and outcome in their order.
   *
   * @param as the role it is done in, and the news of it, told with the outcome
   * @param work what is done in the tenant's database; it says what stood before and after
   * @example
   * const patient = await operations.perform({ db, tenants, log, role: 'practitioner' }, intent, async (db) => {
   *   const { before, after } = await updatePatient(db, id, fields)
   *   return { before, after, result: after }
   * })
   */
  async function perform<Result, Db extends TenantTransaction>(
    { db, tenants, log, role, news = [] }: Performing<Db>,
    intent: Intent,
    work: (db: Db, operation: string) => Promise<Change & { result: Result }>,
  ): Promise<Result> {
    const operation = await intend(db, intent)
    let mayBeDone = false
    const tell = (told: Told) =>
      settle(db, operation, told).catch((error: unknown) =>
        // What happened has happened; the reconciler will tell it.
        log.warn({ err: error, operation }, 'the outcome of an operation could not be written'),
      )
    let done: Change & { result: Result }
    try {
      done = await tenants.within(intent.tenant, role, async (transaction) => {
        const change = await work(transaction, operation)
        await leave(transaction, operation, change)
        mayBeDone = true
        return change
      })
    } catch (error) {
      // Beyond this point a lost connection does not say whether the change was committed: its outbox does.
      if (!mayBeDone) {
        const refusal = refusalIn(error)
        await tell(refusal ? { outcome: 'refused', after: { refusal } } : { outcome: 'failed' })
      }
      throw error
    }
    await tell({ outcome: 'done', before: done.before, after: done.after, news })
    return done.result
  }

  return {
    intend,
    leave,
    settle,
    perform,
    reconcile: (what: Parameters<typeof reconcile>[1]) => reconcile({ vault, settle }, what),
    clear,
  }
}

/** Each minute: what nobody told of is found out, and what was told long ago is cleared away. */
export const operationsSchedule = (on: {
  operations: Operations
  tenants: Tenants
  isGone: IsGone
  log: Logger
}): Schedule => ({
  name: 'audit-operations',
  cron: '* * * * *',
  async run(db) {
    const where = { db, tenants: on.tenants, isGone: on.isGone }
    const { unreachable } = await on.operations.reconcile(where)
    for (const { tenantId, trouble } of unreachable)
      on.log.warn({ tenant: tenantId, trouble }, 'what became of operations in a tenant is not known yet')
    await on.operations.clear(where)
  },
})

const shownAtOnce = 200

export const listingUnsettled = handle(listUnsettledOperations, async (ctx) => {
  const rows = await unsettled(ctx.db, shownAtOnce, namedFor(ctx.actor))
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _total, ...row }) => ({
      ...row,
      intendedAt: row.intendedAt.toISOString(),
      triedAt: row.triedAt?.toISOString() ?? null,
    })),
  }
})

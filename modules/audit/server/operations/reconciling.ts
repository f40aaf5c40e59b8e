import { pgCode, type CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { clearOutbox, decide, type Decided, type Tenants } from './outbox.ts'
import { forgetOperations, noteTrouble, settledLongAgo, unsettledByTenant, type Outcome } from './queries.ts'
import type { Settle } from './settling.ts'

export type Reconciled = {
  done: number
  failed: number
  /** Their transaction still runs. */
  underWay: number
  /** Tenants whose database did not answer, and why. */
  unreachable: { tenantId: string; trouble: string }[]
}

/** An operation is left alone for so long: whoever began it is about to tell. */
const patienceSeconds = 30

/** Whether a tenant's database is gone for good, and what was done in it with it. */
export type IsGone = (tenantId: string) => Promise<boolean>

/** Of what nobody told while the database was there: it did not last, whatever it was. */
const databaseGone = { outcome: 'failed', after: { trouble: 'database_gone' } } as const

/**
 * Finds out what came of operations of which nobody told, from the outboxes of the tenants' databases, and tells it.
 * What cannot be found out now is noted, and looked for again; what never can be any more has failed.
 *
 * @param on `tenantId`: of that tenant alone
 */
export async function reconcile(
  { vault, settle }: { vault: Vault; settle: Settle },
  {
    db,
    tenants,
    isGone,
    tenantId: only,
    olderThanSeconds = patienceSeconds,
  }: {
    db: CentralDb
    tenants: Tenants
    isGone?: IsGone | undefined
    tenantId?: string | undefined
    olderThanSeconds?: number
  },
): Promise<Reconciled> {
  const told: Reconciled = { done: 0, failed: 0, underWay: 0, unreachable: [] }
  for (const { tenantId, operations } of await unsettledByTenant(db, {
    olderThanSeconds,
    tenantId: only,
  })) {
    for (const [place, operation] of operations.entries()) {
      let decided: Decided
      try {
        decided = await tenants.within(tenantId, 'keeper', (within) => decide(within, vault, operation))
      } catch (error) {
        const trouble = error instanceof Error ? error.message : String(error)
        if (pgCode(error) === '55P03') {
          told.underWay++
          await noteTrouble(db, [operation], trouble)
          continue
        }
        if (await isGone?.(tenantId)) {
          for (const lost of operations.slice(place))
            if ((await settle(db, lost, databaseGone)).isNew) told.failed++
          break
        }
        told.unreachable.push({ tenantId, trouble })
        await noteTrouble(db, operations.slice(place), trouble)
        break
      }
      const outcome: Outcome = decided.outcome
      const settled = await settle(db, operation, {
        outcome,
        ...(decided.outcome === 'done' ? decided.change : {}),
      })
      if (settled.isNew) told[decided.outcome]++
    }
  }
  return told
}

/** Clears away what was settled long ago: the rows of the outbox, and then the memory of them here. */
export async function clear({
  db,
  tenants,
  isGone,
}: {
  db: CentralDb
  tenants: Tenants
  isGone?: IsGone | undefined
}): Promise<void> {
  for (const { tenantId, operations } of await settledLongAgo(db)) {
    try {
      await tenants.within(tenantId, 'keeper', (within) => clearOutbox(within, operations))
    } catch {
      // Not reachable: another time. An outbox that is gone has nothing left to clear.
      if (!(await isGone?.(tenantId))) continue
    }
    await forgetOperations(db, operations)
  }
}

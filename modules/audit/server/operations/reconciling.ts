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

/**
 * Finds out what came of operations of which nobody told, from the outboxes of the tenants' databases, and tells it.
 * What cannot be found out now is noted, and looked for again.
 */
export async function reconcile(
  { vault, settle }: { vault: Vault; settle: Settle },
  {
    db,
    tenants,
    olderThanSeconds = patienceSeconds,
  }: { db: CentralDb; tenants: Tenants; olderThanSeconds?: number },
): Promise<Reconciled> {
  const told: Reconciled = { done: 0, failed: 0, underWay: 0, unreachable: [] }
  for (const { tenantId, operations } of await unsettledByTenant(db, olderThanSeconds)) {
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
export async function clear({ db, tenants }: { db: CentralDb; tenants: Tenants }): Promise<void> {
  for (const { tenantId, operations } of await settledLongAgo(db)) {
    try {
      await tenants.within(tenantId, 'keeper', (within) => clearOutbox(within, operations))
    } catch {
      // Not reachable: another time.
      continue
    }
    await forgetOperations(db, operations)
  }
}

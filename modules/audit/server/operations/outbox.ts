import { sql, type QueryExecutorProvider } from 'kysely'
import type { TenantRole } from '#platform/server/tenant-db.ts'
import type { Vault } from '#platform/server/vault.ts'

/** A transaction in a tenant's database. */
export type TenantTransaction = QueryExecutorProvider

/** The tenants' databases, as whoever opens them hands them over: `TenantDatabases` of the platform. */
export type Tenants<Db extends TenantTransaction = TenantTransaction> = {
  /** Commits when the work is done, rolls back when it throws. @throws also when the database cannot be reached */
  within<Result>(tenantId: string, role: TenantRole, work: (db: Db) => Promise<Result>): Promise<Result>
}

export type Change = { before?: unknown; after?: unknown }

/**
 * Tells what was done, in the transaction that does it.
 * @throws PostgreSQL's 23505 when the reconciler has given the operation up meanwhile: the change must not commit
 */
export async function leaveInOutbox(
  db: TenantTransaction,
  vault: Vault,
  operation: string,
  { before, after }: Change,
): Promise<void> {
  const payload = vault.seal(Buffer.from(JSON.stringify({ before, after })), placeOf(operation))
  await sql`insert into audit_outbox (operation_id, outcome, payload) values (${operation}, 'done', ${payload})`.execute(
    db,
  )
}

export type Decided = { outcome: 'done'; change: Change } | { outcome: 'failed' }

/**
 * What came of an operation nobody told of. Where it left no row, one is written that keeps it from ever leaving one:
 * a transaction that is still under way is waited for, and one that comes later breaks on it.
 * @throws PostgreSQL's 55P03 when a transaction that is under way takes its time
 */
export async function decide(db: TenantTransaction, vault: Vault, operation: string): Promise<Decided> {
  await sql`set local lock_timeout = '500ms'`.execute(db)
  await sql`insert into audit_outbox (operation_id, outcome) values (${operation}, 'failed')
    on conflict (operation_id) do nothing`.execute(db)
  const { rows } = await sql<{ outcome: 'done' | 'failed'; payload: Buffer | null }>`
    select outcome, payload from audit_outbox where operation_id = ${operation}`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`operation ${operation} left the outbox while it was looked at`)
  if (row.outcome === 'failed') return { outcome: 'failed' }
  const json = row.payload ? vault.open(row.payload, placeOf(operation)).toString('utf8') : '{}'
  // Written by leaveInOutbox, and sealed for this operation.
  return { outcome: 'done', change: JSON.parse(json) as Change }
}

export async function clearOutbox(db: TenantTransaction, operations: readonly string[]): Promise<void> {
  await sql`delete from audit_outbox where operation_id = any(${operations})`.execute(db)
}

const placeOf = (operation: string) => `audit_outbox.payload:${operation}`

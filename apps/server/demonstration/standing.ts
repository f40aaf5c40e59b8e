import pg from 'pg'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { at } from './calendar.ts'
import type { StaffByRole, StaffMember } from './history.ts'
import { demoId } from './ids.ts'
import { referenceCases } from './reference-cases.ts'

export async function countClients(db: CentralDb): Promise<number> {
  const { count } = await db
    .selectFrom('clients')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The reference cases have the same ids everywhere. */
export async function isDemonstration(db: CentralDb): Promise<boolean> {
  const ids = referenceCases.map(({ createdOn }, index) => demoId('client', index + 1, at(createdOn, 10, 20)))
  const found = await db.selectFrom('clients').where('id', 'in', ids).select('id').executeTakeFirst()
  return found !== undefined
}

export async function staffByRole(db: CentralDb): Promise<StaffByRole> {
  const member = (role: string): Promise<StaffMember> =>
    db
      .selectFrom('staffMembers')
      .where('email', '=', `${role}@example.com`)
      .select('id')
      .executeTakeFirstOrThrow()
  return {
    sales: await member('sales'),
    support: await member('support'),
    compliance: await member('compliance'),
  }
}

/** Within the transaction: tables are the owner's, whoever the administrator is. */
export async function workAsOwner(db: CentralDb): Promise<void> {
  await sql`set local role mgp_owner`.execute(db)
}

export async function foldFigures(db: CentralDb): Promise<void> {
  await sql`select fold_figures()`.execute(db)
}

/** Right after a load the planner knows nothing; autovacuum would tell it a minute later. */
export async function refreshStatistics(adminUrl: string | undefined): Promise<void> {
  if (adminUrl === undefined) return
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('SET ROLE mgp_owner')
    await admin.query(
      'ANALYZE clients, client_words, subscriptions, invoices, invoice_lines, invoice_documents, invoice_events, payments, payment_allocations, figures, audit_entries, audit_payloads',
    )
  } finally {
    await admin.end()
  }
}

/** The journal of what money did and what happened to documents: linked by itself, and its end told to the log. */
import type { Audit } from '#server/audit'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Schedule } from '#platform/server/jobs.ts'
import type { Parts } from '../parts.ts'
import { takenOver, takenOverHash } from './taken-over.ts'

/** A row's link takes some 30 µs. */
const atOnce = 50_000

export const sealing = ({ audit }: Pick<Parts, 'audit'>): Schedule => ({
  name: 'billing-journal',
  cron: '*/15 * * * *',
  run: (db) => sealJournal(db, audit),
})

export async function sealJournal(db: CentralDb, audit: Pick<Audit, 'writeDownAs'>): Promise<void> {
  await db.transaction().execute(async (transaction: CentralDb) => {
    await sql`set local statement_timeout = '10min'`.execute(transaction)
    if (!(await hasBegun(transaction))) await begin(transaction, audit)
  })
  for (;;) {
    const sealed = await db.transaction().execute(async (transaction: CentralDb) => {
      await sql`set local statement_timeout = '10min'`.execute(transaction)
      const { rows } = await sql<{ sealed: number; position: number; sha256: Buffer }>`
        select sealed, last_position as position, last_sha256 as sha256 from seal_billing_journal(${atOnce})`.execute(
        transaction,
      )
      const [end] = rows
      if (!end || end.sealed === 0) return 0
      // In the id, which the tree holds: what else an entry says may be erased one day.
      await audit.writeDownAs(transaction, {
        verb: 'billing_journal.sealed',
        label: 'system',
        object: 'billing_journal',
        id: `${end.position} ${end.sha256.toString('hex')}`,
      })
      return end.sealed
    })
    if (sealed < atOnce) return
  }
}

async function hasBegun(db: CentralDb): Promise<boolean> {
  // Of two that begin at once the second finds the first one's line.
  await sql`select pg_advisory_xact_lock(hashtextextended('billing_journal', 0))`.execute(db)
  const { rows } = await sql<{ begun: boolean }>`
    select exists (select from audit_log where verb = 'billing_journal.begun' and result = 'done') as begun`.execute(
    db,
  )
  return rows[0]?.begun === true
}

/** What stood before the journal is told once, in sums. */
async function begin(db: CentralDb, audit: Pick<Audit, 'writeDownAs'>): Promise<void> {
  const months = await takenOver(db)
  await audit.writeDownAs(db, {
    verb: 'billing_journal.begun',
    label: 'system',
    object: 'billing_journal',
    id: takenOverHash(months),
    after: { months },
  })
}

/**
 * What was said in tickets is forgotten by the database's own functions, each for one reason (0015_forgetting_tickets.sql,
 * decision 31). The files go from the disk before their rows do: whoever dies in between does it again, and nothing is left
 * that no row names.
 */
import { join } from 'node:path'
import type { RawBuilder } from 'kysely'
import type { Clock } from '#platform/server/clock.ts'
import { sql, type CentralDb } from '#platform/server/db.ts'
import { tell } from '#platform/server/news.ts'
import { sealedFiles } from '#platform/server/tenant-files.ts'
import { agreementAt } from '../promises/agreements.ts'
import { givingWay } from '../promises/giving-way.ts'
import { forgottenOf } from './queries.ts'
import { recompute } from '../tickets/happening.ts'

export type Forgetting = { clock: Clock; dataDir: string }
export type Forgotten = { tickets: number; files: number }

/** A row for each file, and one at least for each ticket and each mail; what goes from others' tickets names none. */
type Row = { id?: string | null; key: string | null }

const atOnce = 200

/** Of a practice that is being purged: all of it, however often somebody dies over it. @returns how many tickets it had */
export async function forgetPractice(on: Forgetting, db: CentralDb, tenantId: string): Promise<number> {
  await untilNone(db, (transaction) =>
    forget(on, transaction, sql<Row>`select * from forget_practice_tickets(${tenantId}, ${atOnce})`),
  )
  return forgottenOf(db, tenantId)
}

/** What somebody said who asked to be erased; in the caller's transaction. */
export async function forgetPerson(on: Forgetting, db: CentralDb, requestId: string): Promise<Forgotten> {
  const { tickets, files } = await forget(
    on,
    db,
    sql<Row>`select * from forget_person_in_tickets(${requestId})`,
  )
  return { tickets, files }
}

/** Thirty days in the trash. */
export const forgetTrashed = (on: Forgetting, db: CentralDb): Promise<Forgotten> =>
  untilNone(db, (transaction) =>
    forget(on, transaction, sql<Row>`select * from forget_trashed_tickets(${atOnce})`),
  )

/** Mails nobody wanted, and as they came those that stand in tickets, after thirty days. */
export const forgetOldMails = (on: Forgetting, db: CentralDb): Promise<Forgotten> =>
  untilNone(db, (transaction) => forget(on, transaction, sql<Row>`select * from forget_old_mails(${atOnce})`))

async function forget(
  { clock, dataDir }: Forgetting,
  db: CentralDb,
  which: RawBuilder<Row>,
): Promise<Forgotten & { rows: number }> {
  const { rows } = await which.execute(db)
  const ids = new Set(rows.flatMap(({ id }) => id ?? []))
  const keys = rows.flatMap(({ key }) => key ?? [])
  if (ids.size > 0) await recompute(db, await agreementAt(db), clock.now(), [...ids])
  const disk = sealedFiles(join(dataDir, 'support-files'))
  for (const key of keys) {
    const [folder = '', name = ''] = key.split('/')
    await disk.remove(folder, name)
  }
  if (rows.length > 0) await tell(db, { topic: 'tickets', needs: 'tickets.read' })
  return { tickets: ids.size, files: keys.length, rows: rows.length }
}

/** Some at a time, each time in a transaction of its own, which lets go where an agent wants one of them. */
async function untilNone(
  db: CentralDb,
  some: (transaction: CentralDb) => Promise<Forgotten & { rows: number }>,
): Promise<Forgotten> {
  const all = { tickets: 0, files: 0 }
  for (;;) {
    const { tickets, files, rows } = await givingWay(db, some)
    if (rows === 0) return all
    all.tickets += tickets
    all.files += files
  }
}

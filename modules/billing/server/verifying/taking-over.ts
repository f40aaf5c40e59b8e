/** What was taken over from an older system, held against the sums the log was told when the journal began. */
import { tryPayload } from '#server/audit'
import { sql, type CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { takenOver, takenOverHash, type TakenOver } from '../journal/taken-over.ts'
import { broken, type Break } from './breaks.ts'

export async function takenOverBreaks(db: CentralDb, vault: Vault | undefined): Promise<Break[]> {
  const first = await firstTold(db)
  // Nobody told it yet: that is done within a quarter of an hour of the first start.
  if (!first) return []
  const now = await takenOver(db)
  const found = takenOverHash(now)
  if (first.sha256 === found) return []
  const { payload } = vault ? tryPayload(vault, first) : {}
  const told = (payload?.after as { months?: TakenOver[] } | undefined)?.months // as sealing.ts writes it
  if (!told || takenOverHash(told) !== first.sha256)
    return [broken('taken_over', { row: first.id }, 'sha256', first.sha256, found)]
  const keyOf = ({ what, month }: TakenOver) => `${what} ${month}`
  const [before, after] = [told, now].map((rows) => new Map(rows.map((row) => [keyOf(row), row])))
  return [...new Set([...told, ...now].map(keyOf))]
    .toSorted()
    .filter((key) => before?.get(key)?.sha256 !== after?.get(key)?.sha256)
    .map((key) => {
      const [table = '', month = ''] = key.split(' ')
      return broken(
        'taken_over',
        { table, row: month },
        'rows and cents',
        sum(before?.get(key)),
        sum(after?.get(key)),
      )
    })
}

const sum = (one: TakenOver | undefined) => (one ? `${one.rows}, ${one.cents}, ${one.sha256}` : 'none')

async function firstTold(db: CentralDb) {
  const { rows } = await sql<{
    id: string
    sha256: string
    sealed: Buffer | null
    commitment: Buffer | null
  }>`
    select id, object_id as sha256, sealed, commitment from audit_log
    where verb = 'billing_journal.begun' and object_type = 'billing_journal' and result = 'done' and object_id is not null
    order by at, id limit 1`.execute(db)
  const [row] = rows
  return row && { ...row, commitment: row.commitment?.toString('hex') ?? null }
}

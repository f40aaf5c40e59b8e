import type { CentralDb } from '#platform/server/db.ts'
import type { Vault } from '#platform/server/vault.ts'
import { insertPastEntries } from './queries.ts'
import { rowOf, type NewEntry } from './writing.ts'

/** What happened before this database was, with an id and a time of its own. */
export type PastEntry = NewEntry & { id: string; at: Date }

/** A statement holds at most 65,535 parameters. */
const atOnce = 2_000

/**
 * Writes what a demonstration's people did before it was installed, leaves and sealed payloads like any others. In a
 * transaction of the tables' owner: the server itself cannot choose when an entry was written.
 */
export async function tellPast(db: CentralDb, vault: Vault, entries: readonly PastEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += atOnce)
    await insertPastEntries(
      db,
      entries.slice(from, from + atOnce).map(({ id, at, ...entry }) => rowOf(vault, { id, at }, entry)),
    )
}

/** Rows into a database that is made beside the living one: all of them, held against what was counted, or none. */
import type pg from 'pg'
import { WorkTrouble } from '../works.ts'
import { contentsOf, copyIn, differing } from './archive/copying.ts'
import type { SequenceState, TableContents } from './archive/manifest.ts'
import { brokenReferences, prepare, quoted, setSequences, tablesOf, type Table } from './archive/tables.ts'

export type Arrival = { table: string; data: AsyncIterable<Uint8Array> }
export type Expected = { tables: readonly TableContents[]; sequences: readonly SequenceState[] }

/**
 * @param client a connection of its own, as the owner of what is in the database
 * @param bring hands over the tables' rows one table after the other, and says at the end what they amounted to
 * @throws WorkTrouble where something else arrived; the database is as empty as before then
 */
export async function fill(
  client: pg.ClientBase,
  bring: (put: (arrival: Arrival) => Promise<void>) => Promise<Expected>,
): Promise<Expected> {
  await prepare(client)
  const tables = await tablesOf(client)
  const byName = new Map(tables.map((table) => [table.name, table]))
  await client.query('begin')
  // These rows have met their triggers and references before.
  await client.query(`set local session_replication_role = 'replica'`)
  // What migrations put in for new practices, and what somebody's death left behind.
  if (tables.length > 0)
    await client.query(`truncate ${tables.map(({ name }) => `public.${quoted(name)}`).join(', ')}`)
  const expected = await bring(async ({ table: name, data }) => {
    const table = byName.get(name)
    if (!table) throw new WorkTrouble('schema_unknown', `there is no table ${name} in it`, { isFinal: true })
    await copyIn(client, table, data)
  })
  await setSequences(client, expected.sequences)
  await client.query(`set local session_replication_role = 'origin'`)
  await verify(client, tables, expected)
  await client.query('commit')
  return expected
}

/** Row for row and reference for reference, as it will be read. */
async function verify(client: pg.ClientBase, tables: readonly Table[], expected: Expected): Promise<void> {
  const actual: TableContents[] = []
  for (const table of tables) actual.push(await contentsOf(client, table))
  const difference = differing(expected.tables, actual)
  if (difference)
    throw new WorkTrouble(
      'rows_differ',
      `${difference.table}: expected ${difference.expected}, found ${difference.actual}`,
    )
  const broken = await brokenReferences(client)
  if (broken.length > 0) throw new WorkTrouble('references_broken', broken.join(', '))
}

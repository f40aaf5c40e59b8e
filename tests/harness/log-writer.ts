/** Entries for a log that is tested without a server: written as the server writes them, by its own role. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { uuidv7 } from '#platform/server/ids.ts'
import { leafOf, type Leaf } from '../../modules/audit/server/leaf.ts'

export function someLeaf(over: Partial<Leaf> = {}): { id: string; leaf: string } {
  const id = over.id ?? uuidv7(Date.now())
  return {
    id,
    leaf: leafOf({
      v: 1,
      id,
      time: new Date().toISOString(),
      actor: { id: randomUUID(), type: 'staff' },
      session: randomUUID(),
      verb: 'client.updated',
      object: { type: 'client', id: randomUUID() },
      result: 'done',
      commitment: randomBytes(32).toString('hex'),
      ...over,
    }),
  }
}

/** Writes entries, in the transaction the client is in if there is one. @returns their ids */
export async function writeEntries(
  client: Pick<pg.Client, 'query'>,
  entries: number | Partial<Leaf>[],
): Promise<string[]> {
  const made = (typeof entries === 'number' ? Array.from({ length: entries }, () => ({})) : entries).map(
    someLeaf,
  )
  await client.query('INSERT INTO audit_entries (leaf) SELECT unnest($1::text[])', [
    made.map(({ leaf }) => leaf),
  ])
  return made.map(({ id }) => id)
}

/** A database of one's own with what the console's engine needs in it, and the ways into it: each connection a fresh one. */
import pg from 'pg'
import { startingWith } from '../../modules/sql-console/server/simulating/bounds.ts'
import { pillSchema } from '../../modules/sql-console/server/simulating/pill.ts'
import type { Doors } from '../../modules/sql-console/server/simulating/simulating.ts'
import { atTheEnd } from './at-the-end.ts'
import { testDatabase } from './database.ts'

/** @property connected as who owns everything in it; one that is ended from outside is nobody's death */
export async function consoleDatabase() {
  const { adminUrl } = await testDatabase({ empty: true })
  async function connected(options = ''): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: adminUrl, options })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const admin = await connected()
  atTheEnd(() => admin.end())
  await admin.query(pillSchema)
  const doors: Doors = { inside: (bounds) => connected(startingWith(bounds)), beside: () => connected() }
  return { admin, connected, doors }
}

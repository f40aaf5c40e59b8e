import pg from 'pg'
import type { TestCluster } from '../../harness/cluster.ts'

/** Behind the server's back, to arrange what no screen does. */
export async function asAdmin(database: TestCluster, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

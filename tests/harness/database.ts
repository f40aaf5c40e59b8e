import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { atTheEnd } from './at-the-end.ts'
import { cloneDatabase, dropDatabase, emptyDatabase, testCluster } from './cluster.ts'

export type TestDatabase = {
  /** The superuser's address, for arranging and looking behind the scenes. */
  adminUrl: string
  /** The server's own address, as mgp_app: what is under test uses this one. */
  appUrl: string
  /** The sequencer's, as mgp_sequencer. */
  sequencerUrl: string
  /** What makes tenants' databases, as mgp_provisioner. */
  provisionerUrl: string
  /** The SQL console's, as mgp_console; and what simulates changes of the schema, as mgp_console_owner. */
  consoleUrl: string
  consoleOwnerUrl: string
  /** Called by itself at the end of the test that asked for it, or of the file. */
  drop: () => Promise<void>
}

/**
 * A migrated central database of its own for a test file, on a real PostgreSQL:
 * `const { appUrl } = await testDatabase()` at the top of the file. `empty` leaves the migrations out.
 */
export async function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const cluster = await testCluster(inject('clusterDir'))
  const name = `test_${randomBytes(6).toString('hex')}`
  const urls = await (options.empty ? emptyDatabase : cloneDatabase)(cluster, name)
  const drop = () => dropDatabase(cluster, name)
  atTheEnd(drop)
  return { ...urls, drop }
}

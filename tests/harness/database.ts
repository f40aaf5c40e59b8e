import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
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
  /** Called by itself after the file's last test. */
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
  afterAll(drop)
  return { ...urls, drop }
}

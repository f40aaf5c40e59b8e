/** bin/mgp beside the running server, as an administrator types it. */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { rootDir } from '#platform/server/config.ts'
import type { TestCluster } from '../../harness/cluster.ts'
import { sharedRun } from './shared-run.ts'

/** @returns what it printed. @throws when it does not end with code 0 */
export async function mgp(
  { dataDir, ...database }: TestCluster & { dataDir?: string },
  ...words: string[]
): Promise<string> {
  const command = path.join(rootDir, 'apps/server/cli/index.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...words], {
    env: {
      ...process.env,
      DATABASE_URL: database.appUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
      // Told no address, it would give these logins passwords of its own, and every other server would be shut out.
      SEQUENCER_DATABASE_URL: database.sequencerUrl,
      PROVISIONER_DATABASE_URL: database.provisionerUrl,
      CONSOLE_DATABASE_URL: database.consoleUrl,
      MASTER_KEY: sharedRun().masterKey,
      ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
    },
  })
  return stdout
}

// A server of its own on the small demonstration, over a PostgreSQL that really writes: gone when the benchmark ends.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { seedDemo } from '../../apps/server/cli/demo.ts'
import { startRealServer, type RealServer } from '../../tests/harness/real-server.ts'

/** @param script what runs instead of apps/server/main.ts */
export async function smallSite(
  env: Record<string, string> = {},
  script?: string,
): Promise<{ server: RealServer; appUrl: string; adminUrl: string; dataDir: string; stop(): Promise<void> }> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-bench-small-'))
  const config = readConfig({ APP_ENV: 'demonstration', DATA_DIR: dataDir })
  const database = await openCentralDatabase(config)
  const end = async () => {
    await database.stop()
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  try {
    await seedDemo({ ...database, config }, {})
    const server = await startRealServer({
      databaseUrl: database.appUrl,
      dataDir,
      ...(script && { script }),
      env: { CHECK_OUTPUT: 'off', LOG_LEVEL: 'warn', ...env },
    })
    return {
      server,
      appUrl: database.appUrl,
      adminUrl: database.adminUrl!, // the embedded one has a superuser
      dataDir,
      async stop() {
        await server.stop()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
